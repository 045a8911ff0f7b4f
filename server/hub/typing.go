package hub

import "beseda/protocol"

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
	h.toVisitors(thread, p)
	for _, l := range h.watchers[thread] {
		if w := l.watched[n]; w != nil && string(l.Viewer.Operator()) != who.ID {
			l.hear(w, p, n)
		}
	}
}
