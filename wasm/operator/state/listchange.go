package state

import (
	"slices"

	"beseda/protocol"
)

// change is what the server says happened to a list: see protocol.Inbox.
type change struct {
	rows  []protocol.Row
	left  []protocol.Number
	total int
	some  bool // something waits at all
}

// change takes rows that changed. What is gone leaves at once; everything else waits while the pointer rests on the list,
// but for what the rows on screen say.
func (l *List) change(in *protocol.Inbox) {
	for _, n := range in.Gone {
		l.blank(n)
	}
	for i := range in.Beside {
		l.putAside(in.Beside[i])
	}
	before := l.Total
	l.figures(in)
	if in.Lens != l.lens {
		return
	}
	c := change{rows: in.Rows, left: slices.Concat(in.Left, in.Gone), total: in.Total}
	if !l.still {
		l.apply(&c, before)
		return
	}
	l.Total = before
	for _, row := range slices.Concat(c.rows, in.Beside) { // what leaves says what it is by now, too
		if l.rows[row.Number] != nil {
			l.rows[row.Number] = &row
		}
	}
	l.waiting.add(&c)
}

// putAside keeps a row that is not of the list, while that is of use: somebody waits in it, or it is on screen.
func (l *List) putAside(row protocol.Row) {
	if l.aside == nil {
		l.aside = make(map[protocol.Number]*protocol.Row)
	}
	if len(l.aside) >= maxAside {
		clear(l.aside)
	}
	l.aside[row.Number] = &row
}

// maxAside bounds them: what is open on screen keeps its own.
const maxAside = 200

// add joins a later change to this one.
func (c *change) add(next *change) {
	c.total, c.some = next.total, true
	c.without(next.left)
	for _, row := range next.rows {
		c.without([]protocol.Number{row.Number})
		c.left = slices.DeleteFunc(c.left, func(n protocol.Number) bool { return n == row.Number })
		c.rows = append(c.rows, row)
	}
	c.left = append(c.left, next.left...)
}

func (c *change) has(n protocol.Number) bool {
	return slices.ContainsFunc(c.rows, func(r protocol.Row) bool { return r.Number == n })
}

func (c *change) without(numbers []protocol.Number) {
	c.rows = slices.DeleteFunc(c.rows, func(r protocol.Row) bool { return slices.Contains(numbers, r.Number) })
}

// blank takes everything of a row away and leaves its place, so that nothing moves.
func (l *List) blank(n protocol.Number) {
	delete(l.rows, n)
	delete(l.aside, n)
	for i, m := range l.held {
		if m == n {
			l.held[i] = 0
		}
	}
	l.waiting.without([]protocol.Number{n})
}

// drop closes the place of a row.
func (l *List) drop(n protocol.Number) {
	delete(l.rows, n)
	i := slices.Index(l.held, n)
	if i < 0 {
		i = slices.Index(l.held, 0)
	}
	if i >= 0 {
		l.held = slices.Delete(l.held, i, i+1)
	}
}

func (l *List) apply(c *change, before int) {
	l.keepInView(c, func() {
		for _, n := range c.left {
			l.drop(n)
		}
		was := make(map[protocol.Number]bool)
		for i := range c.rows {
			n := c.rows[i].Number
			if at := slices.Index(l.held, n); at >= 0 {
				l.held, was[n] = slices.Delete(l.held, at, at+1), true
			}
			delete(l.rows, n)
		}
		l.Total = c.total
		whole := l.base+len(l.held)+len(c.rows) >= c.total
		fresh := c.total - before + len(c.left) // how many may be new to the list
		for i := range c.rows {
			row := c.rows[i]
			if above := l.insert(&row, whole); above && (was[row.Number] || fresh > 0) {
				l.base++
			}
			if !was[row.Number] {
				fresh--
			}
		}
		l.Total = max(c.total, l.base+len(l.held))
		l.adrift = l.base > 0 // what moved from above to below, or back, is not known
	})
	l.trim()
}

// insert puts a row where it belongs among those held, and tells whether it belongs above them.
func (l *List) insert(row *protocol.Row, whole bool) (above bool) {
	at, _ := slices.BinarySearchFunc(l.held, row, func(n protocol.Number, r *protocol.Row) int { return l.order(l.rows[n], r) })
	switch {
	case at == 0 && l.base > 0:
		return true
	case at == len(l.held) && at > 0 && !whole:
		return false // below, next to rows that are not held
	}
	l.held = slices.Insert(l.held, at, row.Number)
	l.rows[row.Number] = row
	delete(l.aside, row.Number)
	return false
}

// free makes up for what waited, and lets the list move again unless a mouse rests on it.
func (l *List) free() {
	if !l.still {
		return
	}
	l.still = l.mouse
	c := l.waiting
	l.waiting = change{}
	blanks := len(l.held)
	l.held = slices.DeleteFunc(l.held, func(n protocol.Number) bool { return n == 0 })
	blanks -= len(l.held)
	if c.some {
		l.apply(&c, l.Total-blanks)
	}
}
