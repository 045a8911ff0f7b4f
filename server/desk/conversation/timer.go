package conversation

import (
	"fmt"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/store"
)

// The kinds of a conversation's timers, in the order in which those fire that are due together: state-machine §8.
const (
	timerWarn uint8 = 1 + iota
	timerLimit
	timerAnnounce
	timerComplete
	timerFail

	// Timers is above the kinds of this package.
	Timers
)

// armIdle begins the time to completion anew, as for every entry to active and every message: the end of the last hold
// is the least.
func armIdle(conv *store.Conversation, p *policy.Policy, now int64) {
	if conv.Activity != protocol.Active {
		return
	}
	idle := p.IdleFor(conv.Assignee != "")
	if idle == 0 {
		conv.Deadline, conv.AnnounceAt, conv.Announced = 0, 0, false
		return
	}
	setDeadline(conv, p, max(now+idle, conv.HeldUntil), now)
}

// setDeadline sets when a conversation completes, and when that is announced.
func setDeadline(conv *store.Conversation, p *policy.Policy, deadline, now int64) {
	conv.Deadline, conv.AnnounceAt, conv.Announced = deadline, 0, false
	if p.WarnBefore != 0 {
		conv.AnnounceAt = max(deadline-p.WarnBefore, now, p.CompleteResumed+1)
	}
}

// expire forgets what came due before an event and is still there: it was off when it was due. What is due fires before
// anything else happens, so that nothing else is left.
func expire(conv *store.Conversation, p *policy.Policy, now int64) {
	if conv.Deadline < now || conv.Deadline <= p.CompleteResumed {
		conv.Deadline, conv.AnnounceAt, conv.Announced = 0, 0, false
	}
	if conv.AnnounceAt < now || conv.AnnounceAt <= p.CompleteResumed {
		conv.AnnounceAt = 0
	}
	if conv.FailAt < now || conv.FailAt <= p.FailResumed {
		conv.FailAt = 0
	}
	if conv.Wait != nil && !conv.Wait.Warned && (conv.WarnAt < now || conv.WarnAt <= p.WarnResumed) {
		conv.WarnAt = 0
	}
	if conv.Wait != nil && !conv.Wait.Exceeded && (conv.LimitAt < now || conv.LimitAt <= p.LimitResumed) {
		conv.LimitAt = 0
	}
}

// disarmIdle forgets deadline and hold.
func disarmIdle(conv *store.Conversation) {
	conv.Deadline, conv.AnnounceAt, conv.Announced, conv.HeldUntil = 0, 0, false, 0
}

// rearmIdle begins the time anew where somebody got what nobody had, or nobody has it any more, and that makes a
// difference.
func rearmIdle(conv *store.Conversation, p *policy.Policy, was bool, now int64) {
	is := conv.Assignee != ""
	if was != is && p.IdleFor(was) != p.IdleFor(is) {
		armIdle(conv, p, now)
	}
}

// deadlines are what a row has armed; 0 where that is nothing.
func deadlines(conv *store.Conversation) [5]store.Deadline {
	subject := uint64(conv.Number)
	out := [5]store.Deadline{
		{Kind: timerWarn, Subject: subject}, {Kind: timerLimit, Subject: subject},
		{Kind: timerAnnounce, Subject: subject, Due: conv.AnnounceAt}, {Kind: timerComplete, Subject: subject, Due: conv.Deadline},
		{Kind: timerFail, Subject: subject, Due: conv.FailAt},
	}
	if conv.Wait != nil && !conv.Wait.Warned {
		out[0].Due = conv.WarnAt
	}
	if conv.Wait != nil && !conv.Wait.Exceeded {
		out[1].Due = conv.LimitAt
	}
	return out
}

// Deadlines returns what an event of a conversation has armed and disarmed.
func Deadlines(r store.Reader, ev *protocol.Frame) (armed []store.Deadline, err error) {
	numbers := []protocol.Number{ev.Conversation}
	switch ev.Kind {
	case protocol.KindReceiptAdvanced:
		return reprieved(r, ev)
	case protocol.KindContactBlocked: // which ends the waits of all that are the contact's
		var body protocol.ContactBlocked
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return nil, err
		}
		all, err := OfContact(r, body.Contact, ev.Thread)
		if err != nil {
			return nil, err
		}
		for i := range all {
			if all[i].Number != ev.Conversation {
				numbers = append(numbers, all[i].Number)
			}
		}
	case protocol.KindConversationMerged:
		var body protocol.ConversationMerged
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return nil, err
		}
		numbers = append(numbers, body.From)
	}
	for _, n := range numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		all := deadlines(&conv)
		armed = append(armed, all[:]...)
	}
	return armed, nil
}

// Armed yields what all rows have armed, at start. What came due while it was off, and was dropped, stays dropped.
func Armed(r store.Reader, arm func(store.Deadline)) error {
	for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
		if err != nil {
			return err
		}
		for _, d := range deadlines(&conv) {
			if d.Due != 0 {
				arm(d)
			}
		}
	}
	return nil
}

// Fire decides what a due deadline does. One that is not the row's any more, or whose policy is off, does nothing.
func Fire(r store.Reader, d store.Deadline) (store.Outcome, error) {
	conv, err := store.Conversations.Get(r, store.Num(d.Subject))
	if err != nil {
		return store.Outcome{}, err
	}
	if d.Kind < timerWarn || d.Kind > timerFail {
		return store.Outcome{}, fmt.Errorf("no timer of kind %d", d.Kind)
	}
	if deadlines(&conv)[d.Kind-timerWarn].Due != d.Due {
		return store.Outcome{}, nil
	}
	p, err := policy.Of(r, conv.Channel)
	if err != nil {
		return store.Outcome{}, err
	}
	c := call.Call{By: protocol.Actor{Kind: protocol.ActorTimer}, Now: d.Due}
	one := func(kind protocol.Kind, body protocol.Body) (store.Outcome, error) {
		return store.Outcome{Events: []protocol.Frame{event(c, kind, conv.Thread, conv.Number, body)}}, nil
	}
	idle := p.IdleFor(conv.Assignee != "")
	switch {
	case d.Kind == timerWarn && p.ReplyWarn != 0 && d.Due > p.WarnResumed:
		return one(protocol.KindReplyTimeWarned, &protocol.ReplyTimeWarned{Message: conv.Wait.From, Since: conv.Wait.Since})
	case d.Kind == timerLimit && p.ReplyLimit != 0 && d.Due > p.LimitResumed:
		return one(protocol.KindReplyTimeExceeded, &protocol.ReplyTimeExceeded{Message: conv.Wait.From, Since: conv.Wait.Since})
	case d.Kind == timerAnnounce && idle != 0 && d.Due > p.CompleteResumed:
		return one(protocol.KindCompletionAnnounced, &protocol.CompletionAnnounced{Deadline: conv.Deadline})
	case d.Kind == timerComplete && idle != 0 && d.Due > p.CompleteResumed:
		return store.Outcome{Events: []protocol.Frame{moved(c, &conv, completed(timedOut(&conv, &p)), false)}}, nil
	case d.Kind == timerFail && p.FailAfter != 0 && d.Due > p.FailResumed:
		failed, err := overdue(r, c, &conv, &p)
		return store.Outcome{Events: failed}, err
	}
	return store.Outcome{}, nil
}

// timedOut is the status of a conversation that completes by itself: by who is owed an answer, or a fixed one.
func timedOut(conv *store.Conversation, p *policy.Policy) protocol.Status {
	switch {
	case p.CompleteAs != "":
		return p.CompleteAs
	case conv.Wait != nil:
		return protocol.Open
	}
	return protocol.Pending
}
