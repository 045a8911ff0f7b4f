package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/policy"
)

// Outbound is what becomes of a message of the team in a conversation: state-machine §5.
type Outbound struct {
	// Create: it begins the next conversation, and this one stays as it is.
	Create bool
	// Forbidden: it is refused.
	Forbidden bool
	// To is the conversation's state with the message in it.
	To State
}

// RouteOutbound decides by state and policies alone.
func RouteOutbound(from State, p *policy.Policy) Outbound {
	switch {
	case from.active():
		return Outbound{To: from}
	case from.Status != protocol.Closed && p.OutboundReactivates:
		return Outbound{To: ActiveOpen}
	case from.Status != protocol.Closed:
		return Outbound{To: from}
	}
	switch p.OutboundClosed {
	case policy.New:
		return Outbound{Create: true}
	case policy.Keep:
		return Outbound{To: from}
	case policy.Forbid:
		return Outbound{Forbidden: true}
	}
	return Outbound{To: ActiveOpen}
}

// begins tells that the message makes a conversation active that was not, or a new one: that is refused while another
// of the thread is active.
func (o Outbound) begins(from State) bool { return o.Create || o.To.active() && !from.active() }
