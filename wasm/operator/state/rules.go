package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// readPolicies asks how conversations behave: the windows and the settings page go by it.
func (s *State) readPolicies(fx *bridge.Effects) {
	s.ask(fx, protocol.KindPoliciesRead, &protocol.PoliciesRead{}, request{what: askPolicies})
}

// policiesCame takes the table, and the settings page follows it.
func (s *State) policiesCame(p *protocol.Policies) {
	s.Policies = *p
	s.Rules.follow(s)
}

// valueOf finds a key in a list of values.
func valueOf(values []protocol.PolicyValue, key string) string {
	for i := range values {
		if values[i].Key == key {
			return values[i].Value
		}
	}
	return ""
}

// Policy is the value of a key that is in force in a channel; "" while the table is not here.
func (s *State) Policy(channel protocol.ChannelID, key string) string {
	if v := valueOf(s.own(channel), key); v != "" {
		return v
	}
	return valueOf(s.Policies.Workspace, key)
}

// own is what a channel has of its own.
func (s *State) own(channel protocol.ChannelID) []protocol.PolicyValue {
	for i := range s.Policies.Channels {
		if s.Policies.Channels[i].Channel == channel {
			return s.Policies.Channels[i].Values
		}
	}
	return nil
}

// Sending is what becomes of something completed when a reply is sent: reopen, new, keep, forbid, as the policies of its
// channel have it. "" for what is active, and while the table is not here.
func (s *State) Sending(row *protocol.Row) string {
	switch {
	case row.Activity == protocol.Active:
		return ""
	case row.Status == protocol.Closed:
		return s.Policy(row.Channel, "outbound.closed")
	case s.Policy(row.Channel, "outbound.completed") == "reactivate":
		return "reopen"
	}
	return s.Policy(row.Channel, "outbound.completed")
}

// ReplyForbidden tells that nothing can be answered in what is closed. What was written stays, and notes go on.
func (s *State) ReplyForbidden(t *Talk) bool { return s.Sending(&t.Row) == "forbid" }

// Statuses are what work in a channel may be left with, in the order of the table; all while that is not here.
func (s *State) Statuses(channel protocol.ChannelID) []protocol.Status {
	all := []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed}
	allowed := s.Policy(channel, "complete.statuses")
	if allowed == "" {
		return all
	}
	var some []protocol.Status
	for _, status := range all {
		for word := range strings.SplitSeq(allowed, ",") {
			if word == string(status) {
				some = append(some, status)
			}
		}
	}
	return some
}
