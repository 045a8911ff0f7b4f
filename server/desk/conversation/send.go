package conversation

import (
	"errors"

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
func sendByVisitor(r store.Reader, c call.Call, cmd *protocol.MessageSend) (store.Outcome, error) {
	var out store.Outcome
	visitor, err := store.Visitors.Get(r, store.Text(c.By.ID))
	var thread store.Thread
	switch {
	case errors.Is(err, store.ErrNotFound):
		if _, err := store.Channels.Get(r, store.Text(c.Channel)); err != nil {
			return out, notFound(err)
		}
		arrived := contact.Arrive(c)
		var body protocol.VisitorArrived
		if err := protocol.DecodeBody(arrived.Body, &body); err != nil {
			return out, err
		}
		out.Events = append(out.Events, arrived)
		thread = store.Thread{ID: arrived.Thread, Channel: c.Channel, Visitor: body.Visitor, Contact: body.Contact}
	case err != nil:
		return out, err
	default:
		if thread, err = store.Threads.Get(r, store.Text(visitor.Thread)); err != nil {
			return out, err
		}
	}
	files, err := attach(r, c, cmd, &out)
	if err != nil {
		return out, err
	}
	number, start, err := route(r, &thread)
	if err != nil {
		return out, err
	}
	if start {
		out.Events = append(out.Events, event(c, protocol.KindConversationStarted, thread.ID, number,
			&protocol.ConversationStarted{Channel: thread.Channel, Visitor: thread.Visitor, Contact: thread.Contact}))
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, thread.ID, number,
		&protocol.MessageSent{Text: cmd.Text, Attachments: files}))
	return out, nil
}

// route finds where a visitor's message belongs: the active conversation of the thread, else its newest; a closed one
// stays closed and the message starts the next.
func route(r store.Reader, thread *store.Thread) (number protocol.Number, start bool, err error) {
	for i := len(thread.Numbers) - 1; i >= 0; i-- {
		conv, err := store.Conversations.Get(r, store.Num(thread.Numbers[i]))
		if err != nil {
			return 0, false, err
		}
		if conv.Activity == protocol.Active {
			return conv.Number, false, nil
		}
	}
	number, err = nextNumber(r)
	return number, true, err
}

// nextNumber is one more than the highest ever given, tombstones included, so that no number comes twice.
func nextNumber(r store.Reader) (protocol.Number, error) {
	rng := store.Conversations.Under()
	rng.Reverse = true
	for conv, err := range store.Conversations.Scan(r, rng) {
		return conv.Number + 1, err
	}
	return 1, nil
}

// sendByTeam writes into the conversation addressed. A reply claims an unassigned one, reopens a closed one, and
// shows the visitor that what came before was read.
func sendByTeam(r store.Reader, c call.Call, cmd *protocol.MessageSend) (store.Outcome, error) {
	var out store.Outcome
	member, conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	if !team.MayWrite(member, team.HeldBy(&conv)) {
		return out, protocol.Refuse(protocol.CodeNotAssigned, "")
	}
	files, err := attach(r, c, cmd, &out)
	if err != nil {
		return out, err
	}
	if conv.Activity == protocol.Completed {
		if err := noOtherActive(r, &conv); err != nil {
			return out, err
		}
		out.Events = append(out.Events, event(c, protocol.KindConversationReopened, conv.Thread, conv.Number,
			&protocol.ConversationReopened{Status: conv.Status}))
	}
	if conv.Assignee == "" && !member.Bot {
		out.Events = append(out.Events, event(c, protocol.KindConversationAssigned, conv.Thread, conv.Number,
			&protocol.ConversationAssigned{Assignee: member.ID, AssigneeName: c.By.Name, Claimed: true}))
	}
	if !member.Bot { // a person who answers has read what they answer; a bot has not
		seen, err := advanceOperator(r, c, &conv, protocol.ReceiptAdvance{
			Delivered: conv.LastPosition, Read: conv.LastPosition,
		})
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, seen.Events...)
		out.Private = append(out.Private, seen.Private...)
		out.Notices = append(out.Notices, seen.Notices...)
	}
	out.Events = append(out.Events, event(c, protocol.KindMessageSent, conv.Thread, conv.Number,
		&protocol.MessageSent{Text: cmd.Text, Attachments: files}))
	return out, nil
}

// attach turns the author's uploads into attachments; each may be used once.
func attach(r store.Reader, c call.Call, cmd *protocol.MessageSend, out *store.Outcome) ([]protocol.Attachment, error) {
	var files []protocol.Attachment
	for _, id := range cmd.Attachments {
		up, err := store.Uploads.Get(r, store.Text(id))
		if err != nil {
			return nil, notFound(err)
		}
		if up.Uploader != c.Author() {
			return nil, protocol.Refuse(protocol.CodeNotFound, "field=attachments")
		}
		for _, f := range files {
			if f.ID == id {
				return nil, protocol.Refuse(protocol.CodeInvalid, "field=attachments rule=unique")
			}
		}
		files = append(files, up.Attachment)
		out.Private = append(out.Private, store.Write{Key: store.Uploads.Key(store.Text(id))})
	}
	return files, nil
}

// reach finds a conversation that the caller may read, and the caller's account.
func reach(r store.Reader, c call.Call, number protocol.Number) (team.Member, store.Conversation, error) {
	var conv store.Conversation
	o, err := store.Operators.Get(r, store.Text(c.By.ID))
	if err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = protocol.Refuse(protocol.CodeUnauthorized, "")
		}
		return team.Member{}, conv, err
	}
	if o.State != protocol.OperatorActive {
		return team.Member{}, conv, protocol.Refuse(protocol.CodeUnauthorized, "")
	}
	member := team.MemberOf(o)
	conv, err = store.Conversations.Get(r, store.Num(number))
	if err != nil {
		return member, conv, notFound(err)
	}
	return member, conv, nil
}

// noOtherActive keeps a thread at one active conversation.
func noOtherActive(r store.Reader, conv *store.Conversation) error {
	thread, err := store.Threads.Get(r, store.Text(conv.Thread))
	if err != nil {
		return err
	}
	for _, n := range thread.Numbers {
		if n == conv.Number {
			continue
		}
		other, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return err
		}
		if other.Activity == protocol.Active {
			return protocol.Refuse(protocol.CodeConflict, "active="+n.String())
		}
	}
	return nil
}

func event(c call.Call, kind protocol.Kind, thread protocol.ThreadID, number protocol.Number, body protocol.Body) protocol.Frame {
	ev := c.Event(kind, protocol.EncodeBody(body))
	ev.Thread, ev.Conversation = thread, number
	return ev
}

func notFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Refuse(protocol.CodeNotFound, "")
	}
	return err
}
