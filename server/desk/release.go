package desk

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// Deactivating an operator leaves nobody's conversation behind with them. There may be more of these than one commit
// takes: the command frees the first, a timer the others, some at a time, and also after a restart in between.

const (
	// timerRelease is due while a deactivated operator still has conversations; its subject is the position that
	// made the account. It comes after the timers of conversations that are due together with it.
	timerRelease uint8 = 200
	// releaseStep is how many conversations are freed at once; releasePause, in milliseconds, lets others in between.
	releaseStep  = 100
	releasePause = 1
)

// deactivate ends an operator's access and frees the first of their conversations.
func deactivate(r store.Reader, c call.Call, cmd *protocol.OperatorDeactivate) (store.Outcome, error) {
	out, err := team.Deactivate(r, c, cmd)
	if err != nil || len(out.Events) == 0 {
		return out, err
	}
	freed, err := conversation.Release(r, c, cmd.Operator, releaseStep)
	out.Events = append(out.Events, freed...)
	return out, err
}

// releases arms the next step after an operator was deactivated, and after each step.
func releases(r store.Reader, ev *protocol.Frame) ([]store.Deadline, error) {
	var who protocol.OperatorID
	switch ev.Kind {
	case protocol.KindOperatorDeactivated:
		var body protocol.OperatorDeactivated
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return nil, err
		}
		who = body.Operator
	case protocol.KindConversationAssigned:
		if ev.Actor.Kind != protocol.ActorTimer {
			return nil, nil
		}
		var body protocol.ConversationAssigned
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return nil, err
		}
		who = body.Former
	default:
		return nil, nil
	}
	o, err := store.Operators.Get(r, store.Text(who))
	if err != nil {
		return nil, err
	}
	return []store.Deadline{{Kind: timerRelease, Subject: uint64(o.CreatedPos), Due: ev.At + releasePause}}, nil
}

// fireRelease frees some more, unless the operator is back.
func fireRelease(r store.Reader, d store.Deadline) (out store.Outcome, err error) {
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return out, err
		}
		if uint64(o.CreatedPos) != d.Subject || o.State != protocol.OperatorDeactivatedState {
			continue
		}
		timer := call.Call{By: protocol.Actor{Kind: protocol.ActorTimer}, Now: d.Due}
		out.Events, err = conversation.Release(r, timer, o.ID, releaseStep)
		return out, err
	}
	return out, nil
}

// armReleases finds operators whose release was cut short by the end of a process.
func armReleases(r store.Reader, arm func(store.Deadline)) error {
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return err
		}
		if o.State != protocol.OperatorDeactivatedState {
			continue
		}
		due, err := leftBehind(r, o.ID)
		if err != nil {
			return err
		}
		if due != 0 {
			arm(store.Deadline{Kind: timerRelease, Subject: uint64(o.CreatedPos), Due: due})
		}
	}
	return nil
}

// leftBehind is when a deactivated operator's first conversation should have been freed, as far as it is known: not
// before anything that happened in it. 0 where they have none.
func leftBehind(r store.Reader, who protocol.OperatorID) (int64, error) {
	for e, err := range r.Scan(store.Held.Under(store.Text(who))) {
		if err != nil {
			return 0, err
		}
		conv, err := store.Conversations.Get(r, store.Num(store.LastNum[protocol.Number](e.Key)))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		return max(conv.LastAt, conv.StatusSince), err
	}
	return 0, nil
}
