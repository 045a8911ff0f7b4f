package protocol

// The fields of what a visitor's widget meets, in the order of their declaration. Parts that only the team gets stand
// behind forTeam: the widget skips them unread and cannot write them.

func (z *Frame) fields(c *coder) {
	c.text("kind", (*string)(&z.Kind), always)
	c.text("id", (*string)(&z.ID), ifSet)
	c.number("position", (*uint64)(&z.Position), ifSet)
	c.integer("at", &z.At, ifSet)
	optional(c, "actor", &z.Actor)
	c.text("thread", (*string)(&z.Thread), ifSet)
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.raw("body", &z.Body)
}

func (z *Actor) fields(c *coder) {
	c.text("kind", (*string)(&z.Kind), always)
	c.text("id", &z.ID, ifSet)
	c.text("name", &z.Name, ifSet)
}

func (z *Hello) fields(c *coder) {
	c.small("version", &z.Version, always)
	c.text("channel", (*string)(&z.Channel), ifSet)
	c.text("visitor_key", &z.VisitorKey, ifSet)
	c.text("device", &z.Device, ifSet)
	c.text("language", &z.Language, ifSet)
	list(c, "resume", &z.Resume)
	optional(c, "visit", &z.Visit)
}

func (z *Resume) fields(c *coder) {
	c.text("thread", (*string)(&z.Thread), always)
	c.number("position", (*uint64)(&z.Position), always)
}

func (z *Welcome) fields(c *coder) {
	c.small("version", &z.Version, always)
	c.number("position", (*uint64)(&z.Position), always)
	c.integer("now", &z.Now, always)
	optional(c, "visitor", &z.Visitor)
	if forTeam {
		optional(c, "operator", &z.Operator)
	}
}

func (z *VisitorWelcome) fields(c *coder) {
	c.text("visitor", (*string)(&z.Visitor), always)
	c.text("visitor_key", &z.VisitorKey, ifSet)
	c.text("thread", (*string)(&z.Thread), ifSet)
	list(c, "team", &z.Team)
	c.flag("online", &z.Online, ifSet)
	c.object("history", &z.History)
	list(c, "receipts", &z.Receipts)
	c.text("quoting", (*string)(&z.Quoting), ifSet)
}

func (z *Person) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.text("picture", &z.Picture, ifSet)
}

func (z *Accepted) fields(c *coder) {
	c.number("position", (*uint64)(&z.Position), ifSet)
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.text("thread", (*string)(&z.Thread), ifSet)
	c.text("made", &z.Made, ifSet)
}

func (z *Refused) fields(c *coder) {
	c.text("code", (*string)(&z.Code), always)
	c.text("reason", &z.Reason, ifSet)
	c.integer("retry_ms", &z.RetryMs, ifSet)
}

func (z *Goodbye) fields(c *coder) {
	c.text("code", (*string)(&z.Code), always)
	c.text("reason", &z.Reason, ifSet)
	c.integer("retry_ms", &z.RetryMs, ifSet)
}

func (z *Ping) fields(*coder) {}
func (z *Pong) fields(*coder) {}

func (z *MessageSend) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.text("text", &z.Text, ifSet)
	texts(c, "attachments", &z.Attachments)
	c.number("quote", (*uint64)(&z.Quote), ifSet)
	if forTeam {
		c.number("last", (*uint64)(&z.Last), ifSet)
	}
}

func (z *MessageSent) fields(c *coder) {
	c.text("text", &z.Text, ifSet)
	list(c, "attachments", &z.Attachments)
	optional(c, "quote", &z.Quote)
	if forTeam {
		c.text("failed", (*string)(&z.Failed), ifSet)
	}
}

func (z *Quote) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	if forTeam {
		c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	}
	optional(c, "actor", &z.Actor)
	c.text("text", &z.Text, ifSet)
	c.text("attachment", (*string)(&z.Attachment), ifSet)
	c.flag("gone", &z.Gone, ifSet)
}

func (z *ConversationErased) fields(c *coder) { list(c, "ranges", &z.Ranges) }

