package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// closeTalk closes the open conversation; a toast offers to undo it.
func (s *State) closeTalk(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayEnd() || t.Row.Status == protocol.Closed {
		return
	}
	s.Menu = NoMenu
	s.closeNumber(t.Number, fx)
}

// closeRow closes a conversation from the list; Arg is its number.
func (s *State) closeRow(e *bridge.Event, fx *bridge.Effects) {
	n := number(e.Arg)
	if row := s.RowOf(n); row != nil && row.MayWrite && row.MayEnd && row.Status != protocol.Closed {
		fx.Focus(RowID(n))
		s.closeNumber(n, fx)
	}
}

func (s *State) closeNumber(n protocol.Number, fx *bridge.Effects) {
	last := s.lastSeen(n)
	s.ask(fx, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: n, Last: last},
		request{what: askClose, number: n, word: string(protocol.Closed), last: last, was: s.standing(n)})
}

func (s *State) reopen(_ *bridge.Event, fx *bridge.Effects) {
	n := s.Route.Number
	s.Menu = NoMenu
	s.Toast = Toast{}
	if n != 0 {
		s.ask(fx, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: n},
			request{what: askStatus, number: n})
	}
}

// Toast is a short word about what was done. The zero value shows nothing.
type Toast struct {
	Text string
	// Undo is the conversation that the toast's button brings back to where it stood; 0 has no button.
	Undo protocol.Number
	// To is a conversation that the toast leads to; 0 for none.
	To protocol.Number
	// Bad: something failed.
	Bad  bool
	till int64
	was  standing          // of Undo
	last protocol.Position // that was looked at then
}

// ToastID is the id of the toast, for F6.
const (
	ToastID  = "toast"
	toastFor = 8000
)

func (s *State) toast(t Toast, fx *bridge.Effects) {
	t.till = s.Now + toastFor
	s.Toast = t
	fx.Timer(timerToast, toastFor)
}

func (s *State) toastDismissed(_ *bridge.Event, fx *bridge.Effects) {
	s.Toast = Toast{}
	fx.CancelTimer(timerToast)
}

// toastHeld stops its time while somebody reads it, toastFreed lets it run again.
func (s *State) toastHeld(_ *bridge.Event, fx *bridge.Effects) {
	fx.CancelTimer(timerToast)
	fx.Still()
}
func (s *State) toastFreed(_ *bridge.Event, fx *bridge.Effects) {
	fx.Timer(timerToast, toastFor/2)
	fx.Still()
}
