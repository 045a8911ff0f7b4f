//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
)

const (
	tagV = protocol.TagID("01JC00000000000000000000V1")
	tagN = protocol.TagID("01JC00000000000000000000N1")
	tagK = protocol.TagID("01JC00000000000000000000K1")
)

// tagged is a workspace with three tags.
func tagged(w *protocol.OperatorWelcome) {
	w.Team.Tags = []protocol.Tag{
		{ID: tagN, Name: "new", Color: "leaf"}, {ID: tagV, Name: "vip", Color: "rose"}, {ID: tagK, Name: "vip-клиент", Color: "plum"},
	}
}

// filtering opens the filter window and answers the question for counts.
func filtering(t *testing.T, counts []protocol.TagCount, change ...func(*protocol.OperatorWelcome)) *desk {
	t.Helper()
	d := signedIn(t, "/console/", change...)
	d.Click("Filter and sort")
	if ask := decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)); !ask.Count {
		t.Fatal("it does not ask for counts")
	}
	d.looked(2, counts)
	return d
}

// looked answers the newest look with the two rows, a total and the counts of tags.
func (d *desk) looked(total int, counts []protocol.TagCount) protocol.InboxLook {
	d.t.Helper()
	f := d.last(protocol.KindInboxLook)
	ask := decode[protocol.InboxLook](d.t, f)
	d.hear(f.ID, protocol.KindInbox, &protocol.Inbox{Lens: ask.Lens, Rows: []protocol.Row{row(41), row(40)}, Total: max(total, 2), Active: 2, All: 3, Tags: counts})
	return ask
}

// tick turns a choice that is called so on or off.
func (d *desk) tick(name string, on bool) {
	d.t.Helper()
	value := int64(0)
	if on {
		value = 1
	}
	d.On(d.input(name), vdom.Change, bridge.Event{B: value})
}

// input is the box or button of a choice that is called so, in the window.
func (d *desk) input(name string) *page.Node {
	d.t.Helper()
	label := d.Page.Find(func(n *page.Node) bool {
		return n.Tag == "label" && strings.HasPrefix(strings.Join(strings.Fields(n.AllText()), " "), name)
	})
	if label == nil {
		d.t.Fatalf("no choice %q", name)
	}
	return label.Children[0]
}

func (d *desk) tagOrder() string {
	var names []string
	for _, n := range d.Page.ByClass("b-taglist")[0].Children {
		names = append(names, strings.TrimSpace(n.AllText()))
	}
	return strings.Join(names, " ")
}

func TestFIL01TheWindowOpensFromTheIconAndGivesFocusBack(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	if d.Page.ByClass("b-filter") == nil {
		t.Fatal("no window")
	}
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.On(d.Page.ByClass("b-dialog")[0], vdom.Dismiss, bridge.Event{})
	if len(d.Page.ByClass("b-filter")) != 0 {
		t.Error("the window stays")
	}
	d.want("focus after it", d.asked("focus"), state.FilterButtonID)
	if len(d.Page.ByClass("b-iconbutton__dot")) != 0 {
		t.Error("a dot, and nothing is set")
	}
	d.Click("Filter and sort")
	d.tick("Closed", true)
	if d.Page.Named("Filter and sort, something is set") == nil || len(d.Page.ByClass("b-iconbutton__dot")) != 1 {
		t.Error("nothing says that something is set")
	}
	d.Click("Reset")
	if d.Page.Named("Filter and sort") == nil {
		t.Error("it is set still")
	}
}

func TestFIL05WithoutALimitTheProcessingOrderSaysWhyItIsNotToBeHad(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	in := d.input("Longest wait first")
	if _, off := in.Attrs["disabled"]; !off || !strings.Contains(d.HTML(), "Needs a limit for the time to answer.") {
		t.Error("it is offered")
	}
	d = signedIn(t, "/console/")
	d.Click("Filter and sort")
	f := d.last(protocol.KindInboxLook)
	d.hear(f.ID, protocol.KindInbox, &protocol.Inbox{Lens: 1, Rows: []protocol.Row{row(41)}, Total: 1, Limits: true, Order: protocol.OrderProcessing})
	in = d.input("Longest wait first")
	if _, off := in.Attrs["disabled"]; off {
		t.Error("FIL02: it is not offered where there is a limit")
	}
	if _, on := in.Attrs[".checked"]; !on {
		t.Error("FIL02: it is not the one in force")
	}
}

