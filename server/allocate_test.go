package server

import (
	"slices"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// The allocation bot, through the socket.

// given waits until a line shows a conversation as somebody's.
func given(h *house, l *line.Line, n protocol.Number, to protocol.OperatorID) {
	h.t.Helper()
	h.wait(l, func(f protocol.Frame) bool {
		if f.Kind != protocol.KindInbox {
			return false
		}
		for _, row := range body[protocol.Inbox](h.t, f).Rows {
			if row.Number == n && row.Assignee == to {
				return true
			}
		}
		return false
	})
}

func TestASG06TheAllocationBotReassignsFromTheAbsent(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "allocate.absent", "5m")
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	h.say(ann, 1, "how can I help?")
	h.say(kira, 0, "my boots")
	ann.Close()
	h.wait(bob, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindPresence && body[protocol.Presence](t, f) == protocol.Presence{Operator: h.ann}
	})
	watch(t, h, bob, 1)
	h.advance(5 * time.Minute)
	line := h.kind(bob, protocol.KindConversationAssigned)
	want := protocol.ConversationAssigned{Assignee: h.bob, AssigneeName: "Bob", Former: h.ann, FormerName: "Ann"}
	if got := body[protocol.ConversationAssigned](t, line); got != want {
		t.Errorf("it says %+v", got)
	}
	author := protocol.Actor{Kind: protocol.ActorBot, ID: protocol.Allocator, Name: "Allocation"}
	if *line.Actor != author {
		t.Errorf("the ribbon's author is %+v", line.Actor)
	}
	given(h, bob, 1, h.bob)
	newest := allEvents(t, h, bob, protocol.EventsRead{ActorIDs: []string{protocol.Allocator}})
	if len(newest) != 1 || newest[0].Kind != protocol.KindConversationAssigned || *newest[0].Actor != author {
		t.Errorf("the event list has %v", rows(newest))
	}
	h.say(bob, 1, "here I am")
}

func TestG08TheAllocationBotGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "allocate.new", "least_busy")
	kira, _ := h.visitor("")
	h.say(kira, 0, "is anybody there?")
	h.stop()
	h.start()
	bob, _ := h.operator(h.bob)
	given(h, bob, 1, h.bob)
	lev, _ := h.visitor("")
	h.say(lev, 0, "hello")
	given(h, bob, 2, h.bob)

	// A visitor hears nothing of who gave it to whom, neither at once nor later.
	history := h.ask(lev, protocol.KindHistoryRead, &protocol.HistoryRead{})
	if got := texts(t, body[protocol.History](t, history).Items); !slices.Equal(got, []string{"hello"}) {
		t.Errorf("Lev reads %q", got)
	}
	h.settle(lev)
	for _, f := range append(lev.Take(), history) {
		if strings.Contains(string(f.Body), "Allocation") || f.Kind == protocol.KindConversationAssigned {
			t.Errorf("Lev hears %s", f.Kind)
		}
	}
}
