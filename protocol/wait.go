package protocol

// ReplyWaive ends a wait without an answer: "No reply needed". It reads the conversation for its author.
type ReplyWaive struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	// Last is as in conversation.complete.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}

// ReplyWaived: a wait was ended without an answer.
type ReplyWaived struct {
	Message Position `msg:"message" json:"message"` // which had begun the wait
}

// ReplyTimeWarned: a wait passed the warning.
type ReplyTimeWarned struct {
	Message Position `msg:"message" json:"message"` // which began the wait
	Since   int64    `msg:"since" json:"since"`     // its time, unix milliseconds
}

// ReplyTimeExceeded: a wait passed the limit.
type ReplyTimeExceeded struct {
	Message Position `msg:"message" json:"message"` // which began the wait
	Since   int64    `msg:"since" json:"since"`     // its time, unix milliseconds
}
