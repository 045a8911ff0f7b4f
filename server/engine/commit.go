package engine

import (
	"runtime/debug"
	"time"

	"beseda/store"
)

// retryAfter is how long timers rest after a commit that failed: the disk may be full for hours.
const retryAfter = time.Second

// run takes a queue of commands, and the timers that are due, through decide, commit, publish and reply: in as many
// commits as the store's limits ask for.
func (e *Engine) run(queue []*pending) {
	for {
		done, more := e.commit(queue)
		if queue = queue[done:]; len(queue) == 0 && !more {
			return
		}
	}
}

// commit handles a prefix of the queue with one transaction of the store. done is its length; more tells that timers
// that are due were left for the next.
func (e *Engine) commit(queue []*pending) (done int, more bool) {
	b := batch{engine: e, now: e.cfg.Now().UnixMilli(), last: e.last, full: e.cfg.Store.Full()}
	err := e.cfg.Store.View(func(r store.Reader) error {
		b.overlay = newOverlay(e.recent.over(store.Scope(e.cfg.Workspace, r)), e.cfg.Store.Limits())
		more = !b.fire()
		for _, p := range queue {
			if more || !b.decide(p.cmd) {
				break
			}
			more = !b.fire() // what a command armed may be due before the next one
		}
		return e.persist(&b)
	})
	if err != nil {
		return e.fail(queue, b.results, err), false
	}
	e.timers.keep()
	e.rest = 0
	if b.full {
		e.rest = retryAfter
	}
	for i, res := range b.results {
		e.reply(queue[i], res)
	}
	return len(b.results), more
}

// persist makes a batch durable, then public.
func (e *Engine) persist(b *batch) error {
	if len(b.overlay.writes) > 0 {
		if err := e.cfg.Store.Commit(b.overlay.batch(e.cfg.Workspace)); err != nil {
			return err
		}
		e.last = b.last
		e.recent.follow(b.overlay.writes)
	}
	if len(b.frames) > 0 {
		e.publish(b)
	}
	return nil
}

// publish must not lose the replies of a batch that is durable, whatever a listener does.
func (e *Engine) publish(b *batch) {
	defer e.survive("publishing")
	e.cfg.Published(b.frames, b.overlay)
}

// fail answers everybody whose decision stood in a batch that is lost, also those who were refused: they were judged
// by a state that never came. It returns how many. Where timers alone filled the batch that is the whole queue, for
// nobody may overtake them.
func (e *Engine) fail(queue []*pending, decided []result, err error) int {
	e.cfg.Log.Error("commit", "err", err)
	e.timers.restore()
	e.rest = retryAfter
	n := len(decided)
	if n == 0 {
		n = len(queue)
	}
	for _, p := range queue[:n] {
		e.reply(p, result{err: refusalOf(err)})
	}
	return n
}

// reply survives whoever waits for it.
func (e *Engine) reply(p *pending, r result) {
	defer e.survive("answering")
	p.done(r.accepted, r.err)
}

// survive is deferred around what the writer calls and does not own.
func (e *Engine) survive(doing string) {
	if p := recover(); p != nil {
		e.cfg.Log.Error("panic while "+doing, "err", p, "stack", string(debug.Stack()))
	}
}
