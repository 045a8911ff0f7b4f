package hub

import (
	"beseda/protocol"
)

// Typing tells the other side and colleagues that somebody types in a conversation, or stopped. It is not stored and
// expires by itself on the screens that were told.
func (h *Hub) Typing(from *Listener, who protocol.Actor, thread protocol.ThreadID, n protocol.Number, on bool) {
	f := protocol.Frame{Kind: protocol.KindTypingStopped, At: h.now().UnixMilli(), Thread: thread, Conversation: n,
		Body: protocol.EncodeBody(&protocol.TypingStopped{Who: who})}
	if on {
		f.Kind, f.Body = protocol.KindTypingStarted, protocol.EncodeBody(&protocol.TypingStarted{Who: who})
	}
	p := NewPacket(f)
	if who.Kind == protocol.ActorVisitor {
		for _, l := range h.everyOperator() {
			if h.inbox.MayRead(l.member(), n) {
				l.push(p, n)
			}
		}
		return
	}
	h.toVisitors(thread, p)
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.watchers[thread] {
		if w := l.watched[n]; w != nil && string(l.member().ID) != who.ID {
			l.hear(w, p, n)
		}
	}
}
