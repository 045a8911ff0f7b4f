//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// happened is an event of the list at a position.
func happened(at protocol.Position, kind protocol.Kind, body protocol.Body) protocol.Frame {
	return protocol.Frame{Kind: kind, Position: at, At: noon - 1000, Conversation: 41,
		Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}, Body: protocol.EncodeBody(body)}
}

// listed is the event list with a first page.
func listed(t *testing.T, address string, page *protocol.Events) *desk {
	t.Helper()
	d := signedIn(t, address)
	d.hear(d.last(protocol.KindEventsRead).ID, protocol.KindEvents, page)
	return d
}

func onePage() *protocol.Events {
	return &protocol.Events{More: true, Before: 20, Events: []protocol.Frame{
		happened(22, protocol.KindConversationClosed, &protocol.ConversationClosed{Activity: protocol.Active, Status: protocol.Open}),
		happened(21, protocol.KindConversationStarted, &protocol.ConversationStarted{}),
	}}
}

func TestEVT01EventsAreRowsWithTimeNumberAndAuthor(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", onePage())
	var rows []string
	for _, n := range d.Page.All(func(n *pageNode) bool { return n.Tag == "tr" }) {
		rows = append(rows, strings.Join(strings.Fields(n.AllText()), " "))
	}
	want := []string{"TimeAuthorConversationEventBeforeAfter", "Today, 11:59:59BBob#41Conversation closedActive, openClosed", "Today, 11:59:59BBob#41Conversation created·nothing·nothing"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestARowOfAMessageSaysHowItBegins(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", &protocol.Events{Events: []protocol.Frame{
		happened(24, protocol.KindNoteAdded, &protocol.NoteAdded{Text: "Ask Eve first"}),
		happened(23, protocol.KindMessageSent, &protocol.MessageSent{Attachments: []protocol.Attachment{{Name: "room.png"}}}),
		happened(22, protocol.KindMessageSent, &protocol.MessageSent{Text: "Perfect,\n<b>thank</b> you!"}),
	}})
	var after []string
	for _, n := range d.Page.All(func(n *pageNode) bool { return n.Tag == "span" && n.Attrs["dir"] == "auto" }) {
		after = append(after, n.AllText())
	}
	if diff := cmp.Diff([]string{"Ask Eve first", "room.png", "Perfect, <b>thank</b> you!"}, after); diff != "" {
		t.Error(diff)
	}
}

func TestEVT02FiltersStandInTheAddressAndInTheQuestion(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", onePage())
	d.On(d.Page.ByClass("b-checkbox")[0], vdom.Change, bridge.Event{B: 1})
	d.On(d.Page.ByClass("b-checkbox")[1], vdom.Change, bridge.Event{B: 1})
	d.On(d.Page.ByID("filter-author"), vdom.Change, bridge.Event{Text: "timer"})
	d.On(d.Page.ByID("filter-since"), vdom.Change, bridge.Event{Text: "2025-11-20"})
	d.On(d.Page.ByID("filter-until"), vdom.Change, bridge.Event{Text: "2025-11-20"})
	d.On(d.Page.ByID("filter-number"), vdom.Change, bridge.Event{Text: "#41"})
	d.want("address", d.asked("push"), "/console/events?type=conversation.started,conversation.closed&author=timer&since=2025-11-20&until=2025-11-20&number=41")
	midnight := noon - noon%86_400_000
	want := protocol.EventsRead{Types: []protocol.Kind{"conversation.started", "conversation.closed"}, Actors: []protocol.ActorKind{"timer"},
		Since: midnight, Until: midnight + 86_400_000 - 1, Conversation: 41, Limit: 50}
	if diff := cmp.Diff(want, decode[protocol.EventsRead](t, d.last(protocol.KindEventsRead))); diff != "" {
		t.Error(diff)
	}
	file := d.Page.Named("Export as CSV").Attrs["href"]
	if !strings.HasPrefix(file, "/events.csv?type=conversation.started&type=conversation.closed&actor=timer&since=") || !strings.HasSuffix(file, "&conversation=41") {
		t.Errorf("the file is %q", file)
	}
	d.Click("Reset")
	d.want("address", d.asked("push"), "/console/events")
}

