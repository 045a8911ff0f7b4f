package hub

import "beseda/protocol"

// What is one operator's alone, and reaches no colleague.

// updateDraft takes in how a draft begins now: a notice that is sent to nobody, since a row shows it. It changes no
// conversation.
func (h *Hub) updateDraft(ev *protocol.Frame) protocol.Number {
	var body protocol.Draft
	if h.read(ev, &body) {
		h.inbox.Drafted(protocol.OperatorID(ev.Actor.ID), ev.Conversation, &body)
	}
	return 0
}

// rowOfOwn has a row read again by the devices of the operator whom an event is about. The mutex is held, here and below.
func (h *Hub) rowOfOwn(ev *protocol.Frame) {
	if p := h.operators[protocol.OperatorID(ev.Actor.ID)]; p != nil {
		for _, l := range p.lines {
			h.dirty(l, ev.Conversation)
		}
	}
}
