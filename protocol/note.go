package protocol

// NoteAdd writes a note: the team's, never the visitor's.
type NoteAdd struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Text         string `msg:"text" json:"text"`
}

// NoteAdded: a note was written.
type NoteAdded struct {
	// Text is valid UTF-8 in NFC, 1 to MaxNoteRunes code points.
	Text string `msg:"text" json:"text"`
}

// SubjectChange sets what a conversation is about; an empty one restores the first message's beginning.
type SubjectChange struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Subject      string `msg:"subject,omitempty" json:"subject,omitempty" validate:"max=255"`
}

// SubjectSet: the subject is this now.
type SubjectSet struct {
	Subject string `msg:"subject,omitempty" json:"subject,omitempty"`
}
