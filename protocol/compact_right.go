package protocol

// The fields of rights, groups, teams and the audit log, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *Group) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, ifSet)
	texts(c, "rights", &z.Rights)
	c.small("members", &z.Members, ifSet)
}

func (z *GroupCreate) fields(c *coder) {
	c.text("name", &z.Name, always)
	texts(c, "rights", &z.Rights)
}

func (z *GroupChange) fields(c *coder) {
	c.text("group", (*string)(&z.Group), always)
	c.text("name", &z.Name, ifSet)
	texts(c, "rights", &z.Rights)
}

func (z *GroupDelete) fields(c *coder) {
	c.text("group", (*string)(&z.Group), always)
}

func (z *GroupSet) fields(c *coder) {
	c.text("group", (*string)(&z.Group), always)
	c.text("name", &z.Name, ifSet)
	texts(c, "rights", &z.Rights)
	optional(c, "former", &z.Former)
}

func (z *GroupDeleted) fields(c *coder) {
	c.text("group", (*string)(&z.Group), always)
	c.text("name", &z.Name, ifSet)
}

func (z *TeamChange) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), always)
	texts(c, "operators", &z.Operators)
}

func (z *TeamSet) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), always)
	texts(c, "operators", &z.Operators)
	texts(c, "former", &z.Former)
	c.flag("everybody", &z.Everybody, ifSet)
}

func (z *AuditRead) fields(c *coder) {
	c.number("before", (*uint64)(&z.Before), ifSet)
	c.small("limit", &z.Limit, ifSet)
	c.text("actor", &z.Actor, ifSet)
}

func (z *Audit) fields(c *coder) {
	list(c, "entries", &z.Entries)
	c.number("before", (*uint64)(&z.Before), ifSet)
	c.flag("more", &z.More, ifSet)
}

func (z *AuditEntry) fields(c *coder) {
	c.object("event", &z.Event)
	c.text("seal", &z.Seal, always)
}

func (z *ExportMade) fields(c *coder) {
	c.text("what", &z.What, always)
	c.text("format", &z.Format, always)
	c.small("rows", &z.Rows, always)
	c.text("filter", &z.Filter, ifSet)
}
