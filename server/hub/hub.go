package hub

import (
	"errors"
	"log/slog"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/server/inbox"
	"beseda/store"
)

// away is how long somebody may be gone before others are told: a reload or a tunnel is no leaving.
const away = 4 * time.Second

// Hub is the listeners of one workspace.
type Hub struct {
	inbox *inbox.Inbox
	log   *slog.Logger
	after func(time.Duration, func())
	now   func() time.Time
	rowOf func(protocol.ThreadID) protocol.Number // the conversation that a thread's list row shows

	mu        sync.Mutex
	visitors  map[protocol.VisitorID]set
	threads   map[protocol.ThreadID]set // visitors' listeners
	operators map[protocol.OperatorID]set
	watchers  map[protocol.ThreadID]set // operators' listeners
	online    map[string]int            // connections per person, and per person a leaving that waits
	stopping  bool
}

type set map[*Listener]struct{}

// New makes a hub over a list. after runs a function later, on a goroutine of its own.
// rowOf finds the newest conversation of a thread, 0 where there is none.
func New(in *inbox.Inbox, rowOf func(protocol.ThreadID) protocol.Number, now func() time.Time,
	after func(time.Duration, func()), log *slog.Logger) *Hub {
	return &Hub{
		inbox: in, rowOf: rowOf, log: log, after: after, now: now,
		visitors:  make(map[protocol.VisitorID]set),
		threads:   make(map[protocol.ThreadID]set),
		operators: make(map[protocol.OperatorID]set),
		watchers:  make(map[protocol.ThreadID]set),
		online:    make(map[string]int),
	}
}

// Join makes a listener hear what is published from now on. Its outbox holds everything until Release.
func (h *Hub) Join(l *Listener) {
	h.mu.Lock()
	stopping := h.stopping
	if l.Viewer == nil {
		add(h.visitors, l.Visitor, l)
		if l.thread != "" {
			add(h.threads, l.thread, l)
		}
	} else {
		add(h.operators, l.member().ID, l)
	}
	h.mu.Unlock()
	if stopping {
		l.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
		return
	}
	h.come(l)
}

// Leave ends a listener's hearing.
func (h *Hub) Leave(l *Listener) {
	h.mu.Lock()
	if l.Viewer == nil {
		remove(h.visitors, l.Visitor, l)
		remove(h.threads, l.thread, l)
	} else {
		remove(h.operators, l.member().ID, l)
		for _, w := range l.watched {
			remove(h.watchers, w.thread, l)
		}
		h.inbox.Shut(l.Viewer)
	}
	h.mu.Unlock()
	h.goes(l)
}

// Watch makes an operator's listener hear a conversation's items. What comes before Follow waits, so that the page of
// history stands before it. At most limit at a time; false above that.
func (h *Hub) Watch(l *Listener, n protocol.Number, thread protocol.ThreadID, limit int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := l.watched[n]; !ok && len(l.watched) >= limit {
		return false
	}
	l.watched[n] = &watch{thread: thread, waiting: true}
	add(h.watchers, thread, l)
	return true
}

// Follow sends the page of history as of a position, then what came meanwhile, then everything live.
func (h *Hub) Follow(l *Listener, n protocol.Number, page *Packet, position protocol.Position) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l.push(page, n)
	w := l.watched[n]
	if w == nil {
		return // left, or taken away meanwhile
	}
	for _, p := range w.backlog {
		if at := p.Frame.Position; at == 0 || at > position {
			l.push(p, n)
		}
	}
	w.waiting, w.backlog = false, nil
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
	for _, other := range l.watched {
		if other.thread == w.thread {
			return
		}
	}
	remove(h.watchers, w.thread, l)
}

// MayRead is the check at the moment of writing.
func (h *Hub) MayRead(l *Listener) func(protocol.Number) bool {
	return func(n protocol.Number) bool { return h.inbox.MayRead(l.member(), n) }
}

// CloseOperator ends all connections of an operator.
func (h *Hub) CloseOperator(id protocol.OperatorID, why *protocol.Refusal) {
	for _, l := range h.list(func() set { return h.operators[id] }) {
		l.Close(why)
	}
}

// Stop tells everybody that the server goes away; who joins afterwards is told at once.
func (h *Hub) Stop() {
	h.mu.Lock()
	h.stopping = true
	var all []*Listener
	for _, m := range h.visitors {
		all = m.list(all)
	}
	for _, m := range h.operators {
		all = m.list(all)
	}
	h.mu.Unlock()
	for _, l := range all {
		l.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
	}
}

// Publish hands out what became durable, in order. It runs on the engine's writer and never blocks.
func (h *Hub) Publish(frames []protocol.Frame, r store.Reader) {
	touched := make(map[protocol.Number]struct{})
	for i := range frames {
		ev := frames[i]
		if h.deliver(ev) && ev.Conversation != 0 {
			touched[ev.Conversation] = struct{}{}
		}
	}
	for n := range touched {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			if !errors.Is(err, store.ErrNotFound) {
				h.log.Error("publish", "conversation", uint64(n), "err", err)
			}
			continue
		}
		lost := h.inbox.Update(&conv)
		h.mu.Lock()
		var losers, rows []*Listener
		for _, m := range h.operators {
			for l := range m {
				gone := false
				for _, v := range lost {
					gone = gone || v == l.Viewer
				}
				if gone {
					h.unwatch(l, n)
					losers = append(losers, l)
				} else {
					rows = append(rows, l)
				}
			}
		}
		h.mu.Unlock()
		for _, l := range losers {
			l.lose(h, n)
		}
		for _, l := range rows {
			if h.inbox.MayRead(l.member(), n) {
				l.dirty(h, n)
			}
		}
	}
}