func TestOnlyWhoMayExportIsOfferedTheFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rights []protocol.Right
		offers bool
	}{"with the right": {[]protocol.Right{protocol.RightExport}, true}, "without it": {[]protocol.Right{protocol.RightClose}, false}} {
		d := signedIn(t, "/console/events", func(w *protocol.OperatorWelcome) {
			w.Me.Role, w.Me.Rights = protocol.RoleOperator, c.rights
			w.Team.Operators[0] = w.Me
		})
		d.hear(d.last(protocol.KindEventsRead).ID, protocol.KindEvents, onePage())
		if offers := strings.Contains(d.text("b-page__tools"), "Export as CSV"); offers != c.offers {
			t.Errorf("%s: the page offers %q", name, d.text("b-page__tools"))
		}
	}
}

func TestAFilterInTheAddressIsKept(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/events?type=conversation.closed&author="+string(bob)+"&since=nonsense")
	want := protocol.EventsRead{Types: []protocol.Kind{"conversation.closed"}, ActorIDs: []string{string(bob)}, Limit: 50}
	if diff := cmp.Diff(want, decode[protocol.EventsRead](t, d.last(protocol.KindEventsRead))); diff != "" {
		t.Error(diff)
	}
}

func TestEVT04OlderPagesFollowAndNothingIsShownTwice(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", onePage())
	d.Click("Show older events")
	cmd := d.last(protocol.KindEventsRead)
	if got := decode[protocol.EventsRead](t, cmd); got.Before != 20 {
		t.Errorf("asked %+v", got)
	}
	d.hear(cmd.ID, protocol.KindEvents, &protocol.Events{More: true, Before: 10})
	if got := decode[protocol.EventsRead](t, d.last(protocol.KindEventsRead)); got.Before != 10 {
		t.Fatalf("after an empty page it asked %+v", got)
	}
	d.hear(d.last(protocol.KindEventsRead).ID, protocol.KindEvents, &protocol.Events{Events: []protocol.Frame{
		happened(21, protocol.KindConversationStarted, &protocol.ConversationStarted{}), happened(9, protocol.KindReplyWaived, &protocol.ReplyWaived{}),
	}})
	d.want("count", d.text("b-events__count"), "3 events shown · That is all")
}

func TestNewEventsWaitBehindAButton(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", onePage())
	d.changed(0, row(41))
	d.wait(2000)
	look := d.last(protocol.KindEventsRead)
	if got := decode[protocol.EventsRead](t, look); got.Before != 0 {
		t.Fatalf("asked %+v", got)
	}
	page := onePage()
	page.Events = append([]protocol.Frame{happened(25, protocol.KindReplyWaived, &protocol.ReplyWaived{})}, page.Events...)
	d.hear(look.ID, protocol.KindEvents, page)
	d.want("rows stay", d.text("b-events__count"), "2 events shown")
	d.Click("1 new event")
	d.want("then they come", d.text("b-events__count"), "3 events shown")
	if len(d.Page.ByClass("b-newrows")[0].Children) != 0 {
		t.Error("the button stays")
	}
}

func TestMoreNewEventsThanAPageBeginTheListAnew(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", onePage())
	d.wait(15_000)
	var fresh []protocol.Frame
	for at := protocol.Position(130); at > 80; at-- {
		fresh = append(fresh, happened(at, protocol.KindReplyWaived, &protocol.ReplyWaived{}))
	}
	d.hear(d.last(protocol.KindEventsRead).ID, protocol.KindEvents, &protocol.Events{Events: fresh, More: true, Before: 81})
	before := d.count(protocol.KindEventsRead)
	d.Click("More than 49 new events")
	if d.count(protocol.KindEventsRead) != before+1 {
		t.Error("the gap between is not read")
	}
}

func TestAnAnswerToAnOldFilterIsNobodys(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/events")
	first := d.last(protocol.KindEventsRead)
	d.On(d.Page.ByID("filter-author"), vdom.Change, bridge.Event{Text: "visitor"})
	d.hear(first.ID, protocol.KindEvents, onePage())
	if len(d.Page.ByClass("b-table")) != 0 {
		t.Error("what does not fit is shown")
	}
	d.hear(d.last(protocol.KindEventsRead).ID, protocol.KindEvents, &protocol.Events{})
	d.want("nothing", d.text("b-empty__title"), "Nothing happened that fits")
}
