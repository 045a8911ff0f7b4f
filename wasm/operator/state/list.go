package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// List is the list of conversations: all rows held, and the numbers shown, in the order shown.
type List struct {
	// All shows the general list, else the active one.
	All bool
	// Shown is what the view draws, top first.
	Shown []protocol.Number
	// Unread, Active and Total are the server's figures.
	Unread, Active, Total int
	// Cursor is the row that Tab reaches; 0 is the first.
	Cursor protocol.Number

	rows  map[protocol.Number]*protocol.Row
	pages [2]page
	held  bool // the pointer is on the list: nothing moves under it
}

// page is how far down a list is held without a gap.
type page struct {
	loaded bool // a first page came
	more   bool // rows below the floor exist
	asked  bool // and were asked for
	at     int64
	number protocol.Number
}

// holdFor is how long a resting pointer keeps the order, in milliseconds.
const holdFor = 8000

func (l *List) page() *page { return &l.pages[index(l.All)] }

func index(all bool) int {
	if all {
		return 1
	}
	return 0
}

// Row finds a row; nil where it is not held.
func (l *List) Row(n protocol.Number) *protocol.Row { return l.rows[n] }

// Loading tells whether the list shown has no first page yet; More whether rows below are to be had.
func (l *List) Loading() bool { return !l.page().loaded }
func (l *List) More() bool    { return l.page().more }

// first takes the page that a welcome brings: everything else held is older than the connection.
func (l *List) first(in *protocol.Inbox) {
	l.rows = make(map[protocol.Number]*protocol.Row, len(in.Rows))
	l.pages = [2]page{}
	l.take(in)
	l.extend(false, in)
}

// take puts changed rows and figures in, and lets go of what is gone.
func (l *List) take(in *protocol.Inbox) {
	for i := range in.Rows {
		row := in.Rows[i]
		l.rows[row.Number] = &row
	}
	for _, n := range in.Gone {
		delete(l.rows, n)
	}
	l.Unread, l.Active, l.Total = in.Unread, in.Active, in.All
	l.arrange()
}

// extend notes that a page reaches down to its last row.
func (l *List) extend(all bool, in *protocol.Inbox) {
	p := &l.pages[index(all)]
	p.loaded, p.asked, p.more = true, false, in.More
	if n := len(in.Rows); n > 0 {
		p.at, p.number = in.Rows[n-1].LastAt, in.Rows[n-1].Number
	}
	l.arrange()
}

// arrange puts the rows shown in order. While the pointer rests on the list only what is gone changes.
func (l *List) arrange() {
	p := l.page()
	next := make([]protocol.Number, 0, len(l.rows))
	if l.held {
		for _, n := range l.Shown {
			if l.rows[n] != nil {
				next = append(next, n)
			}
		}
		l.Shown = next
		return
	}
	for n, row := range l.rows {
		if !l.All && row.Activity != protocol.Active || p.more && below(row, p) {
			continue
		}
		next = append(next, n)
	}
	slices.SortFunc(next, func(a, b protocol.Number) int { return order(l.rows[a], l.rows[b]) })
	l.Shown = next
}

// below tells whether a row lies under the floor, where rows between are not held.
func below(row *protocol.Row, p *page) bool {
	return row.LastAt < p.at || row.LastAt == p.at && row.Number < p.number
}

// order sorts the newest first.
func order(a, b *protocol.Row) int {
	switch {
	case a.LastAt != b.LastAt && a.LastAt > b.LastAt, a.LastAt == b.LastAt && a.Number > b.Number:
		return -1
	}
	return 1
}

// askBelow is the command for the next page of the list shown; nil where there is none or it is on its way.
func (l *List) askBelow() *protocol.InboxRead {
	p := l.page()
	if p.asked || p.loaded && !p.more {
		return nil
	}
	p.asked = true
	return &protocol.InboxRead{Before: p.at, BeforeNumber: p.number, Completed: l.All}
}

// step finds the row so many places from the cursor, staying inside.
func (l *List) step(from protocol.Number, by int) protocol.Number {
	if len(l.Shown) == 0 {
		return 0
	}
	at := slices.Index(l.Shown, from)
	if at < 0 {
		return l.Shown[0]
	}
	return l.Shown[min(max(at+by, 0), len(l.Shown)-1)]
}

// Reached is the row that Tab reaches.
func (l *List) Reached() protocol.Number {
	if slices.Contains(l.Shown, l.Cursor) {
		return l.Cursor
	}
	if len(l.Shown) > 0 {
		return l.Shown[0]
	}
	return 0
}

// RowID is the id of a row's link.
func RowID(n protocol.Number) string { return "row-" + n.String() }

func (s *State) showAll(e *bridge.Event, fx *bridge.Effects) {
	s.List.All = e.Arg == "all"
	s.List.held = false
	s.List.arrange()
	if s.List.Loading() {
		s.readList(fx)
	}
}

func (s *State) listScrolled(e *bridge.Event, fx *bridge.Effects) {
	if ends(e.Text) && s.List.page().loaded {
		s.readList(fx)
		return
	}
	fx.Still()
}

func (s *State) readList(fx *bridge.Effects) {
	if ask := s.List.askBelow(); ask != nil {
		word := ""
		if s.List.All {
			word = "all"
		}
		s.ask(fx, protocol.KindInboxRead, ask, request{what: askInbox, word: word})
	}
}

// listHeld keeps the order while the pointer is on the list.
func (s *State) listHeld(_ *bridge.Event, fx *bridge.Effects) {
	if !s.List.held {
		fx.Timer(timerHold, holdFor)
	}
	s.List.held = true
	fx.Still()
}

func (s *State) listFreed(_ *bridge.Event, fx *bridge.Effects) {
	s.List.free()
	fx.CancelTimer(timerHold)
}

func (l *List) free() {
	if l.held {
		l.held = false
		l.arrange()
	}
}

func (s *State) listKey(e *bridge.Event, fx *bridge.Effects) {
	l := &s.List
	by := 0
	switch e.Text {
	case "ArrowDown":
		by = 1
	case "ArrowUp":
		by = -1
	case "PageDown":
		by = 8
	case "PageUp":
		by = -8
	case "Home":
		by = -len(l.Shown)
	case "End":
		by = len(l.Shown)
	}
	if by == 0 || e.A&(bridge.Ctrl|bridge.Alt|bridge.Meta|bridge.Shift) != 0 {
		fx.PassOn()
		return
	}
	fx.Prevent()
	s.moveCursor(fx, by)
}

func (s *State) moveCursor(fx *bridge.Effects, by int) {
	l := &s.List
	l.free()
	if l.Cursor == 0 && s.Route.Number != 0 {
		l.Cursor = s.Route.Number
	}
	if n := l.step(l.Cursor, by); n != 0 {
		l.Cursor = n
		fx.Focus(RowID(n))
		fx.ScrollTo(RowID(n), false)
	}
}

func (s *State) rowFocused(e *bridge.Event, fx *bridge.Effects) {
	n := number(e.Arg)
	if n == 0 || n == s.List.Cursor {
		fx.Still()
		return
	}
	s.List.Cursor = n
}
