package team

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/store"
)

// Member is what the access rule asks of an operator or bot. Two of the same person are equal where they may do the same.
type Member struct {
	ID protocol.OperatorID
	// Admin is an administrator; bots are none.
	Admin  bool
	Bot    bool
	rights rights
}

// MemberOf reads it off an account, with the rights of this moment.
func MemberOf(r store.Reader, o *store.Operator) (Member, error) {
	has, err := rightsOf(r, o)
	return Member{ID: o.ID, Admin: o.Role == protocol.RoleAdmin && !o.Bot, Bot: o.Bot, rights: has}, err
}

// MemberWho reads it off the call of somebody whom Admit let in.
func MemberWho(c call.Call) Member {
	return Member{
		ID: c.Operator(), Admin: c.Admin, Bot: c.By.Kind == protocol.ActorBot, rights: setOf(c.Rights),
	}
}

// Working finds the account of somebody who acts on a proof that may be older than a deactivation. Unauthorized where
// it is not active.
func Working(r store.Reader, id protocol.OperatorID) (Member, error) {
	o, err := active(r, id)
	if err != nil {
		return Member{}, err
	}
	return MemberOf(r, &o)
}

// May tells whether a member has a right, which an administrator always has.
func (m Member) May(right protocol.Right) bool { return m.Admin || m.rights&bitOf(right) != 0 }

// Rights are all of them, in the order of the screen.
func (m Member) Rights() []protocol.Right { return m.rights.list() }

// Leads tells whether somebody is above what teams and assignees keep from others.
func (m Member) Leads() bool { return m.Admin || m.rights&chatAdmin != 0 }

// Admit asks the account itself whether its owner may act now, since a session may be older than a deactivation, and
// completes the call with the name, the role and the rights of this moment. Unauthorized where the account is not active.
func Admit(r store.Reader, c call.Call) (call.Call, error) {
	o, err := active(r, c.Operator())
	if err != nil {
		return c, err
	}
	m, err := MemberOf(r, &o)
	if err != nil {
		return c, err
	}
	c.By.Kind, c.By.Name = protocol.ActorOperator, o.Name
	if o.Bot {
		c.By.Kind = protocol.ActorBot
	}
	c.Admin, c.Rights = m.Admin, m.Rights()
	return c, nil
}

func active(r store.Reader, id protocol.OperatorID) (store.Operator, error) {
	o, err := store.Operators.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && o.State != protocol.OperatorActive {
		err = protocol.Refuse(protocol.CodeUnauthorized, "")
	}
	return o, err
}

// Access is what a channel says about reading and writing: its team, and its policies. Its zero value is a new
// workspace's.
type Access struct {
	// Team serves the channel, ascending; empty for everybody.
	Team []protocol.OperatorID
	// AssignedOnly: what somebody has is read by nobody else, but for what a bot has.
	AssignedOnly bool
	// FormerMayRead: who had a conversation goes on reading it.
	FormerMayRead bool
	// NoClaim: a reply to what nobody has does not take it, so only administrators may.
	NoClaim bool
}

// AccessIn reads it for a channel as it is now.
func AccessIn(r store.Reader, channel protocol.ChannelID) (Access, error) {
	p, err := policy.Of(r, channel)
	if err != nil {
		return Access{}, err
	}
	return accessUnder(r, channel, &p)
}

func accessUnder(r store.Reader, channel protocol.ChannelID, p *policy.Policy) (Access, error) {
	ch, err := store.Channels.Get(r, store.Text(channel))
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return Access{
		Team: ch.Channel.Team, AssignedOnly: p.AssignedOnly, FormerMayRead: p.FormerMayRead, NoClaim: !p.ClaimOnReply,
	}, err
}

// Same tells whether two say the same.
func (a Access) Same(b Access) bool {
	return a.AssignedOnly == b.AssignedOnly && a.FormerMayRead == b.FormerMayRead && a.NoClaim == b.NoClaim &&
		slices.Equal(a.Team, b.Team)
}

// Serves tells whether somebody is of the channel's team.
func (a Access) Serves(id protocol.OperatorID) bool {
	if len(a.Team) == 0 {
		return true
	}
	_, found := slices.BinarySearch(a.Team, id)
	return found
}

// Held is what the access rule asks of a conversation: who has it now, who had it, and what its channel says.
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
	access, err := accessUnder(r, c.Channel, p)
	h := Held{Assignee: c.Assignee, Former: c.Former, Access: access}
	if err != nil || !h.Access.AssignedOnly || c.Assignee == "" {
		return h, err
	}
	o, err := store.Operators.Get(r, store.Text(c.Assignee))
	h.Bot = o.Bot
	return h, err
}

// MayRead is the access rule through which every delivery passes. Administrators, chat administrators, bots and who has
// the right to it read all, an assignee what is theirs, the channel's team what nobody has. What somebody else has, the
// team reads where the channel shares it, or where that is a bot; but not what was taken from them, unless the channel
// lets who had a conversation go on reading it, of its team or not.
func MayRead(m Member, h Held) bool {
	if m.Admin || m.Bot || m.rights&(chatAdmin|readAll) != 0 || h.Assignee == m.ID && m.ID != "" {
		return true
	}
	former := slices.Contains(h.Former, m.ID)
	if former && h.Access.FormerMayRead {
		return true
	}
	if !h.Access.Serves(m.ID) {
		return false
	}
	return h.Assignee == "" || !former && (!h.Access.AssignedOnly || h.Bot)
}

// MayWrite: administrators, chat administrators, bots, the assignee, and anyone who may read while nobody has it and a
// reply would take it, which it can for those who may have it.
func MayWrite(m Member, h Held) bool {
	if m.Leads() || m.Bot || h.Assignee == m.ID && m.ID != "" {
		return true
	}
	return h.Assignee == "" && !h.Access.NoClaim && MayHave(m, h.Access) && MayRead(m, h)
}

// MayAssign: administrators, chat administrators, bots, the assignee, anyone who may read what nobody has, and who has
// the right to it where they may read. What a bot has, anyone who may read it may take, which this does not tell.
func MayAssign(m Member, h Held) bool {
	if m.Leads() || m.Bot || h.Assignee == m.ID && m.ID != "" {
		return true
	}
	return (h.Assignee == "" || m.rights&reassign != 0) && MayRead(m, h)
}

// MayHave tells to whom a conversation may be given: bots, who is of the channel's team, and who is above teams.
func MayHave(m Member, a Access) bool { return m.Bot || m.Leads() || a.Serves(m.ID) }
