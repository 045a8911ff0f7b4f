package protocol

// ConversationsRead asks for the visitor's own conversations, newest first.
type ConversationsRead struct {
	Before Number `msg:"before,omitempty" json:"before,omitempty"` // older than this one; 0 from the newest
	Limit  int    `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// Conversations answers it. Pushed, without an id, it is the newest page: what of it a client had before is replaced, and
// where there is no More that is all there is.
type Conversations struct {
	Conversations []OwnConversation `msg:"conversations,omitempty" json:"conversations,omitempty"`
	More          bool              `msg:"more,omitempty" json:"more,omitempty"`
}

// OwnConversation is one of the visitor's conversations, as the visitor may know it.
type OwnConversation struct {
	Number Number `msg:"number" json:"number"`
	// Title is the beginning of its first message, or empty where that is a file.
	Title     string   `msg:"title,omitempty" json:"title,omitempty"`
	Activity  Activity `msg:"activity" json:"activity"`
	Status    Status   `msg:"status" json:"status"`
	StartedAt int64    `msg:"started_at" json:"started_at"` // unix milliseconds, as all times here
	LastAt    int64    `msg:"last_at" json:"last_at"`
	ClosedAt  int64    `msg:"closed_at,omitempty" json:"closed_at,omitempty"`
	// Solved: it is closed, and the visitor did that.
	Solved bool `msg:"solved,omitempty" json:"solved,omitempty"`
	// First is the position of its first item, to scroll to.
	First Position `msg:"first,omitempty" json:"first,omitempty"`
	// Last is the position of its newest message, 0 without one.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}
