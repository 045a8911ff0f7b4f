package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Close sets the status closed and completes. Closing what is closed has no effect.
func Close(r store.Reader, c call.Call, number protocol.Number) (store.Outcome, error) {
	conv, err := findToWrite(r, c, number)
	if err != nil || conv.Status == protocol.Closed {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindConversationClosed, conv.Thread, conv.Number,
		&protocol.ConversationClosed{Activity: conv.Activity, Status: conv.Status})}}, nil
}

// Reopen makes a completed conversation active and open, unless another of its thread is active. An assignee who was
// deactivated meanwhile does not get it back.
func Reopen(r store.Reader, c call.Call, number protocol.Number) (out store.Outcome, err error) {
	conv, err := findToWrite(r, c, number)
	if err != nil || conv.Activity == protocol.Active {
		return out, err
	}
	ev, left, err := reopen(r, c, &conv)
	if err != nil {
		return out, err
	}
	out.Events = []protocol.Frame{ev}
	if left {
		freed, err := reassigned(r, c, &conv, "", false)
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, freed)
	}
	return out, nil
}

// reopen is the event that makes a completed conversation active. left tells that its assignee was deactivated, so
// that it is nobody's from now on.
func reopen(r store.Reader, c call.Call, conv *store.Conversation) (ev protocol.Frame, left bool, err error) {
	thread, err := store.Threads.Get(r, store.Text(conv.Thread))
	if err != nil {
		return ev, false, err
	}
	if thread.Active != 0 {
		return ev, false, protocol.Refuse(protocol.CodeConflict, "active="+thread.Active.String())
	}
	if conv.Assignee != "" {
		o, err := store.Operators.Get(r, store.Text(conv.Assignee))
		if err != nil {
			return ev, false, err
		}
		left = o.State == protocol.OperatorDeactivatedState
	}
	return event(c, protocol.KindConversationReopened, conv.Thread, conv.Number,
		&protocol.ConversationReopened{Status: conv.Status}), left, nil
}

// find reads a conversation that somebody addressed.
func find(r store.Reader, number protocol.Number) (store.Conversation, error) {
	conv, err := store.Conversations.Get(r, store.Num(number))
	return conv, notFound(err)
}

// findToWrite finds a conversation that the caller may change.
func findToWrite(r store.Reader, c call.Call, number protocol.Number) (store.Conversation, error) {
	conv, err := find(r, number)
	if err == nil && !team.MayWrite(team.MemberWho(c), team.HeldBy(&conv)) {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return conv, err
}

// event begins an event that belongs to a conversation.
func event(c call.Call, kind protocol.Kind, thread protocol.ThreadID, number protocol.Number, body protocol.Body) protocol.Frame {
	ev := c.Event(kind, protocol.EncodeBody(body))
	ev.Thread, ev.Conversation = thread, number
	return ev
}

func notFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Refuse(protocol.CodeNotFound, "")
	}
	return err
}
