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

// ConversationClose sets the status closed, and completes. A visitor closes one of their own: "My question is solved".
type ConversationClose struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	// Last is as in conversation.complete; a visitor leaves it out.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}

// ConversationStart begins a conversation of a thread with a message of the team; conflict active=NUMBER while one of
// the thread is active.
type ConversationStart struct {
	Thread      ThreadID       `msg:"thread" json:"thread" validate:"required,id"`
	Text        string         `msg:"text,omitempty" json:"text,omitempty"`
	Attachments []AttachmentID `msg:"attachments,omitempty" json:"attachments,omitempty" validate:"max=10,unique,dive,id"`
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
	// AssigneeName is as it was then.
	AssigneeName string `msg:"assignee_name,omitempty" json:"assignee_name,omitempty"`
	// Split is the conversation that its first messages were in before.
	Split Number `msg:"split,omitempty" json:"split,omitempty"`
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
	// AwaitingSince is when the wait began by which the list is ordered and limits count: the time of the earliest visitor
	// message without an answer or, under sla.clock=last_visitor, of the newest; 0 if none waits.
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
	// Subject is what an operator set; empty for the default, Title.
	Subject string `msg:"subject,omitempty" json:"subject,omitempty"`
	// Title is the beginning of the first message.
	Title       string `msg:"title,omitempty" json:"title,omitempty"`
	StatusSince int64  `msg:"status_since,omitempty" json:"status_since,omitempty"`
	ClosedAt    int64  `msg:"closed_at,omitempty" json:"closed_at,omitempty"`
	// Deadline is when the conversation completes by itself; 0 if it does not. Announced: count down to it now.
	Deadline  int64 `msg:"deadline,omitempty" json:"deadline,omitempty"`
	Announced bool  `msg:"announced,omitempty" json:"announced,omitempty"`
	// HoldMs is by how much this operator may postpone it now; 0 where that is not offered.
	HoldMs int64 `msg:"hold_ms,omitempty" json:"hold_ms,omitempty"`
	// WarnAt and LimitAt are when the wait turns from none to warning and to danger; 0 where there is no such limit.
	WarnAt  int64 `msg:"warn_at,omitempty" json:"warn_at,omitempty"`
	LimitAt int64 `msg:"limit_at,omitempty" json:"limit_at,omitempty"`
	// SplitFrom is the message from which on this one's newest may be split off; 0 where nothing is offered.
	SplitFrom Position `msg:"split_from,omitempty" json:"split_from,omitempty"`
	// Previous and Next are the neighbours in the thread that this operator may read; 0 for none.
	Previous Number `msg:"previous,omitempty" json:"previous,omitempty"`
	Next     Number `msg:"next,omitempty" json:"next,omitempty"`
	// MergeInto is the predecessor where this operator may merge into it; 0 where that would be refused.
	MergeInto Number `msg:"merge_into,omitempty" json:"merge_into,omitempty"`
	// MayAssign: this operator may give it to somebody else. Where a bot has it they may take it themselves.
	MayAssign bool `msg:"may_assign,omitempty" json:"may_assign,omitempty"`
	// Started counts those conversations of this contact that this operator may read, this one included; merged ones are none.
	Started int `msg:"started,omitempty" json:"started,omitempty"`
	// Tags are the contact's, in the order in which they were put on.
	Tags []ContactTag `msg:"tags,omitempty" json:"tags,omitempty"`
	// Blocked: nothing passes between the contact and the team.
	Blocked bool `msg:"blocked,omitempty" json:"blocked,omitempty"`
	// Marked: this operator marked it as unread.
	Marked bool `msg:"marked,omitempty" json:"marked,omitempty"`
	// Draft is the beginning of this operator's draft here, DraftFiles how many files it holds.
	Draft      string `msg:"draft,omitempty" json:"draft,omitempty"`
	DraftFiles int    `msg:"draft_files,omitempty" json:"draft_files,omitempty"`
	// MayDelete and MayBlock: this operator has the right.
	MayDelete bool `msg:"may_delete,omitempty" json:"may_delete,omitempty"`
	MayBlock  bool `msg:"may_block,omitempty" json:"may_block,omitempty"`
	// MayEnd: this operator may complete, close and reopen it.
	MayEnd bool `msg:"may_end,omitempty" json:"may_end,omitempty"`
}
