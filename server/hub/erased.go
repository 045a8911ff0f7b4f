package hub

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// erased tells the screens that show an erased conversation what became of it, before the list takes it from them: what
// they are told holds none of its content. Rows that count it or lead to it are read again.
func (h *Hub) erased(ev *protocol.Frame, r store.Reader, changed []protocol.Number) []protocol.Number {
	h.mu.Lock()
	whole, bare := NewPacket(*ev), unnamed(ev)
	for _, l := range h.watchers[ev.Thread] {
		if l.watched[ev.Conversation] != nil {
			l.tell(whole, 0)
		} else { // a quote may show a message of it
			l.tell(bare, 0)
		}
	}
	h.mu.Unlock()
	thread, err := store.Threads.Get(r, store.Text(ev.Thread))
	if err != nil {
		h.failed(ev, err)
		return changed
	}
	others, err := conversation.OfContact(r, thread.Contact, thread.ID)
	h.failed(ev, err)
	for i := range others {
		if n := others[i].Number; !slices.Contains(changed, n) {
			changed = append(changed, n)
		}
	}
	return changed
}

// unnamed is the event as a visitor hears it, and who may not know the number: which items are no more.
func unnamed(ev *protocol.Frame) *Packet {
	return NewPacket(protocol.Frame{Kind: ev.Kind, Position: ev.Position, At: ev.At, Thread: ev.Thread, Body: ev.Body})
}

// deliverErased takes what was said out of what waits for the visitor, and tells them that it is no more. The mutex is
// held, here and below.
func (h *Hub) deliverErased(ev *protocol.Frame) {
	var body protocol.ConversationErased
	who := h.threads[ev.Thread]
	if who == nil || !h.read(ev, &body) {
		return
	}
	p := unnamed(ev)
	for _, l := range who.lines {
		l.dropWithin(body.Ranges)
		l.tell(p, 0)
	}
}

// deliverPurged tells those who might have read the conversation.
func (h *Hub) deliverPurged(ev *protocol.Frame, r store.Reader) {
	conv, err := store.Conversations.Get(r, store.Num(ev.Conversation))
	if err != nil {
		h.failed(ev, err)
		return
	}
	held, err := team.HeldBy(r, &conv)
	if err != nil {
		h.failed(ev, err)
		return
	}
	p := NewPacket(*ev)
	h.eachOperator(func(l *Listener) {
		if h.inbox.Allows(l.Viewer, held) {
			l.tell(p, 0)
		}
	})
}

// dropWithin takes messages and reactions of ranges out of the queue.
func (l *Listener) dropWithin(ranges []protocol.Range) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = slices.DeleteFunc(l.queue, func(e entry) bool {
		if e.asked || e.packet == nil {
			return false
		}
		at := e.packet.Frame.Position
		found := slices.ContainsFunc(ranges, func(r protocol.Range) bool { return r.First <= at && at <= r.Last }) &&
			e.packet.Frame.Kind.IsItem()
		if found {
			l.count(e, -1)
		}
		return found
	})
}
