package protocol

// MessagesSplit gives the messages from the one that reactivated the conversation on a number of their own.
type MessagesSplit struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	// From is the row's split_from as the operator saw it; conflict changed where it is another by now.
	From Position `msg:"from" json:"from" validate:"required"`
}

// ConversationSplit: items of this conversation from From up to this event are those of Into now, and it is completed
// again. The new conversation's started follows.
type ConversationSplit struct {
	From   Position `msg:"from" json:"from"`
	Into   Number   `msg:"into" json:"into"`
	Status Status   `msg:"status" json:"status"` // which it had before it was reactivated, and has again
	// Subject stays with it, also where the event that set it went along; empty for none.
	Subject string `msg:"subject,omitempty" json:"subject,omitempty"`
}

// ConversationMerge gives a conversation's messages to its predecessor.
type ConversationMerge struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	// Into is the predecessor that the operator saw; conflict changed where it is another by now.
	Into Number `msg:"into" json:"into" validate:"required"`
}

// ConversationMerged: all items of From belong to this event's conversation now, and From is no more: its number leads
// here. Activity, status and assignee are those of the survivor from now on.
type ConversationMerged struct {
	From     Number     `msg:"from" json:"from"`
	Activity Activity   `msg:"activity" json:"activity"`
	Status   Status     `msg:"status" json:"status"`
	Assignee OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty"`
	// AssigneeName is as it was then.
	AssigneeName string `msg:"assignee_name,omitempty" json:"assignee_name,omitempty"`
}
