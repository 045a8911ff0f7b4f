package state

import (
	"beseda/protocol"
)

// List is the list of conversations as this console looks at it. Of a long one it holds the rows around what is on
// screen, and knows where in the whole they stand.
type List struct {
	Look
	// InForce is the order that the server sorts by; Limits: the processing order may be chosen.
	InForce protocol.Order
	Limits  bool
	// Failed: the list that is looked for did not come, and what is held is of another one.
	Failed Problem
	// Total counts the list; Unread, Active and All are the server's other figures.
	Total, Unread, Active, All int
	// Tags count the list's conversations per tag while the filter window is open; Views count the views.
	Tags  []protocol.TagCount
	Views map[protocol.ViewID]int
	// Cursor is the row that Tab reaches; 0 is the first on screen.
	Cursor protocol.Number

	view protocol.ViewID   // the saved view that was chosen; the list may have been changed since
	base int               // where in the list the first row held stands
	held []protocol.Number // without a gap; 0 is a row that left under the pointer
	rows map[protocol.Number]*protocol.Row
	// aside are rows of conversations that are watched and not of the list.
	aside map[protocol.Number]*protocol.Row

	lens    int // what the rows held are of
	asked   int // the lens that was asked for last
	lenses  int // numbers given so far
	loaded  bool
	paging  bool   // a page is on its way
	below   int    // of that page: where the row stands that it begins below; -1 for one by its place
	more    bool   // rows below those held exist
	adrift  bool   // base is not sure any more
	aligned int64  // when it was asked for last
	still   bool   // the pointer is on the list: nothing moves under it
	mouse   bool   // and it is a mouse, which may rest there as long as it likes
	box     box    // where it can be
	waiting change // what came meanwhile

	scroll
}

// Look is what a list shows: a filter and the order that was chosen, "" for the default.
type Look struct {
	Filter protocol.Filter
	Order  protocol.Order
}

// Row finds a row; nil where it is not held.
func (l *List) Row(n protocol.Number) *protocol.Row {
	if row := l.rows[n]; row != nil {
		return row
	}
	return l.aside[n]
}

// each visits the rows held, and those that wait for the pointer to go.
func (l *List) each(visit func(*protocol.Row)) {
	for _, row := range l.rows {
		visit(row)
	}
	for i := range l.waiting.rows {
		if row := &l.waiting.rows[i]; l.rows[row.Number] == nil {
			visit(row)
		}
	}
	for _, row := range l.aside {
		visit(row)
	}
}

// At is the number of the row at a place of the list; 0 where it is not held.
func (l *List) At(i int) protocol.Number {
	if i -= l.base; i >= 0 && i < len(l.held) {
		return l.held[i]
	}
	return 0
}

// place is where a row stands in the list; -1 where it is not held.
func (l *List) place(n protocol.Number) int {
	for i, m := range l.held {
		if m == n && n != 0 {
			return l.base + i
		}
	}
	return -1
}

// Loading tells whether the list has no first page yet.
func (l *List) Loading() bool { return !l.loaded }

// Changing tells whether another list was asked for and has not come.
func (l *List) Changing() bool { return l.loaded && l.asked != l.lens }

// order sorts as the server does.
func (l *List) order(a, b *protocol.Row) int {
	if l.InForce == protocol.OrderProcessing && (a.AwaitingSince != 0 || b.AwaitingSince != 0) {
		switch {
		case b.AwaitingSince == 0:
			return -1
		case a.AwaitingSince == 0:
			return 1
		case a.AwaitingSince != b.AwaitingSince:
			return less(a.AwaitingSince < b.AwaitingSince)
		}
		return less(a.Number < b.Number)
	}
	if a.LastAt != b.LastAt {
		return less(a.LastAt > b.LastAt)
	}
	return less(a.Number > b.Number)
}

func less(is bool) int {
	if is {
		return -1
	}
	return 1
}

// resorted takes what is said of the order, and tells whether it is another than that of the rows held.
func (l *List) resorted(in *protocol.Inbox) bool {
	if in.Order == "" || in.Lens != l.lens || !l.loaded {
		return false
	}
	l.Limits = in.Limits
	return in.Order != l.InForce
}

// figures takes the numbers above a list.
func (l *List) figures(in *protocol.Inbox) {
	l.Unread, l.Active, l.All = in.Unread, in.Active, in.All
	for _, v := range in.Views {
		if l.Views == nil {
			l.Views = make(map[protocol.ViewID]int)
		}
		l.Views[v.View] = v.Count
	}
	if in.Lens != l.lens {
		return
	}
	l.Total = in.Total
	if in.Tags != nil {
		l.Tags = in.Tags
	}
}
