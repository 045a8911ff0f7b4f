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

// changed pushes rows of the active list: what is completed leaves it.
func (d *desk) changed(unread int, rows ...protocol.Row) {
	d.t.Helper()
	in := &protocol.Inbox{Unread: unread, Total: 2, Active: 2, All: 3}
	for _, row := range rows {
		if row.Activity == protocol.Active {
			in.Rows = append(in.Rows, row)
			continue
		}
		in.Left, in.Beside = append(in.Left, row.Number), append(in.Beside, row)
		in.Total--
	}
	d.hear("", protocol.KindInbox, in)
}

func TestTheHeaderCountsConversationsAndTheTitleSaysSo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.want("title", d.asked("title"), "(1) Beseda")
	d.changed(2)
	d.want("title", d.asked("title"), "(2) Beseda")
	d.changed(0)
	d.want("title", d.asked("title"), "Beseda")
}

func TestARowSaysWhoWroteLast(t *testing.T) {
	t.Parallel()
	own := row(40)
	own.LastActor.ID, own.LastActor.Name = string(ann), "Ann"
	picture := row(40)
	picture.LastActor, picture.LastText, picture.LastAttachment = row(41).LastActor, "", protocol.AttachmentImage
	for name, c := range map[string]struct {
		row  protocol.Row
		want string
	}{
		"the visitor's words stand alone":   {row(41), "Is it in stock?"},
		"a colleague's have their name":     {row(40), "Bob: Of course"},
		"one's own have You":                {own, "You: Of course"},
		"a file without text says its kind": {picture, "Picture"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{c.row} })
			d.want("last", d.text("b-row__last"), c.want)
		})
	}
}

func TestAVisitorWithoutANameIsCalledTheSameEveryTime(t *testing.T) {
	t.Parallel()
	first, second := signedIn(t, "/console/").text("b-row__name"), signedIn(t, "/console/").text("b-row__name")
	if first != second || !strings.Contains(first, "Visitor ") {
		t.Errorf("%q and %q", first, second)
	}
}

func TestUnreadAboveNinetyNineIsCapped(t *testing.T) {
	t.Parallel()
	many := row(41)
	many.Unread = protocol.UnreadCap
	d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{many} })
	if !strings.Contains(d.text("b-row__marks"), "99+") {
		t.Errorf("the row says %q", d.text("b-row__marks"))
	}
}

func TestTheNewestStandsOnTopUnlessThePointerIsThere(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	newer := row(40)
	newer.LastAt = noon + 1
	list := d.Page.ByClass("b-list")[0]
	d.On(list, vdom.PointerEnter, bridge.Event{})
	d.changed(1, newer)
	if first := d.Page.ByClass("b-row")[0]; !strings.Contains(first.AllText(), "Kira") {
		t.Error("the row under the pointer moved")
	}
	d.On(d.Page.ByClass("b-list")[0], vdom.PointerLeave, bridge.Event{})
	if first := d.Page.ByClass("b-row")[0]; strings.Contains(first.AllText(), "Kira") {
		t.Error("the list did not sort afterwards")
	}
}

// waits is for how many milliseconds a timer was set last; 0 where it was never set, or stopped as often.
func (d *desk) waits(timer int64) (ms int64) {
	times := 0
	for _, e := range d.Asked("timer") {
		if e.List[0] == strconv.FormatInt(timer, 10) {
			ms = e.N
			times++
		}
	}
	for _, e := range d.Asked("cancel") {
		if e.N == timer {
			times--
		}
	}
	if times <= 0 {
		return 0
	}
	return ms
}

// firstRow is what the row on top says.
func (d *desk) firstRow() string { return d.Page.ByClass("b-row")[0].AllText() }

func TestFIL03ARowStaysUnderAMouseThatRestsAndAFingerIsForgotten(t *testing.T) {
	t.Parallel()
	const timerHold = 5
	for name, c := range map[string]struct {
		touch int64
		moves bool
	}{"a mouse": {0, false}, "a finger": {1, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/")
			newer := row(40)
			newer.LastAt = noon + 1
			d.On(d.list(), vdom.PointerEnter, bridge.Event{B: c.touch})
			if d.waits(timerHold) == 0 != (c.touch == 0) {
				t.Errorf("the timer runs for %d ms", d.waits(timerHold))
			}
			d.changed(1, newer)
			d.wait(60_000)
			d.Do(bridge.Event{Kind: bridge.Fired, A: timerHold})
			if moved := !strings.Contains(d.firstRow(), "Kira"); moved != c.moves {
				t.Errorf("after a minute the row has moved: %v", moved)
			}
			d.On(d.list(), vdom.PointerLeave, bridge.Event{B: c.touch})
			if strings.Contains(d.firstRow(), "Kira") {
				t.Error("the list did not sort afterwards")
			}
		})
	}
}

