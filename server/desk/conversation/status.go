package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Close sets the status closed and completes. Closing what is closed has no effect.
func Close(r store.Reader, c call.Call, number protocol.Number) (store.Outcome, error) {
	conv, err := reachToWrite(r, c, number)
	if err != nil || conv.Status == protocol.Closed {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindConversationClosed, conv.Thread, conv.Number,
		&protocol.ConversationClosed{Activity: conv.Activity, Status: conv.Status})}}, nil
}

// Reopen makes a completed conversation active and open, unless another of its thread is active.
func Reopen(r store.Reader, c call.Call, number protocol.Number) (store.Outcome, error) {
	conv, err := reachToWrite(r, c, number)
	if err != nil || conv.Activity == protocol.Active {
		return store.Outcome{}, err
	}
	if err := noOtherActive(r, &conv); err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindConversationReopened, conv.Thread, conv.Number,
		&protocol.ConversationReopened{Status: conv.Status})}}, nil
}

// reachToWrite finds a conversation that the caller may change.
func reachToWrite(r store.Reader, c call.Call, number protocol.Number) (store.Conversation, error) {
	member, conv, err := reach(r, c, number)
	if err == nil && !team.MayWrite(member, team.HeldBy(&conv)) {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return conv, err
}
