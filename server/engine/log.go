package engine

import (
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

// appendErased writes the log row of an item whose content was erased: there is no other.
func appendErased(tx store.Tx, ev *protocol.Frame) error {
	return store.Log.Put(tx, *ev, store.Num(ev.Position))
}

// appendEvent writes the event's log row and, for an item, its item row. An item is stored once: its log row says only
// where it is.
func appendEvent(tx store.Tx, ev *protocol.Frame) error {
	if !ev.Kind.IsItem() {
		return store.Log.Put(tx, *ev, store.Num(ev.Position))
	}
	if ev.Thread == "" || ev.Conversation == 0 {
		return fmt.Errorf("%s belongs to no conversation", ev.Kind)
	}
	if err := store.Items.Put(tx, *ev, store.Text(ev.Thread), store.Num(ev.Position)); err != nil {
		return err
	}
	row := protocol.Frame{Kind: ev.Kind, Position: ev.Position, Thread: ev.Thread}
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

// Changes yields the events after a position, oldest first and whole: items are read from their own rows, erased ones
// come without their content.
func Changes(r store.Reader, after protocol.Position) func(yield func(protocol.Frame, error) bool) {
	return func(yield func(protocol.Frame, error) bool) {
		for row, err := range rows(r, after) {
			if err == nil {
				row, err = store.Whole(r, &row)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// rows yields the rows of the log after a position.
func rows(r store.Reader, after protocol.Position) func(yield func(protocol.Frame, error) bool) {
	rng := store.Log.Under()
	rng.From = store.Log.Key(store.Num(after + 1))
	return func(yield func(protocol.Frame, error) bool) {
		want := after + 1
		for row, err := range store.Log.Scan(r, rng) {
			if err == nil && row.Position != want {
				err = fmt.Errorf("the log has %d where %d should be", row.Position, want)
			}
			if !yield(row, err) || err != nil {
				return
			}
			want++
		}
	}
}
