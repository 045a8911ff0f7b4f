package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Assign changes the assignee: by an administrator, a bot, the assignee, or, while nobody has it, anyone who may read
// it. It never touches activity or status.
func Assign(r store.Reader, c call.Call, cmd *protocol.ConversationAssign) (store.Outcome, error) {
	member, conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return store.Outcome{}, err
	}
	held := team.HeldBy(&conv)
	if !member.Admin && !member.Bot && conv.Assignee != member.ID && !(conv.Assignee == "" && team.MayRead(member, held)) {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if cmd.Assignee == conv.Assignee {
		return store.Outcome{}, nil
	}
	ev, err := reassigned(r, c, &conv, cmd.Assignee)
	if err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{ev}}, nil
}

// Unassign frees what a deactivated operator holds; closed conversations keep their assignee until they are reopened.
func Unassign(r store.Reader, c call.Call, who protocol.OperatorID) ([]protocol.Frame, error) {
	var events []protocol.Frame
	for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
		if err != nil {
			return nil, err
		}
		if conv.Assignee != who || conv.Status == protocol.Closed {
			continue
		}
		ev, err := reassigned(r, c, &conv, "")
		if err != nil {
			return nil, err
		}
		events = append(events, ev)
	}
	return events, nil
}

func reassigned(r store.Reader, c call.Call, conv *store.Conversation, to protocol.OperatorID) (protocol.Frame, error) {
	body := &protocol.ConversationAssigned{Assignee: to, Former: conv.Assignee}
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
