package hub

import (
	"slices"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/server/inbox"
)

// rowDelay is how long changes of the list are gathered before they are sent: many operators see every one of them. It
// grows with how many came last time, rowsAtOnce of them each time by as much again, for nobody can follow more.
const (
	rowDelay   = 50 * time.Millisecond
	rowsAtOnce = 50
	maxDelay   = 10 * rowDelay
)

// Listener is one connection's place in the hub, with its outbox. Exactly one of Visitor and Viewer is set.
type Listener struct {
	Visitor protocol.VisitorID
	Viewer  *inbox.Viewer
	// wake is called on any goroutine when there is something to take, and with over set once the listener is closed.
	// It must neither block nor call back.
	wake func(over bool)

	watched map[protocol.Number]*watch // guarded by the hub

	mu    sync.Mutex
	held  bool              // the welcome is being made: nothing may be taken yet
	after protocol.Position // events up to here are in the welcome and are not sent again
	queue []entry
	told  int // bytes queued that others caused
	asked int // bytes queued that the listener asked for
	room  chan struct{}

	rows   map[protocol.Number]struct{}
	viewed map[protocol.Number]struct{} // watched ones that others have opened or left
	gone   []protocol.Number
	team   bool // people or channels changed
	own    bool // the visitor's own conversations changed
	counts bool // figures of the list changed
	due    bool // the rows have waited long enough
	timer  bool // the delay is running
	before int  // how many rows were taken last
	closed *protocol.Refusal
}

// entry is a packet that waits, or one that is made when it is taken.
type entry struct {
	packet *Packet
	later  func() *Packet
	number protocol.Number // whose access decides; 0 for what needs none
	asked  bool
}

// laterBytes is what a packet counts for that is not made yet.
const laterBytes = 4 << 10

func (e *entry) bytes() int {
	if e.packet == nil {
		return laterBytes
	}
	return len(e.packet.Bytes())
}

// NewVisitor makes a visitor's listener.
func NewVisitor(id protocol.VisitorID, wake func(over bool)) *Listener {
	return &Listener{Visitor: id, wake: wake, held: true}
}

// NewOperator makes an operator's or bot's listener.
func NewOperator(v *inbox.Viewer, wake func(over bool)) *Listener {
	return &Listener{Viewer: v, wake: wake, held: true}
}

// Answer queues what the listener asked for; number is the conversation whose access it still needs when it is
// written, 0 for none.
func (l *Listener) Answer(p *Packet, number protocol.Number) {
	l.ask(entry{packet: p, number: number, asked: true})
}

// AnswerLater queues an answer that is made when it is taken, on the goroutine that takes it.
func (l *Listener) AnswerLater(make func() *Packet) { l.ask(entry{later: make, asked: true}) }

func (l *Listener) ask(e entry) {
	l.mu.Lock()
	if l.closed == nil {
		l.queue = append(l.queue, e)
		l.asked += e.bytes()
	}
	l.mu.Unlock()
	l.wake(false)
}

// tell queues what somebody else caused. A peer that does not take it is closed.
func (l *Listener) tell(p *Packet, number protocol.Number) {
	l.mu.Lock()
	full := false
	if l.closed == nil {
		l.queue = append(l.queue, entry{packet: p, number: number})
		l.told += len(p.Bytes())
		if full = l.told > protocol.MaxOutboxBytes; full {
			l.shut(protocol.Refuse(protocol.CodeSlowConsumer, ""))
		}
	}
	l.mu.Unlock()
	l.wake(full)
}

// hear queues a packet of a watched conversation, behind its page of history. The hub's mutex is held.
func (l *Listener) hear(w *watch, p *Packet, n protocol.Number) {
	if w.waiting {
		w.backlog = append(w.backlog, p)
		return
	}
	l.tell(p, n)
}

// Await returns when the listener may ask for more: most of what waits for it was taken, or it is closed. So nobody is
// a slow consumer for what they cause themselves.
func (l *Listener) Await() {
	for {
		l.mu.Lock()
		if l.closed != nil || l.asked+l.told <= protocol.MaxOutboxBytes/2 {
			l.mu.Unlock()
			return
		}
		if l.room == nil {
			l.room = make(chan struct{})
		}
		room := l.room
		l.mu.Unlock()
		<-room
	}
}