func TestWhatWaitsForAMouseThatRestsIsOneClickAway(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.On(d.list(), vdom.PointerEnter, bridge.Event{})
	known, fresh := row(40), row(43)
	known.LastAt, fresh.LastAt = noon+1, noon+2
	d.changed(2, known)
	if len(d.Page.ByClass("b-list__fresh")) != 0 {
		t.Error("what is on screen is called new")
	}
	d.hear("", protocol.KindInbox, &protocol.Inbox{Unread: 3, Total: 3, Active: 3, All: 4, Rows: []protocol.Row{fresh}})
	d.Click("1 new in the list")
	if d.Page.ByID(state.RowID(43)) == nil {
		t.Errorf("on top stands %q", d.firstRow())
	}
	if len(d.Page.ByClass("b-list__fresh")) != 0 {
		t.Error("there is nothing more to show")
	}
}

func TestKeysGoOnUnderAMouseThatRests(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	newer := row(40)
	newer.LastAt = noon + 1
	d.On(d.list(), vdom.PointerEnter, bridge.Event{})
	d.changed(1, newer)
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "j", List: []string{"KeyJ"}})
	if strings.Contains(d.firstRow(), "Kira") {
		t.Fatal("keys walk through a list of before")
	}
	again := row(41)
	again.LastAt = noon + 2
	d.changed(1, again)
	if strings.Contains(d.firstRow(), "Kira") {
		t.Error("the row moved under the mouse after a key")
	}
}

// TestAListThatWentFromUnderTheMouseIsHeldNoMore: no page tells that the pointer left what is no more.
func TestAListThatWentFromUnderTheMouseIsHeldNoMore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ away, back func(*desk) }{
		"a search that finds nothing": {func(d *desk) { d.Type("Search conversations", "nobody") }, func(d *desk) { d.Type("Search conversations", "") }},
		"another page": {func(d *desk) {
			d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "g", List: []string{"KeyG"}})
			d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "r", List: []string{"KeyR"}})
		},
			func(d *desk) { d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/"}) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/")
			d.On(d.list(), vdom.PointerEnter, bridge.Event{})
			c.away(d)
			if len(d.Page.ByClass("b-row")) != 0 {
				t.Fatal("the list is there still")
			}
			newer := row(40)
			newer.LastAt = noon + 1
			d.changed(1, newer)
			c.back(d)
			if strings.Contains(d.firstRow(), "Kira") {
				t.Error("it is held")
			}
		})
	}
}

func TestWhatWaitsForThePointerToGoIsDeliveredAllTheSame(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.On(d.list(), vdom.PointerEnter, bridge.Event{})
	fresh := row(41)
	fresh.Number, fresh.LastPosition = 42, 77
	d.hear("", protocol.KindInbox, &protocol.Inbox{Rows: []protocol.Row{fresh}, Total: 3, Unread: 2, Active: 3, All: 4})
	got := decode[protocol.ReceiptAdvance](t, d.last(protocol.KindReceiptAdvance))
	if got.Conversation != 42 || got.Delivered != 77 || got.Read != 0 {
		t.Errorf("said %+v", got)
	}
	if d.Page.ByID(state.RowID(42)) != nil {
		t.Error("it came under the pointer")
	}
}

func TestARowThatIsToLeaveSaysWhatItIsMeanwhile(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.On(d.list(), vdom.PointerEnter, bridge.Event{})
	done := row(41)
	done.Activity, done.Status, done.LastText = protocol.Completed, protocol.Closed, "Never mind"
	d.changed(0, done)
	if !strings.Contains(d.firstRow(), "Never mind") {
		t.Errorf("under the mouse stands %q", d.firstRow())
	}
	d.On(d.list(), vdom.PointerLeave, bridge.Event{})
	if strings.Contains(d.HTML(), "Never mind") {
		t.Error("it did not leave")
	}
}

