package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Messages fail by the range: whatever the team wrote there reaches nobody, though an item never changes.

// failedAtOnce bounds how many messages one event names.
const failedAtOnce = 2000

func ofTeam(item *protocol.Frame) bool {
	return item.Kind == protocol.KindMessageSent && item.Actor.Side() == protocol.SideTeam
}

// failure is why a message of the team at a position of a thread has failed; empty where it has not.
func failure(thread *store.Thread, at protocol.Position) protocol.Code {
	for _, f := range thread.Failed {
		if f.First <= at && at <= f.Last {
			return f.Code
		}
	}
	return ""
}

// Failure reads why a message of the team has failed; empty where it has not.
func Failure(r store.Reader, id protocol.ThreadID, at protocol.Position) (protocol.Code, error) {
	thread, err := store.Threads.Get(r, store.Text(id))
	return failure(&thread, at), err
}

// withFailure is a message of the team as the team sees it: it says why it failed, if it did.
func withFailure(thread *store.Thread, item *protocol.Frame) error {
	if len(thread.Failed) == 0 || !ofTeam(item) {
		return nil
	}
	code := failure(thread, item.Position)
	if code == "" {
		return nil
	}
	return with(item, func(body *protocol.MessageSent) {
		body.Failed = code
		item.Body = protocol.EncodeBody(body)
	})
}

// fail are the events of a conversation's messages that reach nobody, for a reason; ascending.
func fail(c call.Call, conv *store.Conversation, failing []protocol.Position, why protocol.Code) (out []protocol.Frame) {
	for some := range slices.Chunk(failing, failedAtOnce) {
		out = append(out, event(c, protocol.KindMessageFailed, conv.Thread, conv.Number, &protocol.MessageFailed{Messages: some, Code: why}))
	}
	return out
}

// applyFailed keeps what failed as ranges, of which none reaches over something that another conversation holds. What the
// conversation still has to wait for fails later.
func applyFailed(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.MessageFailed
	if err := protocol.DecodeBody(ev.Body, &body); err != nil || len(body.Messages) == 0 {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(ev.Thread))
	if err != nil {
		return err
	}
	conv, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	seen, err := receiptOf(tx, store.VisitorReads.Key(store.Text(ev.Thread)))
	if err != nil {
		return err
	}
	thread.Failed = slices.Clone(thread.Failed)
	for _, at := range body.Messages {
		next := store.Failure{First: at, Last: at, Code: body.Code}
		if n := len(thread.Failed); n > 0 && continues(&conv, thread.Failed[n-1], next, seen.Delivered) {
			thread.Failed[n-1].Last = at
		} else {
			thread.Failed = append(thread.Failed, next)
		}
	}
	if err := store.Threads.Put(tx, thread, store.Text(thread.ID)); err != nil || conv.FailAt == 0 {
		return err
	}
	if conv.FailAt, err = nextFailure(tx, &thread, &conv, seen.Delivered, ev.At); err != nil {
		return err
	}
	return store.Conversations.Put(tx, conv, store.Num(conv.Number))
}

// continues tells whether a failure goes on with that before it: all of the team's between them is of the conversation,
// and on no device either. Else somebody who stays away would cost a range a message.
func continues(conv *store.Conversation, before, next store.Failure, delivered protocol.Position) bool {
	if before.Code != next.Code || before.First <= delivered || before.Last > next.First {
		return false
	}
	for _, span := range conv.Ranges {
		if span.First <= before.First && next.Last <= span.Last {
			return true
		}
	}
	return false
}
