package team

import (
	"slices"

	"beseda/protocol"
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