func TestWhatIsGoneLeavesEvenUnderThePointer(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.On(d.Page.ByClass("b-list")[0], vdom.PointerEnter, bridge.Event{})
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}, Active: 1, All: 2})
	if html := d.HTML(); strings.Contains(html, "Kira") || strings.Contains(html, "in stock") {
		t.Error("something of the conversation is still on screen")
	}
	if !strings.Contains(d.HTML(), "#41 is no longer open to you") {
		t.Error("nothing says why")
	}
}

// many is a list of so many, of which the first hundred came.
func many(of int) func(*protocol.OperatorWelcome) {
	return func(w *protocol.OperatorWelcome) {
		w.Inbox.Rows, w.Inbox.Total, w.Inbox.More = nil, of, true
		w.Inbox.Active, w.Inbox.All = of, of
		for i := range protocol.InboxPage {
			w.Inbox.Rows = append(w.Inbox.Rows, nth(i))
		}
	}
}

// nth is the row at a place of the list of many.
func nth(i int) protocol.Row {
	r := row(40)
	r.Number, r.LastAt, r.Name = protocol.Number(200_000-i), noon-int64(i)*1000, "N"+strconv.Itoa(i)
	return r
}

func (d *desk) list() *page.Node { return d.Page.ByClass("b-list")[0] }

// scrollRows moves the list to a place, as the page reports it.
func (d *desk) scrollRows(to int) {
	d.t.Helper()
	d.On(d.list(), vdom.Scroll, bridge.Event{A: int64(to * state.RowHeight), B: 10 * state.RowHeight})
}

// rowsFrom answers the newest question for rows of the list of many.
func (d *desk) rowsFrom(of int) {
	d.t.Helper()
	f := d.last(protocol.KindInboxRead)
	ask := decode[protocol.InboxRead](d.t, f)
	in := &protocol.Inbox{Lens: ask.Lens, Offset: ask.Offset, Total: of, Active: of, All: of}
	if ask.Below != 0 {
		in.Offset = 200_000 - int(ask.Below) + 1
	}
	for i := in.Offset; i < min(in.Offset+ask.Limit, of); i++ {
		in.Rows = append(in.Rows, nth(i))
	}
	in.More = in.Offset+len(in.Rows) < of
	d.hear(f.ID, protocol.KindInbox, in)
}

func TestRowsComeWhereTheyAreLookedAtAndOnlyOnce(t *testing.T) {
	t.Parallel()
	const of = 100_000
	d := signedIn(t, "/console/", many(of))
	d.scrollRows(40)
	if n := d.count(protocol.KindInboxRead); n != 0 {
		t.Fatalf("asked %d times for what is held", n)
	}
	d.scrollRows(90)
	d.scrollRows(91)
	if n := d.count(protocol.KindInboxRead); n != 1 {
		t.Fatalf("asked %d times", n)
	}
	d.rowsFrom(of)
	most := 0
	for _, at := range []int{50_000, 50_050, 99_990, 0, 77_777} {
		d.scrollRows(at)
		for d.count(protocol.KindInboxRead) > most {
			most = d.count(protocol.KindInboxRead)
			d.rowsFrom(of)
		}
		names := d.Page.ByClass("b-row__name")
		if len(names) < 10 || len(names) > 40 {
			t.Fatalf("at %d: %d rows are drawn", at, len(names))
		}
		inView := d.Page.Find(func(n *page.Node) bool { return n.Attrs["aria-posinset"] == strconv.Itoa(at+1) })
		if inView == nil || !strings.Contains(inView.AllText(), "N"+strconv.Itoa(at)) || inView.Attrs["aria-setsize"] != "100000" {
			t.Fatalf("at %d the list shows %v", at, inView)
		}
		if n := d.Page.Len(); n > 4000 {
			t.Fatalf("%d nodes on the page", n)
		}
	}
}