func (z *Attachment) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.text("kind", (*string)(&z.Kind), always)
	c.text("type", &z.Type, always)
	c.integer("size", &z.Size, always)
	c.small("width", &z.Width, ifSet)
	c.small("height", &z.Height, ifSet)
	c.text("blob", &z.Blob, always)
}

func (z *HistoryRead) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("before", (*uint64)(&z.Before), always)
	c.small("limit", &z.Limit, ifSet)
}

func (z *History) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	list(c, "items", &z.Items)
	c.flag("more", &z.More, ifSet)
	c.flag("reset", &z.Reset, ifSet)
	list(c, "receipts", &z.Receipts)
	if forTeam {
		optional(c, "visitor", &z.Visitor)
		optional(c, "row", &z.Row)
	}
	list(c, "reactions", &z.Reactions)
	if forTeam {
		c.number("first", (*uint64)(&z.First), ifSet)
		optional(c, "draft", &z.Draft)
		c.flag("draft_session", &z.DraftSession, ifSet)
		texts(c, "viewers", &z.Viewers)
	}
}

func (z *ConversationClose) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *ConversationsRead) fields(c *coder) {
	c.number("before", (*uint64)(&z.Before), ifSet)
	c.small("limit", &z.Limit, ifSet)
}

func (z *Conversations) fields(c *coder) {
	list(c, "conversations", &z.Conversations)
	c.flag("more", &z.More, ifSet)
}

func (z *OwnConversation) fields(c *coder) {
	c.number("number", (*uint64)(&z.Number), always)
	c.text("title", &z.Title, ifSet)
	c.text("activity", (*string)(&z.Activity), always)
	c.text("status", (*string)(&z.Status), always)
	c.integer("started_at", &z.StartedAt, always)
	c.integer("last_at", &z.LastAt, always)
	c.integer("closed_at", &z.ClosedAt, ifSet)
	c.flag("solved", &z.Solved, ifSet)
	c.number("first", (*uint64)(&z.First), ifSet)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *ReactionAdd) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("position", (*uint64)(&z.Position), always)
	c.text("emoji", &z.Emoji, always)
}

func (z *ReactionWithdraw) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("position", (*uint64)(&z.Position), always)
	c.text("emoji", &z.Emoji, always)
}

func (z *ReactionAdded) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	c.text("emoji", &z.Emoji, always)
}

func (z *ReactionWithdrawn) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	c.text("emoji", &z.Emoji, always)
}

func (z *Reaction) fields(c *coder) {
	c.number("message", (*uint64)(&z.Message), always)
	c.text("emoji", &z.Emoji, always)
	c.object("actor", &z.Actor)
	c.flag("withdrawn", &z.Withdrawn, ifSet)
}

func (z *ReceiptAdvance) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("delivered", (*uint64)(&z.Delivered), ifSet)
	c.number("read", (*uint64)(&z.Read), ifSet)
}

func (z *ReceiptAdvanced) fields(c *coder) {
	c.text("side", (*string)(&z.Side), always)
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("delivered", (*uint64)(&z.Delivered), always)
	c.number("read", (*uint64)(&z.Read), always)
	c.text("operator", (*string)(&z.Operator), ifSet)
	list(c, "ranges", &z.Ranges)
}

func (z *Range) fields(c *coder) {
	c.number("first", (*uint64)(&z.First), always)
	c.number("last", (*uint64)(&z.Last), always)
}

func (z *TypingStart) fields(c *coder) { c.number("conversation", (*uint64)(&z.Conversation), ifSet) }

func (z *TypingStop) fields(c *coder) { c.number("conversation", (*uint64)(&z.Conversation), ifSet) }

func (z *TypingStarted) fields(c *coder) { c.object("who", &z.Who) }

func (z *TypingStopped) fields(c *coder) { c.object("who", &z.Who) }

func (z *VisitorVisit) fields(c *coder) {
	c.text("url", &z.URL, ifSet)
	c.text("title", &z.Title, ifSet)
	c.text("referrer", &z.Referrer, ifSet)
}

func (z *Presence) fields(c *coder) {
	c.flag("team", &z.Team, ifSet)
	c.text("operator", (*string)(&z.Operator), ifSet)
	c.text("visitor", (*string)(&z.Visitor), ifSet)
	c.flag("online", &z.Online, always)
}
