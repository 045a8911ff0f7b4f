package engine

import (
	"errors"
	"fmt"
	"runtime/debug"

	"beseda/protocol"
	"beseda/store"
)

// errFull refuses what would write while the disk is full; what was accepted before is answered all the same.
var errFull = protocol.Refuse(protocol.CodeStorageFull, "")

// errPanic is a mistake in a decision, or in what follows it.
var errPanic = errors.New("panic")

// transaction is one decision with its effects, kept or dropped as a whole: a command's, or a timer's, which has
// neither author nor id.
type transaction struct {
	author string
	id     protocol.CommandID
	now    int64
	decide func(store.Reader) (store.Outcome, error)
}

// try runs a transaction on top of the batch. If any of it fails, the batch is as before.
func (b *batch) try(t transaction) (accepted protocol.Accepted, err error) {
	defer func() {
		if p := recover(); p != nil { // a poison command is refused alone, with its trace in the log
			b.engine.cfg.Log.Error("panic in a decision", "err", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
		if err != nil {
			accepted = protocol.Accepted{}
			b.overlay.rollback()
		}
	}()
	crowded := len(b.overlay.writes) > 0
	out, err := t.decide(b.overlay)
	if err != nil {
		return accepted, err
	}
	armed, err := b.apply(t, out.Events)
	if err != nil {
		return accepted, err
	}
	if err := b.private(out.Private); err != nil {
		return accepted, err
	}
	if err := b.overwrite(out.Overwrites); err != nil {
		return accepted, err
	}
	accepted = answerOf(&out)
	if t.id != "" {
		answer := store.Answer{Accepted: accepted, At: t.now}
		if err := store.Answers.Put(b.overlay, answer, store.Text(t.author), store.Text(t.id)); err != nil {
			return accepted, err
		}
	}
	switch {
	case b.full && b.overlay.changed():
		return accepted, errFull
	case b.overlay.fits():
	case crowded:
		return accepted, errBatchFull
	default:
		return accepted, fmt.Errorf("one command of %d writes: %w", len(b.overlay.writes), store.ErrTooBig)
	}
	b.overlay.keep()
	if t.id != "" {
		b.engine.seen.add(t.author, t.id)
	}
	b.last += protocol.Position(len(out.Events))
	b.frames = append(append(b.frames, out.Events...), out.Notices...)
	for _, d := range armed {
		b.engine.timers.arm(d)
	}
	return accepted, nil
}

// apply gives the events their places in the log, stores them and changes the views.
func (b *batch) apply(t transaction, events []protocol.Frame) (armed []store.Deadline, err error) {
	domain := b.engine.cfg.Domain
	for i := range events {
		ev := &events[i]
		ev.Position, ev.ID = b.last+protocol.Position(i)+1, t.id
		if ev.At == 0 {
			ev.At = t.now
		}
		if err := appendEvent(b.overlay, ev); err != nil {
			return nil, err
		}
		if err := domain.Apply(b.overlay, ev); err != nil {
			return nil, fmt.Errorf("apply %s at %d: %w", ev.Kind, ev.Position, err)
		}
		ds, err := domain.Deadlines(b.overlay, ev)
		if err != nil {
			return nil, fmt.Errorf("deadlines of %s at %d: %w", ev.Kind, ev.Position, err)
		}
		armed = append(armed, ds...)
	}
	return armed, nil
}

// private writes what is not derived from the log, and nothing else: a view must have its event.
func (b *batch) private(writes []store.Write) error {
	for _, w := range writes {
		if store.Derived(w.Key) {
			return fmt.Errorf("private write to a derived table at %q", w.Key)
		}
	}
	return b.write(writes)
}

// overwrite takes content out of the log and of what hangs on it, and changes nothing else.
func (b *batch) overwrite(writes []store.Write) error {
	for _, w := range writes {
		if !store.Overwritable(w.Key) {
			return fmt.Errorf("overwriting in another table at %q", w.Key)
		}
	}
	return b.write(writes)
}

func (b *batch) write(writes []store.Write) error {
	for _, w := range writes {
		write := b.overlay.Put
		if w.Value == nil {
			write = func(key, _ []byte) error { return b.overlay.Delete(key) }
		}
		if err := write(w.Key, w.Value); err != nil {
			return err
		}
	}
	return nil
}

// answerOf names the last event and what it belongs to: who has read the log up to there has seen all of the command,
// and a message comes after what it brings about. What is one person's alone has no event, but is of a conversation, too.
func answerOf(out *store.Outcome) protocol.Accepted {
	accepted := protocol.Accepted{Made: out.Made}
	if n := len(out.Events); n > 0 {
		last := &out.Events[n-1]
		accepted.Position, accepted.Conversation, accepted.Thread = last.Position, last.Conversation, last.Thread
	} else if n := len(out.Notices); n > 0 {
		accepted.Conversation, accepted.Thread = out.Notices[n-1].Conversation, out.Notices[n-1].Thread
	}
	return accepted
}

// refusalOf turns a failure of the store into what the author is told.
func refusalOf(err error) error {
	if errors.Is(err, store.ErrFull) {
		return errFull
	}
	return err
}
