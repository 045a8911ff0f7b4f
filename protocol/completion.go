package protocol

// ConversationComplete ends active work and sets the status it is left with: "End chat".
type ConversationComplete struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Status       Status `msg:"status" json:"status" validate:"oneof=open pending closed"`
	// Last is the position of the last item that the operator saw: a visitor's message after it refuses the command
	// with conflict new_message. 0 from bots, who look at nothing.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}

// ConversationCompleted: active → completed as open or pending.
type ConversationCompleted struct {
	Status Status `msg:"status" json:"status"`
	Former Status `msg:"former" json:"former"` // the status before
}

// ConversationReactivated: completed as open or pending → active.
type ConversationReactivated struct {
	Status Status `msg:"status" json:"status"` // before
	// Split: the message that follows, and what comes after it, may be given a number of its own.
	Split bool `msg:"split,omitempty" json:"split,omitempty"`
}

// StatusChange sets the status; closed completes, the others leave the activity as it is.
type StatusChange struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Status       Status `msg:"status" json:"status" validate:"oneof=open pending closed"`
	// Last is as in conversation.complete; for pending and closed.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}

// StatusSet: the status changed without completing or activating, and not to closed.
type StatusSet struct {
	Status Status `msg:"status" json:"status"`
	Former Status `msg:"former" json:"former"`
}

// CompletionPostpone keeps a conversation active for longer while its completion is announced: "Hold".
type CompletionPostpone struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// CompletionAnnounced: the conversation completes by itself soon.
type CompletionAnnounced struct {
	Deadline int64 `msg:"deadline" json:"deadline"` // unix milliseconds
}

// CompletionPostponed: somebody held the conversation.
type CompletionPostponed struct {
	Deadline int64 `msg:"deadline" json:"deadline"` // the new one, unix milliseconds
}
