package conversation

import (
	"fmt"
	"unicode/utf8"

	"beseda/protocol"
	"beseda/store"
)

// previewRunes is how much of the newest message a list shows.
const previewRunes = 120

// Apply changes conversations, threads and receipts by one event.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindReceiptAdvanced:
		return applyReceipt(tx, ev)
	case protocol.KindConversationStarted:
		return applyStarted(tx, ev)
	}
	conv, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	switch ev.Kind {
	case protocol.KindMessageSent:
		err = applyMessage(tx, ev, &conv)
	case protocol.KindConversationClosed:
		conv.Activity, conv.Status = protocol.Completed, protocol.Closed
		conv.StatusSince, conv.ClosedAt, conv.Wait, conv.Deadline = ev.At, ev.At, nil, 0
		err = release(tx, conv.Assignee, conv.Number)
	case protocol.KindConversationReopened:
		conv.Activity = protocol.Active
		if conv.Status != protocol.Open {
			conv.Status, conv.StatusSince = protocol.Open, ev.At
		}
		err = hold(tx, &conv)
	case protocol.KindConversationAssigned:
		err = applyAssigned(tx, ev, &conv)
	default:
		err = fmt.Errorf("no view for %s", ev.Kind)
	}
	if err != nil {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(conv.Thread))
	if err != nil {
		return err
	}
	return extend(tx, ev, &conv, &thread)
}

func applyStarted(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ConversationStarted
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	conv := store.Conversation{
		Number: ev.Conversation, Thread: ev.Thread, Channel: body.Channel, Visitor: body.Visitor, Contact: body.Contact,
		Activity: protocol.Active, Status: protocol.Open, Assignee: body.Assignee,
		StartedAt: ev.At, StatusSince: ev.At, LastAt: ev.At, LastActor: *ev.Actor,
	}
	thread, err := store.Threads.Get(tx, store.Text(ev.Thread))
	if err != nil {
		return err
	}
	thread.Numbers = append(thread.Numbers, conv.Number)
	if err := hold(tx, &conv); err != nil {
		return err
	}
	return extend(tx, ev, &conv, &thread)
}

func applyMessage(tx store.Tx, ev *protocol.Frame, conv *store.Conversation) error {
	var body protocol.MessageSent
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	for _, a := range body.Attachments {
		if err := store.Attachments.Put(tx, store.Attachment{
			Attachment: a, Thread: ev.Thread, Position: ev.Position,
		}, store.Text(a.ID)); err != nil {
			return err
		}
	}
	conv.LastAt, conv.LastMessage, conv.LastActor = ev.At, ev.Position, *ev.Actor
	conv.LastText, conv.LastAttachment = preview(body.Text), ""
	if len(body.Attachments) > 0 {
		conv.LastAttachment = body.Attachments[0].Kind
	}
	switch ev.Actor.Kind {
	case protocol.ActorVisitor:
		conv.LastVisitor = ev.Position
		if conv.Wait == nil {
			conv.Wait = &store.Wait{From: ev.Position, Since: ev.At, Last: ev.At}
		}
	case protocol.ActorOperator:
		conv.Wait = nil // a person's reply ends the wait; a bot's does not
	}
	return nil
}

func applyAssigned(tx store.Tx, ev *protocol.Frame, conv *store.Conversation) error {
	var body protocol.ConversationAssigned
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	former := conv.Former[:0:0]
	for _, id := range conv.Former {
		if id != body.Assignee && id != body.Former {
			former = append(former, id)
		}
	}
	if body.Former != "" {
		former = append(former, body.Former)
	}
	conv.Former, conv.Assignee = former, body.Assignee
	if err := release(tx, body.Former, conv.Number); err != nil {
		return err
	}
	return hold(tx, conv)
}

// hold lists a conversation under its assignee: the ones that are not closed are freed when that operator leaves.
func hold(tx store.Tx, conv *store.Conversation) error {
	if conv.Assignee == "" || conv.Status == protocol.Closed {
		return nil
	}
	return store.Held.Put(tx, store.Reference{ID: string(conv.Thread)}, store.Text(conv.Assignee), store.Num(conv.Number))
}

func release(tx store.Tx, who protocol.OperatorID, n protocol.Number) error {
	if who == "" {
		return nil
	}
	return store.Held.Delete(tx, store.Text(who), store.Num(n))
}

func applyReceipt(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ReceiptAdvanced
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	if body.Side == protocol.SideVisitor {
		old, err := receiptOf(tx, store.VisitorReads.Key(store.Text(ev.Thread)))
		if err != nil {
			return err
		}
		next, _ := forward(old, protocol.ReceiptAdvance{Delivered: body.Delivered, Read: body.Read}, ev.Position, ev.At)
		return store.VisitorReads.Put(tx, next, store.Text(ev.Thread))
	}
	conv, err := store.Conversations.Get(tx, store.Num(body.Conversation))
	if err != nil {
		return err
	}
	conv.TeamDelivered = max(conv.TeamDelivered, body.Delivered)
	conv.TeamRead = max(conv.TeamRead, body.Read)
	return store.Conversations.Put(tx, conv, store.Num(conv.Number))
}

// extend puts the item's position into the conversation's ranges, and stores both rows: the last range grows, unless an
// item of another conversation of the thread lies between.
func extend(tx store.Tx, ev *protocol.Frame, conv *store.Conversation, thread *store.Thread) error {
	if n := len(conv.Ranges); n > 0 && thread.Latest == conv.Number {
		conv.Ranges[n-1].Last = ev.Position
	} else {
		conv.Ranges = append(conv.Ranges, store.Span{First: ev.Position, Last: ev.Position})
	}
	conv.LastPosition = ev.Position
	if err := store.Conversations.Put(tx, *conv, store.Num(conv.Number)); err != nil {
		return err
	}
	latest, active := thread.Latest, thread.Active
	thread.Latest = conv.Number
	switch {
	case conv.Activity == protocol.Active:
		thread.Active = conv.Number
	case thread.Active == conv.Number:
		thread.Active = 0
	}
	if thread.Latest == latest && thread.Active == active {
		return nil // as with nearly every message
	}
	return store.Threads.Put(tx, *thread, store.Text(thread.ID))
}

func preview(text string) string {
	n := 0
	for i := range text {
		if n++; n > previewRunes {
			return text[:i]
		}
	}
	if !utf8.ValidString(text) {
		return ""
	}
	return text
}
