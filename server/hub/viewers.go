package hub

import (
	"slices"

	"beseda/protocol"
)

// Who has a conversation open is told to the others who have. It is gathered as changes of the list are, and read when
// it is sent: fifty who open one conversation at once are one list for each.

// Viewers lists the operators but the listener's own who have a conversation open, ascending; false where the listener
// has not opened it.
func (h *Hub) Viewers(l *Listener, n protocol.Number) (others []protocol.OperatorID, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := l.watched[n]
	if w == nil {
		return nil, false
	}
	for _, other := range h.watchers[w.thread] {
		if who := other.Viewer.Operator(); other.watched[n] != nil && who != l.Viewer.Operator() && !other.Viewer.Bot() {
			others = append(others, who)
		}
	}
	slices.Sort(others)
	return slices.Compact(others), true
}

// viewed tells the others that a listener has opened or left a conversation, unless its operator has it open elsewhere.
// Nobody looks at a bot. The mutex is held, here and below.
func (h *Hub) viewed(l *Listener, thread protocol.ThreadID, n protocol.Number) {
	if l.Viewer.Bot() {
		return
	}
	var others []*Listener
	for _, other := range h.watchers[thread] {
		switch {
		case other == l || other.watched[n] == nil:
		case other.Viewer.Operator() == l.Viewer.Operator():
			return
		default:
			others = append(others, other)
		}
	}
	for _, other := range others {
		h.ripen(other, other.reviewed(n))
	}
}
