package team

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/store"
)

// Member is what the access rule asks of an operator or bot.
type Member struct {
	ID    protocol.OperatorID
	Admin bool
	Bot   bool
}

// MemberOf reads it off an account.
func MemberOf(o store.Operator) Member {
	return Member{ID: o.ID, Admin: o.Role == protocol.RoleAdmin, Bot: o.Bot}
}

// MemberWho reads it off the call of somebody whom Admit let in.
func MemberWho(c call.Call) Member {
	return Member{ID: protocol.OperatorID(c.By.ID), Admin: c.Admin, Bot: c.By.Kind == protocol.ActorBot}
}

// Admit asks the account itself whether its owner may act now, since a session may be older than a deactivation, and
// completes the call with the name and the role of this moment. Unauthorized where the account is not active.
func Admit(r store.Reader, c call.Call) (call.Call, error) {
	o, err := store.Operators.Get(r, store.Text(c.By.ID))
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && o.State != protocol.OperatorActive:
		return c, protocol.Refuse(protocol.CodeUnauthorized, "")
	case err != nil:
		return c, err
	}
	c.By.Kind, c.By.Name = protocol.ActorOperator, o.Name
	if o.Bot {
		c.By.Kind = protocol.ActorBot
	}
	c.Admin = o.Role == protocol.RoleAdmin
	return c, nil
}

// Access is what a channel's policies say about reading and writing. Its zero value is a new workspace's.
type Access struct {
	// AssignedOnly: what somebody has is read by nobody else, but for what a bot has.
	AssignedOnly bool
	// FormerMayRead: who had a conversation goes on reading it.
	FormerMayRead bool
	// NoClaim: a reply to what nobody has does not take it, so only administrators may.
	NoClaim bool
}

// AccessIn reads them for a channel as they are now.
func AccessIn(r store.Reader, channel protocol.ChannelID) (Access, error) {
	p, err := policy.Of(r, channel)
	return accessOf(&p), err
}

func accessOf(p *policy.Policy) Access {
	return Access{AssignedOnly: p.AssignedOnly, FormerMayRead: p.FormerMayRead, NoClaim: !p.ClaimOnReply}
}

// Held is what the access rule asks of a conversation: who has it now, who had it, and under which policies.
type Held struct {
	Assignee protocol.OperatorID
	Former   []protocol.OperatorID
	Access   Access
	// Bot: the assignee is one.
	Bot bool
}

// HeldBy reads it off a conversation, with the policies of this moment.
func HeldBy(r store.Reader, c *store.Conversation) (Held, error) {
	p, err := policy.Of(r, c.Channel)
	if err != nil {
		return Held{}, err
	}
	return HeldUnder(r, c, &p)
}

// HeldUnder is HeldBy for who has the policies already.
func HeldUnder(r store.Reader, c *store.Conversation, p *policy.Policy) (Held, error) {
	h := Held{Assignee: c.Assignee, Former: c.Former, Access: accessOf(p)}
	if !h.Access.AssignedOnly || c.Assignee == "" {
		return h, nil
	}
	o, err := store.Operators.Get(r, store.Text(c.Assignee))
	h.Bot = o.Bot
	return h, err
}

// MayRead is the access rule through which every delivery passes. Administrators and bots read all, an assignee what
// is theirs, the team what nobody has. What somebody else has, the team reads where the channel shares it, or where
// that is a bot; but not what was taken from them, unless the channel lets who had a conversation go on reading it.
func MayRead(m Member, h Held) bool {
	switch {
	case m.Admin, m.Bot, h.Assignee == m.ID, h.Assignee == "":
		return true
	case slices.Contains(h.Former, m.ID):
		return h.Access.FormerMayRead
	}
	return !h.Access.AssignedOnly || h.Bot
}

// MayWrite: administrators, bots, the assignee, and anyone who may read while nobody has it and a reply would take it.
func MayWrite(m Member, h Held) bool {
	return m.Admin || m.Bot || h.Assignee == m.ID || h.Assignee == "" && !h.Access.NoClaim && MayRead(m, h)
}

// MayAssign: administrators, bots, the assignee, and anyone who may read what nobody has. What a bot has, anyone who may
// read it may take, which this does not tell.
func MayAssign(m Member, h Held) bool {
	return m.Admin || m.Bot || h.Assignee == m.ID || h.Assignee == "" && MayRead(m, h)
}
