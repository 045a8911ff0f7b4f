package team

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
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

// Held is what the access rule asks of a conversation: who has it now and who had it.
type Held struct {
	Assignee protocol.OperatorID
	Former   []protocol.OperatorID
}

// HeldBy reads it off a conversation.
func HeldBy(c *store.Conversation) Held { return Held{c.Assignee, c.Former} }

// MayRead is the access rule through which every delivery passes: administrators and bots read all, an assignee what
// is theirs, the team what nobody has or somebody else has, but not what was taken from them.
func MayRead(m Member, h Held) bool {
	switch {
	case m.Admin, m.Bot, h.Assignee == m.ID, h.Assignee == "":
		return true
	}
	return !slices.Contains(h.Former, m.ID)
}

// MayWrite: administrators, bots, the assignee, and anyone who may read while nobody has it.
func MayWrite(m Member, h Held) bool {
	return m.Admin || m.Bot || h.Assignee == m.ID || h.Assignee == "" && MayRead(m, h)
}
