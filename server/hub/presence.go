package hub

import (
	"beseda/protocol"
)

// person is the key under which somebody's connections are counted.
func person(l *Listener) string {
	if l.Viewer == nil {
		return "v" + string(l.Visitor)
	}
	return "o" + string(l.member().ID)
}

// come counts a connection; the first one of a person is told to others.
func (h *Hub) come(l *Listener) {
	if l.Viewer != nil && l.member().Bot {
		return // an integration is nobody's presence
	}
	key := person(l)
	h.mu.Lock()
	h.online[key]++
	first := h.online[key] == 1
	h.mu.Unlock()
	if first {
		h.announce(l)
	}
}

// goes counts a connection less, a little later: somebody who comes back in that time was never away.
func (h *Hub) goes(l *Listener) {
	if l.Viewer != nil && l.member().Bot {
		return
	}
	h.after(away, func() {
		key := person(l)
		h.mu.Lock()
		h.online[key]--
		last := h.online[key] == 0
		if last {
			delete(h.online, key)
		}
		h.mu.Unlock()
		if last {
			h.announce(l)
		}
	})
}

// announce tells who wants to know that somebody came or went.
func (h *Hub) announce(l *Listener) {
	if l.Viewer == nil {
		h.mu.Lock()
		thread := l.thread
		h.mu.Unlock()
		if thread != "" {
			h.threadChanged(thread)
			h.toThreadWatchers(thread, NewPacket(protocol.Frame{
				Kind: protocol.KindPresence, At: h.now().UnixMilli(), Thread: thread,
				Body: protocol.EncodeBody(&protocol.Presence{Visitor: l.Visitor, Online: h.VisitorOnline(l.Visitor)}),
			}))
		}
		return
	}
	id := l.member().ID
	p := NewPacket(protocol.Frame{
		Kind: protocol.KindPresence, At: h.now().UnixMilli(),
		Body: protocol.EncodeBody(&protocol.Presence{Operator: id, Online: h.OperatorOnline(id)}),
	})
	for _, other := range h.everyOperator() {
		other.push(p, 0)
	}
	h.announceTeam()
}

// announceTeam tells visitors whether somebody is there. It is told with every coming and going of an operator, and
// costs a screen nothing where it knew.
func (h *Hub) announceTeam() {
	p := NewPacket(protocol.Frame{
		Kind: protocol.KindPresence, At: h.now().UnixMilli(),
		Body: protocol.EncodeBody(&protocol.Presence{Team: true, Online: h.TeamOnline()}),
	})
	h.mu.Lock()
	var all []*Listener
	for _, m := range h.visitors {
		all = m.list(all)
	}
	h.mu.Unlock()
	for _, l := range all {
		l.push(p, 0)
	}
}

// threadChanged marks the row that shows the thread in everybody's list.
func (h *Hub) threadChanged(thread protocol.ThreadID) {
	n := h.rowOf(thread)
	if n == 0 {
		return
	}
	for _, l := range h.everyOperator() {
		if h.inbox.MayRead(l.member(), n) {
			l.dirty(h, n)
		}
	}
}

// OperatorOnline tells whether an operator is connected.
func (h *Hub) OperatorOnline(id protocol.OperatorID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.online["o"+string(id)] > 0
}

// VisitorOnline tells whether a visitor is connected.
func (h *Hub) VisitorOnline(id protocol.VisitorID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.online["v"+string(id)] > 0
}

// TeamOnline tells whether any operator is connected.
func (h *Hub) TeamOnline() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key := range h.online {
		if key[0] == 'o' {
			return true
		}
	}
	return false
}
