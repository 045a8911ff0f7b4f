package hub

import (
	"slices"

	"beseda/protocol"
)

// watch is a conversation that an operator has open.
type watch struct {
	thread  protocol.ThreadID
	waiting bool // for the page of history
	backlog []*Packet
}

// Watch makes an operator's listener hear a conversation's items. What comes before Follow waits, so that the page of
// history stands before it. At most limit at a time; false above that.
func (h *Hub) Watch(l *Listener, n protocol.Number, thread protocol.ThreadID, limit int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := l.watched[n]; !ok && len(l.watched) >= limit {
		return false
	}
	if l.watched == nil {
		l.watched = make(map[protocol.Number]*watch)
	}
	l.watched[n] = &watch{thread: thread, waiting: true}
	if all := h.watchers[thread]; !slices.Contains(all, l) {
		h.watchers[thread] = append(all, l)
	}
	h.viewed(l, thread, n)
	return true
}

// Follow sends the page of history as of a position, then what came meanwhile, then everything live. Where the access
// went away meanwhile nothing is sent, and false is returned.
func (h *Hub) Follow(l *Listener, n protocol.Number, page *Packet, position protocol.Position) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := l.watched[n]
	if w == nil {
		return false
	}
	l.Answer(page, n)
	for _, p := range w.backlog {
		if at := p.Frame.Position; at == 0 || at > position {
			l.tell(p, n)
		}
	}
	w.waiting, w.backlog = false, nil
	return true
}

// Unwatch ends it.
func (h *Hub) Unwatch(l *Listener, n protocol.Number) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.unwatch(l, n)
}

func (h *Hub) unwatch(l *Listener, n protocol.Number) {
	w, ok := l.watched[n]
	if !ok {
		return
	}
	delete(l.watched, n)
	h.viewed(l, w.thread, n)
	for _, other := range l.watched {
		if other.thread == w.thread {
			return
		}
	}
	all := h.watchers[w.thread]
	if at := slices.Index(all, l); at >= 0 {
		all = slices.Delete(all, at, at+1)
	}
	if h.watchers[w.thread] = all; len(all) == 0 {
		delete(h.watchers, w.thread)
	}
}

// toWatchers reaches the operators who have this conversation open. The mutex is held, here and below.
func (h *Hub) toWatchers(ev *protocol.Frame, p *Packet) {
	for _, l := range h.watchers[ev.Thread] {
		if w := l.watched[ev.Conversation]; w != nil {
			l.hear(w, p, ev.Conversation)
		}
	}
}

// toThreadWatchers reaches the operators who have any conversation of the thread open, each once.
func (h *Hub) toThreadWatchers(thread protocol.ThreadID, p *Packet) {
	for _, l := range h.watchers[thread] {
		for n, w := range l.watched {
			if w.thread == thread {
				l.hear(w, p, n)
				break
			}
		}
	}
}
