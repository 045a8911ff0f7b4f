package protocol

// The fields of what the team does with a conversation's life, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *ConversationComplete) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("status", (*string)(&z.Status), always)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *ConversationCompleted) fields(c *coder) {
	c.text("status", (*string)(&z.Status), always)
	c.text("former", (*string)(&z.Former), always)
}

func (z *ConversationReactivated) fields(c *coder) {
	c.text("status", (*string)(&z.Status), always)
	c.flag("split", &z.Split, ifSet)
}

func (z *StatusChange) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("status", (*string)(&z.Status), always)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *StatusSet) fields(c *coder) {
	c.text("status", (*string)(&z.Status), always)
	c.text("former", (*string)(&z.Former), always)
}

func (z *CompletionPostpone) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *CompletionAnnounced) fields(c *coder) { c.integer("deadline", &z.Deadline, always) }

func (z *CompletionPostponed) fields(c *coder) { c.integer("deadline", &z.Deadline, always) }

func (z *ConversationStart) fields(c *coder) {
	c.text("thread", (*string)(&z.Thread), always)
	c.text("text", &z.Text, ifSet)
	texts(c, "attachments", &z.Attachments)
}

func (z *MessagesSplit) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.number("from", (*uint64)(&z.From), always)
}

func (z *ConversationSplit) fields(c *coder) {
	c.number("from", (*uint64)(&z.From), always)
	c.number("into", (*uint64)(&z.Into), always)
	c.text("status", (*string)(&z.Status), always)
	c.text("subject", &z.Subject, ifSet)
}

func (z *ConversationMerge) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.number("into", (*uint64)(&z.Into), always)
}

func (z *ConversationMerged) fields(c *coder) {
	c.number("from", (*uint64)(&z.From), always)
	c.text("activity", (*string)(&z.Activity), always)
	c.text("status", (*string)(&z.Status), always)
	c.text("assignee", (*string)(&z.Assignee), ifSet)
	c.text("assignee_name", &z.AssigneeName, ifSet)
}

func (z *ReplyWaive) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *ReplyWaived) fields(c *coder) { c.number("message", (*uint64)(&z.Message), always) }

func (z *ReplyTimeWarned) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	c.integer("since", &z.Since, always)
}

func (z *ReplyTimeExceeded) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	c.integer("since", &z.Since, always)
}

func (z *NoteAdd) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("text", &z.Text, always)
}

func (z *NoteAdded) fields(c *coder) { c.text("text", &z.Text, always) }

func (z *SubjectChange) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("subject", &z.Subject, ifSet)
}

func (z *SubjectSet) fields(c *coder) { c.text("subject", &z.Subject, ifSet) }