func TestFIL05ALimitThatComesOrGoesReachesAnOpenList(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	waits := row(40)
	waits.AwaitingSince = noon - 500_000
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: 1, Total: 2, Active: 2, All: 3, Order: protocol.OrderProcessing, Limits: true})
	if _, off := d.input("Longest wait first").Attrs["disabled"]; off || strings.Contains(d.HTML(), "Needs a limit for the time to answer.") {
		t.Error("it is not offered")
	}
	ask := decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook))
	if ask.Lens != 2 || !ask.Count || len(d.Page.ByClass("b-row__name")) != 2 {
		t.Errorf("asked for %+v with %d rows", ask, len(d.Page.ByClass("b-row__name")))
	}
	d.hear(d.last(protocol.KindInboxLook).ID, protocol.KindInbox, &protocol.Inbox{Lens: 2, Rows: []protocol.Row{waits, row(41)}, Total: 2,
		Active: 2, All: 3, Order: protocol.OrderProcessing, Limits: true})
	if first := d.Page.ByClass("b-row")[0].AllText(); strings.Contains(first, "Kira") {
		t.Errorf("on top is %q", first)
	}
	// With another order chosen it is offered or not, and nothing is asked for.
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: 2, Total: 2, Active: 2, All: 3, Order: protocol.OrderProcessing})
	if _, off := d.input("Longest wait first").Attrs["disabled"]; !off || d.count(protocol.KindInboxLook) != 2 {
		t.Errorf("it is offered, or %d looks were asked for", d.count(protocol.KindInboxLook))
	}
}

// TestFIL05PagesOfTwoOrdersAreNotJoined: the limit came while a page was on its way.
func TestFIL05PagesOfTwoOrdersAreNotJoined(t *testing.T) {
	t.Parallel()
	const of = 5000
	d := signedIn(t, "/console/", many(of), func(w *protocol.OperatorWelcome) { w.Inbox.Order = protocol.OrderActivity })
	d.scrollRows(90)
	ask := d.last(protocol.KindInboxRead)
	other := row(40)
	other.Number, other.AwaitingSince, other.Name = 7, noon-900_000, "Other order"
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Rows: []protocol.Row{other}, Offset: 100, More: true, Total: of, Active: of, All: of,
		Order: protocol.OrderProcessing, Limits: true})
	if strings.Contains(d.HTML(), "Other order") {
		t.Error("a row of another order was joined")
	}
	f := d.last(protocol.KindInboxLook)
	in := &protocol.Inbox{Lens: 1, More: true, Total: of, Active: of, All: of, Order: protocol.OrderProcessing, Limits: true}
	for i := range protocol.InboxPage {
		in.Rows = append(in.Rows, nth(i))
	}
	d.hear(f.ID, protocol.KindInbox, in)
	if n := d.count(protocol.KindInboxRead); n != 2 {
		t.Errorf("asked %d times for rows at the place that is looked at", n)
	}
	d.rowsFrom(of)
	if at := d.Page.Find(func(n *page.Node) bool { return n.Attrs["aria-posinset"] == "91" }); at == nil || !strings.Contains(at.AllText(), "N90") {
		t.Errorf("at 90 the list shows %v", at)
	}
}

func TestFIL06LastActivityIsAskedForAndStandsInTheAddress(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Last activity", true)
	if ask := d.looked(2, nil); ask.Order != protocol.OrderActivity {
		t.Errorf("asked for %+v", ask)
	}
	d.want("address", d.asked("replace"), "/console/?order=activity")
}

// ordered is a welcome where there is a limit for answering.
func ordered(w *protocol.OperatorWelcome) {
	w.Inbox.Order, w.Inbox.Limits = protocol.OrderProcessing, true
}

