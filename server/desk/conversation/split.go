package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Split gives the messages from the one that reactivated a conversation on a number of their own: state-machine §6.1.
// Everybody has read of the new one what they had read of the old, and goes on writing there.
func Split(r store.Reader, c call.Call, cmd *protocol.MessagesSplit) (out store.Outcome, err error) {
	conv, err := findToWrite(r, c, cmd.Conversation)
	switch {
	case err != nil:
		return out, err
	case conv.Offer == nil:
		return out, protocol.Refuse(protocol.CodeConflict, "")
	case conv.Offer.From != cmd.From:
		return out, protocol.Refuse(protocol.CodeConflict, "changed")
	}
	number, err := nextNumber(r)
	if err != nil {
		return out, err
	}
	started := protocol.ConversationStarted{Channel: conv.Channel, Visitor: conv.Visitor, Contact: conv.Contact,
		Assignee: conv.Assignee, Split: conv.Number}
	if conv.Assignee != "" {
		o, err := store.Operators.Get(r, store.Text(conv.Assignee))
		if err != nil {
			return out, err
		}
		started.AssigneeName = o.Name
	}
	out.Events = []protocol.Frame{
		event(c, protocol.KindConversationSplit, conv.Thread, conv.Number,
			&protocol.ConversationSplit{From: cmd.From, Into: number, Status: conv.Offer.Status, Subject: conv.Subject}),
		event(c, protocol.KindConversationStarted, conv.Thread, number, &started),
	}
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return out, err
		}
		if err := moveDraft(r, c.Now, o.ID, conv.Number, number, &out); err != nil {
			return out, err
		}
		own, known, err := ReadBy(r, o.ID, conv.Number)
		if err != nil {
			return out, err
		}
		if !known {
			continue
		}
		own.Marked = false // a mark stays with what was marked
		if err := keepRead(&out, o.ID, number, own); err != nil {
			return out, err
		}
	}
	return out, nil
}

// applySplit takes from a conversation what lies from the offer's message on, and makes the new one of it, whose own
// event follows. The line of the split opens a new range of the old one.
func applySplit(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ConversationSplit
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	x, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	p, err := policyOf(tx, &x)
	if err != nil {
		return err
	}
	expire(&x, &p, ev.At)
	thread, err := store.Threads.Get(tx, store.Text(x.Thread))
	if err != nil {
		return err
	}
	first, err := store.ItemAt(tx, x.Thread, body.From)
	if err != nil {
		return err
	}
	var message protocol.MessageSent
	if err := protocol.DecodeBody(first.Body, &message); err != nil {
		return err
	}
	y := x
	y.Number, y.Activity, y.Status = body.Into, protocol.Active, protocol.Open
	y.StartedAt, y.StatusSince, y.ClosedAt = ev.At, ev.At, 0
	y.Subject, y.Title, y.Offer = "", preview(message.Text), nil
	if body.Subject != "" {
		x.Subject = body.Subject
	}
	x.Ranges, y.Ranges = cut(x.Ranges, body.From)

	switch current := x.Wait; {
	case current == nil || current.From >= body.From:
	default: // it waits since before: in the new one only what is there does
		y.Wait = &store.Wait{From: body.From, Since: first.At, Last: current.Last}
	}
	if x.Offer != nil {
		x.Wait = x.Offer.Wait
	}
	x.Activity, x.Offer = protocol.Completed, nil
	if x.Status != body.Status {
		x.Status, x.StatusSince = body.Status, ev.At
	}
	disarmIdle(&x)
	if err := recall(tx, &x); err != nil {
		return err
	}
	for _, conv := range []*store.Conversation{&x, &y} { // for the waits that they have now
		armReplyTime(conv, &p, ev.At)
	}
	if err := splitFailure(tx, &thread, &x, &y); err != nil {
		return err
	}
	if err := store.Conversations.Put(tx, y, store.Num(y.Number)); err != nil {
		return err
	}
	if len(x.Ranges) > 0 { // what it had last is another's: this line begins a range
		thread.Latest = 0
	}
	return extend(tx, ev, &x, &thread)
}

// cut parts ranges before a position.
func cut(ranges []store.Span, at protocol.Position) (before, from []store.Span) {
	for _, span := range ranges {
		switch {
		case span.Last < at:
			before = append(before, span)
		case span.First >= at:
			from = append(from, span)
		default:
			before = append(before, store.Span{First: span.First, Last: at - 1})
			from = append(from, store.Span{First: at, Last: span.Last})
		}
	}
	return before, from
}
