package protocol

// ReactionAdd puts an emoji on a message. A visitor leaves Conversation empty; the team names the one that it sees the
// message in. One person puts an emoji on a message once.
type ReactionAdd struct {
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Position     Position `msg:"position" json:"position" validate:"required"` // of the message
	Emoji        string   `msg:"emoji" json:"emoji"`
}

// ReactionWithdraw takes it back.
type ReactionWithdraw struct {
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Position     Position `msg:"position" json:"position" validate:"required"`
	Emoji        string   `msg:"emoji" json:"emoji"`
}

// ReactionAdded: a reaction was put on a message. It is an item of the conversation that holds the message, where the
// team sees it as a note; the visitor's widget shows it on the message alone.
type ReactionAdded struct {
	Message Position `msg:"message" json:"message"`
	Emoji   string   `msg:"emoji" json:"emoji"`
}

// ReactionWithdrawn: a reaction was taken back.
type ReactionWithdrawn struct {
	Message Position `msg:"message" json:"message"`
	Emoji   string   `msg:"emoji" json:"emoji"`
}

// Reaction is one person's emoji on a message as it stands, beside the items of a page: what hangs on a message also
// when its note is not among the items.
type Reaction struct {
	Message Position `msg:"message" json:"message"`
	Emoji   string   `msg:"emoji" json:"emoji"`
	Actor   Actor    `msg:"actor" json:"actor"`
	// Withdrawn tells a client that resumes that it is gone.
	Withdrawn bool `msg:"withdrawn,omitempty" json:"withdrawn,omitempty"`
}
