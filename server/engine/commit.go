package engine

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"beseda/store"
)

// hand gives a batch to the committer. Until it has landed, the next one is decided on top of it.
func (e *Engine) hand(b *batch) {
	if b.full {
		e.rest = retryAfter
	}
	if len(b.decided) == 0 && len(b.overlay.writes) == 0 {
		return // a timer that had nothing to do
	}
	e.flying, e.last, e.usual = b, b.last, len(b.overlay.writes)
	b.undo = e.timers.mark()
	e.handed <- b
}

// land waits for the batch that is being committed, if there is one.
func (e *Engine) land() error {
	if e.flying == nil {
		return nil
	}
	return e.settle(<-e.landed)
}

// settle takes in how the batch that was being committed has ended, and passes its error on. If it was lost, so is all
// that was decided on top of it, and timers and positions are again what they are in the store.
func (e *Engine) settle(err error) error {
	b := e.flying
	e.flying = nil
	if err != nil {
		e.last = e.durable
		e.timers.restore()
		e.rest = retryAfter
		return err
	}
	e.durable = b.last
	e.timers.keep(b.undo)
	e.recent.follow(b.overlay.writes)
	if !b.full {
		e.rest = 0
	}
	return nil
}

// commits is the committer: it makes batch after batch durable, then public, then known to whoever asked.
func (e *Engine) commits() {
	var ended sync.Once
	for b := range e.handed {
		err := e.persist(b)
		if err != nil {
			e.cfg.Log.Error("commit", "err", err)
			e.fail(b, err)
			if errors.Is(err, store.ErrBroken) {
				ended.Do(func() { close(e.broken) })
			}
		} else {
			e.publish(b)
			for i, p := range b.decided {
				e.reply(p, b.results[i])
			}
		}
		e.landed <- err
	}
}

func (e *Engine) persist(b *batch) error {
	if len(b.overlay.writes) == 0 {
		return nil
	}
	if err := e.cfg.Store.Commit(b.overlay.batch(e.cfg.Workspace)); err != nil {
		return fmt.Errorf("store %d events after %d: %w", len(b.frames), e.durable, err)
	}
	e.stored.Store(uint64(b.last))
	return nil
}

// publish must not lose the replies of a batch that is durable, whatever a listener does.
func (e *Engine) publish(b *batch) {
	if len(b.frames) == 0 {
		return
	}
	defer e.survive("publishing")
	err := e.cfg.Store.View(func(r store.Reader) error {
		e.cfg.Published(b.frames, b.overlay.above(store.Scope(e.cfg.Workspace, r)))
		return nil
	})
	if err != nil {
		e.cfg.Log.Error("publish", "err", err)
	}
}

// fail answers everybody whose decision stood in a batch that is lost, also those who were refused: they were judged
// by a state that never came.
func (e *Engine) fail(b *batch, err error) {
	for _, p := range b.decided {
		e.reply(p, result{err: refusalOf(err)})
	}
}

// reply survives whoever waits for it.
func (e *Engine) reply(p *pending, r result) {
	defer e.survive("answering")
	p.done(r.accepted, r.err)
}

// survive is deferred around what the engine calls and does not own.
func (e *Engine) survive(doing string) {
	if p := recover(); p != nil {
		e.cfg.Log.Error("panic while "+doing, "err", p, "stack", string(debug.Stack()))
	}
}
