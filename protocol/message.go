package protocol

// MessageSend sends a message: text, files, or both. A visitor leaves Conversation empty: the server chooses it.
type MessageSend struct {
	Conversation Number         `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Text         string         `msg:"text,omitempty" json:"text,omitempty"`
	Attachments  []AttachmentID `msg:"attachments,omitempty" json:"attachments,omitempty" validate:"max=10,unique,dive,id"`
	// Quote is the message of the thread that this one answers, which the sender may read: not_found field=quote
	// otherwise, forbidden capability=quoting where the channel does not let this side quote.
	Quote Position `msg:"quote,omitempty" json:"quote,omitempty"`
	// Last is the last item that the operator had seen when writing began: conflict new_reply where a colleague has
	// replied since. 0 sends in any case.
	Last Position `msg:"last,omitempty" json:"last,omitempty"`
}

// MessageSent: a message of a visitor, operator or bot is stored.
type MessageSent struct {
	// Text is valid UTF-8 in NFC, at most MaxMessageRunes code points; empty only where there are attachments.
	Text        string       `msg:"text,omitempty" json:"text,omitempty"`
	Attachments []Attachment `msg:"attachments,omitempty" json:"attachments,omitempty"`
	Quote       *Quote       `msg:"quote,omitempty" json:"quote,omitempty"`
	// Failed says why it will not reach the visitor; empty where it may.
	Failed Code `msg:"failed,omitempty" json:"failed,omitempty"`
}

// AttachmentKind is the sort of file that limits and screens tell apart, judged by content.
type AttachmentKind string

const (
	AttachmentImage AttachmentKind = "image"
	AttachmentAudio AttachmentKind = "audio"
	AttachmentVideo AttachmentKind = "video"
	AttachmentOther AttachmentKind = "other"
)

// Attachment is a file of a message. Its bytes are fetched over HTTP from /files/{ID}, under the reader's rights.
type Attachment struct {
	ID   AttachmentID   `msg:"id" json:"id"`
	Name string         `msg:"name" json:"name"`
	Kind AttachmentKind `msg:"kind" json:"kind"`
	// Type is the media type found in the content, never the one the sender claimed.
	Type string `msg:"type" json:"type"`
	Size int64  `msg:"size" json:"size"`
	// Width and Height are in pixels, of images that browsers show inline; 0 otherwise.
	Width  int `msg:"width,omitempty" json:"width,omitempty"`
	Height int `msg:"height,omitempty" json:"height,omitempty"`
	// Blob is the content's address in the blob store (SHA-256, base64url without padding).
	Blob string `msg:"blob" json:"blob"`
}

// HistoryRead asks for items of a thread (visitor) or conversation (operator), older than Before.
type HistoryRead struct {
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Before       Position `msg:"before" json:"before"`
	Limit        int      `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// History is a page of items, oldest first.
type History struct {
	Conversation Number  `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Items        []Frame `msg:"items,omitempty" json:"items,omitempty"`
	// More: older items exist before the first of these.
	More bool `msg:"more,omitempty" json:"more,omitempty"`
	// Reset: drop what you have of it, there is a gap before these.
	Reset bool `msg:"reset,omitempty" json:"reset,omitempty"`
	// Receipts stand beside the items of a watched conversation.
	Receipts []ReceiptAdvanced `msg:"receipts,omitempty" json:"receipts,omitempty"`
	// Visitor is what is known of the visitor; only in the answer to conversation.watch.
	Visitor *teamVisitor `msg:"visitor,omitempty" json:"visitor,omitempty"`
	// Row is the conversation's row of the list; only in the answer to conversation.watch.
	Row *teamRow `msg:"row,omitempty" json:"row,omitempty"`
	// Reactions are those on messages among the items, and, for a client that resumes, those that changed meanwhile.
	Reactions []Reaction `msg:"reactions,omitempty" json:"reactions,omitempty"`
	// First is the first item of the number that was asked for, where that was merged into Conversation.
	First Position `msg:"first,omitempty" json:"first,omitempty"`
	// Draft is what the reader left unsent here; DraftSession: drafts last only as long as the page. Only in the answer
	// to conversation.watch, as Viewers: who else has it open.
	Draft        *teamDraft   `msg:"draft,omitempty" json:"draft,omitempty"`
	DraftSession bool         `msg:"draft_session,omitempty" json:"draft_session,omitempty"`
	Viewers      []OperatorID `msg:"viewers,omitempty" json:"viewers,omitempty"`
}

// TypingStart says that the author is typing; it expires after TypingTTL unless repeated.
type TypingStart struct {
	Conversation Number `msg:"conversation,omitempty" json:"conversation,omitempty"`
}

// TypingStop ends it early.
type TypingStop struct {
	Conversation Number `msg:"conversation,omitempty" json:"conversation,omitempty"`
}

// TypingStarted tells the other side, and colleagues, who is typing.
type TypingStarted struct {
	Who Actor `msg:"who" json:"who"`
}

// TypingStopped ends it.
type TypingStopped struct {
	Who Actor `msg:"who" json:"who"`
}