func TestFIL05TheOrderThatWasChosenIsKeptAndComesBackWithTheLimit(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", ordered)
	d.Click("Filter and sort")
	answer := func(d *desk, o protocol.Order, limits bool) protocol.InboxLook {
		f := d.last(protocol.KindInboxLook)
		ask := decode[protocol.InboxLook](t, f)
		d.hear(f.ID, protocol.KindInbox, &protocol.Inbox{Lens: ask.Lens, Rows: []protocol.Row{row(41), row(40)}, Total: 2, Active: 2, All: 3,
			Order: o, Limits: limits})
		return ask
	}
	answer(d, protocol.OrderProcessing, true)
	d.tick("Last activity", true)
	if ask := answer(d, protocol.OrderActivity, true); ask.Order != protocol.OrderActivity {
		t.Errorf("asked for %+v", ask)
	}
	d.want("the button", d.filterName(), "Filter and sort, something is set")
	d.Click("All 3")
	d.want("address", d.asked("push"), "/console/?activity=active,completed")
	if ask := answer(d, protocol.OrderActivity, true); ask.Order != protocol.OrderActivity {
		t.Errorf("a chip without an order asked for %+v", ask)
	}
	if file := d.ExportFile("csv"); !strings.Contains(file, "order=activity") {
		t.Errorf("the file is sorted otherwise: %s", file)
	}
	saved := d.Asked("save")
	record := saved[len(saved)-1]

	// The limit goes and comes: the choice falls back, and returns.
	d = load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Record, Arg: record.Text, Data: record.Data})
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.connect()
	if n := d.count(protocol.KindInboxLook); n != 0 {
		t.Errorf("without a limit it asked %d times", n)
	}
	d.hear("", protocol.KindInbox, &protocol.Inbox{Total: 2, Active: 2, All: 3, Order: protocol.OrderProcessing, Limits: true})
	if ask := answer(d, protocol.OrderActivity, true); ask.Order != protocol.OrderActivity {
		t.Errorf("with the limit it asked for %+v", ask)
	}

	// A console that comes to a list by wait asks for its own order, and Reset takes that away.
	d = load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Record, Arg: record.Text, Data: record.Data})
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.connect(ordered)
	if ask := answer(d, protocol.OrderActivity, true); ask.Order != protocol.OrderActivity {
		t.Errorf("it asked for %+v", ask)
	}
	d.Click("Filter and sort, something is set")
	answer(d, protocol.OrderActivity, true)
	d.Click("Reset")
	if ask := answer(d, protocol.OrderProcessing, true); ask.Order != "" {
		t.Errorf("after Reset it asked for %+v", ask)
	}
	d.want("the button", d.filterName(), "Filter and sort")
}

func TestFIL07FIL08FIL13KindsCombineAndStandInTheAddress(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Ann (you)", true)
	d.tick("Bob", true)
	d.tick("Acme shop", true)
	ask := d.looked(2, nil)
	if !slices.Equal(ask.Filter.Assignees, []protocol.OperatorID{ann, bob}) || !slices.Equal(ask.Filter.Channels, []protocol.ChannelID{shop}) {
		t.Errorf("asked for %+v", ask.Filter)
	}
	d.want("address", d.asked("push"), "/console/?assignee="+string(ann)+","+string(bob)+"&channel="+string(shop)+"&activity=active")
	d.tick("Unassigned", true)
	if ask = d.looked(2, nil); !ask.Filter.Unassigned || len(ask.Filter.Assignees) != 2 {
		t.Errorf("asked for %+v", ask.Filter)
	}
	if !strings.Contains(d.HTML(), "Show 2") {
		t.Error("the button does not say how many there are")
	}
	// Going back takes the last choice away, and the window stays.
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/?assignee=" + string(ann) + "&activity=active"})
	if ask = d.looked(2, nil); ask.Filter.Unassigned || len(ask.Filter.Assignees) != 1 || len(d.Page.ByClass("b-filter")) != 1 {
		t.Errorf("asked for %+v", ask.Filter)
	}
}

