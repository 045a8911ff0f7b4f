package state

import "beseda/protocol"

// MayEnter tells whether this operator may open a place. It only spares them a page full of refusals: the server asks
// again for each thing that is done there.
func (s *State) MayEnter(place Place) bool {
	switch place {
	case AtTeam, AtAudit:
		return s.Admin()
	case AtChannels, AtRules, AtTags:
		return s.May(protocol.RightSettings)
	}
	return true
}

// Settings tells whether a place is one of those that settings lead to.
func (p Place) Settings() bool {
	switch p {
	case AtTeam, AtAudit, AtChannels, AtRules, AtTags, AtReplies:
		return true
	}
	return false
}
