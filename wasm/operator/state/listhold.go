package state

import "beseda/wasm/bridge"

// The pointer over the list: under it nothing moves.

// holdFor is how long a finger keeps the order, in milliseconds: one that is never lifted was forgotten by the page.
const holdFor = 8000

// box is what a pointer can be over.
type box uint8

const (
	noBox box = iota
	listBox
	foundBox
)

// listHeld keeps the order while the pointer is on the list: as long as a mouse rests there.
func (s *State) listHeld(e *bridge.Event, fx *bridge.Effects) {
	l := &s.List
	if l.still, l.mouse = true, e.B == 0; l.mouse {
		fx.CancelTimer(timerHold)
	} else {
		fx.Timer(timerHold, holdFor)
	}
	fx.Still()
}

func (s *State) listFreed(_ *bridge.Event, fx *bridge.Effects) {
	s.List.release()
	fx.CancelTimer(timerHold)
	s.page0(fx)
}

// Fresh is how many conversations wait to come into the list until the mouse that rests there goes. Those on screen say
// by themselves what they are by now.
func (l *List) Fresh() (n int) {
	if !l.mouse {
		return 0
	}
	for i := range l.waiting.rows {
		if l.rows[l.waiting.rows[i].Number] == nil {
			n++
		}
	}
	return n
}

// listCaughtUp shows them, though the mouse rests there still.
func (s *State) listCaughtUp(_ *bridge.Event, fx *bridge.Effects) {
	l := &s.List
	l.free()
	l.top, l.step = 0, l.step+1
	s.page0(fx)
}

// fingerGone lets the list move where a finger held it for too long.
func (s *State) fingerGone(fx *bridge.Effects) {
	if !s.List.mouse {
		s.List.release()
		s.page0(fx)
	}
}

// release lets the list move again, whatever was on it.
func (l *List) release() {
	l.mouse = false
	l.free()
}

// followBox lets the list move where its box went from under the pointer, which no page tells.
func (s *State) followBox() {
	now := noBox
	switch {
	case s.Route.Place != AtInbox || s.List.Loading() || s.Stage != SignedIn:
	case s.Finding():
		if len(s.Found()) > 0 {
			now = foundBox
		}
	case s.List.Total > 0:
		now = listBox
	}
	if l := &s.List; now != l.box {
		l.box = now
		l.release()
	}
}