func TestFIL07AColleagueWhoLeftWithConversationsIsListed(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	if strings.Contains(d.HTML(), "Eve, deactivated") {
		t.Error("Eve is listed and has none")
	}
	d.hear(d.last(protocol.KindWorkloadRead).ID, protocol.KindWorkload, &protocol.Workload{
		Operators: []protocol.OperatorWorkload{{Operator: eve, Conversations: 3}}, Conversations: 5})
	d.tick("Eve, deactivated", true)
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Assignees, []protocol.OperatorID{eve}) {
		t.Errorf("asked for %+v", ask.Filter)
	}
}

func TestFIL09BotsAreChosenOnceThereIsOne(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	if !strings.Contains(d.HTML(), "There is no bot yet.") {
		t.Fatal("nothing says why")
	}
	team := welcome().Team
	const robot = protocol.OperatorID("01JC00000000000000000000B1")
	team.Operators = append(team.Operators, protocol.Operator{ID: robot, Name: "Mila", Bot: true, State: protocol.OperatorActive})
	d.hear("", protocol.KindTeam, &team)
	d.tick("Mila", true)
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Bots, []protocol.OperatorID{robot}) {
		t.Errorf("asked for %+v", ask.Filter)
	}
}

func TestFIL11BothAxes(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Closed", true)
	ask := d.looked(2, nil)
	if !slices.Equal(ask.Filter.Statuses, []protocol.Status{protocol.Closed}) || len(ask.Filter.Activities) != 0 {
		t.Errorf("closed: asked for %+v", ask.Filter)
	}
	d.tick("Closed", false)
	d.tick("Active", false)
	d.tick("Open", true)
	ask = d.looked(2, nil)
	if !slices.Equal(ask.Filter.Statuses, []protocol.Status{protocol.Open}) || !slices.Equal(ask.Filter.Activities, []protocol.Activity{protocol.Completed}) {
		t.Errorf("completed and open: asked for %+v", ask.Filter)
	}
}

func TestFIL11OneOfTheTwoActivitiesIsAlwaysChosen(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	both := func() (names string) {
		for _, name := range []string{"Active", "Completed"} {
			if _, on := d.input(name).Attrs[".checked"]; on {
				names += name
			}
		}
		return names
	}
	for _, step := range []struct {
		name string
		on   bool
		want string
	}{
		{"Active", false, "Completed"}, {"Completed", false, "Active"}, {"Completed", true, "ActiveCompleted"}, {"Active", false, "Completed"},
	} {
		d.tick(step.name, step.on)
		d.looked(2, nil)
		if got := both(); got != step.want {
			t.Errorf("after %s is %v: chosen are %q, want %q", step.name, step.on, got, step.want)
		}
	}
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Activities, []protocol.Activity{protocol.Completed}) {
		t.Errorf("asked for %+v", ask.Filter)
	}
}

func TestFIL11ClosedIsChosenAndLetGoOfWithoutATrace(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"/console/", "/console/?activity=active,completed", "/console/?activity=completed&status=open"} {
		d := signedIn(t, from)
		d.Click(d.filterName())
		d.tick("Closed", true)
		d.tick("Closed", false)
		d.want("address", d.asked("push"), from)
	}
}

// filterName is what the button above the list is called.
func (d *desk) filterName() string { return d.Page.ByID(state.FilterButtonID).Name() }

func TestFIL12WhoWroteLastAndWhetherThatWasAnswered(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Customer wrote last", true)
	d.tick("Unanswered", true)
	if ask := d.looked(2, nil); ask.Filter.Last != protocol.SideVisitor || ask.Filter.Reply != protocol.ReplyOwed {
		t.Errorf("asked for %+v", ask.Filter)
	}
	// Live: a row that stops matching leaves.
	lens := decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)).Lens
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: lens, Left: []protocol.Number{41}, Total: 1, Active: 2, All: 3})
	if d.Page.ByID(state.RowID(41)) != nil || d.Page.ByID(state.RowID(40)) == nil {
		t.Error("#41 stays, or #40 left")
	}
}

