//go:build !wasm

package main

import (
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
)

// select takes a row into the selection as a click on its box does.
func (d *desk) selects(n protocol.Number, held int64) {
	d.t.Helper()
	for _, box := range d.Page.ByClass("b-row__check") {
		if strings.HasPrefix(box.Attrs["aria-label"], "Select #"+n.String()+",") {
			d.On(box, vdom.Click, bridge.Event{A: held})
			return
		}
	}
	d.t.Fatalf("no box for #%d", n)
}

func TestDEL04ActionsTakeThePlaceOfSearchWhichKeepsItsText(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Type("Search conversations", "Kira")
	if n := len(d.Page.ByClass("b-row__name")); n != 1 {
		t.Fatalf("the search finds %d rows", n)
	}
	d.selects(41, 0)
	if d.textbox("Search conversations") != nil || d.Page.Named("Actions") == nil {
		t.Fatal("search stands there, or no actions")
	}
	d.want("status", d.text("b-selectbar"), "1 of 1 selectedActions")
	d.want("what is found still", d.text("b-row__name"), "Kira Malova")
	d.selects(41, 0)
	d.want("search", d.textbox("Search conversations").Attrs[".value"], "Kira")
}

func TestDEL03SeveralRowsByPointerAndByKeys(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", many(5000))
	d.selects(nth(0).Number, 0)
	d.selects(nth(4).Number, bridge.Shift)
	if n := d.Selection.Count(); n != 5 {
		t.Fatalf("%d are selected", n)
	}
	d.On(d.Page.ByID(state.RowID(nth(6).Number)), vdom.FocusIn, bridge.Event{})
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "x", List: []string{"KeyX"}})
	if !d.Selection.Has(nth(6).Number) || d.Selection.Count() != 6 {
		t.Fatalf("%d are selected after X", d.Selection.Count())
	}
	d.On(d.Page.ByID(state.RowID(nth(9).Number)), vdom.FocusIn, bridge.Event{})
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "X", A: bridge.Shift, List: []string{"KeyX"}})
	if d.Selection.Count() != 9 {
		t.Fatalf("%d are selected after Shift X", d.Selection.Count())
	}
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "Escape", List: []string{"Escape"}})
	if d.Selection.Count() != 0 {
		t.Error("Escape keeps the selection")
	}
}

// wholes selects all of a list of so many.
func (d *desk) wholes(of int) {
	d.t.Helper()
	d.selects(nth(0).Number, 0)
	d.Click("Select all " + strconv.Itoa(of) + " conversations")
	var picks []protocol.Pick
	for i := range of {
		picks = append(picks, protocol.Pick{Number: nth(of - 1 - i).Number, Last: 12})
	}
	half := of / 2
	d.hear(d.last(protocol.KindInboxPick).ID, protocol.KindPicks, &protocol.Picks{Picks: picks[:half], More: true})
	if got := decode[protocol.InboxPick](d.t, d.last(protocol.KindInboxPick)); got.After != picks[half-1].Number {
		d.t.Fatalf("asked for more after %d", got.After)
	}
	d.hear(d.last(protocol.KindInboxPick).ID, protocol.KindPicks, &protocol.Picks{Picks: picks[half:]})
}

func TestDEL05SelectAllTakesAllThatMatchNotOnlyWhatIsLoaded(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", many(120))
	d.wholes(120)
	d.want("status", d.text("b-selectbar"), "120 of 120 selectedActions")
}

func TestDEL06WithoutTheRightNothingOffersToDelete(t *testing.T) {
	t.Parallel()
	operator := func(w *protocol.OperatorWelcome) {
		w.Me.Role = protocol.RoleOperator
		w.Team.Operators[0].Role = protocol.RoleOperator
	}
	d := signedIn(t, "/console/", operator)
	d.selects(41, 0)
	d.Click("Actions")
	if menu := d.text("b-menu__item"); strings.Contains(menu, "Delete") || !strings.Contains(menu, "Mark as unread") {
		t.Errorf("the menu offers %q", menu)
	}
	if d.Page.Named("Export the list") != nil {
		t.Error("STT02: the list can be exported")
	}
	d = signedIn(t, "/console/", operator, func(w *protocol.OperatorWelcome) {
		w.Team.Operators[0].Rights = []protocol.Right{protocol.RightDelete, protocol.RightExport}
	})
	d.selects(41, 0)
	d.Click("Actions")
	if menu := d.text("b-menu__item"); !strings.Contains(menu, "Delete") {
		t.Errorf("the menu offers %q", menu)
	}
	if d.Page.Named("Export the list") == nil {
		t.Error("STT02: the list cannot be exported")
	}
}

