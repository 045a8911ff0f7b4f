package protocol

// The fields of what only the team meets, in the order of their declaration: the console's. The visitor's widget never
// reaches them.

func (z *OperatorWelcome) fields(c *coder) {
	c.object("me", &z.Me)
	c.flag("bot", &z.Bot, ifSet)
	c.object("team", &z.Team)
	c.object("inbox", &z.Inbox)
	c.text("workspace", &z.Workspace, ifSet)
}

func (z *Operator) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.text("email", &z.Email, ifSet)
	c.text("role", (*string)(&z.Role), always)
	c.text("state", (*string)(&z.State), always)
	c.text("picture", &z.Picture, ifSet)
	c.flag("online", &z.Online, ifSet)
	c.flag("bot", &z.Bot, ifSet)
	c.text("group", (*string)(&z.Group), ifSet)
	texts(c, "rights", &z.Rights)
	c.flag("everywhere", &z.Everywhere, ifSet)
}

func (z *Team) fields(c *coder) {
	list(c, "operators", &z.Operators)
	list(c, "channels", &z.Channels)
	list(c, "groups", &z.Groups)
	list(c, "tags", &z.Tags)
	list(c, "views", &z.Views)
}

func (z *OperatorInvite) fields(c *coder) {
	c.text("name", &z.Name, always)
	c.text("email", &z.Email, always)
	c.text("role", (*string)(&z.Role), always)
	c.text("group", (*string)(&z.Group), ifSet)
}

func (z *Invited) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("path", &z.Path, always)
	c.integer("expires_at", &z.ExpiresAt, always)
}

func (z *OperatorLink) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *OperatorDeactivate) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *OperatorActivate) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *RoleChange) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("role", (*string)(&z.Role), always)
	c.text("group", (*string)(&z.Group), ifSet)
}

func (z *ProfileChange) fields(c *coder) { c.text("name", &z.Name, always) }

func (z *OperatorInvited) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("name", &z.Name, always)
	c.text("email", &z.Email, always)
	c.text("role", (*string)(&z.Role), always)
	c.flag("bot", &z.Bot, ifSet)
	c.text("group", (*string)(&z.Group), ifSet)
}

func (z *OperatorJoined) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("name", &z.Name, always)
}

func (z *OperatorDeactivated) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *OperatorActivated) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *RoleSet) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("role", (*string)(&z.Role), always)
	c.text("group", (*string)(&z.Group), ifSet)
	c.text("former", (*string)(&z.Former), ifSet)
	c.text("former_group", (*string)(&z.FormerGroup), ifSet)
}

func (z *OperatorLinked) fields(c *coder) { c.text("operator", (*string)(&z.Operator), always) }

func (z *PasswordSet) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.flag("link", &z.Link, ifSet)
}

func (z *ProfileSet) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.text("name", &z.Name, always)
	c.text("picture", &z.Picture, ifSet)
	c.text("blob", &z.Blob, ifSet)
	c.text("type", &z.Type, ifSet)
}

func (z *Looks) fields(c *coder) {
	c.text("name", &z.Name, always)
	c.text("color", &z.Color, always)
	c.text("greeting", &z.Greeting, ifSet)
	c.text("language", &z.Language, ifSet)
	c.flag("left", &z.Left, ifSet)
}

func (z *Channel) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.object("looks", &z.Looks)
	texts(c, "sites", &z.Sites)
	c.flag("any_site", &z.AnySite, ifSet)
	c.integer("seen_at", &z.SeenAt, ifSet)
	c.text("seen_on", &z.SeenOn, ifSet)
	texts(c, "team", &z.Team)
	c.text("quoting", (*string)(&z.Quoting), ifSet)
}

func (z *ChannelCreate) fields(c *coder) {
	c.object("looks", &z.Looks)
	texts(c, "sites", &z.Sites)
	c.flag("any_site", &z.AnySite, ifSet)
	c.text("quoting", (*string)(&z.Quoting), ifSet)
}

func (z *ChannelChange) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), always)
	c.object("looks", &z.Looks)
	texts(c, "sites", &z.Sites)
	c.flag("any_site", &z.AnySite, ifSet)
	c.text("quoting", (*string)(&z.Quoting), ifSet)
}

func (z *ChannelCreated) fields(c *coder) { c.object("channel", &z.Channel) }

func (z *ChannelSet) fields(c *coder) {
	c.object("channel", &z.Channel)
	optional(c, "former", &z.Former)
}

func (z *ConversationWatch) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.number("after", (*uint64)(&z.After), ifSet)
}

func (z *ConversationLeave) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *ConversationReopen) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *ConversationAssign) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("assignee", (*string)(&z.Assignee), ifSet)
}