func TestTAG01WithoutTagsTheFilterSaysSoAndComesWithTheFirst(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	if !strings.Contains(d.HTML(), "There is no tag yet.") {
		t.Fatal("nothing says why")
	}
	if _, off := d.input("No tags").Attrs["disabled"]; !off {
		t.Error("it can be chosen")
	}
	team := welcome().Team
	team.Tags = []protocol.Tag{{ID: tagV, Name: "vip", Color: "rose"}}
	d.hear("", protocol.KindTeam, &team)
	if _, off := d.input("No tags").Attrs["disabled"]; off {
		t.Error("it is not enabled")
	}
}

func TestTAG02TAG03TAG04TheThreeStates(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil, tagged)
	d.tick("vip", true)
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Tags, []protocol.TagID{tagV}) || d.TagMode() != "list" {
		t.Errorf("TAG04: asked for %+v, mode %s", ask.Filter, d.TagMode())
	}
	d.tick("vip", false)
	if d.TagMode() != "all" {
		t.Errorf("TAG04: mode %s", d.TagMode())
	}
	d.tick("vip", true)
	d.tick("No tags", true)
	ask := d.looked(2, nil)
	if !ask.Filter.Untagged || len(ask.Filter.Tags) != 0 {
		t.Errorf("TAG03: asked for %+v", ask.Filter)
	}
	for _, name := range []string{"vip", "new"} {
		if _, off := d.input(name).Attrs["disabled"]; !off {
			t.Errorf("TAG03: %s can be chosen", name)
		}
	}
	if _, off := d.textbox("Find a tag").Attrs["disabled"]; !off {
		t.Error("TAG03: the search field is not locked")
	}
	if _, off := d.input("Pinned only").Attrs["disabled"]; !off {
		t.Error("TAG03: the switch is not locked")
	}
	d.On(d.Page.ByClass("b-filter__modes")[0].Children[0].Children[0], vdom.Change, bridge.Event{B: 1})
	if ask = d.looked(2, nil); ask.Filter.Untagged || d.TagMode() != "all" {
		t.Errorf("TAG02: asked for %+v", ask.Filter)
	}
}

func TestTAG02AllLetsGoOfPinnedOnlyToo(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil, tagged)
	d.tick("Pinned only", true)
	d.looked(2, nil)
	if d.TagMode() != "list" {
		t.Errorf("with pinned ones alone the mode is %s", d.TagMode())
	}
	d.On(d.Page.ByClass("b-filter__modes")[0].Children[0].Children[0], vdom.Change, bridge.Event{B: 1})
	if ask := d.looked(2, nil); ask.Filter.Pinned || d.TagMode() != "all" {
		t.Errorf("asked for %+v in mode %s", ask.Filter, d.TagMode())
	}
}

func TestTAG05ASearchFindsAnyPartInWhateverCase(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil, tagged)
	d.Type("Find a tag", "VIP")
	d.want("found", d.tagOrder(), "vip0 vip-клиент0")
	d.Type("Find a tag", "КЛИЕНТ")
	d.want("found", d.tagOrder(), "vip-клиент0")
	d.Type("Find a tag", "zzz")
	if !strings.Contains(d.HTML(), "No tag with “zzz”") {
		t.Error("nothing says that nothing was found")
	}
}

func TestTAG06TAG07TAG09TagsStandByTheirCountsTheChosenOnesOnTop(t *testing.T) {
	t.Parallel()
	d := filtering(t, []protocol.TagCount{{Tag: tagV, Count: 5}, {Tag: tagN, Count: 2}}, tagged)
	d.want("TAG06", d.tagOrder(), "vip5 new2 vip-клиент0")
	d.tick("new", true)
	d.looked(2, []protocol.TagCount{{Tag: tagN, Count: 2}, {Tag: tagV, Count: 1}})
	d.want("TAG07, TAG09: counts of what is left", d.tagOrder(), "new2 vip1 vip-клиент0")
	d.tick("new", false)
	d.looked(2, []protocol.TagCount{{Tag: tagV, Count: 5}, {Tag: tagN, Count: 2}})
	d.want("TAG07", d.tagOrder(), "vip5 new2 vip-клиент0")
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)).Lens, Total: 2,
		Tags: []protocol.TagCount{{Tag: tagN, Count: 6}, {Tag: tagV, Count: 5}}})
	d.want("TAG06 live", d.tagOrder(), "new6 vip5 vip-клиент0")
}

