package conversation

import (
	"beseda/protocol"
	"beseda/store"
)

// Messages fail by the range: whatever the team wrote there reaches nobody, though an item never changes.

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

// applyFailed keeps the range from the first of the messages to the last: all of the team's between them were on no
// device, and fail with the same step.
func applyFailed(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.MessageFailed
	if err := protocol.DecodeBody(ev.Body, &body); err != nil || len(body.Messages) == 0 {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(ev.Thread))
	if err != nil {
		return err
	}
	next := store.Failure{First: body.Messages[0], Last: body.Messages[len(body.Messages)-1], Code: body.Code}
	if n := len(thread.Failed); n > 0 && thread.Failed[n-1].Code == next.Code && thread.Failed[n-1].Last >= next.First {
		last := &thread.Failed[n-1]
		last.First, last.Last = min(last.First, next.First), max(last.Last, next.Last)
	} else {
		thread.Failed = append(thread.Failed, next)
	}
	return store.Threads.Put(tx, thread, store.Text(thread.ID))
}
