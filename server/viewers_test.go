package server

import (
	"slices"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// looks waits until a screen is told that just these others have a conversation open.
func looks(t testing.TB, h *house, l *line.Line, n protocol.Number, others ...protocol.OperatorID) {
	t.Helper()
	slices.Sort(others)
	h.wait(l, func(f protocol.Frame) bool {
		if f.Kind != protocol.KindViewers {
			return false
		}
		v := body[protocol.Viewers](t, f)
		return v.Conversation == n && slices.Equal(v.Operators, others)
	})
}

func TestX13WhoHasAConversationOpenIsToldToTheOthersWhoHave(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	lev, _ := h.visitor("")
	h.say(lev, 0, "hello")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	second, _ := h.operator(h.bob)
	robot, _ := h.bot("Robot")
	carl, _ := h.operator(h.hire("Carl", "carl@example.com", protocol.RoleOperator, false))
	watch(t, h, carl, 2)
	if page := watch(t, h, ann, 1); len(page.Viewers) != 0 {
		t.Errorf("Ann is the first, and finds %v", page.Viewers)
	}
	watch(t, h, robot, 1)
	if page := watch(t, h, bob, 1); !slices.Equal(page.Viewers, []protocol.OperatorID{h.ann}) {
		t.Errorf("Bob finds %v", page.Viewers)
	}
	looks(t, h, ann, 1, h.bob)
	watch(t, h, second, 1)
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	h.settle(ann)
	for _, f := range ann.Take() {
		if f.Kind == protocol.KindViewers && len(body[protocol.Viewers](t, f).Operators) == 0 {
			t.Error("Bob is still there with another device, and Ann is told that he left")
		}
	}
	second.Close()
	looks(t, h, ann, 1)
	h.settle(carl)
	for _, f := range carl.Take() {
		if f.Kind == protocol.KindViewers {
			t.Errorf("Carl, who looks at another, hears %+v", body[protocol.Viewers](t, f))
		}
	}
}

func TestX13LosingAConversationEndsLookingAndTyping(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	watch(t, h, ann, 1)
	watch(t, h, bob, 1)
	looks(t, h, ann, 1, h.bob)
	typing := func(kind protocol.Kind) func(protocol.Frame) bool {
		return func(f protocol.Frame) bool {
			return f.Kind == kind && body[protocol.TypingStarted](t, f).Who.ID == string(h.bob) // both have its shape
		}
	}
	h.ask(bob, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1})
	h.wait(ann, typing(protocol.KindTypingStarted))
	h.wait(kira, typing(protocol.KindTypingStarted))
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.wait(bob, gone(t, 1))
	h.wait(ann, typing(protocol.KindTypingStopped))
	h.wait(kira, typing(protocol.KindTypingStopped))
	looks(t, h, ann, 1)
	bob.Take()
	h.ask(ann, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1})
	eve, _ := h.operator(h.hire("Eve", "eve@example.com", protocol.RoleAdmin, false))
	watch(t, h, eve, 1)
	h.settle(bob)
	for _, f := range bob.Take() {
		if f.Kind == protocol.KindViewers || f.Kind == protocol.KindTypingStarted {
			t.Errorf("Bob, who lost it, hears %s", f.Kind)
		}
	}
	h.refused(bob, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1}, protocol.CodeForbidden)
}
