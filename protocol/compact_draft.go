package protocol

// The fields of drafts, marks and erasing, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *Draft) fields(c *coder) {
	c.text("text", &z.Text, ifSet)
	c.text("note", &z.Note, ifSet)
	optional(c, "quote", &z.Quote)
	list(c, "attachments", &z.Attachments)
	c.integer("at", &z.At, always)
}

func (z *DraftSave) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("text", &z.Text, ifSet)
	c.text("note", &z.Note, ifSet)
	c.number("quote", (*uint64)(&z.Quote), ifSet)
	texts(c, "attachments", &z.Attachments)
}

func (z *UnreadMark) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *UnreadClear) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *Viewers) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	texts(c, "operators", &z.Operators)
}

func (z *ConversationDelete) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *ConversationPurged) fields(*coder) {}
