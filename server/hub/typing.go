package hub

import (
	"maps"
	"time"

	"beseda/protocol"
)

// Typing tells the other side and colleagues that somebody types in a conversation, or stopped. It is not stored and
// expires by itself on the screens that were told.
func (h *Hub) Typing(who protocol.Actor, thread protocol.ThreadID, n protocol.Number, on bool) {
	f := protocol.Frame{Kind: protocol.KindTypingStopped, At: h.now().UnixMilli(), Thread: thread, Conversation: n,
		Body: protocol.EncodeBody(&protocol.TypingStopped{Who: who})}
	if on {
		f.Kind, f.Body = protocol.KindTypingStarted, protocol.EncodeBody(&protocol.TypingStarted{Who: who})
	}
	p := NewPacket(f)
	h.mu.Lock()
	defer h.mu.Unlock()
	if who.Kind == protocol.ActorVisitor {
		h.eachOperator(func(l *Listener) {
			if h.MayRead(l, n) {
				l.tell(p, n)
			}
		})
		return
	}
	h.types(typist{protocol.OperatorID(who.ID), n}, on)
	h.toVisitors(thread, p)
	for _, l := range h.watchers[thread] {
		if w := l.watched[n]; w != nil && string(l.Viewer.Operator()) != who.ID {
			l.hear(w, p, n)
		}
	}
}

// typist is somebody of the team in a conversation.
type typist struct {
	who protocol.OperatorID
	in  protocol.Number
}

// maxTypists is how many are remembered before those who stopped are forgotten.
const maxTypists = 1000

// types notes that somebody of the team types, or stopped. The mutex is held, here and below.
func (h *Hub) types(t typist, on bool) {
	if !on {
		delete(h.typists, t)
		return
	}
	now := h.now()
	if len(h.typists) >= maxTypists {
		maps.DeleteFunc(h.typists, func(_ typist, until time.Time) bool { return until.Before(now) })
	}
	h.typists[t] = now.Add(protocol.TypingTTLMs * time.Millisecond)
}

// hush ends on the screens of others the typing of somebody who has lost the conversation.
func (h *Hub) hush(who protocol.OperatorID, n protocol.Number, thread protocol.ThreadID) {
	t := typist{who, n}
	until, typing := h.typists[t]
	if delete(h.typists, t); !typing || until.Before(h.now()) {
		return
	}
	p := NewPacket(protocol.Frame{Kind: protocol.KindTypingStopped, At: h.now().UnixMilli(), Thread: thread, Conversation: n,
		Body: protocol.EncodeBody(&protocol.TypingStopped{Who: protocol.Actor{Kind: protocol.ActorOperator, ID: string(who)}})})
	h.toVisitors(thread, p)
	for _, l := range h.watchers[thread] {
		if w := l.watched[n]; w != nil && l.Viewer.Operator() != who {
			l.hear(w, p, n)
		}
	}
}
