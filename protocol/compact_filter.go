package protocol

// The fields of the list, its filters and views, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *Filter) fields(c *coder) {
	texts(c, "assignees", &z.Assignees)
	c.flag("unassigned", &z.Unassigned, ifSet)
	texts(c, "bots", &z.Bots)
	texts(c, "channels", &z.Channels)
	texts(c, "tags", &z.Tags)
	c.flag("untagged", &z.Untagged, ifSet)
	c.flag("pinned", &z.Pinned, ifSet)
	texts(c, "activities", &z.Activities)
	texts(c, "statuses", &z.Statuses)
	c.text("last", (*string)(&z.Last), ifSet)
	c.text("reply", (*string)(&z.Reply), ifSet)
	c.flag("unread", &z.Unread, ifSet)
}

func (z *InboxLook) fields(c *coder) {
	c.small("lens", &z.Lens, always)
	c.object("filter", &z.Filter)
	c.text("order", (*string)(&z.Order), ifSet)
	c.flag("count", &z.Count, ifSet)
	c.small("limit", &z.Limit, ifSet)
}

func (z *InboxRead) fields(c *coder) {
	c.small("lens", &z.Lens, ifSet)
	c.number("below", (*uint64)(&z.Below), ifSet)
	c.small("offset", &z.Offset, ifSet)
	c.small("limit", &z.Limit, ifSet)
}

func (z *InboxPick) fields(c *coder) {
	c.small("lens", &z.Lens, ifSet)
	c.number("after", (*uint64)(&z.After), ifSet)
}

func (z *Picks) fields(c *coder) {
	list(c, "picks", &z.Picks)
	c.flag("more", &z.More, ifSet)
}

func (z *Pick) fields(c *coder) {
	c.number("number", (*uint64)(&z.Number), always)
	c.number("last", (*uint64)(&z.Last), ifSet)
}

func (z *Inbox) fields(c *coder) {
	c.small("lens", &z.Lens, ifSet)
	list(c, "rows", &z.Rows)
	list(c, "beside", &z.Beside)
	numbers(c, "left", &z.Left)
	numbers(c, "gone", &z.Gone)
	c.small("offset", &z.Offset, ifSet)
	c.flag("more", &z.More, ifSet)
	c.text("order", (*string)(&z.Order), ifSet)
	c.flag("limits", &z.Limits, ifSet)
	c.small("total", &z.Total, always)
	c.small("unread", &z.Unread, always)
	c.small("active", &z.Active, always)
	c.small("all", &z.All, always)
	list(c, "tags", &z.Tags)
	list(c, "views", &z.Views)
}

func (z *TagCount) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
	c.small("count", &z.Count, always)
	c.flag("pinned", &z.Pinned, ifSet)
}

func (z *ViewCount) fields(c *coder) {
	c.text("view", (*string)(&z.View), always)
	c.small("count", &z.Count, always)
}

func (z *View) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.object("filter", &z.Filter)
	c.text("order", (*string)(&z.Order), ifSet)
	c.flag("shared", &z.Shared, ifSet)
	c.text("owner", (*string)(&z.Owner), always)
}

func (z *ViewCreate) fields(c *coder) {
	c.text("name", &z.Name, always)
	c.object("filter", &z.Filter)
	c.text("order", (*string)(&z.Order), ifSet)
	c.flag("shared", &z.Shared, ifSet)
}

func (z *ViewChange) fields(c *coder) {
	c.text("view", (*string)(&z.View), always)
	c.text("name", &z.Name, always)
	c.object("filter", &z.Filter)
	c.text("order", (*string)(&z.Order), ifSet)
	c.flag("shared", &z.Shared, ifSet)
}

func (z *ViewDelete) fields(c *coder) {
	c.text("view", (*string)(&z.View), always)
}

func (z *ViewSet) fields(c *coder) {
	c.object("view", &z.View)
}

func (z *ViewDeleted) fields(c *coder) {
	c.text("view", (*string)(&z.View), always)
	c.flag("shared", &z.Shared, ifSet)
	c.text("owner", (*string)(&z.Owner), always)
	c.text("name", &z.Name, ifSet)
}

func (z *ConversationsChange) fields(c *coder) {
	list(c, "picks", &z.Picks)
	c.text("act", (*string)(&z.Act), always)
	c.text("status", (*string)(&z.Status), ifSet)
	c.text("assignee", (*string)(&z.Assignee), ifSet)
	c.text("tag", (*string)(&z.Tag), ifSet)
}

func (z *ConversationsChanged) fields(c *coder) {
	c.small("done", &z.Done, always)
	list(c, "refused", &z.Refused)
}

func (z *RefusedPick) fields(c *coder) {
	c.number("number", (*uint64)(&z.Number), always)
	c.text("code", (*string)(&z.Code), always)
	c.text("reason", &z.Reason, ifSet)
}
