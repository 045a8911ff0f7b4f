package protocol

// ReceiptAdvance acknowledges items up to a position, cumulatively: delivered to this device, or read (visible and
// focused there). A visitor's positions are kept per thread, an operator's per conversation.
type ReceiptAdvance struct {
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Delivered    Position `msg:"delivered,omitempty" json:"delivered,omitempty"`
	Read         Position `msg:"read,omitempty" json:"read,omitempty"`
}

// ReceiptAdvanced: a side's positions moved forward. They never move back; read never exceeds delivered.
type ReceiptAdvanced struct {
	Side Side `msg:"side" json:"side"`
	// Conversation is set for the team's positions, which are kept per conversation.
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Delivered    Position `msg:"delivered" json:"delivered"`
	Read         Position `msg:"read" json:"read"`
	// Operator is the operator whose position moved; empty for the visitor's. It never leaves the team.
	Operator OperatorID `msg:"operator,omitempty" json:"operator,omitempty"`
	// Ranges are where that conversation's items lie now, and so what the team's positions speak of: splitting and
	// merging give items another number, of which a visitor hears nothing. Without them it is all that bears the number.
	Ranges []Range `msg:"ranges,omitempty" json:"ranges,omitempty"`
}

// Range is positions of a thread, both ends included.
type Range struct {
	First Position `msg:"first" json:"first"`
	Last  Position `msg:"last" json:"last"`
}

// DeliveryState is the progress of one message as its author sees it.
type DeliveryState string

const (
	StateSending   DeliveryState = "sending"   // not stored yet
	StateSent      DeliveryState = "sent"      // stored
	StateDelivered DeliveryState = "delivered" // on a device of the other side
	StateRead      DeliveryState = "read"      // visible and focused there
	StateFailed    DeliveryState = "failed"    // refused, with a reason
)

// StateAt tells the state of a stored message from the other side's positions.
func StateAt(position, delivered, read Position) DeliveryState {
	switch {
	case position <= read:
		return StateRead
	case position <= delivered:
		return StateDelivered
	}
	return StateSent
}
