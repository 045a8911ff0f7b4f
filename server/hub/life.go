package hub

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// What splits, merges, policies and other changes of state do to lists and screens.

// rule takes in other policies, channels, teams, groups or accounts: who may see and do what may be another now. Whose
// rights are others comes back with them: they show in every row. at is the newest position that r sees.
func (h *Hub) rule(ev *protocol.Frame, at protocol.Position, r store.Reader) {
	ruled, err := h.inbox.Rule(r, at)
	h.failed(ev, err)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.eachOperator(func(l *Listener) { h.takeFrom(l, ruled.Lost[l.Viewer]) })
	switch ev.Kind {
	case protocol.KindRoleSet, protocol.KindGroupSet, protocol.KindGroupDeleted:
		for id := range ruled.Members {
			h.closeOperator(id, protocol.Refuse(protocol.CodeGoingAway, "role"))
		}
	}
	h.eachOperator(func(l *Listener) {
		for _, n := range ruled.Gained[l.Viewer] {
			h.dirty(l, n)
		}
		for n := range l.watched { // rows say what may be done
			h.dirty(l, n)
		}
		if ev.Kind == protocol.KindPolicySet {
			for _, n := range h.inbox.Drafts(l.Viewer.Operator()) { // and whether a draft is kept
				h.dirty(l, n)
			}
		}
		h.figures(l)
	})
}

// merged adds the number that is no more to those that changed, and tells the screens that show it where it leads: they
// hear it under the number that they may go on reading, before the list lets go of the other.
func (h *Hub) merged(ev *protocol.Frame, changed []protocol.Number) []protocol.Number {
	var body protocol.ConversationMerged
	if !h.read(ev, &body) {
		return changed
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	p := NewPacket(*ev)
	for _, l := range h.watchers[ev.Thread] {
		if w := l.watched[body.From]; w != nil && l.watched[ev.Conversation] == nil {
			l.tell(p, ev.Conversation)
		}
	}
	if !slices.Contains(changed, body.From) {
		changed = append(changed, body.From)
	}
	return changed
}

// related adds the conversations whose rows show something of those that changed: neighbours, where one began, ended,
// or is seen by others. Where items changed hands, what everybody has read is taken from the store.
func (h *Hub) related(frames []protocol.Frame, changed []protocol.Number, r store.Reader) []protocol.Number {
	for i := range frames {
		ev := &frames[i]
		switch ev.Kind {
		case protocol.KindConversationSplit:
			var body protocol.ConversationSplit
			if h.read(ev, &body) {
				h.failed(ev, h.inbox.Reread(r, ev.Conversation))
				h.failed(ev, h.inbox.Reread(r, body.Into))
			}
		case protocol.KindConversationMerged:
			h.failed(ev, h.inbox.Reread(r, ev.Conversation))
		case protocol.KindConversationStarted, protocol.KindConversationAssigned:
		default:
			continue
		}
		for _, n := range h.inbox.Near(ev.Conversation) {
			if !slices.Contains(changed, n) {
				changed = append(changed, n)
			}
		}
	}
	return changed
}

// relist has the visitor's own list sent again where an event shows in it: a visitor hears of no other change of state.
// The mutex is held.
func (h *Hub) relist(ev *protocol.Frame) {
	switch ev.Kind {
	case protocol.KindConversationStarted, protocol.KindConversationCompleted, protocol.KindConversationClosed,
		protocol.KindConversationReactivated, protocol.KindConversationReopened, protocol.KindStatusSet,
		protocol.KindConversationSplit, protocol.KindConversationMerged, protocol.KindConversationErased:
	default:
		return
	}
	if who := h.threads[ev.Thread]; who != nil {
		for _, l := range who.lines {
			h.ripen(l, l.reown())
		}
	}
}
