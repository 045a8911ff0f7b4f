package engine

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// errStopped answers commands that come after Close.
var errStopped = protocol.Refuse(protocol.CodeGoingAway, "")

// Domain is the business: pure functions over a reader and a transaction.
type Domain interface {
	// Apply changes the views by one event. It is deterministic: no clock, randomness, map order, I/O beyond tx.
	Apply(tx store.Tx, event *protocol.Frame) error
	// Deadlines returns what may fire by itself after this event; a deadline with Due 0 disarms its subject and kind.
	Deadlines(r store.Reader, event *protocol.Frame) ([]store.Deadline, error)
	// Fire decides what a due deadline does. It compares with what is stored: a stale deadline yields nothing.
	Fire(r store.Reader, d store.Deadline, newID func() string) (store.Outcome, error)
	// Armed yields all stored deadlines, at start.
	Armed(r store.Reader, arm func(store.Deadline)) error
}

// Decide looks at the state and says what happens, or refuses with a *protocol.Refusal. now is unix milliseconds.
type Decide func(r store.Reader, now int64, newID func() string) (store.Outcome, error)

// Command is one thing to do.
type Command struct {
	// Author and ID make a repetition recognisable; with an empty ID nothing is remembered.
	Author string
	ID     protocol.CommandID
	Decide Decide
}

// Config is what an engine is made of; all fields are required but Log.
type Config struct {
	Store     store.Store
	Workspace store.Workspace
	Domain    Domain
	Now       func() time.Time
	NewID     func() string
	// Published gets what became durable, in order, with a reader that sees it and lasts until it returns. It is called
	// while the next commands are decided, and must not block: nobody is answered before it returns.
	Published func(frames []protocol.Frame, r store.Reader)
	Log       *slog.Logger
}

// Engine is the single writer of one workspace.
type Engine struct {
	cfg     Config
	waiting chan *pending
	closing sync.RWMutex // held for reading while something is handed in
	closed  bool
	stop    chan struct{}
	stopped chan struct{}
	wake    chan struct{} // a clock was moved: look at the timers
	broken  chan struct{} // closed once the store takes nothing more until it is opened again

	// handed carries batches to the committer, one at a time, and landed how they ended.
	handed chan *batch
	landed chan error
	stored atomic.Uint64 // the position of the newest event that the committer has stored

	// The writer's alone.
	flying  *batch            // is being committed
	last    protocol.Position // of the newest event decided
	durable protocol.Position // of the newest event known to be stored
	usual   int               // how many keys a batch has, lately
	timers  timers
	recent  recent
	seen    seen
	rest    time.Duration // before due timers are tried again
}

type pending struct {
	cmd  Command
	done func(protocol.Accepted, error)
}

type result struct {
	accepted protocol.Accepted
	err      error
}

// New opens an engine over a store, fires what is overdue, and starts its writer.
func New(cfg Config) (*Engine, error) {
	e, err := newEngine(cfg)
	if err != nil {
		return nil, fmt.Errorf("open engine: %w", err)
	}
	go e.commits()
	e.catchUp()
	go e.loop()
	return e, nil
}

// newEngine reads what an engine goes on from.
func newEngine(cfg Config) (*Engine, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{
		cfg:     cfg,
		waiting: make(chan *pending, maxBatch),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
		wake:    make(chan struct{}, 1),
		broken:  make(chan struct{}),
		handed:  make(chan *batch, 1),
		landed:  make(chan error, 1),
		recent:  recent{limit: recentBytes},
		seen:    newSeen(seenLimit),
	}
	err := e.Read(func(r store.Reader) error {
		last, err := LastPosition(r)
		if err != nil {
			return err
		}
		e.last, e.durable = last, last
		e.stored.Store(uint64(last))
		return cfg.Domain.Armed(r, e.timers.arm)
	})
	e.timers.keep(e.timers.mark())
	return e, err
}

// catchUp fires what came due while nobody was here, before anybody listens. What the store does not take now is tried
// again later.
func (e *Engine) catchUp() {
	for e.rest == 0 && e.idle() <= 0 {
		e.decide(nil)
		_ = e.land()
	}
}

// Do runs a command and returns when it is durable and published, or refused. A *protocol.Refusal is the answer to
// the command's author; any other error is internal. When ctx ends first the command may still happen: repeat it with
// the same id to learn.
func (e *Engine) Do(ctx context.Context, c Command) (protocol.Accepted, error) {
	reply := make(chan result, 1)
	err := e.Submit(ctx, c, func(a protocol.Accepted, err error) { reply <- result{a, err} })
	if err != nil {
		return protocol.Accepted{}, err
	}
	select {
	case r := <-reply:
		return r.accepted, r.err
	case <-ctx.Done():
		return protocol.Accepted{}, ctx.Err()
	}
}

// Submit hands a command in and returns; commands of one goroutine are run in the order they were submitted. done is
// called once, on a goroutine of the engine, after the command's events were published: it must not block. Where Submit
// itself returns an error, done is never called.
func (e *Engine) Submit(ctx context.Context, c Command, done func(protocol.Accepted, error)) error {
	e.closing.RLock()
	defer e.closing.RUnlock()
	if e.closed {
		return errStopped
	}
	select {
	case e.waiting <- &pending{cmd: c, done: done}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Read runs fn on a snapshot of the workspace.
func (e *Engine) Read(fn func(store.Reader) error) error {
	return e.cfg.Store.View(func(r store.Reader) error { return fn(store.Scope(e.cfg.Workspace, r)) })
}

// Position is that of the newest event which everybody sees who reads from now on; they may see newer ones.
func (e *Engine) Position() protocol.Position { return protocol.Position(e.stored.Load()) }

// Broken is closed when the store has failed for good: what is on disk is known again only after opening it, so the
// process should end and be started again.
func (e *Engine) Broken() <-chan struct{} { return e.broken }

// Wake makes the writer look at its timers: for tests whose clock was moved.
func (e *Engine) Wake() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Close finishes the batch at hand and ends the writer. Commands that wait are answered going_away.
func (e *Engine) Close() {
	e.closing.Lock() // the writer still runs, so nobody who hands something in is stuck
	first := !e.closed
	e.closed = true
	e.closing.Unlock()
	if first {
		close(e.stop)
	}
	<-e.stopped
}
