package engine

import (
	"errors"
	"fmt"
	"runtime/debug"

	"beseda/protocol"
	"beseda/store"
)

// batch is what one commit will store, and whom it answers.
type batch struct {
	engine    *Engine
	overlay   *overlay
	last      protocol.Position
	frames    []protocol.Frame // events and notices, in order
	deadlines []store.Deadline
	fired     []store.Deadline // to be armed again should the commit fail
	results   []result
}

// fire runs everything due by now, in order, each as a transaction of its own within the batch.
func (b *batch) fire(now int64) {
	for {
		d, ok := b.engine.timers.next(now)
		if !ok {
			return
		}
		b.fired = append(b.fired, d)
		_, err := b.try(func(o *overlay) (store.Outcome, error) {
			return b.engine.cfg.Domain.Fire(o, d, b.engine.cfg.NewID)
		}, "", d.Due)
		if err != nil {
			// A timer that cannot fire must not stop the house; it is looked at again after a restart.
			b.engine.cfg.Log.Error("timer", "conversation", d.Subject, "kind", d.Kind, "err", err)
		}
		for _, next := range b.deadlines { // what it armed may be due as well
			b.engine.timers.arm(next)
		}
		b.deadlines = nil
	}
}

// disarm undoes what fire took from the timers, after a failed commit.
func (b *batch) disarm() {
	for _, d := range b.fired {
		b.engine.timers.arm(d)
	}
}

func (b *batch) decide(c Command) result {
	now := b.engine.cfg.Now().UnixMilli()
	if c.ID != "" {
		seen, err := store.Answers.Get(b.overlay, store.Text(c.Author), store.Text(c.ID))
		if err == nil {
			return result{accepted: seen.Accepted}
		}
		if !errors.Is(err, store.ErrNotFound) {
			return result{err: err}
		}
	}
	accepted, err := b.try(func(o *overlay) (store.Outcome, error) {
		return c.Decide(o, now, b.engine.cfg.NewID)
	}, c.ID, now, func(o *overlay, a protocol.Accepted) error {
		if c.ID == "" {
			return nil
		}
		return store.Answers.Put(o, store.Answer{Accepted: a, At: now}, store.Text(c.Author), store.Text(c.ID))
	})
	return result{accepted, err}
}

// try runs one decision on an overlay of its own and keeps it only if all of it succeeds.
func (b *batch) try(decide func(*overlay) (store.Outcome, error), id protocol.CommandID, now int64,
	also ...func(*overlay, protocol.Accepted) error) (accepted protocol.Accepted, err error) {
	defer func() {
		if p := recover(); p != nil { // a poison command is refused alone, with its trace in the log
			b.engine.cfg.Log.Error("panic in a decision", "err", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	own := newOverlay(b.overlay)
	out, err := decide(own)
	if err != nil {
		return accepted, err
	}
	last := b.last
	var deadlines []store.Deadline
	for i := range out.Events {
		ev := &out.Events[i]
		last++
		ev.Position, ev.ID = last, id
		if ev.At == 0 {
			ev.At = now
		}
		if err := appendEvent(own, ev); err != nil {
			return accepted, err
		}
		if err := b.engine.cfg.Domain.Apply(own, ev); err != nil {
			return accepted, fmt.Errorf("apply %s at %d: %w", ev.Kind, ev.Position, err)
		}
		ds, err := b.engine.cfg.Domain.Deadlines(own, ev)
		if err != nil {
			return accepted, fmt.Errorf("deadlines of %s at %d: %w", ev.Kind, ev.Position, err)
		}
		deadlines = append(deadlines, ds...)
		if ev.Conversation != 0 {
			accepted.Conversation = ev.Conversation
		}
		if ev.Thread != "" {
			accepted.Thread = ev.Thread
		}
	}
	accepted.Made = out.Made
	if n := len(out.Events); n > 0 {
		accepted.Position = out.Events[n-1].Position
	}
	for _, w := range out.Private {
		if store.Derived(w.Key) {
			return accepted, fmt.Errorf("private write to a derived table %q", w.Key[:1])
		}
		own.write(w.Key, w.Value)
	}
	for _, fn := range also {
		if err := fn(own, accepted); err != nil {
			return accepted, err
		}
	}
	own.mergeInto(b.overlay)
	b.last = last
	b.deadlines = append(b.deadlines, deadlines...)
	b.frames = append(append(b.frames, out.Events...), out.Notices...)
	return accepted, nil
}