// deliver routes one frame to the listeners whom it concerns, and tells whether its conversation's row in everybody's
// list may look different now.
func (h *Hub) deliver(ev protocol.Frame) (row bool) {
	switch ev.Kind {
	case protocol.KindMessageSent:
		p := NewPacket(ev)
		h.toVisitors(ev.Thread, p)
		h.toWatchers(ev, p)
	case protocol.KindReceiptAdvanced:
		return h.deliverReceipt(ev)
	case protocol.KindVisitorArrived:
		h.arrived(ev)
	case protocol.KindVisitorVisited:
		h.toThreadWatchers(ev.Thread, NewPacket(ev))
	case protocol.KindOperatorDeactivated:
		var body protocol.OperatorDeactivated
		if protocol.DecodeBody(ev.Body, &body) == nil {
			h.CloseOperator(body.Operator, protocol.Refuse(protocol.CodeUnauthorized, "deactivated"))
		}
		h.TeamChanged()
	case protocol.KindRoleSet:
		var body protocol.RoleSet
		if protocol.DecodeBody(ev.Body, &body) == nil { // their rights are others now: they come back with them
			h.CloseOperator(body.Operator, protocol.Refuse(protocol.CodeGoingAway, "role"))
		}
		h.TeamChanged()
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorActivated,
		protocol.KindProfileSet, protocol.KindChannelCreated, protocol.KindChannelSet:
		h.TeamChanged()
	default:
		if ev.Conversation != 0 {
			h.toWatchers(ev, NewPacket(ev))
		}
	}
	return true
}

// deliverReceipt tells the visitor how far the team is, and the team how far the visitor is; who of the team it was
// stays inside. Only the visitor's shows in everybody's list.
func (h *Hub) deliverReceipt(ev protocol.Frame) (row bool) {
	var body protocol.ReceiptAdvanced
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		h.log.Error("publish", "kind", ev.Kind, "err", err)
		return false
	}
	if body.Side == protocol.SideVisitor {
		p := NewPacket(ev)
		h.toVisitors(ev.Thread, p)
		h.toThreadWatchers(ev.Thread, p)
		return true
	}
	h.inbox.Advance(body.Operator, body.Conversation, body.Read)
	for _, l := range h.list(func() set { return h.operators[body.Operator] }) {
		l.dirty(h, body.Conversation)
	}
	if ev.Position == 0 { // personal: nothing new for the visitor
		return false
	}
	body.Operator = ""
	h.toVisitors(ev.Thread, NewPacket(protocol.Frame{
		Kind: ev.Kind, Position: ev.Position, At: ev.At, Thread: ev.Thread, Conversation: ev.Conversation,
		Body: protocol.EncodeBody(&body),
	}))
	return false
}

// arrived gives a visitor's connections their thread.
func (h *Hub) arrived(ev protocol.Frame) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.visitors[protocol.VisitorID(ev.Actor.ID)] {
		if l.thread == "" {
			l.thread = ev.Thread
			add(h.threads, ev.Thread, l)
		}
	}
}

func (h *Hub) toVisitors(thread protocol.ThreadID, p *Packet) {
	for _, l := range h.list(func() set { return h.threads[thread] }) {
		l.push(p, 0)
	}
}

// toWatchers reaches the operators who have this conversation open and may read it.
func (h *Hub) toWatchers(ev protocol.Frame, p *Packet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.watchers[ev.Thread] {
		if w := l.watched[ev.Conversation]; w != nil {
			l.hear(w, p, ev.Conversation)
		}
	}
}

// toThreadWatchers reaches the operators who have any conversation of the thread open.
func (h *Hub) toThreadWatchers(thread protocol.ThreadID, p *Packet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.watchers[thread] {
		for n, w := range l.watched {
			if w.thread == thread {
				l.hear(w, p, n)
				break
			}
		}
	}
}

// TeamChanged tells operators that people or channels look different now.
func (h *Hub) TeamChanged() {
	for _, l := range h.everyOperator() {
		l.reteam(h)
	}
}

func (h *Hub) everyOperator() []*Listener {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []*Listener
	for _, m := range h.operators {
		all = m.list(all)
	}
	return all
}

func (h *Hub) list(of func() set) []*Listener {
	h.mu.Lock()
	defer h.mu.Unlock()
	return of().list(nil)
}

func (s set) list(to []*Listener) []*Listener {
	for l := range s {
		to = append(to, l)
	}
	return to
}

func add[K comparable](m map[K]set, k K, l *Listener) {
	if m[k] == nil {
		m[k] = make(set)
	}
	m[k][l] = struct{}{}
}

func remove[K comparable](m map[K]set, k K, l *Listener) {
	if delete(m[k], l); len(m[k]) == 0 {
		delete(m, k)
	}
}
