package engine

import "time"

// lookAgain bounds how long the writer trusts a timer: where the wall clock jumps, or the machine slept, due times
// come earlier than a timer's own clock tells.
const lookAgain = time.Minute

func (e *Engine) loop() {
	defer close(e.stopped)
	alarm := time.NewTimer(lookAgain)
	defer alarm.Stop()
	for {
		alarm.Reset(e.wait())
		select {
		case <-e.stop:
			e.turnAway()
			return
		case p := <-e.waiting:
			e.run(e.gather(p))
		case <-alarm.C:
			e.run(nil)
		case <-e.wake:
			e.run(nil)
		}
	}
}

// wait is how long nothing is due.
func (e *Engine) wait() time.Duration {
	d, ok := e.timers.first()
	if !ok {
		return lookAgain
	}
	return min(lookAgain, max(e.rest, time.UnixMilli(d.Due).Sub(e.cfg.Now())))
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