func TestDEL07DeletingAsksFirstAndNamesWhatWasRefused(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", many(120))
	d.wholes(120)
	d.Click("Actions")
	d.Click("Delete…")
	if html := d.HTML(); !strings.Contains(html, "Delete 120 conversations?") || !strings.Contains(html, "Backups keep them until they expire") {
		t.Fatal("the window does not say what it does")
	}
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.want("the safe button", d.Page.ByID(state.DialogFirstID).AllText(), "Keep them")
	if d.count(protocol.KindConversationsChange) != 0 {
		t.Fatal("it began unasked")
	}
	d.Click("Delete 120")
	cmd := d.last(protocol.KindConversationsChange)
	got := decode[protocol.ConversationsChange](t, cmd)
	if got.Act != protocol.ActDelete || len(got.Picks) != 100 {
		t.Fatalf("sent %s of %d", got.Act, len(got.Picks))
	}
	d.hear(cmd.ID, protocol.KindConversationsChanged, &protocol.ConversationsChanged{Done: 99,
		Refused: []protocol.RefusedPick{{Number: nth(3).Number, Code: protocol.CodeForbidden}}})
	d.want("progress", d.text("b-bulk"), "100 of 120 done")
	cmd = d.last(protocol.KindConversationsChange)
	d.hear(cmd.ID, protocol.KindConversationsChanged, &protocol.ConversationsChanged{Done: 20})
	if text := d.text("b-bulk__refused"); !strings.Contains(text, "#"+nth(3).Number.String()+" N3") {
		t.Errorf("refused: %q", text)
	}
	if d.Selection.Count() != 1 || !d.Selection.Has(nth(3).Number) {
		t.Errorf("%d are selected", d.Selection.Count())
	}
}

func TestBulkActsSayWhatTheyDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		item   string
		choose func(*desk)
		want   protocol.ConversationsChange
	}{
		"reassign": {"Reassign…", func(d *desk) { d.tickIn("b-people", "Bob") }, protocol.ConversationsChange{Act: protocol.ActAssign, Assignee: bob}},
		"status": {"Set status…", func(d *desk) { d.tick("Pending", true) },
			protocol.ConversationsChange{Act: protocol.ActStatus, Status: protocol.Pending}},
		"tag": {"Add tag…", func(d *desk) { d.tick("vip", true) }, protocol.ConversationsChange{Act: protocol.ActTag, Tag: tagV}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/", tagged)
			d.selects(41, 0)
			d.selects(40, 0)
			d.Click("Actions")
			d.Click(c.item)
			c.choose(d)
			d.submit("b-form")
			cmd := d.last(protocol.KindConversationsChange)
			got := decode[protocol.ConversationsChange](t, cmd)
			if len(got.Picks) != 2 || got.Picks[0].Number != 40 || got.Picks[0].Last != 12 {
				t.Errorf("picks %+v", got.Picks)
			}
			if got.Act != c.want.Act || got.Status != c.want.Status || got.Assignee != c.want.Assignee || got.Tag != c.want.Tag {
				t.Errorf("sent %+v", got)
			}
			d.hear(cmd.ID, protocol.KindConversationsChanged, &protocol.ConversationsChanged{Done: 2})
			d.want("toast", d.Toast.Text, "2 conversations changed")
			if d.Selection.Count() != 0 {
				t.Error("they are selected still")
			}
		})
	}
}

// tickIn chooses somebody in a list of people.
func (d *desk) tickIn(class, name string) {
	d.t.Helper()
	for _, n := range d.Page.ByClass(class)[0].Children {
		if n.Tag == "label" && strings.Contains(n.AllText(), name) {
			d.On(n.Children[len(n.Children)-1], vdom.Change, bridge.Event{})
			return
		}
	}
	d.t.Fatalf("no %q", name)
}

