package eventlist

import (
	"errors"

	"beseda/protocol"
	"beseda/store"
)

// skew is by how much times in the log may lie out of order, in milliseconds: a clock that was set back.
const skew = 24 * 3600_000

// start is the position below which a page begins, 0 for the end of the log. Where the newest events are too new it
// looks for a place between, by halving, instead of walking there.
func (l *list) start() (protocol.Position, error) {
	before := l.filter.Before
	if l.filter.Until == 0 {
		return before, nil
	}
	high := before
	if high == 0 {
		rng := store.Log.Under()
		rng.Reverse = true
		for row, err := range store.Log.Scan(l.r, rng) {
			if err != nil {
				return 0, err
			}
			high = row.Position + 1
			break
		}
	}
	low := protocol.Position(1) // all before it are old enough
	for low < high {
		middle := low + (high-low)/2
		row, err := store.Log.Get(l.r, store.Num(middle))
		if errors.Is(err, store.ErrNotFound) {
			return before, nil
		}
		if err != nil {
			return 0, err
		}
		ev, err := store.Whole(l.r, &row)
		if err != nil {
			return 0, err
		}
		if ev.At <= l.filter.Until+skew {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return high, nil
}
