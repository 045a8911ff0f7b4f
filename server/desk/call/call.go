// Package call says who asks for a command, when, and where new ids come from: what a decision may know beside the
// state. It never carries a connection, a token or a context.
package call

import (
	"slices"

	"beseda/protocol"
)

// Call is one asking.
type Call struct {
	// By is the author; for an operator or bot the name is that of the moment.
	By protocol.Actor
	// Admin: the operator is an administrator.
	Admin bool
	// Rights are those of the operator's group; an administrator needs none.
	Rights []protocol.Right
	// Now is unix milliseconds.
	Now int64
	// NewID makes a ULID.
	NewID func() string
	// Visitor's facts, empty for the team.
	Channel  protocol.ChannelID
	Language string
	Device   string
	Visit    protocol.VisitorVisit
}

// Author is the key under which the author's commands and uploads are remembered.
func (c Call) Author() string { return string(c.By.Kind) + ":" + c.By.ID }

// May tells whether the caller has a right, which an administrator always has. What a right allows in a conversation
// is asked beside it.
func (c Call) May(right protocol.Right) bool { return c.Admin || slices.Contains(c.Rights, right) }

// Needs refuses who has not got a right, and names it; "" is none.
func (c Call) Needs(right protocol.Right) error {
	if right == "" || c.May(right) {
		return nil
	}
	return protocol.Refuse(protocol.CodeForbidden, "right="+string(right))
}

// Saves asks for the right to what everybody shares; what is one's own needs none.
func (c Call) Saves(shared bool) error {
	if shared {
		return c.Needs(protocol.RightSettings)
	}
	return nil
}

// Operator is the caller of the team, a bot too.
func (c Call) Operator() protocol.OperatorID { return protocol.OperatorID(c.By.ID) }

// IsVisitor tells the visitor's side from the team's.
func (c Call) IsVisitor() bool { return c.By.Kind == protocol.ActorVisitor }

// Event begins an event by this author at this time. Body is encoded by the caller's protocol.EncodeBody.
func (c Call) Event(kind protocol.Kind, body protocol.Raw) protocol.Frame {
	by := c.By
	return protocol.Frame{Kind: kind, At: c.Now, Actor: &by, Body: body}
}
