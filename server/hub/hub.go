package hub

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/server/inbox"
)

// Hub is the listeners of one workspace.
type Hub struct {
	inbox *inbox.Inbox
	log   *slog.Logger
	after func(time.Duration, func())
	now   func() time.Time
	rowOf func(protocol.ThreadID) protocol.Number

	mu        sync.Mutex
	visitors  map[protocol.VisitorID]*person
	operators map[protocol.OperatorID]*person
	threads   map[protocol.ThreadID]*person     // the visitors of visitors, by their thread
	watchers  map[protocol.ThreadID][]*Listener // operators' listeners, once each
	typists   map[typist]time.Time              // of the team, until when without being repeated
	staffed   int                               // operators online; bots are nobody's presence
	stopping  bool

	began    time.Time
	left     map[protocol.OperatorID]time.Time // of the team, when they went; who is online is not there
	arrivals chan struct{}
}

// New makes a hub over a list. rowOf finds the conversation that shows a thread in the list, 0 where there is none.
// after runs a function later, on a goroutine of its own.
func New(in *inbox.Inbox, rowOf func(protocol.ThreadID) protocol.Number, now func() time.Time,
	after func(time.Duration, func()), log *slog.Logger) *Hub {
	return &Hub{
		inbox: in, rowOf: rowOf, log: log, after: after, now: now,
		visitors:  make(map[protocol.VisitorID]*person),
		operators: make(map[protocol.OperatorID]*person),
		threads:   make(map[protocol.ThreadID]*person),
		watchers:  make(map[protocol.ThreadID][]*Listener),
		typists:   make(map[typist]time.Time),
		began:     now(), left: make(map[protocol.OperatorID]time.Time), arrivals: make(chan struct{}, 1),
	}
}

// Join makes a listener hear what is published from now on. Its outbox holds everything back until Greet. Leave must
// follow.
func (h *Hub) Join(l *Listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.personOf(l)
	if p == nil {
		p = h.arrive(l)
	}
	p.lines = append(p.lines, l)
	if h.stopping {
		l.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
	}
}

// Settle gives a visitor the thread that is theirs. It comes after Join and before the reading of the welcome: what
// was published between Join and Settle is in the welcome.
func (h *Hub) Settle(l *Listener, thread protocol.ThreadID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.settle(l.Visitor, thread)
}

// Leave ends a listener's hearing.
func (h *Hub) Leave(l *Listener) {
	l.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
	h.mu.Lock()
	defer h.mu.Unlock()
	for n := range l.watched {
		h.unwatch(l, n)
	}
	if l.Viewer != nil {
		h.inbox.Shut(l.Viewer)
	}
	p := h.personOf(l)
	if p == nil {
		return
	}
	at := slices.Index(p.lines, l)
	if at < 0 {
		return
	}
	p.lines = slices.Delete(p.lines, at, at+1)
	if len(p.lines) == 0 {
		h.depart(p)
	}
}

// closeOperator ends all connections of an operator. The mutex is held.
func (h *Hub) closeOperator(id protocol.OperatorID, why *protocol.Refusal) {
	if p := h.operators[id]; p != nil {
		for _, l := range p.lines {
			l.Close(why)
		}
	}
}

// Stop tells everybody that the server goes away; who joins afterwards is told at once.
func (h *Hub) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
	for _, p := range h.visitors {
		for _, l := range p.lines {
			l.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
		}
	}
	for id := range h.operators {
		h.closeOperator(id, protocol.Refuse(protocol.CodeGoingAway, ""))
	}
}

// MayRead is the check at the moment of writing.
func (h *Hub) MayRead(l *Listener, n protocol.Number) bool {
	return h.inbox.MayRead(l.Viewer.Operator(), n)
}

// Online is how many people there are now.
func (h *Hub) Online() (visitors, operators int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.visitors), h.staffed
}

// eachOperator visits the listeners of the team. The mutex is held.
func (h *Hub) eachOperator(do func(*Listener)) {
	for _, p := range h.operators {
		for _, l := range p.lines {
			do(l)
		}
	}
}

// eachVisitor visits the listeners of visitors. The mutex is held.
func (h *Hub) eachVisitor(do func(*Listener)) {
	for _, p := range h.visitors {
		for _, l := range p.lines {
			do(l)
		}
	}
}
