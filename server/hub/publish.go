package hub

import (
	"errors"
	"slices"
	"time"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/inbox"
	"beseda/store"
)

// Publish hands out what became durable, in order. It runs on the engine's committer and never blocks. r sees all of it.
func (h *Hub) Publish(frames []protocol.Frame, r store.Reader) {
	changed := h.update(frames, r)
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range frames {
		h.deliver(&frames[i], r)
		h.relist(&frames[i])
	}
	for _, n := range changed {
		h.rowChanged(n)
	}
}

// update brings the list up to date before anything is handed out: whoever loses a conversation somewhere in the batch
// hears nothing of it any more. It returns the conversations whose rows look different now.
func (h *Hub) update(frames []protocol.Frame, r store.Reader) (changed []protocol.Number) {
	var at protocol.Position
	for i := range frames {
		at = max(at, frames[i].Position)
	}
	for i := range frames {
		ev, n := &frames[i], frames[i].Conversation
		switch ev.Kind {
		case protocol.KindReceiptAdvanced:
			n = h.updateReceipt(ev, at, r)
		case protocol.KindDraftSave:
			n = h.updateDraft(ev)
		case protocol.KindUnreadMark, protocol.KindUnreadClear:
			h.inbox.Mark(protocol.OperatorID(ev.Actor.ID), n, ev.Kind == protocol.KindUnreadMark)
			n = 0 // for nobody else
		case protocol.KindContactTagged, protocol.KindContactUntagged, protocol.KindContactSet, protocol.KindContactBlocked,
			protocol.KindContactUnblocked:
			changed = h.contact(ev, at, r, changed)
		case protocol.KindTagSet, protocol.KindTagDeleted:
			h.tags(ev, at, r)
		case protocol.KindViewSet, protocol.KindViewDeleted:
			h.view(ev)
		case protocol.KindMessageSent, protocol.KindReactionAdded:
			if conversation.Unread(ev) {
				h.inbox.Heard(ev.Conversation, ev.Position)
			}
		case protocol.KindPolicySet, protocol.KindChannelCreated, protocol.KindTeamSet, protocol.KindOperatorInvited,
			protocol.KindOperatorJoined, protocol.KindOperatorActivated, protocol.KindOperatorDeactivated,
			protocol.KindRoleSet, protocol.KindGroupSet, protocol.KindGroupDeleted:
			h.rule(ev, at, r)
		}
		if n != 0 && !slices.Contains(changed, n) {
			changed = append(changed, n)
		}
		switch ev.Kind {
		case protocol.KindConversationMerged:
			changed = h.merged(ev, changed)
		case protocol.KindConversationErased:
			changed = h.erased(ev, r, changed)
		}
	}
	for _, n := range changed {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			h.log.Error("publish", "conversation", uint64(n), "err", err)
			continue
		}
		if conv.Tombstone() {
			h.take(n, h.inbox.Remove(n))
			continue
		}
		lost, err := h.inbox.Update(r, &conv, at)
		if err != nil {
			h.log.Error("publish", "conversation", uint64(n), "err", err)
		}
		h.take(n, lost)
	}
	return h.related(frames, changed, r)
}

// updateReceipt has the rows of a thread read again: the state of a last message of ours may be another. It returns
// the one that is shown at once, 0 for none: how far the team is shows in nobody's list but one's own.
func (h *Hub) updateReceipt(ev *protocol.Frame, at protocol.Position, r store.Reader) protocol.Number {
	if ev.Conversation != 0 {
		return 0
	}
	thread, err := store.Threads.Get(r, store.Text(ev.Thread))
	if err != nil || thread.Latest == 0 {
		h.failed(ev, err)
		return 0
	}
	for _, n := range thread.Numbers {
		h.inbox.Touch(n, at)
	}
	return thread.Latest
}

// take takes a conversation away from those who lost it.
func (h *Hub) take(n protocol.Number, lost []*inbox.Viewer) {
	if len(lost) == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.eachOperator(func(l *Listener) {
		if slices.Contains(lost, l.Viewer) {
			h.takeFrom(l, []protocol.Number{n})
		}
	})
}

// takeFrom takes conversations, which may be all that there are, away from one listener. The mutex is held.
func (h *Hub) takeFrom(l *Listener, lost []protocol.Number) {
	if len(lost) == 0 {
		return
	}
	for _, n := range lost {
		if w := l.watched[n]; w != nil {
			h.hush(l.Viewer.Operator(), n, w.thread)
			h.unwatch(l, n)
		}
	}
	l.lose(lost)
}

