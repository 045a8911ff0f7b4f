package protocol

// Activity is the first axis of a conversation: is it live work now.
type Activity string

const (
	Active    Activity = "active"
	Completed Activity = "completed"
)

// Status is the second axis: where the matter stands. Closed implies completed.
type Status string

const (
	Open    Status = "open"
	Pending Status = "pending"
	Closed  Status = "closed"
)

// ConversationWatch opens a conversation on an operator's screen: its newest page or what came after After, then
// everything live until conversation.leave. A connection watches at most 20.
type ConversationWatch struct {
	Conversation Number   `msg:"conversation" json:"conversation" validate:"required"`
	After        Position `msg:"after,omitempty" json:"after,omitempty"`
}

// ConversationLeave ends it.
type ConversationLeave struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ConversationClose sets the status closed, and completes.
type ConversationClose struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ConversationReopen makes a completed conversation active and open.
type ConversationReopen struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ConversationAssign sets the assignee; an empty one unassigns.
type ConversationAssign struct {
	Conversation Number     `msg:"conversation" json:"conversation" validate:"required"`
	Assignee     OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty" validate:"omitempty,id"`
}

// ConversationStarted: first opening, a new number.
type ConversationStarted struct {
	Channel  ChannelID  `msg:"channel" json:"channel"`
	Visitor  VisitorID  `msg:"visitor" json:"visitor"`
	Contact  ContactID  `msg:"contact" json:"contact"`
	Assignee OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty"`
}

// ConversationClosed: status became closed.
type ConversationClosed struct {
	Activity Activity `msg:"activity" json:"activity"` // before
	Status   Status   `msg:"status" json:"status"`     // before
}

// ConversationReopened: closed → active.
type ConversationReopened struct {
	Status Status `msg:"status" json:"status"` // before
}

// ConversationAssigned: the assignee changed.
type ConversationAssigned struct {
	Assignee OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty"`
	// AssigneeName and FormerName are as they were then.
	AssigneeName string     `msg:"assignee_name,omitempty" json:"assignee_name,omitempty"`
	Former       OperatorID `msg:"former,omitempty" json:"former,omitempty"`
	FormerName   string     `msg:"former_name,omitempty" json:"former_name,omitempty"`
	// Claimed: the assignee took it by replying.
	Claimed bool `msg:"claimed,omitempty" json:"claimed,omitempty"`
}

// InboxRead asks for rows of the list below (older than) a row, newest first.
type InboxRead struct {
	// Before is the LastAt of the last row held, and BeforeNumber its number; 0 asks from the top.
	Before       int64  `msg:"before,omitempty" json:"before,omitempty"`
	BeforeNumber Number `msg:"before_number,omitempty" json:"before_number,omitempty"`
	// Completed asks for the general list instead of the active one.
	Completed bool `msg:"completed,omitempty" json:"completed,omitempty"`
	Limit     int  `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// Inbox carries rows of the list: a page, or, pushed, the rows that changed.
type Inbox struct {
	Rows []Row `msg:"rows,omitempty" json:"rows,omitempty"`
	// Gone are conversations that this operator may no longer see; they leave list and screen.
	Gone []Number `msg:"gone,omitempty" json:"gone,omitempty"`
	// More: rows below the last one exist. Only in a page.
	More bool `msg:"more,omitempty" json:"more,omitempty"`
	// Unread counts this operator's active conversations with something unread (INB-03).
	Unread int `msg:"unread" json:"unread"`
	// Active and All count what this operator may see.
	Active int `msg:"active" json:"active"`
	All    int `msg:"all" json:"all"`
}

// Row is a conversation in the list, as one operator sees it.
type Row struct {
	Number   Number     `msg:"number" json:"number"`
	Thread   ThreadID   `msg:"thread" json:"thread"`
	Channel  ChannelID  `msg:"channel" json:"channel"`
	Visitor  VisitorID  `msg:"visitor" json:"visitor"`
	Name     string     `msg:"name,omitempty" json:"name,omitempty"` // the contact's; empty while unknown
	Activity Activity   `msg:"activity" json:"activity"`
	Status   Status     `msg:"status" json:"status"`
	Assignee OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty"`
	Unread   int        `msg:"unread,omitempty" json:"unread,omitempty"` // capped at UnreadCap
	// AwaitingSince is the time of the earliest visitor message without an answer; 0 if none.
	AwaitingSince int64 `msg:"awaiting_since,omitempty" json:"awaiting_since,omitempty"`
	// StartedAt and LastAt are unix milliseconds; LastAt orders the list.
	StartedAt int64 `msg:"started_at" json:"started_at"`
	LastAt    int64 `msg:"last_at" json:"last_at"`
	// Last is the newest message: who wrote it and the start of its text, or the kind of its first file.
	LastActor      *Actor         `msg:"last_actor,omitempty" json:"last_actor,omitempty"`
	LastText       string         `msg:"last_text,omitempty" json:"last_text,omitempty"`
	LastAttachment AttachmentKind `msg:"last_attachment,omitempty" json:"last_attachment,omitempty"`
	LastPosition   Position       `msg:"last_position,omitempty" json:"last_position,omitempty"`
	// LastState is the delivery state where the last message is the team's.
	LastState DeliveryState `msg:"last_state,omitempty" json:"last_state,omitempty"`
	Online    bool          `msg:"online,omitempty" json:"online,omitempty"` // the visitor, now
	// MayWrite: this operator may reply here.
	MayWrite bool `msg:"may_write,omitempty" json:"may_write,omitempty"`
}
