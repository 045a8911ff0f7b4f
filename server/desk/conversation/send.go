package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/team"
	"beseda/store"
)

// Send stores a message of a visitor, operator or bot.
func Send(r store.Reader, c call.Call, cmd *protocol.MessageSend) (store.Outcome, error) {
	if c.IsVisitor() {
		return sendByVisitor(r, c, cmd)
	}
	return sendByTeam(r, c, cmd)
}

// sendByVisitor finds the message's conversation, or starts the visitor's first.
func sendByVisitor(r store.Reader, c call.Call, cmd *protocol.MessageSend) (out store.Outcome, err error) {
	thread, known, err := threadOf(r, c)
	if err != nil {
		return out, err
	}
	if cmd.Conversation != 0 && !slices.Contains(thread.Numbers, cmd.Conversation) {
		return out, protocol.Refuse(protocol.CodeNotFound, "") // another's; one's own says nothing: the server chooses
	}
	body, used, err := compose(r, c, cmd)
	if err != nil {
		return out, err
	}
	if !known {
		var arrived protocol.Frame
		arrived, thread = contact.Arrive(c)
		out.Events = append(out.Events, arrived)
	}
	number, start, err := route(r, &thread)
	if err != nil {
		return out, err
	}
	if start {
		out.Events = append(out.Events, event(c, protocol.KindConversationStarted, thread.ID, number,
			&protocol.ConversationStarted{Channel: thread.Channel, Visitor: thread.Visitor, Contact: thread.Contact}))
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, thread.ID, number, body))
	out.Private = used
	return out, nil
}

// threadOf finds the visitor's thread; not known is one who writes for the first time, on a channel that exists.
func threadOf(r store.Reader, c call.Call) (thread store.Thread, known bool, err error) {
	visitor, err := store.Visitors.Get(r, store.Text(c.By.ID))
	if errors.Is(err, store.ErrNotFound) {
		_, err = store.Channels.Get(r, store.Text(c.Channel))
		return thread, false, notFound(err)
	}
	if err != nil {
		return thread, false, err
	}
	thread, err = store.Threads.Get(r, store.Text(visitor.Thread))
	return thread, true, err
}

// sendByTeam writes into the conversation addressed. A reply claims an unassigned one, reopens a closed one, and
// shows the visitor that what came before was read.
func sendByTeam(r store.Reader, c call.Call, cmd *protocol.MessageSend) (out store.Outcome, err error) {
	member := team.MemberWho(c)
	conv, err := find(r, cmd.Conversation)
	if err != nil {
		return out, err
	}
	if !team.MayWrite(member, team.HeldBy(&conv)) {
		return out, protocol.Refuse(protocol.CodeNotAssigned, "")
	}
	body, used, err := compose(r, c, cmd)
	if err != nil {
		return out, err
	}
	out.Private = used
	free := conv.Assignee == ""
	if conv.Activity == protocol.Completed {
		reopened, left, err := reopen(r, c, &conv)
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, reopened)
		free = free || left
	}
	if free {
		to := member.ID
		if member.Bot { // a bot's reply claims nothing
			to = ""
		}
		if to != conv.Assignee {
			ev, err := reassigned(r, c, &conv, to, to != "")
			if err != nil {
				return out, err
			}
			out.Events = append(out.Events, ev)
		}
	}
	if !member.Bot { // a person who answers has read what they answer; a bot has not
		if err := advanceOperator(r, c, &conv, everything(&conv), &out); err != nil {
			return out, err
		}
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, conv.Thread, conv.Number, body))
	return out, nil
}

// everything acknowledges all that a conversation holds.
func everything(conv *store.Conversation) protocol.ReceiptAdvance {
	return protocol.ReceiptAdvance{Delivered: conv.LastPosition, Read: conv.LastPosition}
}
