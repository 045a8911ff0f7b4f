package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// newLink makes a one-time link for a colleague who lost the first one, or the password. The window that will show it
// opens at once.
func (s *State) newLink(e *bridge.Event, fx *bridge.Effects) {
	o := s.Operator(protocol.OperatorID(e.Arg))
	if o == nil {
		return
	}
	s.show(Dialog{Kind: InvitedDialog, Operator: o.ID, Name: o.Name, Busy: true}, MemberButtonID(o.ID), fx)
	s.ask(fx, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: o.ID}, request{what: askInvite})
}

// Renews tells whether the link of InvitedDialog is for somebody who has an account already; Path is empty until it came.
func (d *Dialog) Renews() bool { return d.Kind == InvitedDialog && d.Operator != "" }

// awaits tells whether a window is open that a link for this operator belongs into. Of two that were asked for the later
// one replaces the other, which is dead by then.
func (d *Dialog) awaits(id protocol.OperatorID) bool {
	return d.Kind == InviteDialog || d.Renews() && d.Operator == id
}
