package conversation

import (
	"fmt"

	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/store"
)

// Apply changes conversations, threads, reactions and receipts by one event. What follows from it follows here alone:
// waits, deadlines, the offer of a split.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindReceiptAdvanced:
		return applyReceipt(tx, ev)
	case protocol.KindConversationStarted:
		return applyStarted(tx, ev)
	case protocol.KindConversationSplit:
		return applySplit(tx, ev)
	case protocol.KindConversationMerged:
		return applyMerged(tx, ev)
	case protocol.KindMessageFailed:
		return applyFailed(tx, ev)
	case protocol.KindConversationErased:
		return applyErased(tx, ev)
	case protocol.KindConversationPurged:
		return applyPurged(tx, ev)
	}
	conv, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	p, err := policy.Of(tx, conv.Channel)
	if err != nil {
		return err
	}
	expire(&conv, &p, ev.At)
	if err := change(tx, ev, &conv, &p); err != nil {
		return err
	}
	if !ev.Kind.IsItem() {
		return store.Conversations.Put(tx, conv, store.Num(conv.Number))
	}
	thread, err := store.Threads.Get(tx, store.Text(conv.Thread))
	if err != nil {
		return err
	}
	return extend(tx, ev, &conv, &thread)
}

// change is what an event does to the row of its own conversation.
func change(tx store.Tx, ev *protocol.Frame, conv *store.Conversation, p *policy.Policy) error {
	switch ev.Kind {
	case protocol.KindMessageSent:
		return applyMessage(tx, ev, conv, p)
	case protocol.KindConversationCompleted:
		return with(ev, func(body *protocol.ConversationCompleted) { applyCompleted(conv, body.Status, ev.At) })
	case protocol.KindConversationClosed:
		applyCompleted(conv, protocol.Closed, ev.At)
		conv.Solved = ev.Actor.Side() == protocol.SideVisitor
		return release(tx, conv.Assignee, conv.Number)
	case protocol.KindConversationReactivated:
		return with(ev, func(body *protocol.ConversationReactivated) { applyActivated(ev, conv, p, body.Split) })
	case protocol.KindConversationReopened:
		applyActivated(ev, conv, p, false)
		return hold(tx, conv)
	case protocol.KindStatusSet:
		if err := with(ev, func(body *protocol.StatusSet) { setStatus(conv, body.Status, ev.At) }); err != nil {
			return err
		}
		return hold(tx, conv)
	case protocol.KindConversationAssigned:
		return applyAssigned(tx, ev, conv, p)
	case protocol.KindCompletionAnnounced:
		conv.Announced, conv.AnnounceAt = true, 0
	case protocol.KindCompletionPostponed:
		return with(ev, func(body *protocol.CompletionPostponed) {
			conv.HeldUntil = body.Deadline
			setDeadline(conv, p, body.Deadline, ev.At)
		})
	case protocol.KindReplyTimeWarned:
		return with(ev, func(body *protocol.ReplyTimeWarned) {
			noted(conv, body.Message, func(w *store.Wait) { w.Warned = true })
		})
	case protocol.KindReplyTimeExceeded:
		return with(ev, func(body *protocol.ReplyTimeExceeded) {
			noted(conv, body.Message, func(w *store.Wait) { w.Exceeded = true })
		})
	case protocol.KindReplyWaived:
		answered(conv)
	case protocol.KindSubjectSet:
		return with(ev, func(body *protocol.SubjectSet) { conv.Subject = body.Subject })
	case protocol.KindReactionAdded:
		if ev.Actor.Side() == protocol.SideVisitor {
			conv.LastVisitor, conv.LastAt = ev.Position, ev.At
		}
		if p.ReactionRestarts {
			armIdle(conv, p, ev.At)
		}
		return applyReaction(tx, ev)
	case protocol.KindReactionWithdrawn:
		return applyReaction(tx, ev)
	case protocol.KindContactBlocked, protocol.KindContactUnblocked:
		return applyBlocked(tx, ev, conv)
	case protocol.KindNoteAdded:
	default:
		return fmt.Errorf("no view for %s", ev.Kind)
	}
	return nil
}

// with decodes an event's body and hands it on.
func with[T any, P interface {
	*T
	protocol.Body
}](ev *protocol.Frame, do func(P)) error {
	body := P(new(T))
	if err := protocol.DecodeBody(ev.Body, body); err != nil {
		return err
	}
	do(body)
	return nil
}

// setStatus sets the status; pending and closed end the wait.
func setStatus(conv *store.Conversation, to protocol.Status, now int64) {
	if conv.Status != to {
		conv.Status, conv.StatusSince = to, now
	}
	if to != protocol.Open {
		answered(conv)
	}
	conv.Solved = false
}

func applyCompleted(conv *store.Conversation, to protocol.Status, now int64) {
	setStatus(conv, to, now)
	conv.Activity, conv.Offer = protocol.Completed, nil
	if to == protocol.Closed {
		conv.ClosedAt = now
	}
	disarmIdle(conv)
}

// applyActivated makes it active and open. The message of a split that is offered follows at the next position.
func applyActivated(ev *protocol.Frame, conv *store.Conversation, p *policy.Policy, split bool) {
	if split {
		conv.Offer = &store.Offer{From: ev.Position + 1, Status: conv.Status, Wait: conv.Wait}
	}
	conv.Activity = protocol.Active
	setStatus(conv, protocol.Open, ev.At)
	armIdle(conv, p, ev.At)
}

func applyMessage(tx store.Tx, ev *protocol.Frame, conv *store.Conversation, p *policy.Policy) error {
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
	if conv.LastMessage == 0 {
		conv.Title = preview(body.Text)
	}
	showLast(conv, ev, &body)
	conv.LastAt = ev.At
	switch {
	case ev.Actor.Kind == protocol.ActorVisitor:
		conv.LastVisitor, conv.LastInbound = ev.Position, ev.Position
		await(conv, p, ev.Position, ev.At)
	case ev.Actor.Kind == protocol.ActorOperator, p.BotEndsWait:
		answered(conv)
	}
	armIdle(conv, p, ev.At)
	if ev.Actor.Side() == protocol.SideTeam {
		return armFailure(tx, conv, p, ev.At)
	}
	return nil
}

func applyAssigned(tx store.Tx, ev *protocol.Frame, conv *store.Conversation, p *policy.Policy) error {
	var body protocol.ConversationAssigned
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	conv.Former, conv.Assignee = former(conv.Former, body.Former, body.Assignee), body.Assignee
	rearmIdle(conv, p, body.Former != "", ev.At)
	if err := release(tx, body.Former, conv.Number); err != nil {
		return err
	}
	return hold(tx, conv)
}

// former is those who had a conversation once somebody else has it; who has it is none of them.
func former(before []protocol.OperatorID, replaced, assignee protocol.OperatorID) []protocol.OperatorID {
	out := before[:0:0]
	for _, id := range before {
		if id != assignee && id != replaced {
			out = append(out, id)
		}
	}
	if replaced != "" && replaced != assignee {
		out = append(out, replaced)
	}
	return out
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
		if err := store.VisitorReads.Put(tx, next, store.Text(ev.Thread)); err != nil || next.Delivered == old.Delivered {
			return err
		}
		return reprieve(tx, ev.Thread, next.Delivered, ev.At)
	}
	conv, err := store.Conversations.Get(tx, store.Num(body.Conversation))
	if err != nil {
		return err
	}
	conv.TeamDelivered = max(conv.TeamDelivered, body.Delivered)
	conv.TeamRead = max(conv.TeamRead, body.Read)
	return store.Conversations.Put(tx, conv, store.Num(conv.Number))
}
