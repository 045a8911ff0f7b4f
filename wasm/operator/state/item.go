package state

import (
	"slices"

	"beseda/protocol"
)

// Item is one stored line of a conversation.
type Item struct {
	Kind     protocol.Kind
	ID       protocol.CommandID
	Position protocol.Position
	At       int64
	Actor    protocol.Actor
	Text     string
	Files    []protocol.Attachment
	Assigned *protocol.ConversationAssigned
	// Quote is the message that it answers; nil for none.
	Quote *protocol.Quote
	// Failed is why it will not reach the visitor; empty where it may.
	Failed protocol.Code
	// Body is what else a line of the ribbon says; nil where its kind says all.
	Body protocol.Body
}

// Unsent is an own message on its way, or refused.
type Unsent struct {
	ID    protocol.CommandID
	At    int64
	Text  string
	Files []protocol.Attachment
	Quote *protocol.Quote
	Note  bool // for the team alone
	// Stored: the server has it, its event is about to come. Old: it waits for the person, see link.Old.
	Stored bool
	Old    bool
	Failed bool
	Code   protocol.Code
	Reason string

	last protocol.Position // what was there when writing began
}

func (i *Item) fromVisitor() bool {
	return i.Kind == protocol.KindMessageSent && i.Actor.Kind == protocol.ActorVisitor
}

// spoken tells whether somebody said something with it: a message, a note, a visitor's reaction.
func (i *Item) spoken() bool {
	return i.Kind == protocol.KindMessageSent || i.Kind == protocol.KindNoteAdded ||
		i.Kind == protocol.KindReactionAdded && i.Actor.Kind == protocol.ActorVisitor
}

// written tells whether a command carries what a person wrote: it is never dropped without asking them.
func written(kind protocol.Kind) bool {
	return kind == protocol.KindMessageSend || kind == protocol.KindNoteAdd
}

// takeBody reads what was written from the command that carries it.
func (u *Unsent) takeBody(body protocol.Raw) bool {
	if u.Note {
		var cmd protocol.NoteAdd
		if protocol.DecodeBody(body, &cmd) != nil {
			return false
		}
		u.Text = cmd.Text
		return true
	}
	var cmd protocol.MessageSend
	if protocol.DecodeBody(body, &cmd) != nil {
		return false
	}
	u.Text, u.last = cmd.Text, cmd.Last
	if cmd.Quote != 0 {
		u.Quote = &protocol.Quote{Message: cmd.Quote}
	}
	for _, id := range cmd.Attachments {
		u.Files = append(u.Files, protocol.Attachment{ID: id, Kind: protocol.AttachmentOther})
	}
	return true
}

// itemsOf reads a page's frames; what does not read is left out.
func itemsOf(frames []protocol.Frame) []Item {
	items := make([]Item, 0, len(frames))
	for i := range frames {
		if item, ok := itemOf(&frames[i]); ok {
			items = append(items, item)
		}
	}
	return items
}

func itemOf(f *protocol.Frame) (Item, bool) {
	if !f.Kind.IsItem() || f.Position == 0 {
		return Item{}, false
	}
	item := Item{Kind: f.Kind, ID: f.ID, Position: f.Position, At: f.At}
	if f.Actor != nil {
		item.Actor = *f.Actor
	}
	switch f.Kind {
	case protocol.KindMessageSent:
		var body protocol.MessageSent
		if protocol.DecodeBody(f.Body, &body) != nil {
			return item, false
		}
		item.Text, item.Files, item.Quote, item.Failed = body.Text, body.Attachments, body.Quote, body.Failed
	case protocol.KindConversationAssigned:
		item.Assigned = new(protocol.ConversationAssigned)
		if protocol.DecodeBody(f.Body, item.Assigned) != nil {
			return item, false
		}
	case protocol.KindNoteAdded:
		var body protocol.NoteAdded
		if protocol.DecodeBody(f.Body, &body) != nil {
			return item, false
		}
		item.Text = body.Text
	default:
		var ok bool
		if item.Body, ok = bodyOf(f); !ok {
			return item, false
		}
	}
	return item, true
}

// merge joins two runs of items; each position stays once.
func merge(a, b []Item) []Item {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y Item) int {
		switch {
		case x.Position < y.Position:
			return -1
		case x.Position > y.Position:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(all, func(x, y Item) bool { return x.Position == y.Position })
}

func same(a, b protocol.Actor) bool { return a.Kind == b.Kind && a.ID == b.ID }

// StateOf is the delivery state of a stored own message.
func (t *Talk) StateOf(i *Item) protocol.DeliveryState {
	return protocol.StateAt(i.Position, t.SeenDelivered, t.SeenRead)
}
