package hub

import (
	"time"

	"beseda/protocol"
)

// away is how long somebody may be gone before others are told: a reload or a tunnel is no leaving.
const away = 4 * time.Second

// person is somebody who is online: connected, or gone for less than away. Exactly one of visitor and operator is set.
// It is in the hub's maps for just so long.
type person struct {
	visitor  protocol.VisitorID
	operator protocol.OperatorID
	bot      bool
	thread   protocol.ThreadID // of a visitor who has written
	lines    []*Listener
	leaving  int // departures whose time is not up
}

func (h *Hub) personOf(l *Listener) *person {
	if l.Viewer == nil {
		return h.visitors[l.Visitor]
	}
	return h.operators[l.Viewer.Operator()]
}

// arrive makes a person for their first connection, and tells others. The mutex is held, here and below, so that what
// is told last is how it is.
func (h *Hub) arrive(l *Listener) *person {
	if l.Viewer == nil {
		p := &person{visitor: l.Visitor}
		h.visitors[l.Visitor] = p
		return p // others are told once it is known who it is: see settle
	}
	p := &person{operator: l.Viewer.Operator(), bot: l.Viewer.Bot()}
	h.operators[p.operator] = p
	h.came(p.operator)
	h.staff(p, 1)
	return p
}

// settle gives a visitor their thread: they were known, or have written their first message now.
func (h *Hub) settle(id protocol.VisitorID, thread protocol.ThreadID) {
	p := h.visitors[id]
	if p == nil || p.thread != "" {
		return
	}
	p.thread = thread
	h.threads[thread] = p
	h.tellVisitor(p, true)
}

// depart begins the time after which a person without connections is gone.
func (h *Hub) depart(p *person) {
	p.leaving++
	h.after(away, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if p.leaving--; p.leaving == 0 && len(p.lines) == 0 {
			h.gone(p)
		}
	})
}

func (h *Hub) gone(p *person) {
	if p.operator != "" {
		delete(h.operators, p.operator)
		h.went(p.operator)
		h.staff(p, -1)
		return
	}
	delete(h.visitors, p.visitor)
	if p.thread != "" {
		delete(h.threads, p.thread)
		h.tellVisitor(p, false)
	}
}

// tellVisitor tells operators that a visitor came or went. A row is read again by whoever shows it.
func (h *Hub) tellVisitor(p *person, online bool) {
	if h.stopping {
		return
	}
	notice := h.presence(&protocol.Presence{Visitor: p.visitor, Online: online})
	notice.Frame.Thread = p.thread
	h.toThreadWatchers(p.thread, notice)
	thread := p.thread
	h.after(0, func() { // the store is not read with the mutex held
		if n := h.rowOf(thread); n != 0 {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.rowChanged(n)
		}
	})
}

// staff tells colleagues that an operator or bot came (+1) or went (-1), and visitors where it makes the team come or
// go: a bot is nobody who is there for them.
func (h *Hub) staff(p *person, by int) {
	if !p.bot {
		h.staffed += by
	}
	if h.stopping {
		return
	}
	notice := h.presence(&protocol.Presence{Operator: p.operator, Online: by > 0})
	h.eachOperator(func(l *Listener) { l.tell(notice, 0) })
	if !p.bot && h.staffed == max(by, 0) {
		team := h.presence(&protocol.Presence{Team: true, Online: by > 0})
		h.eachVisitor(func(l *Listener) { l.tell(team, 0) })
	}
}

func (h *Hub) presence(body *protocol.Presence) *Packet {
	return NewPacket(protocol.Frame{Kind: protocol.KindPresence, At: h.now().UnixMilli(), Body: protocol.EncodeBody(body)})
}

// OperatorOnline tells whether an operator is online, or a bot connected.
func (h *Hub) OperatorOnline(id protocol.OperatorID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.operators[id] != nil
}

// VisitorOnline tells whether a visitor is online.
func (h *Hub) VisitorOnline(id protocol.VisitorID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.visitors[id] != nil
}

// TeamOnline tells whether any operator is online.
func (h *Hub) TeamOnline() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.staffed > 0
}