func (l *Listener) makeRoom() {
	if l.room != nil {
		close(l.room)
		l.room = nil
	}
}

// Greet lets the outbox flow: the welcome before everything that waited, without the events up to position, which the
// welcome holds.
func (l *Listener) Greet(welcome *Packet, position protocol.Position) {
	l.mu.Lock()
	l.held, l.after = false, position
	if l.closed == nil || l.closed.Code == protocol.CodeGoingAway {
		l.queue = slices.Insert(l.queue, 0, entry{packet: welcome, asked: true})
		l.asked += len(welcome.Bytes())
	}
	l.mu.Unlock()
	l.wake(false)
}

// dirty notes that a row of the list changed, and tells after which time ripen shall be called; 0 for not at all.
func (l *Listener) dirty(number protocol.Number) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed != nil {
		return 0
	}
	if l.rows == nil {
		l.rows = make(map[protocol.Number]struct{})
	}
	l.rows[number] = struct{}{}
	return l.delay()
}

// reteam notes that people or channels changed, and tells the same.
func (l *Listener) reteam() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.team = true
	return l.delay()
}

// reown notes that a visitor's own conversations changed, and tells the same.
func (l *Listener) reown() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.own = true
	return l.delay()
}

// refigure notes that figures of the list changed, and tells the same.
func (l *Listener) refigure() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts = true
	return l.delay()
}

// reviewed notes that others have opened or left a conversation, and tells the same.
func (l *Listener) reviewed(number protocol.Number) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed != nil {
		return 0
	}
	if l.viewed == nil {
		l.viewed = make(map[protocol.Number]struct{})
	}
	l.viewed[number] = struct{}{}
	return l.delay()
}

func (l *Listener) delay() time.Duration {
	if l.timer || l.due || l.closed != nil {
		return 0
	}
	l.timer = true
	return min(maxDelay, rowDelay*time.Duration(1+l.before/rowsAtOnce))
}

// ripen lets what was gathered of the list be taken.
func (l *Listener) ripen() {
	l.mu.Lock()
	l.timer, l.due = false, true
	l.mu.Unlock()
	l.wake(false)
}

// lose takes conversations away: what waits of them is purged, and the screen is told at once.
func (l *Listener) lose(numbers []protocol.Number) {
	l.mu.Lock()
	waits := make(map[protocol.Number]bool, len(l.queue)) // of which something waits, and whether it is lost
	for _, e := range l.queue {
		waits[e.number] = false
	}
	for _, n := range numbers { // there may be a hundred thousand
		delete(l.rows, n)
		delete(l.viewed, n)
		if _, found := waits[n]; found {
			waits[n] = true
		}
	}
	kept := l.queue[:0]
	for _, e := range l.queue {
		if waits[e.number] {
			l.count(e, -1)
			if !e.asked {
				continue
			}
			e = entry{packet: denied(e.packet), asked: true} // every command has its answer
			l.count(e, 1)
		}
		kept = append(kept, e)
	}
	clear(l.queue[len(kept):])
	l.queue = kept
	if l.closed == nil {
		l.gone = append(l.gone, numbers...)
		l.due = true
	}
	l.mu.Unlock()
	l.wake(false)
}

func (l *Listener) count(e entry, sign int) {
	if e.asked {
		l.asked += sign * e.bytes()
	} else {
		l.told += sign * e.bytes()
	}
}

// Close ends the listener. What is queued may still be taken where the server goes away, and is dropped otherwise: for
// want of a right to it, or of a reader.
func (l *Listener) Close(why *protocol.Refusal) {
	l.mu.Lock()
	first := l.shut(why)
	l.mu.Unlock()
	if first {
		l.wake(true)
	}
}

func (l *Listener) shut(why *protocol.Refusal) bool {
	if l.closed != nil {
		return false
	}
	l.closed = why
	if why.Code != protocol.CodeGoingAway {
		l.queue, l.told, l.asked = nil, 0, 0
	}
	l.rows, l.viewed, l.gone, l.team, l.own, l.counts = nil, nil, nil, false, false, false
	l.makeRoom()
	return true
}

// Closed says why the listener ended; nil while it lives.
func (l *Listener) Closed() *protocol.Refusal {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