func TestTAG06CountsAreOfTheListThatIsShown(t *testing.T) {
	t.Parallel()
	d := filtering(t, []protocol.TagCount{{Tag: tagV, Count: 5}}, tagged)
	d.tick("Open", true)
	d.looked(2, nil) // a list without a tag says nothing of tags
	d.want("in another list", d.tagOrder(), "new0 vip0 vip-клиент0")
	d.tick("Open", false)
	d.looked(2, []protocol.TagCount{{Tag: tagV, Count: 5}})
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)).Lens, Total: 2})
	d.want("after news of no tag", d.tagOrder(), "vip5 new0 vip-клиент0")
	d.On(d.Page.ByClass("b-dialog")[0], vdom.Dismiss, bridge.Event{})
	d.Click("Filter and sort")
	d.looked(2, nil)
	d.want("counted anew", d.tagOrder(), "new0 vip0 vip-клиент0")
}

func TestTAG08TAG10PinnedTagsStandInTheRowInTheirColour(t *testing.T) {
	t.Parallel()
	kiras := row(41)
	kiras.Tags = []protocol.ContactTag{{Tag: tagV, Pinned: true}, {Tag: tagN}}
	d := filtering(t, nil, tagged, func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{kiras} })
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: 1, Rows: []protocol.Row{kiras}, Total: 2})
	tags := d.Page.ByClass("b-row__tags")[0]
	if text := tags.AllText(); !strings.Contains(text, "vip") || strings.Contains(text, "new") {
		t.Errorf("the row says %q", text)
	}
	if n := len(d.Page.ByClass("b-tag--rose")); n != 2 {
		t.Errorf("%d tags are red: one in the row, one in the window", n)
	}
	team := welcome().Team
	team.Tags = []protocol.Tag{{ID: tagV, Name: "vip", Color: "sky"}}
	d.hear("", protocol.KindTeam, &team)
	if n := len(d.Page.ByClass("b-tag--sky")); n != 2 {
		t.Errorf("%d tags are blue after the change", n)
	}
	d.tick("Pinned only", true)
	if ask := d.looked(2, nil); !ask.Filter.Pinned {
		t.Errorf("asked for %+v", ask.Filter)
	}
}

func TestAListThatDoesNotComeSaysSoAndIsAskedForAgain(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("All 3")
	d.hear(d.last(protocol.KindInboxLook).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid})
	if len(d.Page.ByClass("b-row__name")) != 0 || d.Page.Named("All 3").Attrs["aria-pressed"] != "true" {
		t.Error("rows of another list stand under its chip")
	}
	d.Click("Try again")
	if ask := d.looked(3, nil); len(ask.Filter.Activities) != 0 || ask.Lens != 2 {
		t.Errorf("asked for %+v", ask)
	}
	if len(d.Page.ByClass("b-row__name")) != 2 || d.Page.Named("Try again") != nil {
		t.Error("the list is not shown")
	}
	// Going elsewhere is another way out of it.
	d.Click("Active 2")
	d.hear(d.last(protocol.KindInboxLook).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid})
	d.Click("All 3")
	d.looked(3, nil)
	if len(d.Page.ByClass("b-row__name")) != 2 || d.Page.Named("Try again") != nil {
		t.Error("another list is not shown")
	}
}

func TestTagsAreCountedAgainAfterALostLine(t *testing.T) {
	t.Parallel()
	d := filtering(t, []protocol.TagCount{{Tag: tagV, Count: 5}}, tagged)
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect(tagged)
	if n := d.count(protocol.KindInboxLook); n != 2 {
		t.Fatalf("asked %d times", n)
	}
	d.looked(2, []protocol.TagCount{{Tag: tagV, Count: 6}})
	d.want("counts", d.tagOrder(), "vip6 new0 vip-клиент0")
}

