package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// State is where a conversation stands on both axes.
type State struct {
	Activity protocol.Activity
	Status   protocol.Status
}

// The five states there are.
var (
	ActiveOpen       = State{protocol.Active, protocol.Open}
	ActivePending    = State{protocol.Active, protocol.Pending}
	CompletedOpen    = State{protocol.Completed, protocol.Open}
	CompletedPending = State{protocol.Completed, protocol.Pending}
	CompletedClosed  = State{protocol.Completed, protocol.Closed}
)

func stateOf(conv *store.Conversation) State { return State{conv.Activity, conv.Status} }

func (s State) active() bool { return s.Activity == protocol.Active }

// completed is what a conversation becomes that ends with a status.
func completed(status protocol.Status) State { return State{protocol.Completed, status} }

// with is the state with another status; closed completes.
func (s State) with(status protocol.Status) State {
	if status == protocol.Closed {
		return CompletedClosed
	}
	return State{s.Activity, status}
}

// moved is the one event of a change of state. split: what reactivates it may be given a number of its own.
func moved(c call.Call, conv *store.Conversation, to State, split bool) protocol.Frame {
	from := stateOf(conv)
	switch {
	case to.Status == protocol.Closed:
		return event(c, protocol.KindConversationClosed, conv.Thread, conv.Number,
			&protocol.ConversationClosed{Activity: from.Activity, Status: from.Status})
	case from.active() && !to.active():
		return event(c, protocol.KindConversationCompleted, conv.Thread, conv.Number,
			&protocol.ConversationCompleted{Status: to.Status, Former: from.Status})
	case to.active() && from.Status == protocol.Closed:
		return event(c, protocol.KindConversationReopened, conv.Thread, conv.Number,
			&protocol.ConversationReopened{Status: from.Status})
	case to.active() && !from.active():
		return event(c, protocol.KindConversationReactivated, conv.Thread, conv.Number,
			&protocol.ConversationReactivated{Status: from.Status, Split: split})
	}
	return event(c, protocol.KindStatusSet, conv.Thread, conv.Number,
		&protocol.StatusSet{Status: to.Status, Former: from.Status})
}

// move is moved with what goes along: a conversation that leaves closed is nobody's if its assignee was deactivated
// meanwhile.
func move(r store.Reader, c call.Call, conv *store.Conversation, to State) ([]protocol.Frame, error) {
	events := []protocol.Frame{moved(c, conv, to, false)}
	left, err := leaves(r, conv, to)
	if err != nil || !left {
		return events, err
	}
	freed, err := reassigned(r, c, conv, "", false)
	return append(events, freed), err
}

// leaves tells that the assignee is lost by a change of state.
func leaves(r store.Reader, conv *store.Conversation, to State) (bool, error) {
	if conv.Assignee == "" || conv.Status != protocol.Closed || to.Status == protocol.Closed {
		return false, nil
	}
	works, err := works(r, conv.Assignee)
	return !works, err
}

// works tells whether somebody's account is active.
func works(r store.Reader, who protocol.OperatorID) (bool, error) {
	o, err := store.Operators.Get(r, store.Text(who))
	return o.State == protocol.OperatorActive, err
}

// event begins an event that belongs to a conversation.
func event(c call.Call, kind protocol.Kind, thread protocol.ThreadID, number protocol.Number, body protocol.Body) protocol.Frame {
	ev := c.Event(kind, protocol.EncodeBody(body))
	ev.Thread, ev.Conversation = thread, number
	return ev
}
