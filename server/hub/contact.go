package hub

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// What is a contact's shows in all of their conversations.

// theirs are the conversations of the contact of the conversation that an event is of.
func (h *Hub) theirs(ev *protocol.Frame, r store.Reader) []store.Conversation {
	thread, err := store.Threads.Get(r, store.Text(ev.Thread))
	if err != nil {
		h.failed(ev, err)
		return nil
	}
	all, err := conversation.OfContact(r, thread.Contact, thread.ID)
	h.failed(ev, err)
	return all
}

// describe tells every screen that shows the contact who that is now, under the number that it shows: another
// conversation's may be nothing for it. The mutex is held, here and below.
func (h *Hub) describe(ev *protocol.Frame, r store.Reader) {
	for _, conv := range h.theirs(ev, r) {
		told := *ev
		told.Thread, told.Conversation = conv.Thread, conv.Number
		h.toWatchers(&told, NewPacket(told))
	}
}

// fail takes messages that will not reach the visitor out of what waits for them, and tells the team.
func (h *Hub) fail(ev *protocol.Frame) {
	var body protocol.MessageFailed
	if !h.read(ev, &body) {
		return
	}
	if who := h.threads[ev.Thread]; who != nil {
		for _, l := range who.lines {
			l.drop(body.Messages)
		}
	}
	h.toWatchers(ev, NewPacket(*ev))
}

// drop takes messages out of the queue; positions ascend.
func (l *Listener) drop(messages []protocol.Position) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = slices.DeleteFunc(l.queue, func(e entry) bool {
		if e.asked || e.packet == nil || e.packet.Frame.Kind != protocol.KindMessageSent {
			return false
		}
		_, found := slices.BinarySearch(messages, e.packet.Frame.Position)
		if found {
			l.count(e, -1)
		}
		return found
	})
}
