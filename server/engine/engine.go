package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// maxBatch bounds the commands of one commit, so that the first of them does not wait for too many others.
const maxBatch = 1024

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
	// Published gets what became durable, in order, with a reader that sees it. It must not block.
	Published func(frames []protocol.Frame, r store.Reader)
	Log       *slog.Logger
}

// Engine is the single writer of one workspace.
type Engine struct {
	cfg     Config
	waiting chan *pending
	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once
	last    protocol.Position // the writer's alone
	timers  timers            // the writer's alone
	wake    chan struct{}     // a clock was moved: look at the timers
}

type pending struct {
	cmd   Command
	reply chan result
}

type result struct {
	accepted protocol.Accepted
	err      error
}

// New opens an engine over a store, fires what is overdue, and starts its writer.
func New(cfg Config) (*Engine, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{
		cfg:     cfg,
		waiting: make(chan *pending, maxBatch),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
		wake:    make(chan struct{}, 1),
	}
	err := e.Read(func(r store.Reader) error {
		last, err := LastPosition(r)
		if err != nil {
			return err
		}
		e.last = last
		return cfg.Domain.Armed(r, e.timers.arm)
	})
	if err != nil {
		return nil, fmt.Errorf("open engine: %w", err)
	}
	e.run(nil) // what came due while nobody was here, before anybody listens
	go e.loop()
	return e, nil
}

// Do runs a command and returns when it is durable and published, or refused. A *protocol.Refusal is the answer to
// the command's author; any other error is internal. When ctx ends first the command may still happen: repeat it with
// the same id to learn.
func (e *Engine) Do(ctx context.Context, c Command) (protocol.Accepted, error) {
	p := &pending{cmd: c, reply: make(chan result, 1)}
	select {
	case e.waiting <- p:
	case <-e.stop:
		return protocol.Accepted{}, errStopped
	case <-ctx.Done():
		return protocol.Accepted{}, ctx.Err()
	}
	select {
	case r := <-p.reply:
		return r.accepted, r.err
	case <-e.stopped:
		select { // the writer may have answered with its last batch
		case r := <-p.reply:
			return r.accepted, r.err
		default:
			return protocol.Accepted{}, errStopped
		}
	case <-ctx.Done():
		return protocol.Accepted{}, ctx.Err()
	}
}

// Read runs fn on a snapshot of the workspace.
func (e *Engine) Read(fn func(store.Reader) error) error {
	return e.cfg.Store.View(func(r store.Reader) error { return fn(store.Scope(e.cfg.Workspace, r)) })
}

// Wake makes the writer look at its timers: for tests whose clock was moved.
func (e *Engine) Wake() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Close finishes the batch at hand and ends the writer. Commands that wait are answered going_away.
func (e *Engine) Close() {
	e.once.Do(func() { close(e.stop) })
	<-e.stopped
}

func (e *Engine) loop() {
	defer close(e.stopped)
	for {
		timer, due := e.timers.wait(e.cfg.Now())
		select {
		case <-e.stop:
			return
		case p := <-e.waiting:
			e.run(e.gather(p))
		case <-due:
			e.run(nil)
		case <-e.wake:
			e.run(nil)
		}
		if timer != nil {
			timer.Stop()
		}
	}
}

// gather takes what else is waiting now: one fsync serves all of them.
func (e *Engine) gather(first *pending) []*pending {
	batch := []*pending{first}
	for len(batch) < maxBatch {
		select {
		case p := <-e.waiting:
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

// run takes a batch through decide, commit, publish and reply, in as many commits as the store's limits ask for.
func (e *Engine) run(queue []*pending) {
	for first := true; first || len(queue) > 0; first = false {
		queue = queue[e.commit(queue):]
	}
}

// commit handles a prefix of the queue with one transaction and returns its length, at least 1 unless it is empty.
func (e *Engine) commit(queue []*pending) int {
	b := batch{engine: e, last: e.last}
	err := e.cfg.Store.View(func(r store.Reader) error {
		b.overlay = newOverlay(store.Scope(e.cfg.Workspace, r))
		limits := e.cfg.Store.Limits()
		b.fire(e.cfg.Now().UnixMilli())
		for _, p := range queue {
			if len(b.results) > 0 && b.overlay.over(limits) {
				break
			}
			b.results = append(b.results, b.decide(p.cmd))
		}
		return e.store(&b)
	})
	for i, res := range b.results {
		if err != nil && res.err == nil {
			res = result{err: refusalOf(err)}
		}
		queue[i].reply <- res
	}
	if err != nil {
		e.cfg.Log.Error("commit", "err", err)
		if len(b.results) == 0 && len(queue) > 0 { // the snapshot itself failed
			queue[0].reply <- result{err: refusalOf(err)}
			return 1
		}
	}
	return len(b.results)
}

// store makes a batch durable, then public.
func (e *Engine) store(b *batch) error {
	if len(b.overlay.writes) == 0 {
		e.publish(b)
		return nil
	}
	writes := b.overlay.batch(e.cfg.Workspace)
	if err := e.cfg.Store.Commit(writes); err != nil {
		b.disarm()
		return err
	}
	e.last = b.last
	e.publish(b)
	return nil
}

func (e *Engine) publish(b *batch) {
	for _, d := range b.deadlines {
		e.timers.arm(d)
	}
	if len(b.frames) > 0 {
		e.cfg.Published(b.frames, b.overlay)
	}
}

// refusalOf turns a failure of the store into what the author is told.
func refusalOf(err error) error {
	if errors.Is(err, store.ErrFull) {
		return protocol.Refuse(protocol.CodeStorageFull, "")
	}
	return err
}
