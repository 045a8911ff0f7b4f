package state

import (
	"slices"

	"beseda/protocol"
)

// May tells whether this operator has a right. What the screen offers follows it; what happens the server decides.
func (s *State) May(right protocol.Right) bool {
	if s.Admin() {
		return true
	}
	rights := s.Me.Rights
	if o := s.Operator(s.Me.ID); o != nil {
		rights = o.Rights
	}
	return slices.Contains(rights, right)
}
