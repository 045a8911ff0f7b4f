package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// A finger that rests on a row selects it, as X and the box do.

// pressFor is how long it rests, in milliseconds.
const pressFor = 500

// press is a finger on a row; done: it has selected it.
type press struct {
	row  protocol.Number
	done bool
}

func (s *State) rowPressed(e *bridge.Event, fx *bridge.Effects) {
	fx.Still()
	if s.press = (press{}); e.B == 1 {
		s.press.row = number(e.Arg)
		fx.Timer(timerPress, pressFor)
	}
}

// rowLeft: the finger was lifted, or began to scroll. The click that some browsers send after a long press comes at once.
func (s *State) rowLeft(_ *bridge.Event, fx *bridge.Effects) {
	fx.Still()
	switch {
	case s.press.done:
		fx.Timer(timerPress, pressFor)
	case s.press.row != 0:
		s.press = press{}
		fx.CancelTimer(timerPress)
	}
}

// pressed selects the row that the finger rests on.
func (s *State) pressed(fx *bridge.Effects) {
	switch {
	case s.press.done:
		s.press = press{}
	case s.press.row != 0:
		s.press.done = true
		s.toggleRow(s.press.row)
		s.selected(fx)
	}
}

// rowMenu keeps the browser's menu away where a finger asks for it; a mouse gets it.
func (s *State) rowMenu(e *bridge.Event, fx *bridge.Effects) {
	if e.B == 0 {
		fx.Still()
		return
	}
	fx.Prevent()
	if !s.press.done {
		s.press.row = number(e.Arg)
		fx.CancelTimer(timerPress)
		s.pressed(fx)
	}
}

// pressedClick tells whether a click on a row is the end of a press that selected it.
func (s *State) pressedClick(r Route) bool {
	if !s.press.done || r.Place != AtInbox || r.Number != s.press.row {
		return false
	}
	s.press = press{}
	return true
}