func TestADeletedTagComesOutOfTheFilterAndTheAddress(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil, tagged)
	d.tick("vip", true)
	d.tick("new", true)
	d.looked(2, nil)
	team := welcome().Team
	team.Tags = []protocol.Tag{{ID: tagN, Name: "new", Color: "leaf"}}
	d.hear("", protocol.KindTeam, &team)
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Tags, []protocol.TagID{tagN}) {
		t.Errorf("asked for %+v", ask.Filter)
	}
	d.want("address", d.asked("replace"), "/console/?tag="+string(tagN)+"&activity=active")
	team.Tags = nil
	d.hear("", protocol.KindTeam, &team)
	d.looked(2, nil)
	if d.Narrowed() || d.TagMode() != "all" {
		t.Errorf("the list is narrowed still: %+v", d.List.Filter)
	}
	// A link of before is the same list.
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/?tag=" + string(tagV) + "&status=open"})
	d.want("address of an old link", d.asked("replace"), "/console/?status=open")
	if ask := d.looked(2, nil); len(ask.Filter.Tags) != 0 {
		t.Errorf("asked for %+v", ask.Filter)
	}
	n := d.count(protocol.KindInboxLook)
	d.hear("", protocol.KindTeam, &team)
	if d.count(protocol.KindInboxLook) != n {
		t.Error("the same team asks again")
	}
	old := signedIn(t, "/console/?untagged=1", tagged)
	n = old.count(protocol.KindInboxLook)
	old.hear("", protocol.KindTeam, &team)
	if old.count(protocol.KindInboxLook) != n+1 {
		t.Error("who has no tag any more is not asked for")
	}
}

func TestTAG08ATagThatIsPinnedOnlyElsewhereIsOffered(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil, tagged)
	d.tick("Pinned only", true)
	d.looked(2, []protocol.TagCount{{Tag: tagV, Count: 2, Pinned: true}, {Tag: tagN, Pinned: true}})
	d.want("pinned somewhere", d.tagOrder(), "vip2 new0")
	lens := decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)).Lens
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: lens, Total: 2, Tags: []protocol.TagCount{{Tag: tagV, Count: 2, Pinned: true}, {Tag: tagN}}})
	d.want("nowhere any more", d.tagOrder(), "vip2")
}

func TestX37ViewsAreSavedGoneToChangedAndDeleted(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Customer wrote last", true)
	d.looked(2, nil)
	d.Click("Save as view")
	d.Type("Name", "  Mail ")
	d.submit("b-form")
	cmd := d.last(protocol.KindViewCreate)
	if got := decode[protocol.ViewCreate](t, cmd); got.Name != "Mail" || got.Filter.Last != protocol.SideVisitor || got.Shared {
		t.Errorf("saved %+v", got)
	}
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=name"})
	if !strings.Contains(d.HTML(), "There is one of this name already.") {
		t.Fatal("nothing says why it was not saved")
	}
	d.Type("Name", "Post")
	d.submit("b-form")
	cmd = d.last(protocol.KindViewCreate)
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{})
	team := welcome().Team
	view := protocol.View{ID: "01JC00000000000000000000VW", Name: "Post", Owner: ann, Filter: protocol.Filter{
		Activities: []protocol.Activity{protocol.Active}, Last: protocol.SideVisitor}}
	team.Views = []protocol.View{view}
	d.hear("", protocol.KindTeam, &team)
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: 2, Total: 2, Active: 2, All: 3, Views: []protocol.ViewCount{
		{View: view.ID, Count: 2}, {View: protocol.ViewMine, Count: 1}}})
	if d.Page.Named("Post 2") == nil || d.Page.Named("Post 2").Attrs["aria-pressed"] != "true" {
		t.Fatalf("chips: %s", d.text("b-views__item"))
	}
	d.Click("Mine 1")
	if ask := d.looked(2, nil); !slices.Equal(ask.Filter.Assignees, []protocol.OperatorID{ann}) {
		t.Errorf("Mine asks for %+v", ask.Filter)
	}
	d.Click("Post 2")
	d.Click("Change the view Post")
	d.Click("Delete view")
	if got := decode[protocol.ViewDelete](t, d.last(protocol.KindViewDelete)); got.View != view.ID {
		t.Errorf("deleted %+v", got)
	}
}
