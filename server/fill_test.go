package server

import (
	"fmt"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

// fill begins conversations of as many visitors, past the socket and past what a decision would say: the same events,
// many to a batch. They wait for nobody in particular; each is newer than the one before.
func (h *house) fill(count int) { h.fillFrom(0, count) }

// fillFrom does it where the newest number is given already.
func (h *house) fillFrom(last, count int) {
	h.t.Helper()
	const once = 100
	count += last
	for from := last; from < count; from += once {
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(_ store.Reader, now int64, newID func() string) (out store.Outcome, _ error) {
			for i := from; i < min(from+once, count); i++ {
				out.Events = append(out.Events, h.beginning(now, protocol.Number(i+1), newID)...)
			}
			return out, nil
		}}))
	}
}

// beginning is what a visitor's first message causes.
func (h *house) beginning(now int64, n protocol.Number, newID func() string) []protocol.Frame {
	visitor, thread, contact := protocol.VisitorID(newID()), protocol.ThreadID(newID()), protocol.ContactID(newID())
	by := protocol.Actor{Kind: protocol.ActorVisitor, ID: string(visitor)}
	event := func(kind protocol.Kind, number protocol.Number, body protocol.Body) protocol.Frame {
		return protocol.Frame{Kind: kind, At: now, Actor: &by, Thread: thread, Conversation: number, Body: protocol.EncodeBody(body)}
	}
	return []protocol.Frame{
		event(protocol.KindVisitorArrived, 0, &protocol.VisitorArrived{Visitor: visitor, Channel: h.channel, Contact: contact, Language: "en"}),
		event(protocol.KindConversationStarted, n, &protocol.ConversationStarted{Channel: h.channel, Visitor: visitor, Contact: contact}),
		event(protocol.KindMessageSent, n, &protocol.MessageSent{Text: fmt.Sprint("Question ", n)}),
	}
}
