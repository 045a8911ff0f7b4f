package hub

import (
	"beseda/protocol"
	"beseda/store"
)

// What changes in lists, and who hears of it: whoever shows a row, and whoever is told another figure.

// contact takes in that a contact is called, tagged or blocked otherwise, and adds their conversations to those that
// changed: their rows show it.
func (h *Hub) contact(ev *protocol.Frame, at protocol.Position, r store.Reader, changed []protocol.Number) []protocol.Number {
	var body protocol.ContactBlocked // which contact it is: the same field in all of these events
	if !h.read(ev, &body) {
		return changed
	}
	numbers, err := h.inbox.Contact(r, body.Contact, ev.Thread, at)
	h.failed(ev, err)
	known := make(map[protocol.Number]bool, len(changed))
	for _, n := range changed {
		known[n] = true
	}
	for _, n := range numbers {
		if !known[n] {
			changed = append(changed, n)
		}
	}
	return changed
}

// tags takes in which tags there are: lists that ask for tags may be others now.
func (h *Hub) tags(ev *protocol.Frame, at protocol.Position, r store.Reader) {
	moved, err := h.inbox.Tags(r, at)
	h.failed(ev, err)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.eachOperator(func(l *Listener) {
		for _, n := range moved[l.Viewer] {
			h.dirty(l, n)
		}
	})
}

// view takes in a saved view.
func (h *Hub) view(ev *protocol.Frame) {
	if ev.Kind == protocol.KindViewDeleted {
		var body protocol.ViewDeleted
		if h.read(ev, &body) {
			h.inbox.DropView(body.View)
		}
		return
	}
	var body protocol.ViewSet
	if h.read(ev, &body) {
		h.inbox.SetView(&body.View)
	}
}

// viewChanged tells those who may use a saved view. The mutex is held, here and below.
func (h *Hub) viewChanged(ev *protocol.Frame) {
	saved, _, err := store.SavedIn(ev)
	if h.failed(ev, err); err != nil {
		return
	}
	h.eachOperator(func(l *Listener) {
		if saved.For(l.Viewer.Operator()) {
			h.ripen(l, l.reteam())
			h.figures(l)
		}
	})
}

// rowChanged marks a conversation's row for everybody whom it concerns.
func (h *Hub) rowChanged(n protocol.Number) {
	h.eachOperator(func(l *Listener) { h.dirty(l, n) })
}

// dirty marks a row for who shows it, in the list or open.
func (h *Hub) dirty(l *Listener, n protocol.Number) {
	news := h.inbox.News(l.Viewer, n)
	_, watched := l.watched[n]
	switch {
	case news.Row, watched && h.MayRead(l, n):
		h.ripen(l, l.dirty(n))
	case news.Figures:
		h.ripen(l, l.refigure())
	}
}

// figures tells a listener the figures of its list where they are others than it was told.
func (h *Hub) figures(l *Listener) {
	if h.inbox.Stale(l.Viewer) {
		h.ripen(l, l.refigure())
	}
}

// Watched are those of some conversations that a listener has open.
func (h *Hub) Watched(l *Listener, of []protocol.Number) (open []protocol.Number) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, n := range of {
		if _, ok := l.watched[n]; ok {
			open = append(open, n)
		}
	}
	return open
}
