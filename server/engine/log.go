package engine

import (
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

// appendEvent writes the event's log row and, for an item, its item row, which alone holds the body.
func appendEvent(tx store.Tx, ev *protocol.Frame) error {
	row := *ev
	if ev.Kind.IsItem() {
		if err := store.Items.Put(tx, *ev, store.Text(ev.Thread), store.Num(ev.Position)); err != nil {
			return err
		}
		row.Body = nil
	}
	return store.Log.Put(tx, row, store.Num(ev.Position))
}

// LastPosition is the position of the newest event; 0 where there is none.
func LastPosition(r store.Reader) (protocol.Position, error) {
	rng := store.Log.Under()
	rng.Reverse = true
	for row, err := range store.Log.Scan(r, rng) {
		return row.Position, err
	}
	return 0, nil
}

// Changes yields the events after a position, oldest first and whole: an item's body is read from its own row, and
// is missing where it was erased.
func Changes(r store.Reader, after protocol.Position) func(yield func(protocol.Frame, error) bool) {
	rng := store.Log.Under()
	rng.From = store.Log.Key(store.Num(after + 1))
	return func(yield func(protocol.Frame, error) bool) {
		want := after + 1
		for row, err := range store.Log.Scan(r, rng) {
			if err == nil && row.Position != want {
				err = fmt.Errorf("the log has %d where %d should be", row.Position, want)
			}
			if err == nil && row.Kind.IsItem() {
				row, err = store.Items.Get(r, store.Text(row.Thread), store.Num(row.Position))
			}
			if !yield(row, err) || err != nil {
				return
			}
			want++
		}
	}
}

// Replay applies a log to an empty store: the result has the same derived records.
func Replay(from store.Reader, into store.Store, w store.Workspace, d Domain) error {
	return into.View(func(base store.Reader) error {
		o := newOverlay(store.Scope(w, base))
		for ev, err := range Changes(from, 0) {
			if err != nil {
				return err
			}
			if err := appendEvent(o, &ev); err != nil {
				return err
			}
			if err := d.Apply(o, &ev); err != nil {
				return fmt.Errorf("apply %s at %d: %w", ev.Kind, ev.Position, err)
			}
		}
		writes := o.batch(w)
		for limits := into.Limits(); len(writes) > 0; {
			n, size := 0, 0
			for n < len(writes) && n < limits.MaxKeys && (n == 0 || size < limits.MaxBytes) {
				size += len(writes[n].Key) + len(writes[n].Value)
				n++
			}
			if err := into.Commit(writes[:n]); err != nil {
				return err
			}
			writes = writes[n:]
		}
		return nil
	})
}