func TestUNR01AMarkIsADotAndCountsAsUnread(t *testing.T) {
	t.Parallel()
	marked := row(40)
	marked.Marked = true
	d := signedIn(t, "/console/")
	d.changed(2, marked)
	if d.Page.Named("Marked as unread") == nil {
		t.Error("no dot")
	}
	d.want("title", d.asked("title"), "(2) Beseda")
}

func TestAFoundNumberIsOpenedAndWhatIsFoundSaysAmongHowMany(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", many(5000))
	d.Type("Search conversations", "n77")
	if names := d.text("b-row__name"); names != "N77" {
		t.Errorf("found %q", names)
	}
	d.want("note", d.text("b-found__note"), "Found among the 100 conversations that are loaded.")
	d.Type("Search conversations", "#7")
	d.Click("Open #7")
	d.want("address", d.asked("push"), "/console/#7")
}

func TestWhatIsFoundIsWalkedAndTakenByKeys(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", many(5000))
	d.On(d.Page.ByID(state.RowID(nth(3).Number)), vdom.FocusIn, bridge.Event{})
	d.Type("Search conversations", "n7") // N7, N70 to N79
	stop := func() string {
		all := ""
		for _, n := range d.Page.ByClass("b-row__name") {
			if n.Attrs["tabindex"] == "0" {
				all += n.AllText()
			}
		}
		return all
	}
	d.want("Tab reaches", stop(), "N7")
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "x", List: []string{"KeyX"}})
	if !d.Selection.Has(nth(7).Number) || d.Selection.Count() != 1 {
		t.Fatalf("X took %v", d.Selection.Picks())
	}
	if n := len(d.Page.ByClass("b-row__name")); n != 11 {
		t.Fatalf("%d rows are found once one is selected", n)
	}
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "ArrowDown", List: []string{"ArrowDown"}})
	d.want("focus", d.asked("focus"), state.RowID(nth(7).Number))
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "j", List: []string{"KeyJ"}})
	d.want("focus", d.asked("focus"), state.RowID(nth(70).Number))
	d.want("in view", d.asked("scrollto"), state.RowID(nth(70).Number))
	d.want("Tab reaches", stop(), "N70")
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "End", List: []string{"End"}})
	d.want("Tab reaches", stop(), "N79")
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "k", List: []string{"KeyK"}})
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "X", A: bridge.Shift, List: []string{"KeyX"}})
	if d.Selection.Count() != 10 || d.Selection.Has(nth(8).Number) {
		t.Errorf("Shift X took %v", d.Selection.Picks())
	}
	d.Click("Select all 11 conversations")
	if d.count(protocol.KindInboxPick) != 0 || d.Selection.Count() != 11 {
		t.Errorf("all that is found are %d", d.Selection.Count())
	}
	d.Click("Actions")
	d.Click("Mark as unread")
	if got := decode[protocol.ConversationsChange](t, d.last(protocol.KindConversationsChange)); len(got.Picks) != 11 {
		t.Errorf("done to %d", len(got.Picks))
	}
}

// allBox is the box beside Actions that takes all.
func (d *desk) allBox() (checked, some bool) {
	d.t.Helper()
	for _, n := range d.Page.ByClass("b-checkbox") {
		if strings.HasPrefix(n.Attrs["aria-label"], "Select all ") {
			_, checked = n.Attrs[".checked"]
			_, some = n.Attrs[".indeterminate"]
		}
	}
	return checked, some
}

func TestASelectionEndsWithItsList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.selects(41, 0)
	d.selects(40, 0)
	d.Click("Actions")
	d.press("b-views__item", "All 3")
	if d.Selection.Count() != 0 || d.Page.Named("Actions") != nil || d.textbox("Search conversations") == nil {
		t.Errorf("%d are selected in another list", d.Selection.Count())
	}
}

func TestWhatLeavesTheListIsSelectedNoMore(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.selects(41, 0)
	d.selects(40, 0)
	d.Click("Actions")
	d.Click("Delete…")
	done := row(40)
	done.Activity = protocol.Completed
	d.changed(1, done)
	if html := d.HTML(); d.Selection.Count() != 1 || !strings.Contains(html, "Delete 1 conversation?") {
		t.Errorf("%d are selected", d.Selection.Count())
	}
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}, All: 1})
	if d.Selection.Count() != 0 || d.Dialog.Kind != state.NoDialog {
		t.Error("the window asks about nothing")
	}
	d.want("toast", d.Toast.Text, "It changed meanwhile: look again at what stands there now.")
}

