package protocol

// The fields of policies, of the event list and of the workload, in the order of their declaration: the console's, as in
// compact_team.go.

func (z *PolicyChange) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), ifSet)
	c.text("preset", (*string)(&z.Preset), ifSet)
	list(c, "values", &z.Values)
	texts(c, "unset", &z.Unset)
}

func (z *PolicyValue) fields(c *coder) {
	c.text("key", &z.Key, always)
	c.text("value", &z.Value, always)
}

func (z *PolicySet) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), ifSet)
	c.text("preset", (*string)(&z.Preset), ifSet)
	list(c, "values", &z.Values)
	texts(c, "unset", &z.Unset)
	list(c, "former", &z.Former)
}

func (z *PoliciesRead) fields(*coder) {}

func (z *Policies) fields(c *coder) {
	list(c, "keys", &z.Keys)
	list(c, "presets", &z.Presets)
	list(c, "workspace", &z.Workspace)
	list(c, "channels", &z.Channels)
}

func (z *PolicyKey) fields(c *coder) {
	c.text("key", &z.Key, always)
	c.text("form", (*string)(&z.Form), always)
	texts(c, "allowed", &z.Allowed)
	c.text("default", &z.Default, always)
	c.flag("later", &z.Later, ifSet)
}

func (z *PresetValues) fields(c *coder) {
	c.text("preset", (*string)(&z.Preset), always)
	list(c, "values", &z.Values)
}

func (z *ChannelPolicies) fields(c *coder) {
	c.text("channel", (*string)(&z.Channel), always)
	list(c, "values", &z.Values)
}

func (z *EventsRead) fields(c *coder) {
	texts(c, "types", &z.Types)
	texts(c, "actors", &z.Actors)
	texts(c, "actor_ids", &z.ActorIDs)
	c.integer("since", &z.Since, ifSet)
	c.integer("until", &z.Until, ifSet)
	c.number("conversation", (*uint64)(&z.Conversation), ifSet)
	c.number("before", (*uint64)(&z.Before), ifSet)
	c.small("limit", &z.Limit, ifSet)
}

func (z *Events) fields(c *coder) {
	list(c, "events", &z.Events)
	c.number("before", (*uint64)(&z.Before), ifSet)
	c.flag("more", &z.More, ifSet)
}

func (z *WorkloadRead) fields(*coder) {}

func (z *Workload) fields(c *coder) {
	list(c, "operators", &z.Operators)
	c.small("conversations", &z.Conversations, always)
}

func (z *OperatorWorkload) fields(c *coder) {
	c.text("operator", (*string)(&z.Operator), always)
	c.small("conversations", &z.Conversations, always)
	c.small("active", &z.Active, ifSet)
}
