package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Complete ends active work with a status. Like closing and reopening it needs the right to it beside that to write.
func Complete(r store.Reader, c call.Call, cmd *protocol.ConversationComplete) (store.Outcome, error) {
	conv, err := findToEnd(r, c, cmd.Conversation)
	switch {
	case err != nil:
		return store.Outcome{}, err
	case conv.Activity != protocol.Active:
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "")
	case !conv.policy.Allows(cmd.Status):
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=status")
	}
	if err := unseen(c, &conv.Conversation, cmd.Last); err != nil {
		return store.Outcome{}, err
	}
	events, err := move(r, c, &conv.Conversation, completed(cmd.Status))
	return store.Outcome{Events: events}, err
}

// SetStatus sets the status; closed completes, the others leave the activity as it is. Setting what is set has no
// effect. To say that something is open takes no right but that to write.
func SetStatus(r store.Reader, c call.Call, cmd *protocol.StatusChange) (store.Outcome, error) {
	find := findToEnd
	if cmd.Status == protocol.Open {
		find = findToWrite
	}
	conv, err := find(r, c, cmd.Conversation)
	if err != nil || conv.Status == cmd.Status {
		return store.Outcome{}, err
	}
	if !conv.policy.Allows(cmd.Status) && !(cmd.Status == protocol.Open && conv.Activity == protocol.Active) {
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=status")
	}
	if cmd.Status != protocol.Open {
		if err := unseen(c, &conv.Conversation, cmd.Last); err != nil {
			return store.Outcome{}, err
		}
	}
	events, err := move(r, c, &conv.Conversation, stateOf(&conv.Conversation).with(cmd.Status))
	return store.Outcome{Events: events}, err
}

// Close sets the status closed, and completes. A visitor closes one of their own. Closing what is closed has no effect.
func Close(r store.Reader, c call.Call, cmd *protocol.ConversationClose) (store.Outcome, error) {
	if !c.IsVisitor() {
		return SetStatus(r, c, &protocol.StatusChange{Conversation: cmd.Conversation, Status: protocol.Closed, Last: cmd.Last})
	}
	conv, err := own(r, c, cmd.Conversation)
	if err == nil {
		err = passes(r, &conv)
	}
	if err != nil || conv.Status == protocol.Closed {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{moved(c, &conv, CompletedClosed, false)}}, nil
}

// Reopen makes a completed conversation active and open, unless another of its thread is active.
func Reopen(r store.Reader, c call.Call, cmd *protocol.ConversationReopen) (store.Outcome, error) {
	conv, err := findToEnd(r, c, cmd.Conversation)
	if err != nil || conv.Activity == protocol.Active {
		return store.Outcome{}, err
	}
	if err := aloneActive(r, conv.Thread); err != nil {
		return store.Outcome{}, err
	}
	events, err := move(r, c, &conv.Conversation, ActiveOpen)
	return store.Outcome{Events: events}, err
}

// Postpone holds a conversation whose completion is announced. It may be repeated without limit.
func Postpone(r store.Reader, c call.Call, cmd *protocol.CompletionPostpone) (store.Outcome, error) {
	conv, err := findToWrite(r, c, cmd.Conversation)
	if err != nil {
		return store.Outcome{}, err
	}
	if !conv.Announced || conv.Deadline <= c.Now || conv.policy.HoldFor == 0 {
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "")
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindCompletionPostponed, conv.Thread, conv.Number,
		&protocol.CompletionPostponed{Deadline: conv.Deadline + conv.policy.HoldFor})}}, nil
}

// Waive ends a wait without an answer, and reads the conversation for whoever does it, whose mark ends. Where no wait is
// on it only reads.
func Waive(r store.Reader, c call.Call, cmd *protocol.ReplyWaive) (out store.Outcome, err error) {
	conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	if !conv.mayWrite() {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if conv.Wait != nil {
		if err := unseen(c, &conv.Conversation, cmd.Last); err != nil {
			return out, err
		}
	}
	if !conv.member.Bot {
		if err := advanceOperator(r, c, &conv.Conversation, everything(&conv.Conversation), &out); err != nil {
			return out, err
		}
	}
	if err := mark(r, c, &conv.Conversation, false, &out); err != nil {
		return out, err
	}
	if conv.Wait != nil {
		out.Events = append(out.Events, event(c, protocol.KindReplyWaived, conv.Thread, conv.Number,
			&protocol.ReplyWaived{Message: conv.Wait.From}))
	}
	return out, nil
}
