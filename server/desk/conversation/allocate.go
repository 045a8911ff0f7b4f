package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// Allocation is what the allocation bot means to do with a conversation that it saw waiting: take it from From, empty
// for nobody, and give it to To.
type Allocation struct {
	Number   protocol.Number
	From, To protocol.OperatorID
}

// Allocate gives a conversation to an operator, as a reassignment does, if all of what the bot saw still holds: it waits,
// From has it, To works in the channel's team, and the policies say so. Where something has come between, nothing happens.
func Allocate(r store.Reader, c call.Call, a Allocation) (out store.Outcome, err error) {
	conv, err := store.Conversations.Get(r, store.Num(a.Number))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return out, nil
	case err != nil:
		return out, err
	case conv.Tombstone() || conv.Wait == nil || conv.Assignee != a.From:
		return out, nil
	}
	p, err := policyOf(r, &conv)
	if err != nil || !allocates(&p, &conv, a.To) {
		return out, err
	}
	may, err := mayBeGiven(r, &conv, a.To)
	if err != nil || !may {
		return out, err
	}
	ev, err := reassigned(r, c, &conv, a.To, false)
	if err != nil {
		return out, err
	}
	out.Events = []protocol.Frame{ev}
	return out, beginReading(r, c, &conv, a.To, &out)
}

// allocates tells whether the policies have a conversation given to somebody. What nobody has is given to nobody who had
// it: somebody put it back.
func allocates(p *policy.Policy, conv *store.Conversation, to protocol.OperatorID) bool {
	if conv.Assignee == "" {
		return p.AllocateNew && !slices.Contains(conv.Former, to)
	}
	return p.AllocateAbsent > 0 && conv.Assignee != to
}

// mayBeGiven tells whether somebody works in the team of a conversation's channel.
func mayBeGiven(r store.Reader, conv *store.Conversation, to protocol.OperatorID) (bool, error) {
	m, err := team.Working(r, to)
	var refusal *protocol.Refusal
	if errors.As(err, &refusal) {
		return false, nil
	}
	if err != nil || m.Bot {
		return false, err
	}
	access, err := team.AccessIn(r, conv.Channel)
	return access.Serves(to), err
}
