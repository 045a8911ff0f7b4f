package protocol

// Quote is a message that another one answers. Stored is only which; the rest is filled in for who reads, and what
// they may not read, or what is erased, stays empty.
type Quote struct {
	Message Position `msg:"message" json:"message"`
	// Conversation holds it now; for the team.
	Conversation Number `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Actor        *Actor `msg:"actor,omitempty" json:"actor,omitempty"`
	// Text is its beginning, at most MaxExcerptRunes code points; Attachment the kind of its first file.
	Text       string         `msg:"text,omitempty" json:"text,omitempty"`
	Attachment AttachmentKind `msg:"attachment,omitempty" json:"attachment,omitempty"`
	// Gone: it is erased, or the reader may not see it.
	Gone bool `msg:"gone,omitempty" json:"gone,omitempty"`
}

// Draft is unsent text of one operator in one conversation. It is nobody else's. A merge joins the two of one operator,
// so that its text, and its files, may be more than one message takes.
type Draft struct {
	Text        string       `msg:"text,omitempty" json:"text,omitempty"`
	Note        string       `msg:"note,omitempty" json:"note,omitempty"` // what is being written for the team
	Quote       *Quote       `msg:"quote,omitempty" json:"quote,omitempty"`
	Attachments []Attachment `msg:"attachments,omitempty" json:"attachments,omitempty"`
	At          int64        `msg:"at" json:"at"` // unix milliseconds
}

// DraftSave keeps a draft whole, so that the newest wins; an empty one ends it. A message of the operator in the
// conversation ends, in the same step, all of the draft but the note, and a note ends the note: what was sent is no
// draft after a lost connection either. Forbidden policy=draft.persistence where drafts last only as long as the page.
type DraftSave struct {
	Conversation Number         `msg:"conversation" json:"conversation" validate:"required"`
	Text         string         `msg:"text,omitempty" json:"text,omitempty" validate:"max=10000"` // also over the limit of a message
	Note         string         `msg:"note,omitempty" json:"note,omitempty" validate:"max=10000"`
	Quote        Position       `msg:"quote,omitempty" json:"quote,omitempty"`
	Attachments  []AttachmentID `msg:"attachments,omitempty" json:"attachments,omitempty" validate:"max=10,unique,dive,id"`
}

// UnreadMark marks a conversation as unread, for oneself.
type UnreadMark struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// UnreadClear ends the mark: the conversation was entered again.
type UnreadClear struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// Viewers tells who else has a watched conversation open.
type Viewers struct {
	Conversation Number       `msg:"conversation" json:"conversation"`
	Operators    []OperatorID `msg:"operators,omitempty" json:"operators,omitempty"`
}

// ConversationDelete erases a conversation: its text at once, the bytes within minutes. Nothing brings it back.
type ConversationDelete struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ConversationErased: its messages, notes, drafts and files are overwritten; a tombstone is left.
type ConversationErased struct {
	// Ranges are the positions that it held: whoever shows items of the thread drops these.
	Ranges []Range `msg:"ranges,omitempty" json:"ranges,omitempty"`
}

// ConversationPurged: the bytes have left the store's files.
type ConversationPurged struct{}