func TestKeysGoToRowsThatAreNotHeld(t *testing.T) {
	t.Parallel()
	const of = 100_000
	d := signedIn(t, "/console/", many(of))
	d.scrollRows(0)
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "End", List: []string{"End"}})
	d.rowsFrom(of)
	last := nth(of - 1).Number
	d.want("focus", d.asked("focus"), state.RowID(last))
	if d.Page.ByID(state.RowID(last)) == nil || !strings.HasPrefix(d.list().Attrs["data-anchor"], "rows "+strconv.Itoa((of-10)*state.RowHeight)) {
		t.Errorf("the list stands at %q", d.list().Attrs["data-anchor"])
	}
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "PageUp", List: []string{"PageUp"}})
	d.want("focus", d.asked("focus"), state.RowID(nth(of-1-9).Number))
	d.On(d.list(), vdom.KeyDown, bridge.Event{Text: "Home", List: []string{"Home"}})
	d.rowsFrom(of)
	d.want("focus", d.asked("focus"), state.RowID(nth(0).Number))
}

func TestTheListComesBackWhereItWasAfterALostLine(t *testing.T) {
	t.Parallel()
	const of = 5000
	d := signedIn(t, "/console/", many(of))
	d.scrollRows(3000)
	d.rowsFrom(of)
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect(many(of))
	d.rowsFrom(of)
	at := d.Page.Find(func(n *page.Node) bool { return n.Attrs["aria-posinset"] == "3001" })
	if at == nil || !strings.Contains(at.AllText(), "N3000") {
		t.Errorf("at 3000 the list shows %v", at)
	}
}

func TestTheGeneralListIsAskedForWhenItIsLookedAt(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("All 3")
	ask := d.last(protocol.KindInboxLook)
	if got := decode[protocol.InboxLook](t, ask); len(got.Filter.Activities) > 0 || got.Lens != 1 {
		t.Errorf("it asked for %+v", got)
	}
	d.want("address", d.asked("push"), "/console/?activity=active,completed")
	done := row(39)
	done.Activity, done.Status, done.LastAt = protocol.Completed, protocol.Closed, noon-9_000_000
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Lens: 1, Total: 3, Rows: []protocol.Row{row(41), row(40), done}, Unread: 1, Active: 2, All: 3})
	if !strings.Contains(d.text("b-row__tags"), "Closed") {
		t.Error("the closed one is not marked")
	}
	d.Click("Active 2")
	ask = d.last(protocol.KindInboxLook)
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Lens: 2, Total: 2, Rows: []protocol.Row{row(41), row(40)}, Unread: 1, Active: 2, All: 3})
	if n := len(d.Page.ByClass("b-row__name")); n != 2 {
		t.Errorf("%d active rows", n)
	}
}

func TestArrowsRoveThroughTheList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	stops := func() (at string) {
		for _, n := range d.Page.ByClass("b-row__name") {
			if n.Attrs["tabindex"] == "0" {
				at += n.Attrs["id"] + " "
			}
		}
		return at
	}
	d.want("Tab reaches", stops(), "row-41 ")
	d.On(d.Page.ByID("row-41"), vdom.FocusIn, bridge.Event{})
	d.On(d.Page.ByID("row-41"), vdom.KeyDown, bridge.Event{Text: "ArrowDown", List: []string{"ArrowDown"}})
	d.want("focus", d.asked("focus"), "row-40")
	d.want("Tab reaches", stops(), "row-40 ")
	d.On(d.Page.ByID("row-40"), vdom.KeyDown, bridge.Event{Text: "к", List: []string{"KeyK"}})
	d.want("focus after K on a Cyrillic keyboard", d.asked("focus"), "row-41")
}

func TestTypingShowsInTheRowAndEnds(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	who := protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(protocol.Frame{Kind: protocol.KindTypingStarted, Thread: thread, Conversation: 41, Body: protocol.EncodeBody(&protocol.TypingStarted{Who: who})})
	d.want("typing", d.text("b-row__typing"), "Kira Malova is typing…")
	d.wait(protocol.TypingTTL.Milliseconds() + 1)
	d.want("typing, later", d.text("b-row__typing"), "")
}

func TestPresenceMovesTheDotInListHeadAndPanel(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if !strings.Contains(d.text("b-contact__seen"), "Online now") {
		t.Fatal("Kira is not online")
	}
	d.hear("", protocol.KindPresence, &protocol.Presence{Visitor: kira})
	d.want("head", d.text("b-presence"), "Kira MalovaOffline")
	d.want("panel", d.text("b-contact__seen"), "Last seen just now")
}