func (z *ConversationStarted) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), always)
	c.text("visitor", (*string)(&z.Visitor), always)
	c.text("contact", (*string)(&z.Contact), always)
	c.text("assignee", (*string)(&z.Assignee), ifSet)
	c.text("assignee_name", &z.AssigneeName, ifSet)
	c.number("split", (*uint64)(&z.Split), ifSet)
}

func (z *ConversationClosed) fields(c *coder) {
	c.text("activity", (*string)(&z.Activity), always)
	c.text("status", (*string)(&z.Status), always)
}

func (z *ConversationReopened) fields(c *coder) { c.text("status", (*string)(&z.Status), always) }

func (z *ConversationAssigned) fields(c *coder) {
	c.text("assignee", (*string)(&z.Assignee), ifSet)
	c.text("assignee_name", &z.AssigneeName, ifSet)
	c.text("former", (*string)(&z.Former), ifSet)
	c.text("former_name", &z.FormerName, ifSet)
	c.flag("claimed", &z.Claimed, ifSet)
}

func (z *Row) fields(c *coder) {
	c.number("number", (*uint64)(&z.Number), always)
	c.text("thread", (*string)(&z.Thread), always)
	c.text("channel", (*string)(&z.Channel), always)
	c.text("visitor", (*string)(&z.Visitor), always)
	c.text("name", &z.Name, ifSet)
	c.text("activity", (*string)(&z.Activity), always)
	c.text("status", (*string)(&z.Status), always)
	c.text("assignee", (*string)(&z.Assignee), ifSet)
	c.small("unread", &z.Unread, ifSet)
	c.integer("awaiting_since", &z.AwaitingSince, ifSet)
	c.integer("started_at", &z.StartedAt, always)
	c.integer("last_at", &z.LastAt, always)
	optional(c, "last_actor", &z.LastActor)
	c.text("last_text", &z.LastText, ifSet)
	c.text("last_attachment", (*string)(&z.LastAttachment), ifSet)
	c.number("last_position", (*uint64)(&z.LastPosition), ifSet)
	c.text("last_state", (*string)(&z.LastState), ifSet)
	c.flag("online", &z.Online, ifSet)
	c.flag("may_write", &z.MayWrite, ifSet)
	c.text("subject", &z.Subject, ifSet)
	c.text("title", &z.Title, ifSet)
	c.integer("status_since", &z.StatusSince, ifSet)
	c.integer("closed_at", &z.ClosedAt, ifSet)
	c.integer("deadline", &z.Deadline, ifSet)
	c.flag("announced", &z.Announced, ifSet)
	c.integer("hold_ms", &z.HoldMs, ifSet)
	c.integer("warn_at", &z.WarnAt, ifSet)
	c.integer("limit_at", &z.LimitAt, ifSet)
	c.number("split_from", (*uint64)(&z.SplitFrom), ifSet)
	c.number("previous", (*uint64)(&z.Previous), ifSet)
	c.number("next", (*uint64)(&z.Next), ifSet)
	c.number("merge_into", (*uint64)(&z.MergeInto), ifSet)
	c.flag("may_assign", &z.MayAssign, ifSet)
	c.small("started", &z.Started, ifSet)
	list(c, "tags", &z.Tags)
	c.flag("blocked", &z.Blocked, ifSet)
	c.flag("marked", &z.Marked, ifSet)
	c.text("draft", &z.Draft, ifSet)
	c.small("draft_files", &z.DraftFiles, ifSet)
	c.flag("may_delete", &z.MayDelete, ifSet)
	c.flag("may_block", &z.MayBlock, ifSet)
	c.flag("may_end", &z.MayEnd, ifSet)
}

func (z *VisitorArrived) fields(c *coder) {
	c.text("visitor", (*string)(&z.Visitor), always)
	c.text("contact", (*string)(&z.Contact), always)
	c.text("channel", (*string)(&z.Channel), always)
	c.text("language", &z.Language, ifSet)
	c.text("device", &z.Device, ifSet)
	c.object("visit", &z.Visit)
}

func (z *VisitorVisited) fields(c *coder) {
	c.text("language", &z.Language, ifSet)
	c.text("device", &z.Device, ifSet)
	c.object("visit", &z.Visit)
}

func (z *Visitor) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("contact", (*string)(&z.Contact), always)
	c.text("name", &z.Name, ifSet)
	c.text("channel", (*string)(&z.Channel), always)
	c.text("language", &z.Language, ifSet)
	c.text("device", &z.Device, ifSet)
	c.object("first", &z.First)
	c.object("current", &z.Current)
	c.integer("first_seen", &z.FirstSeen, always)
	c.integer("last_seen", &z.LastSeen, always)
	c.flag("online", &z.Online, ifSet)
	c.text("email", &z.Email, ifSet)
	c.text("phone", &z.Phone, ifSet)
}
