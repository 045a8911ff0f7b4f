package conversation

import (
	"slices"
	"unicode/utf8"

	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/store"
)

// previewRunes is how much of a message a list shows.
const previewRunes = 120

func applyStarted(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ConversationStarted
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(ev.Thread))
	if err != nil {
		return err
	}
	var conv store.Conversation
	if body.Split != 0 { // the split that comes before has made it
		if conv, err = store.Conversations.Get(tx, store.Num(ev.Conversation)); err != nil {
			return err
		}
	} else {
		p, err := policy.Of(tx, body.Channel)
		if err != nil {
			return err
		}
		conv = store.Conversation{
			Number: ev.Conversation, Thread: ev.Thread, Channel: body.Channel, Visitor: body.Visitor, Contact: body.Contact,
			Activity: protocol.Active, Status: protocol.Open, Assignee: body.Assignee,
			StartedAt: ev.At, StatusSince: ev.At, LastAt: ev.At, LastActor: *ev.Actor,
		}
		armIdle(&conv, &p, ev.At)
	}
	thread.Numbers = append(thread.Numbers, conv.Number)
	if err := hold(tx, &conv); err != nil {
		return err
	}
	return extend(tx, ev, &conv, &thread)
}

// extend puts the item's position into the conversation's ranges, and stores both rows: the last range grows, unless an
// item that is not the conversation's lies between.
func extend(tx store.Tx, ev *protocol.Frame, conv *store.Conversation, thread *store.Thread) error {
	if grows(conv, thread) {
		conv.Ranges = slices.Clone(conv.Ranges)
		conv.Ranges[len(conv.Ranges)-1].Last = ev.Position
	} else {
		conv.Ranges = append(conv.Ranges, store.Span{First: ev.Position, Last: ev.Position})
	}
	conv.LastPosition = ev.Position
	if err := store.Conversations.Put(tx, *conv, store.Num(conv.Number)); err != nil {
		return err
	}
	before := *thread
	thread.Latest = conv.Number
	switch {
	case conv.Activity == protocol.Active:
		thread.Active = conv.Number
	case thread.Active == conv.Number:
		thread.Active = 0
	}
	if thread.Latest == before.Latest && thread.Active == before.Active {
		return nil // as with nearly every message
	}
	return store.Threads.Put(tx, *thread, store.Text(thread.ID))
}

// showLast keeps what lists show of the newest message.
func showLast(conv *store.Conversation, item *protocol.Frame, body *protocol.MessageSent) {
	conv.LastMessage, conv.LastActor = item.Position, *item.Actor
	conv.LastText, conv.LastAttachment = preview(body.Text), ""
	if len(body.Attachments) > 0 {
		conv.LastAttachment = body.Attachments[0].Kind
	}
}

// recall reads off a conversation's items what its row says of the newest ones: for what is left after a split.
func recall(r store.Reader, conv *store.Conversation) error {
	conv.LastMessage, conv.LastVisitor, conv.LastInbound, conv.LastAt = 0, 0, 0, 0
	conv.LastActor, conv.LastText, conv.LastAttachment = protocol.Actor{}, "", ""
	for item, err := range Backwards(r, conv.Thread, conv.Ranges, 0, 0) {
		if err != nil {
			return err
		}
		inbound := item.Actor.Side() == protocol.SideVisitor
		switch item.Kind {
		case protocol.KindMessageSent:
			conv.LastAt = max(conv.LastAt, item.At)
			if conv.LastMessage == 0 {
				if err := with(&item, func(body *protocol.MessageSent) { showLast(conv, &item, body) }); err != nil {
					return err
				}
			}
			if inbound {
				conv.LastInbound = item.Position
			}
		case protocol.KindReactionAdded:
			if inbound {
				conv.LastAt = max(conv.LastAt, item.At)
			}
		default:
			continue
		}
		if inbound && conv.LastVisitor == 0 {
			conv.LastVisitor = item.Position
		}
		if conv.LastMessage != 0 && conv.LastInbound != 0 {
			return nil
		}
	}
	return nil
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
