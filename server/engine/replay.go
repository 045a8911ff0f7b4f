package engine

import (
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

// Replay applies a log to an empty store: its derived records become the same, byte for byte.
func Replay(from store.Reader, into store.Store, w store.Workspace, d Domain) error {
	for after, more := protocol.Position(0), true; more; {
		err := into.View(func(base store.Reader) (err error) {
			o := newOverlay(store.Scope(w, base), into.Limits(), 0)
			if after, more, err = replayInto(o, from, after, d); err != nil {
				return err
			}
			return into.Commit(o.batch(w))
		})
		if err != nil {
			return fmt.Errorf("replay after %d: %w", after, err)
		}
	}
	return nil
}

// replayInto applies as many events as one commit takes.
func replayInto(o *overlay, from store.Reader, after protocol.Position, d Domain) (_ protocol.Position, more bool, err error) {
	for row, err := range rows(from, after) {
		if err != nil {
			return after, false, err
		}
		if o.filled() {
			return after, true, nil
		}
		ev, err := store.Whole(from, &row)
		if err != nil {
			return after, false, err
		}
		write := appendEvent
		if store.IsErased(&row) {
			write = appendErased
		}
		if err := write(o, &ev); err != nil {
			return after, false, err
		}
		if err := d.Apply(o, &ev); err != nil {
			return after, false, fmt.Errorf("apply %s at %d: %w", ev.Kind, ev.Position, err)
		}
		o.keep()
		after = ev.Position
	}
	return after, false, nil
}