func TestAllOfAListIsNoLongerSelectedOnceItHasMore(t *testing.T) {
	t.Parallel()
	for name, push := range map[string]protocol.Inbox{
		"it grows":            {Rows: []protocol.Row{fresh()}, Total: 121, Active: 121, All: 121},
		"another takes place": {Rows: []protocol.Row{fresh()}, Left: []protocol.Number{nth(0).Number}, Total: 120, Active: 120, All: 121},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/", many(120))
			d.wholes(120)
			if checked, some := d.allBox(); !checked || some {
				t.Fatalf("the box is checked: %v, %v", checked, some)
			}
			d.hear("", protocol.KindInbox, &push)
			if checked, some := d.allBox(); checked || !some {
				t.Errorf("the box says all: %v, %v", checked, some)
			}
			d.Click("Select all " + strconv.Itoa(push.Total) + " conversations")
			if n := d.count(protocol.KindInboxPick); n != 3 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// fresh is a row above all of the list of many.
func fresh() protocol.Row {
	r := nth(0)
	r.Number, r.LastAt = r.Number+1, r.LastAt+1000
	return r
}

// press clicks the one of a class that says so.
func (d *desk) press(class, text string) {
	d.t.Helper()
	for _, n := range d.Page.ByClass(class) {
		if strings.Join(strings.Fields(n.AllText()), " ") == text {
			d.On(n, vdom.Click, bridge.Event{})
			return
		}
	}
	d.t.Fatalf("no %q among %q", text, d.text(class))
}

func TestAFingerThatRestsOnARowSelectsIt(t *testing.T) {
	t.Parallel()
	const timerPress = 9
	at := func(d *desk) *page.Node { return d.Page.ByID(state.RowID(41)).Parent }
	fires := func(d *desk) {
		d.t.Helper()
		if d.waits(timerPress) != 500 {
			d.t.Fatalf("it rests for %d ms", d.waits(timerPress))
		}
		d.Do(bridge.Event{Kind: bridge.Fired, A: timerPress})
	}
	for name, c := range map[string]struct {
		do   func(d *desk)
		want int
		open bool
	}{
		"half a second": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			fires(d)
		}, 1, false},
		"and the click that follows opens nothing": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			fires(d)
			d.On(at(d), vdom.PointerLeave, bridge.Event{B: 1})
			d.On(d.Page.ByID(state.RowID(41)), vdom.Click, bridge.Event{})
		}, 1, false},
		"a later one does": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			fires(d)
			d.On(at(d), vdom.PointerLeave, bridge.Event{B: 1})
			fires(d)
			d.On(d.Page.ByID(state.RowID(41)), vdom.Click, bridge.Event{})
		}, 1, true},
		"the browser's menu comes first": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			if d.On(at(d), vdom.ContextMenu, bridge.Event{B: 1})&bridge.Prevent == 0 {
				d.t.Error("the menu comes")
			}
			if d.waits(timerPress) != 0 {
				d.t.Error("the timer runs on")
			}
		}, 1, false},
		"the browser's menu comes last": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			fires(d)
			if d.On(at(d), vdom.ContextMenu, bridge.Event{B: 1})&bridge.Prevent == 0 {
				d.t.Error("the menu comes")
			}
		}, 1, false},
		"scrolling": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{B: 1})
			d.On(at(d), vdom.PointerLeave, bridge.Event{B: 1})
			if d.waits(timerPress) != 0 {
				d.t.Error("the timer runs on")
			}
		}, 0, false},
		"a mouse": {func(d *desk) {
			d.On(at(d), vdom.PointerEnter, bridge.Event{})
			if d.waits(timerPress) != 0 || d.On(at(d), vdom.ContextMenu, bridge.Event{})&bridge.Prevent != 0 {
				d.t.Error("a mouse is taken for a finger")
			}
		}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/")
			c.do(d)
			if n := d.Selection.Count(); n != c.want {
				t.Errorf("%d are selected", n)
			}
			if open := d.Route.Number == 41; open != c.open {
				t.Errorf("it is open: %v", open)
			}
		})
	}
}
