package conversation

import (
	"errors"
	"iter"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/store"
)

// A channel may let a message of the team fail that the visitor was not there to get in time: offline_delivery of
// state-machine §3 and §8. Each conversation has one deadline, that of its oldest such message. A visitor who is there
// acknowledges within moments, and nothing fails.

// armFailure begins the time of a message of the team, unless that of an older one runs. What came due was off then.
func armFailure(r store.Reader, conv *store.Conversation, p *policy.Policy, now int64) error {
	if p.FailAfter == 0 {
		return nil
	}
	if conv.FailAt > now {
		thread, err := store.Threads.Get(r, store.Text(conv.Thread))
		if err != nil {
			return err
		}
		seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(conv.Thread)))
		if err != nil {
			return err
		}
		conv.FailAt, err = nextFailure(r, &thread, conv, seen.Delivered, conv.FailAt)
		if err != nil || conv.FailAt != 0 {
			return err
		}
	}
	conv.FailAt = now + p.FailAfter
	return nil
}

// undeliveredOf yields a conversation's messages of the team that no device of the visitor has and that have not failed;
// the oldest first.
func undeliveredOf(r store.Reader, thread *store.Thread, conv *store.Conversation, delivered protocol.Position) iter.Seq2[protocol.Frame, error] {
	return func(yield func(protocol.Frame, error) bool) {
		for item, err := range forwards(r, conv.Thread, conv.Ranges, delivered) {
			if err == nil && (!ofTeam(&item) || failure(thread, item.Position) != "") {
				continue
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// nextFailure is when the oldest message fails that has not reached the visitor, not before a time; 0 where there is none,
// or nothing fails in that channel.
func nextFailure(r store.Reader, thread *store.Thread, conv *store.Conversation, delivered protocol.Position, least int64) (int64, error) {
	p, err := policyOf(r, conv)
	if err != nil || p.FailAfter == 0 {
		return 0, err
	}
	for oldest, err := range undeliveredOf(r, thread, conv, delivered) {
		return max(oldest.At+p.FailAfter, least, p.FailResumed+1), err
	}
	return 0, nil
}

// overdue are the events of a conversation's messages whose time is over. That of the oldest is, also where the setting
// has become longer since: it counts from the next message.
func overdue(r store.Reader, c call.Call, conv *store.Conversation, p *policy.Policy) ([]protocol.Frame, error) {
	thread, err := store.Threads.Get(r, store.Text(conv.Thread))
	if err != nil {
		return nil, err
	}
	seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(conv.Thread)))
	if err != nil {
		return nil, err
	}
	var failing []protocol.Position
	latest := c.Now - p.FailAfter
	for m, err := range undeliveredOf(r, &thread, conv, seen.Delivered) {
		if err != nil {
			return nil, err
		}
		if len(failing) == 0 {
			latest = max(latest, m.At)
		}
		if m.At > latest {
			break
		}
		failing = append(failing, m.Position)
	}
	return fail(c, conv, failing, protocol.FailedVisitorLeft), nil
}

// reprieve lets the deadlines of a thread wait for what has not reached the visitor yet, after their devices got more.
func reprieve(tx store.Tx, id protocol.ThreadID, delivered protocol.Position, now int64) error {
	thread, err := mayFail(tx, id)
	if err != nil || thread == nil {
		return err
	}
	for _, n := range thread.Numbers {
		conv, err := store.Conversations.Get(tx, store.Num(n))
		if err != nil {
			return err
		}
		if conv.FailAt == 0 {
			continue
		}
		p, err := policyOf(tx, &conv)
		if err != nil {
			return err
		}
		if expire(&conv, &p, now); conv.FailAt != 0 {
			if conv.FailAt, err = nextFailure(tx, thread, &conv, delivered, conv.FailAt); err != nil {
				return err
			}
		}
		if err := store.Conversations.Put(tx, conv, store.Num(n)); err != nil {
			return err
		}
	}
	return nil
}

// reprieved are the deadlines of the thread whose visitor got more.
func reprieved(r store.Reader, ev *protocol.Frame) (armed []store.Deadline, err error) {
	if ev.Conversation != 0 { // an operator's
		return nil, nil
	}
	thread, err := mayFail(r, ev.Thread)
	if err != nil || thread == nil {
		return nil, err
	}
	for _, n := range thread.Numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		armed = append(armed, store.Deadline{Kind: timerFail, Subject: uint64(n), Due: conv.FailAt})
	}
	return armed, nil
}

// mayFail reads a thread in whose channel messages fail; nil for another. Most acknowledgements end here.
func mayFail(r store.Reader, id protocol.ThreadID) (*store.Thread, error) {
	thread, err := store.Threads.Get(r, store.Text(id))
	if err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return nil, err
	}
	p, err := policy.Of(r, thread.Channel)
	if err != nil || p.FailAfter == 0 {
		return nil, err
	}
	return &thread, nil
}

// splitFailure gives each of two conversations that were one the deadline of what it holds now.
func splitFailure(r store.Reader, thread *store.Thread, x, y *store.Conversation) error {
	if x.FailAt == 0 {
		return nil
	}
	seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(thread.ID)))
	if err != nil {
		return err
	}
	for _, conv := range []*store.Conversation{x, y} {
		if conv.FailAt, err = nextFailure(r, thread, conv, seen.Delivered, conv.FailAt); err != nil {
			return err
		}
	}
	return nil
}
