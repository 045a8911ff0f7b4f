package engine

import (
	"time"

	"beseda/store"
)

const (
	// maxBatch bounds the commands of one commit, so that the first of them does not wait for too many others.
	maxBatch = 1024
	// lookAgain bounds how long the writer trusts a timer: where the wall clock jumps, or the machine slept, due
	// times come earlier than a timer's own clock tells.
	lookAgain = time.Minute
	// retryAfter is how long timers rest after a commit that failed, or while the disk is full: it may be for hours. One
	// that could not fire alone rests as long at first, and lookAgain at last.
	retryAfter = time.Second
)

// loop is the writer: it decides batch after batch until Close.
func (e *Engine) loop() {
	defer close(e.stopped)
	alarm := time.NewTimer(lookAgain)
	defer alarm.Stop()
	for {
		alarm.Reset(e.idle())
		select {
		case <-e.stop:
			_ = e.land() // whoever was in that batch has been answered
			close(e.handed)
			e.turnAway()
			return
		case err := <-e.landed:
			_ = e.settle(err)
		case p := <-e.waiting:
			e.decide(p)
		case <-alarm.C:
			e.decide(nil)
		case <-e.wake:
			e.decide(nil)
		}
	}
}

// idle is how long nothing is due.
func (e *Engine) idle() time.Duration {
	d, ok := e.timers.first()
	if !ok {
		return lookAgain
	}
	return min(lookAgain, max(e.rest, time.UnixMilli(d.at).Sub(e.cfg.Now())))
}

// decide begins a batch with a command, or, where there is none, with the timers that are due, and hands it over to be
// committed. What does not fit begins the next one.
func (e *Engine) decide(next *pending) {
	for {
		b := e.newBatch()
		var left *pending
		err := e.cfg.Store.View(func(r store.Reader) (err error) {
			b.begin(r)
			left, err = e.fill(b, next)
			return err
		})
		switch {
		case err == nil:
			e.hand(b)
		case b.overlay != nil: // it stood on one that was lost
			e.fail(b, err)
		default: // there is no snapshot to decide on
			e.cfg.Log.Error("snapshot", "err", err)
			e.rest = retryAfter
			if next != nil {
				e.reply(next, result{err: refusalOf(err)})
			}
		}
		if next = left; next == nil {
			return
		}
	}
}

// fill decides commands as they come, until none waits and the batch before is durable: its fsync serves as the time
// in which this one grows. It returns the command that did not fit, and the error of a batch before that was lost.
func (e *Engine) fill(b *batch, next *pending) (left *pending, err error) {
	if next == nil {
		b.fire()
	}
	for {
		if next != nil && !b.take(next) {
			return next, e.land()
		}
		select {
		case next = <-e.waiting:
			continue
		default:
		}
		if e.flying == nil {
			return nil, nil
		}
		select {
		case next = <-e.waiting:
		case err := <-e.landed:
			if err := e.settle(err); err != nil {
				return nil, err
			}
			next = nil
		}
	}
}

// turnAway answers what still waits at the end. Nothing more comes: Close has seen to that.
func (e *Engine) turnAway() {
	for {
		select {
		case p := <-e.waiting:
			e.reply(p, result{err: errStopped})
		default:
			return
		}
	}
}
