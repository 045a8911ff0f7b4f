package hub

import (
	"sync"
	"time"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/server/inbox"
)

// rowDelay is how long changes of the list are gathered before they are sent: many operators see every one of them.
const rowDelay = 50 * time.Millisecond

// Listener is one connection's place in the hub. Exactly one of Visitor and Viewer is set.
type Listener struct {
	Visitor protocol.VisitorID
	Channel protocol.ChannelID
	Viewer  *inbox.Viewer
	// Name is an operator's, for what is shown while typing.
	Name string
	// wake is called, on any goroutine and without locks held, when there is something to take or the listener was
	// closed. It must not block.
	wake func()

	thread  protocol.ThreadID          // of a visitor, once there is one; guarded by the hub
	watched map[protocol.Number]*watch // of an operator; guarded by the hub

	mu     sync.Mutex
	after  protocol.Position // events up to here are in the welcome and are not sent again
	held   bool              // the welcome is being made: nothing may be taken yet
	queue  []queued
	bytes  int
	rows   map[protocol.Number]struct{}
	gone   []protocol.Number
	team   bool // people or channels changed
	due    bool // the rows have waited long enough
	timer  bool // the delay is running
	closed *protocol.Refusal
}

// watch is a conversation that an operator has open.
type watch struct {
	thread  protocol.ThreadID
	waiting bool // for the page of history
	backlog []*Packet
}

type queued struct {
	packet *Packet
	number protocol.Number // whose access decides; 0 for what needs none
}

// NewVisitor makes a visitor's listener; thread is empty for one who never wrote.
func NewVisitor(id protocol.VisitorID, channel protocol.ChannelID, thread protocol.ThreadID, wake func()) *Listener {
	return &Listener{Visitor: id, Channel: channel, thread: thread, wake: wake, held: true}
}

// NewOperator makes an operator's or bot's listener.
func NewOperator(v *inbox.Viewer, name string, wake func()) *Listener {
	return &Listener{
		Viewer: v, Name: name, wake: wake, held: true,
		watched: make(map[protocol.Number]*watch),
		rows:    make(map[protocol.Number]struct{}),
	}
}

func (l *Listener) member() team.Member { return l.Viewer.Member() }

// Greet queues the welcome before everything that waited, and lets frames flow without the events up to position,
// which the welcome holds.
func (l *Listener) Greet(welcome *Packet, position protocol.Position) {
	l.mu.Lock()
	l.held, l.after = false, position
	l.queue = append([]queued{{packet: welcome}}, l.queue...)
	l.bytes += len(welcome.Bytes())
	l.mu.Unlock()
	l.wake()
}

// push queues a packet for which number's access is needed.
func (l *Listener) push(p *Packet, number protocol.Number) {
	l.mu.Lock()
	if l.closed == nil {
		l.queue = append(l.queue, queued{p, number})
		l.bytes += len(p.Bytes())
		if l.bytes > protocol.MaxOutboxBytes {
			l.shut(protocol.Refuse(protocol.CodeSlowConsumer, ""))
		}
	}
	l.mu.Unlock()
	l.wake()
}

// hear queues a packet of a watched conversation, behind its page of history. The hub's mutex is held.
func (l *Listener) hear(w *watch, p *Packet, n protocol.Number) {
	if w.waiting {
		w.backlog = append(w.backlog, p)
		return
	}
	l.push(p, n)
}

// Push queues an answer: it needs no access, the asking was judged.
func (l *Listener) Push(p *Packet) { l.push(p, 0) }

// PushOf queues an answer that is dropped where the conversation is taken away before it is written.
func (l *Listener) PushOf(p *Packet, n protocol.Number) { l.push(p, n) }

// dirty notes that a row of the list changed.
func (l *Listener) dirty(h *Hub, number protocol.Number) {
	l.mu.Lock()
	l.rows[number] = struct{}{}
	start := l.delay()
	l.mu.Unlock()
	l.arm(h, start)
}

// reteam notes that people or channels changed.
func (l *Listener) reteam(h *Hub) {
	l.mu.Lock()
	l.team = true
	start := l.delay()
	l.mu.Unlock()
	l.arm(h, start)
}

// lose takes a conversation away: what waits of it is purged, and the screen is told.
func (l *Listener) lose(h *Hub, number protocol.Number) {
	l.mu.Lock()
	kept := l.queue[:0]
	for _, q := range l.queue {
		if q.number == number {
			l.bytes -= len(q.packet.Bytes())
			continue
		}
		kept = append(kept, q)
	}
	clear(l.queue[len(kept):])
	l.queue = kept
	delete(l.rows, number)
	l.gone = append(l.gone, number)
	l.due = true // at once
	l.mu.Unlock()
	l.wake()
}

// delay tells whether the caller shall start the timer.
func (l *Listener) delay() bool {
	if l.timer || l.due || l.closed != nil {
		return false
	}
	l.timer = true
	return true
}

func (l *Listener) arm(h *Hub, start bool) {
	if !start {
		return
	}
	h.after(rowDelay, func() {
		l.mu.Lock()
		l.timer, l.due = false, true
		l.mu.Unlock()
		l.wake()
	})
}

// Close ends the listener; what it still has queued may be taken, then it is over.
func (l *Listener) Close(why *protocol.Refusal) {
	l.mu.Lock()
	l.shut(why)
	l.mu.Unlock()
	l.wake()
}

func (l *Listener) shut(why *protocol.Refusal) {
	if l.closed == nil {
		l.closed = why
		l.queue, l.bytes = nil, 0
		clear(l.rows)
		l.gone = nil
	}
}

// Taken is what a session has to write now.
type Taken struct {
	Packets []*Packet
	// Rows are conversations whose rows changed, Gone those that were taken away; List is set where either or only
	// the figures have to be sent.
	Rows []protocol.Number
	Gone []protocol.Number
	List bool
	Team bool
	// Closed says why the listener ended; nil while it lives.
	Closed *protocol.Refusal
}

// Empty tells whether there is nothing to write.
func (t *Taken) Empty() bool {
	return len(t.Packets) == 0 && !t.List && !t.Team && t.Closed == nil
}

// Take empties the outbox. Access is asked again for every entry: mayRead runs without the listener's lock.
func (l *Listener) Take(mayRead func(protocol.Number) bool) Taken {
	l.mu.Lock()
	if l.held && l.closed == nil {
		l.mu.Unlock()
		return Taken{}
	}
	queue := l.queue
	t := Taken{Closed: l.closed}
	l.queue, l.bytes = nil, 0
	if l.due {
		t.Gone, t.Team = l.gone, l.team
		t.List = len(l.rows) > 0 || len(l.gone) > 0
		for n := range l.rows {
			t.Rows = append(t.Rows, n)
		}
		clear(l.rows)
		l.gone, l.team, l.due = nil, false, false
	}
	after := l.after
	l.mu.Unlock()

	for _, q := range queue {
		if p := q.packet.Frame.Position; p != 0 && p <= after {
			continue
		}
		if q.number != 0 && !mayRead(q.number) {
			continue
		}
		t.Packets = append(t.Packets, q.packet)
	}
	return t
}
