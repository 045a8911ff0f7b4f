package protocol

// QuickReply is a saved text to insert. It may hold {{contact.name|there}}: a variable and what stands for it where it
// is unknown. The console fills them in at the caret.
type QuickReply struct {
	ID   QuickReplyID `msg:"id" json:"id"`
	Name string       `msg:"name" json:"name"`
	// Shortcut is what is typed behind "/": letters and digits of any script, "-" and "_". Among those that one person may
	// use none has another's, whatever the case: conflict field=shortcut. Only where somebody shares one later may another
	// have it too; then one's own comes first.
	Shortcut    string       `msg:"shortcut,omitempty" json:"shortcut,omitempty"`
	Text        string       `msg:"text,omitempty" json:"text,omitempty"`
	Folder      string       `msg:"folder,omitempty" json:"folder,omitempty"`
	Attachments []Attachment `msg:"attachments,omitempty" json:"attachments,omitempty"`
	// Language is the tag of the language that it is written in, as BCP 47 has it; empty where it fits every visitor. Two in
	// different languages may have one shortcut.
	Language string `msg:"language,omitempty" json:"language,omitempty"`
	// Shared ones are everybody's; others only Owner's.
	Shared bool       `msg:"shared,omitempty" json:"shared,omitempty"`
	Owner  OperatorID `msg:"owner" json:"owner"`
	// Used counts how often it was inserted.
	Used int `msg:"used,omitempty" json:"used,omitempty"`
}

// QuickReplyCreate saves one. A shared one needs the right to settings; so does changing or deleting one.
type QuickReplyCreate struct {
	Name     string `msg:"name" json:"name" validate:"required,max=80"`
	Shortcut string `msg:"shortcut,omitempty" json:"shortcut,omitempty" validate:"max=40"`
	Text     string `msg:"text,omitempty" json:"text,omitempty" validate:"max=2000"`
	Folder   string `msg:"folder,omitempty" json:"folder,omitempty" validate:"max=40"`
	Language string `msg:"language,omitempty" json:"language,omitempty" validate:"max=35,omitempty,bcp47_language_tag"`
	Shared   bool   `msg:"shared,omitempty" json:"shared,omitempty"`
	// Attachments are uploads of the caller, or files of messages that the caller may read.
	Attachments []AttachmentID `msg:"attachments,omitempty" json:"attachments,omitempty" validate:"max=10,unique,dive,id"`
}

// QuickReplyChange replaces it; Attachments may also be its own.
type QuickReplyChange struct {
	QuickReply  QuickReplyID   `msg:"quick_reply" json:"quick_reply" validate:"required,id"`
	Name        string         `msg:"name" json:"name" validate:"required,max=80"`
	Shortcut    string         `msg:"shortcut,omitempty" json:"shortcut,omitempty" validate:"max=40"`
	Text        string         `msg:"text,omitempty" json:"text,omitempty" validate:"max=2000"`
	Folder      string         `msg:"folder,omitempty" json:"folder,omitempty" validate:"max=40"`
	Language    string         `msg:"language,omitempty" json:"language,omitempty" validate:"max=35,omitempty,bcp47_language_tag"`
	Shared      bool           `msg:"shared,omitempty" json:"shared,omitempty"`
	Attachments []AttachmentID `msg:"attachments,omitempty" json:"attachments,omitempty" validate:"max=10,unique,dive,id"`
}

// QuickReplyDelete removes it.
type QuickReplyDelete struct {
	QuickReply QuickReplyID `msg:"quick_reply" json:"quick_reply" validate:"required,id"`
}

// QuickReplyUse says that one was inserted, and asks for its files as uploads of the caller's own, to send or to drop.
type QuickReplyUse struct {
	QuickReply QuickReplyID `msg:"quick_reply" json:"quick_reply" validate:"required,id"`
}

// QuickReplyReady answers it.
type QuickReplyReady struct {
	QuickReply  QuickReplyID `msg:"quick_reply" json:"quick_reply"`
	Attachments []Attachment `msg:"attachments,omitempty" json:"attachments,omitempty"`
}

// QuickRepliesRead asks for those that the caller may use.
type QuickRepliesRead struct {
	// After continues: the last id of the answer before.
	After QuickReplyID `msg:"after,omitempty" json:"after,omitempty" validate:"omitempty,id"`
}

// QuickReplies answers it, by id.
type QuickReplies struct {
	QuickReplies []QuickReply `msg:"quick_replies,omitempty" json:"quick_replies,omitempty"`
	More         bool         `msg:"more,omitempty" json:"more,omitempty"`
}

// QuickReplySet: one was saved, or is this now. Who may not use it does not hear of it.
type QuickReplySet struct {
	QuickReply QuickReply `msg:"quick_reply" json:"quick_reply"`
}

// QuickReplyDeleted: one is no more, or no longer shared.
type QuickReplyDeleted struct {
	QuickReply QuickReplyID `msg:"quick_reply" json:"quick_reply"`
	Name       string       `msg:"name,omitempty" json:"name,omitempty"` // as it was then
	Shared     bool         `msg:"shared,omitempty" json:"shared,omitempty"`
	Owner      OperatorID   `msg:"owner" json:"owner"`
}
