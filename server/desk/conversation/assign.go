package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Assign changes the assignee: by an administrator, a bot, the assignee, whoever has the right to, or anyone who may
// read what nobody has, or take over what a bot has. It never touches activity or status.
func Assign(r store.Reader, c call.Call, cmd *protocol.ConversationAssign) (out store.Outcome, err error) {
	conv, err := find(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	may, err := mayAssign(r, conv.member, conv.held, cmd.Assignee)
	if err != nil {
		return out, err
	}
	if !may {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if cmd.Assignee == conv.Assignee {
		return out, nil
	}
	if err := mayHave(r, cmd.Assignee, conv.held.Access); err != nil {
		return out, err
	}
	ev, err := reassigned(r, c, &conv.Conversation, cmd.Assignee, false)
	if err != nil {
		return out, err
	}
	out.Events = []protocol.Frame{ev}
	if cmd.Assignee == "" {
		return out, nil
	}
	return out, beginReading(r, c, &conv.Conversation, cmd.Assignee, &out)
}

// mayAssign tells whether a member may give a conversation that is held so to somebody.
func mayAssign(r store.Reader, m team.Member, held team.Held, to protocol.OperatorID) (bool, error) {
	if team.MayAssign(m, held) {
		return true, nil
	}
	if held.Assignee == "" || to != m.ID || !team.MayRead(m, held) {
		return false, nil
	}
	assignee, err := store.Operators.Get(r, store.Text(held.Assignee))
	return assignee.Bot, err
}

// mayHave refuses an assignee who is not of the channel's team, nor above teams.
func mayHave(r store.Reader, who protocol.OperatorID, access team.Access) error {
	if who == "" {
		return nil
	}
	o, err := store.Operators.Get(r, store.Text(who))
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Refuse(protocol.CodeInvalid, "field=assignee")
	}
	if err != nil {
		return err
	}
	m, err := team.MemberOf(r, &o)
	if err == nil && !team.MayHave(m, access) {
		err = protocol.Refuse(protocol.CodeInvalid, "field=assignee")
	}
	return err
}

// Release frees conversations of a deactivated operator, at most so many at once; closed ones keep their assignee
// until they are reopened.
func Release(r store.Reader, c call.Call, who protocol.OperatorID, limit int) ([]protocol.Frame, error) {
	var events []protocol.Frame
	for e, err := range r.Scan(store.Held.Under(store.Text(who))) {
		if err != nil {
			return nil, err
		}
		if len(events) == limit {
			break
		}
		conv, err := store.Conversations.Get(r, store.Num(store.LastNum[protocol.Number](e.Key)))
		if err != nil {
			return nil, err
		}
		ev, err := reassigned(r, c, &conv, "", false)
		if err != nil {
			return nil, err
		}
		events = append(events, ev)
	}
	return events, nil
}

// reassigned is the event of another assignee, or of none; claimed by a reply, or given.
func reassigned(r store.Reader, c call.Call, conv *store.Conversation, to protocol.OperatorID, claimed bool) (protocol.Frame, error) {
	body := &protocol.ConversationAssigned{Assignee: to, Former: conv.Assignee, Claimed: claimed}
	if to != "" {
		o, err := store.Operators.Get(r, store.Text(to))
		switch {
		case errors.Is(err, store.ErrNotFound), err == nil && o.State != protocol.OperatorActive:
			return protocol.Frame{}, protocol.Refuse(protocol.CodeInvalid, "field=assignee")
		case err != nil:
			return protocol.Frame{}, err
		}
		body.AssigneeName = o.Name
	}
	if conv.Assignee != "" {
		o, err := store.Operators.Get(r, store.Text(conv.Assignee))
		if err != nil {
			return protocol.Frame{}, err
		}
		body.FormerName = o.Name
	}
	return event(c, protocol.KindConversationAssigned, conv.Thread, conv.Number, body), nil
}

// beginReading lets a new assignee who never read here find unread what waits, and nothing else: they start at the
// item before the current wait, or at the end if none is on.
func beginReading(r store.Reader, c call.Call, conv *store.Conversation, who protocol.OperatorID, out *store.Outcome) error {
	own, known, err := ReadBy(r, who, conv.Number)
	if err != nil || known {
		return err
	}
	start := conv.LastPosition
	if conv.Wait != nil {
		start = conv.Wait.From - 1
	}
	own.Delivered, own.Read = start, start
	if err := keepRead(out, who, conv.Number, own); err != nil {
		return err
	}
	out.Notices = append(out.Notices, event(c, protocol.KindReceiptAdvanced, conv.Thread, conv.Number,
		&protocol.ReceiptAdvanced{
			Side: protocol.SideTeam, Conversation: conv.Number, Operator: who, Delivered: start, Read: start,
		}))
	return nil
}
