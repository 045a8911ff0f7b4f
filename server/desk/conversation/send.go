package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/policy"
	"beseda/store"
)

// Send stores a message of a visitor, operator or bot.
func Send(r store.Reader, c call.Call, cmd *protocol.MessageSend) (store.Outcome, error) {
	if c.IsVisitor() {
		return sendByVisitor(r, c, cmd)
	}
	return sendByTeam(r, c, cmd)
}

// sendByVisitor finds the message's conversation, or begins one.
func sendByVisitor(r store.Reader, c call.Call, cmd *protocol.MessageSend) (out store.Outcome, err error) {
	thread, known, err := threadOf(r, c)
	if err != nil {
		return out, err
	}
	if cmd.Conversation != 0 && !slices.Contains(thread.Numbers, cmd.Conversation) {
		return out, protocol.Refuse(protocol.CodeNotFound, "") // another's; one's own says nothing: the server chooses
	}
	if err := contact.Passable(r, thread.Contact); err != nil {
		return out, err
	}
	body, used, err := compose(r, c, cmd.Text, cmd.Attachments)
	if err != nil {
		return out, err
	}
	if err := quote(r, c, &thread, cmd.Quote, body); err != nil {
		return out, err
	}
	out.Private = used
	if !known {
		var arrived protocol.Frame
		arrived, thread = contact.Arrive(c)
		out.Events = append(out.Events, arrived)
	}
	number, err := route(r, c, &thread, &out)
	if err != nil {
		return out, err
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, thread.ID, number, body))
	return out, nil
}

// route finds where a visitor's message belongs, and adds the events that make that conversation ready for it.
func route(r store.Reader, c call.Call, thread *store.Thread, out *store.Outcome) (protocol.Number, error) {
	p, err := policy.Of(r, thread.Channel)
	if err != nil {
		return 0, err
	}
	l, err := current(r, thread)
	if err != nil {
		return 0, err
	}
	to := RouteInbound(l, &p, l != nil && l.LastMessage != 0, c.Now, noRecord)
	switch {
	case to.Create:
		number, err := nextNumber(r)
		out.Events = append(out.Events, event(c, protocol.KindConversationStarted, thread.ID, number,
			&protocol.ConversationStarted{Channel: thread.Channel, Visitor: thread.Visitor, Contact: thread.Contact}))
		return number, err
	case to.To == stateOf(l):
	case to.Split:
		out.Events = append(out.Events, moved(c, l, to.To, true))
	default:
		events, err := move(r, c, l, to.To)
		if err != nil {
			return 0, err
		}
		out.Events = append(out.Events, events...)
	}
	return l.Number, nil
}

// sendByTeam writes into the conversation addressed, or begins the next one where the policies say so. A reply takes
// what nobody has and shows the visitor that what came before was read.
func sendByTeam(r store.Reader, c call.Call, cmd *protocol.MessageSend) (out store.Outcome, err error) {
	conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	if !conv.mayWrite() {
		return out, protocol.Refuse(protocol.CodeNotAssigned, "")
	}
	if err := passes(r, &conv.Conversation); err != nil {
		return out, err
	}
	if err := outrun(r, c, &conv.Conversation, cmd.Last); err != nil {
		return out, err
	}
	body, used, err := compose(r, c, cmd.Text, cmd.Attachments)
	if err != nil {
		return out, err
	}
	if cmd.Quote != 0 {
		thread, err := threadHolding(r, &conv.Conversation)
		if err != nil {
			return out, err
		}
		if err := quote(r, c, &thread, cmd.Quote, body); err != nil {
			return out, err
		}
	}
	out.Private = used
	if err := endDraft(r, c, conv.Number, false, &out); err != nil {
		return out, err
	}
	to := RouteOutbound(stateOf(&conv.Conversation), &conv.policy)
	if to.Forbidden {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if to.begins(stateOf(&conv.Conversation)) {
		if err := aloneActive(r, conv.Thread); err != nil {
			return out, err
		}
	}
	if to.Create {
		return out, beginAnother(r, c, &conv, body, &out)
	}
	if err := prepare(r, c, &conv, to.To, &out); err != nil {
		return out, err
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, conv.Thread, conv.Number, body))
	return out, nil
}

// prepare adds what goes before a reply: the change of state, the claim, and what its author has read by it.
func prepare(r store.Reader, c call.Call, conv *addressed, to State, out *store.Outcome) error {
	free := conv.Assignee == ""
	if to != stateOf(&conv.Conversation) {
		out.Events = append(out.Events, moved(c, &conv.Conversation, to, false))
		left, err := leaves(r, &conv.Conversation, to)
		if err != nil {
			return err
		}
		free = free || left
	}
	if free {
		claimer := protocol.OperatorID("")
		if !conv.member.Bot && conv.policy.ClaimOnReply { // a bot's reply claims nothing
			claimer = conv.member.ID
		}
		if claimer != conv.Assignee {
			ev, err := reassigned(r, c, &conv.Conversation, claimer, claimer != "")
			if err != nil {
				return err
			}
			out.Events = append(out.Events, ev)
		}
	}
	if conv.member.Bot { // a person who answers has read what they answer; a bot has not
		return nil
	}
	return advanceOperator(r, c, &conv.Conversation, everything(&conv.Conversation), out)
}

// beginAnother answers something closed in a conversation of its own, with the same contact. Whoever had the closed one
// has it, or who writes, where that is nobody who works here.
func beginAnother(r store.Reader, c call.Call, before *addressed, body *protocol.MessageSent, out *store.Outcome) error {
	assignee := before.Assignee
	if assignee != "" {
		works, err := works(r, assignee)
		if err != nil {
			return err
		}
		if !works {
			assignee = ""
		}
	}
	if assignee == "" && !before.member.Bot && before.policy.ClaimOnReply {
		assignee = before.member.ID
	}
	return begin(r, c, store.Thread{ID: before.Thread, Channel: before.Channel, Visitor: before.Visitor, Contact: before.Contact},
		assignee, body, out)
}

// begin adds the events of a conversation that the team starts with a message.
func begin(r store.Reader, c call.Call, thread store.Thread, assignee protocol.OperatorID, body *protocol.MessageSent, out *store.Outcome) error {
	number, err := nextNumber(r)
	if err != nil {
		return err
	}
	started := protocol.ConversationStarted{Channel: thread.Channel, Visitor: thread.Visitor, Contact: thread.Contact, Assignee: assignee}
	if assignee != "" {
		o, err := store.Operators.Get(r, store.Text(assignee))
		if err != nil {
			return err
		}
		started.AssigneeName = o.Name
	}
	out.Events = append(out.Events,
		event(c, protocol.KindConversationStarted, thread.ID, number, &started),
		event(c, protocol.KindMessageSent, thread.ID, number, body))
	return nil
}

// aloneActive refuses what would make a second conversation of a thread active.
func aloneActive(r store.Reader, thread protocol.ThreadID) error {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err == nil && t.Active != 0 {
		err = protocol.Refuse(protocol.CodeConflict, "active="+t.Active.String())
	}
	return err
}

// everything acknowledges all that a conversation holds.
func everything(conv *store.Conversation) protocol.ReceiptAdvance {
	return protocol.ReceiptAdvance{Delivered: conv.LastPosition, Read: conv.LastPosition}
}
