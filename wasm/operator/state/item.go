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
}

// Unsent is an own message on its way, or refused.
type Unsent struct {
	ID    protocol.CommandID
	At    int64
	Text  string
	Files []protocol.Attachment
	// Stored: the server has it, its event is about to come. Old: it waits for the person, see link.Old.
	Stored bool
	Old    bool
	Failed bool
	Code   protocol.Code
	Reason string
}

func (i *Item) fromVisitor() bool {
	return i.Kind == protocol.KindMessageSent && i.Actor.Kind == protocol.ActorVisitor
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
		item.Text, item.Files = body.Text, body.Attachments
	case protocol.KindConversationAssigned:
		item.Assigned = new(protocol.ConversationAssigned)
		if protocol.DecodeBody(f.Body, item.Assigned) != nil {
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
