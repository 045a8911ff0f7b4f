package state

import (
	"slices"

	"beseda/protocol"
)

// maxHeld is how many rows are held at most; those far from the screen are let go of.
const maxHeld = 400

// start takes the first page of a list, in place of whatever was held.
func (l *List) start(in *protocol.Inbox) {
	l.lens, l.loaded, l.paging, l.adrift, l.Failed = in.Lens, true, false, false, Problem{}
	l.still, l.waiting = l.mouse, change{}
	l.InForce, l.Limits, l.more = in.Order, in.Limits, in.More
	l.Tags = nil
	l.figures(in)
	l.rows = make(map[protocol.Number]*protocol.Row, len(in.Rows))
	l.held, l.base = l.put(in.Rows), in.Offset
	if l.Total < l.base+len(l.held) {
		l.Total = l.base + len(l.held)
	}
}

// put keeps rows and answers their numbers.
func (l *List) put(rows []protocol.Row) []protocol.Number {
	numbers := make([]protocol.Number, 0, len(rows))
	for i := range rows {
		row := rows[i]
		l.rows[row.Number] = &row
		delete(l.aside, row.Number)
		numbers = append(numbers, row.Number)
	}
	return numbers
}

// page takes a page of the list that was asked for, and joins it with what is held where that leaves no gap.
func (l *List) page(in *protocol.Inbox) {
	l.paging = false
	if in.Lens != l.lens {
		return
	}
	l.figures(in)
	l.keepInView(nil, func() {
		if len(in.Rows) == 0 {
			if l.below >= 0 && l.below == l.base+len(l.held)-1 {
				l.more = false
			}
			l.Total = min(l.Total, in.Offset)
			return
		}
		l.join(in)
	})
	l.trim()
}

func (l *List) join(in *protocol.Inbox) {
	old := l.held
	fresh := l.put(in.Rows)
	joined := l.below >= 0 && l.below == l.base+len(old)-1
	for _, n := range fresh {
		joined = joined || slices.Contains(old, n) && !l.waiting.has(n) // one that waits to move stands where it was
	}
	first, last := l.rows[fresh[0]], l.rows[fresh[len(fresh)-1]]
	var above, below []protocol.Number
	for _, n := range old {
		switch row := l.rows[n]; {
		case row == nil || slices.Contains(fresh, n):
		case joined && l.order(row, first) < 0:
			above = append(above, n)
		case joined && in.More && l.order(row, last) > 0:
			below = append(below, n)
		default:
			delete(l.rows, n)
		}
	}
	if !in.More {
		l.Total = in.Offset + len(fresh)
	}
	if len(below) == 0 {
		l.more = in.More
	}
	l.held, l.base = slices.Concat(above, fresh, below), max(in.Offset-len(above), 0)
	l.adrift = false
}

// trim lets go of rows far from the screen.
func (l *List) trim() {
	if len(l.held) <= maxHeld {
		return
	}
	first, _ := l.Window()
	from := min(max(first-l.base-maxHeld/2, 0), len(l.held)-maxHeld)
	for i, n := range l.held {
		if i < from || i >= from+maxHeld {
			delete(l.rows, n)
		}
	}
	l.more = l.more || from+maxHeld < len(l.held)
	l.held = slices.Clone(l.held[from : from+maxHeld])
	l.base += from
}

// missing is the question for the rows on screen, or soon on it, that are not held; nil where all are, or a page is on its
// way.
func (l *List) missing(now int64) *protocol.InboxRead {
	if !l.loaded || l.paging || l.asked != l.lens {
		return nil
	}
	first, last := l.Window()
	end := l.base + len(l.held)
	ask := &protocol.InboxRead{Lens: l.lens, Limit: protocol.InboxPage}
	l.below = -1
	switch {
	case len(l.held) == 0 || first > end || last < l.base: // far from what is held
		if last <= first {
			return nil
		}
		ask.Offset = max(first-protocol.InboxPage/3, 0)
	case last+ahead > end && l.more:
		l.below = end - 1
		ask.Below, ask.Offset = l.held[len(l.held)-1], end
		if ask.Below == 0 { // it left under the pointer
			l.below = -1
		}
	case first < l.base+ahead && l.base > 0:
		ask.Offset = max(l.base-protocol.InboxPage+overlap, 0)
		ask.Limit = l.base - ask.Offset + overlap
	case l.adrift && l.base > 0 && now-l.aligned >= alignEvery:
		l.aligned = now
		l.below = l.base
		ask.Below, ask.Offset = l.held[0], l.base+1
		ask.Limit = overlap
	default:
		return nil
	}
	l.paging = true
	return ask
}

const (
	ahead   = 20 // rows beyond the screen that are asked for early
	overlap = 5  // rows of a page above that are held already, to see where it joins

	alignEvery = 1000 // ms between questions where the rows held stand
)
