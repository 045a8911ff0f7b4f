package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// scroll is where the list's box stands, in hundredths of rem.
type scroll struct {
	top, high int
	step      int // counts up where the box has to go to top
	reach     int // the place that a key went to and that is not held yet, from 1; 0 for none
}

// RowHeight is how high a row is, in hundredths of rem; the style sheet says the same, and a test holds them equal.
const RowHeight = 540

const (
	usualHigh = 6000 // of a box that did not say yet
	margin    = 6    // rows drawn beyond the screen
)

// Top is where the box is, and the step that its place was set in last.
func (l *List) Top() (top, step int) { return l.top, l.step }

// Rem is a length in hundredths of rem as a style says it.
func Rem(hundredths int) string {
	cents := itoa(hundredths % 100)
	if len(cents) < 2 {
		cents = "0" + cents
	}
	return itoa(hundredths/100) + "." + cents + "rem"
}

// Window is which places of the list are drawn: from first up to last, without it. It moves in steps of a few rows.
func (l *List) Window() (first, last int) {
	high := l.high
	if high == 0 {
		high = usualHigh
	}
	first = max(l.top/RowHeight-margin, 0) / 4 * 4
	last = (l.top+high)/RowHeight + 1 + margin
	last = (last + 3) / 4 * 4
	return min(first, l.Total), min(last, l.Total)
}

// seen are the places in view.
func (l *List) seen() (first, last int) {
	high := l.high
	if high == 0 {
		high = usualHigh
	}
	return min((l.top+RowHeight-1)/RowHeight, l.Total), min((l.top+high)/RowHeight, l.Total)
}

// keepInView lets rows above the screen come and go without moving what is in view. Who is at the top sees what is new.
func (l *List) keepInView(c *change, do func()) {
	anchor, was := protocol.Number(0), 0
	if l.top >= RowHeight {
		first, last := l.seen()
		for i := first; i < last && anchor == 0; i++ {
			n := l.At(i)
			if n != 0 && (c == nil || !slices.ContainsFunc(c.rows, func(r protocol.Row) bool { return r.Number == n }) && !slices.Contains(c.left, n)) {
				anchor, was = n, i
			}
		}
	}
	do()
	if now := l.place(anchor); now >= 0 && now != was {
		l.top, l.step = max(l.top+(now-was)*RowHeight, 0), l.step+1
	}
}

// show moves the box as little as brings a place into view.
func (l *List) show(i int) {
	high := l.high
	if high == 0 {
		high = usualHigh
	}
	switch {
	case i*RowHeight < l.top:
		l.top, l.step = i*RowHeight, l.step+1
	case (i+1)*RowHeight > l.top+high:
		l.top, l.step = (i+1)*RowHeight-high, l.step+1
	}
}

// Reached is the row that Tab reaches, and that the letters mean: the cursor's while it is drawn, else the first in view;
// 0 where none is.
func (s *State) Reached() protocol.Number {
	if !s.Finding() {
		return s.List.reached()
	}
	found := s.Found()
	switch {
	case slices.Contains(found, s.List.Cursor):
		return s.List.Cursor
	case len(found) > 0:
		return found[0]
	}
	return 0
}

func (l *List) reached() protocol.Number {
	first, last := l.Window()
	if at := l.place(l.Cursor); at >= first && at < last {
		return l.Cursor
	}
	from, _ := l.seen()
	for i := from; i < last; i++ {
		if n := l.At(i); n != 0 {
			return n
		}
	}
	return l.At(first)
}

// RowID is the id of a row's link.
func RowID(n protocol.Number) string { return "row-" + n.String() }

func (s *State) listScrolled(e *bridge.Event, fx *bridge.Effects) {
	l := &s.List
	first, last := l.Window()
	l.top, l.high = max(int(e.A), 0), int(e.B)
	s.page0(fx)
	if a, b := l.Window(); a == first && b == last {
		fx.Still()
	}
}

// page0 asks for the rows that the screen lacks.
func (s *State) page0(fx *bridge.Effects) {
	if s.line.link == nil || !s.Welcomed {
		return
	}
	if ask := s.List.missing(s.Now); ask != nil {
		s.ask(fx, protocol.KindInboxRead, ask, request{what: askInbox})
	}
}

func (s *State) listKey(e *bridge.Event, fx *bridge.Effects) {
	l := &s.List
	page := max(l.high/RowHeight-1, 1)
	by := map[string]int{"ArrowDown": 1, "ArrowUp": -1, "PageDown": page, "PageUp": -page, "Home": -l.Total, "End": l.Total}[e.Text]
	if by == 0 || e.A&(bridge.Ctrl|bridge.Alt|bridge.Meta|bridge.Shift) != 0 {
		fx.PassOn()
		return
	}
	fx.Prevent()
	s.moveCursor(fx, by)
}

// moveCursor goes so many rows on, staying inside. A row that is not held gets focus when it comes.
func (s *State) moveCursor(fx *bridge.Effects, by int) {
	l := &s.List
	l.free()
	if s.Finding() {
		s.goFound(fx, by)
		return
	}
	if l.Total == 0 || len(l.held) == 0 {
		return
	}
	if l.Cursor == 0 && s.Route.Number != 0 {
		l.Cursor = s.Route.Number
	}
	at := l.place(l.Cursor)
	switch {
	case l.reach > 0:
		at = l.reach - 1
	case at < 0:
		at, _ = l.seen()
		if by == 1 || by == -1 {
			by = 0 // the first key goes to the first row in view
		}
	}
	to := min(max(at+by, 0), l.Total-1)
	l.show(to)
	l.reach = to + 1
	s.reachRow(fx)
	s.page0(fx)
}

// reachRow gives focus to the row that a key went to, as soon as it is held.
func (s *State) reachRow(fx *bridge.Effects) {
	l := &s.List
	if l.reach == 0 {
		return
	}
	if n := l.At(l.reach - 1); n != 0 {
		l.Cursor, l.reach = n, 0
		fx.Focus(RowID(n))
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
