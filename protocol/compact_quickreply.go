package protocol

// The fields of quick replies, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *QuickReply) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.text("shortcut", &z.Shortcut, ifSet)
	c.text("text", &z.Text, ifSet)
	c.text("folder", &z.Folder, ifSet)
	list(c, "attachments", &z.Attachments)
	c.text("language", &z.Language, ifSet)
	c.flag("shared", &z.Shared, ifSet)
	c.text("owner", (*string)(&z.Owner), always)
	c.small("used", &z.Used, ifSet)
}

func (z *QuickReplyCreate) fields(c *coder) {
	c.text("name", &z.Name, always)
	c.text("shortcut", &z.Shortcut, ifSet)
	c.text("text", &z.Text, ifSet)
	c.text("folder", &z.Folder, ifSet)
	c.text("language", &z.Language, ifSet)
	c.flag("shared", &z.Shared, ifSet)
	texts(c, "attachments", &z.Attachments)
}

func (z *QuickReplyChange) fields(c *coder) {
	c.text("quick_reply", (*string)(&z.QuickReply), always)
	c.text("name", &z.Name, always)
	c.text("shortcut", &z.Shortcut, ifSet)
	c.text("text", &z.Text, ifSet)
	c.text("folder", &z.Folder, ifSet)
	c.text("language", &z.Language, ifSet)
	c.flag("shared", &z.Shared, ifSet)
	texts(c, "attachments", &z.Attachments)
}

func (z *QuickReplyDelete) fields(c *coder) {
	c.text("quick_reply", (*string)(&z.QuickReply), always)
}

func (z *QuickReplyUse) fields(c *coder) {
	c.text("quick_reply", (*string)(&z.QuickReply), always)
}

func (z *QuickReplyReady) fields(c *coder) {
	c.text("quick_reply", (*string)(&z.QuickReply), always)
	list(c, "attachments", &z.Attachments)
}

func (z *QuickRepliesRead) fields(c *coder) {
	c.text("after", (*string)(&z.After), ifSet)
}

func (z *QuickReplies) fields(c *coder) {
	list(c, "quick_replies", &z.QuickReplies)
	c.flag("more", &z.More, ifSet)
}

func (z *QuickReplySet) fields(c *coder) {
	c.object("quick_reply", &z.QuickReply)
}

func (z *QuickReplyDeleted) fields(c *coder) {
	c.text("quick_reply", (*string)(&z.QuickReply), always)
	c.text("name", &z.Name, ifSet)
	c.flag("shared", &z.Shared, ifSet)
	c.text("owner", (*string)(&z.Owner), always)
}
