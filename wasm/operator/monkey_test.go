//go:build !wasm

package main

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// TestNoRowOfEventsBreaksTheConsole presses, types and drops whatever can be pressed, while the server says things in
// any order. A view that breaks a rule of vdom panics, and so does an effect or patch that the page would not
// understand.
func TestNoRowOfEventsBreaksTheConsole(t *testing.T) {
	t.Parallel()
	rounds := 150
	if testing.Short() {
		rounds = 20
	}
	events := strings.Fields(vdom.EventNames)
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		d := opened(t)
		for range 120 {
			if r.IntN(3) == 0 {
				d.anything(r)
				continue
			}
			listening := d.Page.All(func(n *pageNode) bool {
				_, off := n.Attrs["disabled"]
				return len(n.On) > 0 && !off
			})
			if len(listening) == 0 {
				continue
			}
			n := listening[r.IntN(len(listening))]
			names := slices.Sorted(maps.Keys(n.On))
			event := vdom.Event(slices.Index(events, names[r.IntN(len(names))]))
			key := pick(r, "Enter", "Escape", "ArrowDown", "?", "j", "c", "a", "Tab", "F6")
			d.On(n, event, bridge.Event{
				Text: pick(r, "", "top", "end", "top end", "over", "ru", "shop .example", strings.Repeat("ы", 2001), key),
				A:    int64(r.IntN(16)), B: int64(r.IntN(2)), List: d.someList(r, event, key),
			})
		}
	}
}

func pick(r *rand.Rand, all ...string) string { return all[r.IntN(len(all))] }

// someList is a place on the keyboard, or files where the event brings some.
func (d *desk) someList(r *rand.Rand, event vdom.Event, key string) []string {
	if event == vdom.Drop || event == vdom.Paste {
		return []string{pick(r, "h1", "h2", "h3"), "a.png", "image/png", "blob:x", "100", "10", "10"}
	}
	return []string{"Key" + strings.ToUpper(key)}
}

// anything lets the server or the browser do something.
func (d *desk) anything(r *rand.Rand) {
	d.Fake.Now += int64(r.IntN(9000))
	at := protocol.Position(10 + r.IntN(40))
	who := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	if r.IntN(2) == 0 {
		who = &protocol.Actor{Kind: protocol.ActorOperator, ID: pick(r, string(ann), string(bob)), Name: "B"}
	}
	changed := row(41)
	changed.MayWrite, changed.Unread = r.IntN(4) > 0, r.IntN(120)
	if r.IntN(3) == 0 {
		changed.Activity, changed.Status, changed.Assignee = protocol.Completed, protocol.Closed, ""
	}
	id := protocol.CommandID("")
	if d.commands(); len(d.sent) > 0 {
		id = d.sent[r.IntN(len(d.sent))].ID
	}
	switch r.IntN(26) {
	case 0:
		d.frame(line(at, d.Fake.Now, who, protocol.KindMessageSent, &protocol.MessageSent{Text: pick(r, "hi", "http://a.example", "\u202e")}))
	case 1:
		d.frame(line(at, d.Fake.Now, who, protocol.KindConversationAssigned, &protocol.ConversationAssigned{Assignee: bob, Claimed: r.IntN(2) == 0}))
	case 2:
		d.frame(line(at, d.Fake.Now, who, protocol.KindConversationClosed, &protocol.ConversationClosed{}))
	case 3:
		d.changed(r.IntN(9), changed)
	case 4:
		d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}})
	case 5:
		d.hear(id, protocol.KindAccepted, &protocol.Accepted{Position: at, Conversation: 41, Made: string(shop)})
	case 6:
		d.hear(id, protocol.KindRefused, &protocol.Refused{Code: protocol.Code(pick(r, "forbidden", "not_found", "conflict", "invalid", "x")), Reason: pick(r, "", "field=email", "active=7", "new_message", "changed", "field=sla.warn")})
	case 7:
		d.hear(id, protocol.KindHistory, &protocol.History{Conversation: 41, Items: items(), Row: &changed, More: true, Reset: r.IntN(2) == 0})
	case 8:
		d.hear(id, protocol.KindInvited, &protocol.Invited{Path: "/setup#X", ExpiresAt: d.Fake.Now})
	case 9:
		d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	case 10:
		d.Do(bridge.Event{Kind: bridge.Opened})
		d.hear("", protocol.KindWelcome, &protocol.Welcome{Version: 1, Now: d.Fake.Now, Operator: welcome()})
	case 11:
		d.Do(bridge.Event{Kind: bridge.Fired, A: int64(r.IntN(9))})
	case 12:
		d.Do(bridge.Event{Kind: bridge.Moved, Text: pick(r, "/console/", "/console/#41", "/console/#40", "/console/conversations", "/console/conversations/"+string(shop), "/console/events", "/console/events?author=timer", "/console/team", "/console/account", "/console/channels", "/console/channels/new", "/console/channels/"+string(shop))})
	case 13:
		d.Do(bridge.Event{Kind: bridge.Resized, A: int64(18 + r.IntN(90)), B: 40})
	case 14:
		d.Do(bridge.Event{Kind: bridge.State, A: int64(r.IntN(8))})
	case 15:
		d.Do(bridge.Event{Kind: bridge.Answered, A: []int64{0, 200, 204, 401, 429, 500}[r.IntN(6)], B: int64(r.IntN(8)), List: []string{"code", "rate_limited", "retry_ms", "500"}})
	case 16:
		d.Do(bridge.Event{Kind: bridge.Uploaded, Arg: pick(r, "h1", "h2", "h3"), List: []string{"id", string(shop), "name", "a.png", "type", "image/png", "width", "9", "height", "9"}})
	case 17:
		d.Do(bridge.Event{Kind: bridge.UploadFailed, Arg: pick(r, "h1", "h2", "h3"), Text: pick(r, "", "too_large", "unauthorized")})
	case 18:
		d.Do(bridge.Event{Kind: bridge.Notified, Arg: "conversation-" + pick(r, "41", "40", "x")})
	case 20:
		d.hear(id, protocol.KindPolicies, table())
	case 21:
		d.hear(id, protocol.KindEvents, onePage())
	case 22:
		r2 := chained()
		r2.AwaitingSince, r2.Deadline, r2.Announced, r2.HoldMs = d.Fake.Now-int64(r.IntN(900_000)), d.Fake.Now+int64(r.IntN(90_000)), r.IntN(2) == 0, 1000
		r2.SplitFrom, r2.Status = at, protocol.Status(pick(r, "open", "pending"))
		d.changed(1, r2)
	case 23:
		d.frame(line(at, d.Fake.Now, who, protocol.KindConversationSplit, &protocol.ConversationSplit{From: at - 3, Into: 42}))
	case 24:
		d.frame(line(at, d.Fake.Now, who, protocol.KindConversationMerged, &protocol.ConversationMerged{From: protocol.Number(40 + r.IntN(3))}))
	case 25:
		d.frame(line(at, d.Fake.Now, who, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 12, Emoji: "x"}),
			line(at+1, d.Fake.Now, who, protocol.KindNoteAdded, &protocol.NoteAdded{Text: "n"}))
	case 19:
		d.hear("", protocol.KindGoodbye, &protocol.Goodbye{Code: protocol.Code(pick(r, "going_away", "unauthorized", "invalid", "slow_consumer"))})
	}
}
