package engine

import (
	"errors"
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

// batch is what one commit will store, and whom it answers. The writer fills it; from hand on it is the committer's,
// and nobody changes it any more.
type batch struct {
	engine  *Engine
	overlay *overlay
	now     int64 // unix milliseconds
	full    bool  // the disk is: nothing may be written
	last    protocol.Position
	frames  []protocol.Frame // events and notices, in order
	decided []*pending
	results []result // theirs
	undo    int      // the mark of its changes to the timers
}

func (e *Engine) newBatch() *batch {
	return &batch{engine: e, last: e.last, full: e.cfg.Store.Full(), now: e.cfg.Now().UnixMilli()}
}

// begin stands the batch on a snapshot, and on the batch that is being committed, which the snapshot may not have yet.
func (b *batch) begin(snapshot store.Reader) {
	e := b.engine
	base := e.recent.over(store.Scope(e.cfg.Workspace, snapshot))
	if e.flying != nil {
		base = e.flying.overlay.above(base)
	}
	b.overlay = newOverlay(base, e.cfg.Store.Limits(), e.usual)
}

// fire runs everything due by now, in order, each as a transaction of its own within the batch. False: the batch is
// full and something is still due, which no command may overtake.
func (b *batch) fire() bool {
	for !b.full {
		d, ok := b.engine.timers.first()
		if !ok || d.at > b.now {
			return true
		}
		if b.overlay.filled() {
			return false
		}
		b.engine.timers.arm(store.Deadline{Kind: d.Kind, Subject: d.Subject})
		_, err := b.try(transaction{now: d.at, decide: func(r store.Reader) (store.Outcome, error) {
			return b.engine.cfg.Domain.Fire(r, d.Deadline, b.engine.cfg.NewID)
		}})
		if errors.Is(err, errBatchFull) {
			b.engine.timers.arm(d.Deadline)
			return false
		}
		if again := b.engine.timers.due(d.Kind, d.Subject); err == nil && again != 0 && again <= d.Due {
			err = fmt.Errorf("%w for %d", errStubborn, again)
			b.engine.timers.arm(store.Deadline{Kind: d.Kind, Subject: d.Subject})
		}
		if err != nil {
			// A timer that cannot fire must not stop the house. What no second try would change is looked at again after a
			// restart.
			if passing(err) {
				b.engine.timers.retry(d, b.now)
			}
			b.engine.cfg.Log.Error("timer", "conversation", d.Subject, "kind", d.Kind, "due", d.Due, "err", err)
		}
	}
	return true
}

// errStubborn ends a timer that would fire for ever.
var errStubborn = errors.New("armed itself again")

// passing tells whether what a timer failed of may be over in a while, as a disk that could not be read: it is neither
// for its own sake nor for that of what is stored.
func passing(err error) bool {
	var refusal *protocol.Refusal
	var corrupt *store.CorruptError
	for _, lasting := range []error{errStubborn, errPanic, store.ErrTooBig, store.ErrNotFound} {
		if errors.Is(err, lasting) {
			return false
		}
	}
	return !errors.As(err, &refusal) && !errors.As(err, &corrupt)
}

// take decides the next command, after everything that is due by now. False: it does not fit and is not answered; it
// comes first in the next batch.
func (b *batch) take(p *pending) bool {
	b.now = b.engine.cfg.Now().UnixMilli()
	if !b.fire() || b.overlay.filled() || len(b.decided) == maxBatch {
		return false
	}
	accepted, err := b.answer(p.cmd)
	if errors.Is(err, errBatchFull) {
		return false
	}
	b.decided, b.results = append(b.decided, p), append(b.results, result{accepted, err})
	return true
}

// answer is the command's answer of the first time, or what happens now.
func (b *batch) answer(c Command) (protocol.Accepted, error) {
	if c.ID != "" {
		fresh, err := b.engine.seen.fresh(b.overlay, c.Author, c.ID)
		if err != nil {
			return protocol.Accepted{}, err
		}
		if !fresh {
			first, err := store.Answers.Get(b.overlay, store.Text(c.Author), store.Text(c.ID))
			if err == nil || !errors.Is(err, store.ErrNotFound) {
				return first.Accepted, err
			}
		}
	}
	return b.try(transaction{c.Author, c.ID, b.now, func(r store.Reader) (store.Outcome, error) {
		return c.Decide(r, b.now, b.engine.cfg.NewID)
	}})
}