func (h *Hub) failed(ev *protocol.Frame, err error) {
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		h.log.Error("publish", "kind", ev.Kind, "conversation", uint64(ev.Conversation), "err", err)
	}
}

// deliver routes one frame to the listeners whom it concerns. The mutex is held, here and below.
func (h *Hub) deliver(ev *protocol.Frame, r store.Reader) {
	switch ev.Kind {
	case protocol.KindMessageSent:
		theirs, ours := h.dressed(ev, r)
		h.toVisitors(ev.Thread, theirs)
		h.toWatchers(ev, ours)
	case protocol.KindReactionAdded, protocol.KindReactionWithdrawn:
		p := NewPacket(*ev)
		h.toVisitors(ev.Thread, p)
		h.toWatchers(ev, p)
	case protocol.KindReceiptAdvanced:
		h.deliverReceipt(ev)
	case protocol.KindDraftSave, protocol.KindUnreadMark, protocol.KindUnreadClear:
		h.rowOfOwn(ev)
	case protocol.KindContactSet:
		h.describe(ev, r)
	case protocol.KindMessageFailed:
		h.fail(ev)
	case protocol.KindConversationErased:
		h.deliverErased(ev)
	case protocol.KindConversationPurged:
		h.deliverPurged(ev, r)
	case protocol.KindQuickReplySet, protocol.KindQuickReplyDeleted:
		h.quickReply(ev, r)
	case protocol.KindViewSet, protocol.KindViewDeleted:
		h.viewChanged(ev)
	case protocol.KindVisitorArrived:
		h.settle(protocol.VisitorID(ev.Actor.ID), ev.Thread)
	case protocol.KindVisitorVisited:
		h.toThreadWatchers(ev.Thread, NewPacket(*ev))
	case protocol.KindOperatorDeactivated:
		var body protocol.OperatorDeactivated
		if h.read(ev, &body) {
			h.closeOperator(body.Operator, protocol.Refuse(protocol.CodeUnauthorized, "deactivated"))
		}
		h.teamChanged()
	case protocol.KindPolicySet:
		p := NewPacket(*ev)
		h.eachOperator(func(l *Listener) { l.tell(p, 0) })
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorActivated,
		protocol.KindProfileSet, protocol.KindChannelCreated, protocol.KindChannelSet, protocol.KindRoleSet,
		protocol.KindGroupSet, protocol.KindGroupDeleted, protocol.KindTeamSet,
		protocol.KindTagSet, protocol.KindTagDeleted:
		h.teamChanged()
	default:
		if ev.Conversation != 0 {
			h.toWatchers(ev, NewPacket(*ev))
		}
	}
}

// deliverReceipt tells the visitor how far the team is, and the team how far the visitor is; who of the team it was
// stays inside.
func (h *Hub) deliverReceipt(ev *protocol.Frame) {
	var body protocol.ReceiptAdvanced
	if !h.read(ev, &body) {
		return
	}
	if body.Side == protocol.SideVisitor {
		p := NewPacket(*ev)
		h.toVisitors(ev.Thread, p)
		h.toThreadWatchers(ev.Thread, p)
		return
	}
	h.inbox.Advance(body.Operator, body.Conversation, body.Read)
	if p := h.operators[body.Operator]; p != nil {
		for _, l := range p.lines {
			h.dirty(l, body.Conversation)
		}
	}
	if ev.Position == 0 { // personal: nothing new for the visitor
		return
	}
	body.Operator = ""
	h.toVisitors(ev.Thread, NewPacket(protocol.Frame{
		Kind: ev.Kind, Position: ev.Position, At: ev.At, Thread: ev.Thread, Conversation: ev.Conversation,
		Body: protocol.EncodeBody(&body),
	}))
}

func (h *Hub) read(ev *protocol.Frame, into protocol.Body) bool {
	err := protocol.DecodeBody(ev.Body, into)
	h.failed(ev, err)
	return err == nil
}

func (h *Hub) toVisitors(thread protocol.ThreadID, p *Packet) {
	if who := h.threads[thread]; who != nil {
		for _, l := range who.lines {
			l.tell(p, 0)
		}
	}
}

// TeamChanged tells operators that people or channels look different now.
func (h *Hub) TeamChanged() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.teamChanged()
}

func (h *Hub) teamChanged() {
	h.eachOperator(func(l *Listener) { h.ripen(l, l.reteam()) })
}

func (h *Hub) ripen(l *Listener, after time.Duration) {
	if after > 0 {
		h.after(after, l.ripen)
	}
}
