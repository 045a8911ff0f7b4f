package protocol

// The fields of tags and contacts, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *Tag) fields(c *coder) {
	c.text("id", (*string)(&z.ID), always)
	c.text("name", &z.Name, always)
	c.text("color", (*string)(&z.Color), always)
}

func (z *ContactTag) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
	c.flag("pinned", &z.Pinned, ifSet)
}

func (z *TagCreate) fields(c *coder) {
	c.text("name", &z.Name, always)
	c.text("color", (*string)(&z.Color), always)
}

func (z *TagChange) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
	c.text("name", &z.Name, always)
	c.text("color", (*string)(&z.Color), always)
}

func (z *TagDelete) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
}

func (z *TagSet) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
	c.text("name", &z.Name, always)
	c.text("color", (*string)(&z.Color), always)
}

func (z *TagDeleted) fields(c *coder) {
	c.text("tag", (*string)(&z.Tag), always)
	c.text("name", &z.Name, always)
}

func (z *ContactTagAdd) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("tag", (*string)(&z.Tag), always)
	c.flag("pinned", &z.Pinned, ifSet)
}

func (z *ContactTagRemove) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("tag", (*string)(&z.Tag), always)
}

func (z *ContactTagged) fields(c *coder) {
	c.text("contact", (*string)(&z.Contact), always)
	c.text("tag", (*string)(&z.Tag), always)
	c.text("name", &z.Name, always)
	c.flag("pinned", &z.Pinned, ifSet)
}

func (z *ContactUntagged) fields(c *coder) {
	c.text("contact", (*string)(&z.Contact), always)
	c.text("tag", (*string)(&z.Tag), always)
	c.text("name", &z.Name, always)
}

func (z *ContactChange) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
	c.text("name", &z.Name, ifSet)
	c.text("email", &z.Email, ifSet)
	c.text("phone", &z.Phone, ifSet)
}

func (z *ContactSet) fields(c *coder) {
	c.text("contact", (*string)(&z.Contact), always)
	c.text("name", &z.Name, ifSet)
	c.text("email", &z.Email, ifSet)
	c.text("phone", &z.Phone, ifSet)
}

func (z *ContactBlock) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *ContactUnblock) fields(c *coder) {
	c.number("conversation", (*uint64)(&z.Conversation), always)
}

func (z *ContactBlocked) fields(c *coder) {
	c.text("contact", (*string)(&z.Contact), always)
}

func (z *ContactUnblocked) fields(c *coder) {
	c.text("contact", (*string)(&z.Contact), always)
}

func (z *MessageFailed) fields(c *coder) {
	numbers(c, "messages", &z.Messages)
	c.text("code", (*string)(&z.Code), always)
}
