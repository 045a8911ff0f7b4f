package inbox

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Row reads a conversation as a viewer's list shows it. online tells whether the visitor is there.
func (in *Inbox) Row(r store.Reader, v *Viewer, n protocol.Number, online func(protocol.VisitorID) bool) (protocol.Row, error) {
	conv, err := store.Conversations.Get(r, store.Num(n))
	if err != nil {
		return protocol.Row{}, err
	}
	contact, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil {
		return protocol.Row{}, err
	}
	row := protocol.Row{
		Number: conv.Number, Thread: conv.Thread, Channel: conv.Channel, Visitor: conv.Visitor, Name: contact.Name,
		Activity: conv.Activity, Status: conv.Status, Assignee: conv.Assignee,
		StartedAt: conv.StartedAt, LastAt: conv.LastAt, LastText: conv.LastText, LastAttachment: conv.LastAttachment,
		LastPosition: conv.LastPosition, Online: online(conv.Visitor),
		MayWrite: team.MayWrite(v.member, team.HeldBy(&conv)),
	}
	if conv.Wait != nil {
		row.AwaitingSince = conv.Wait.Since
	}
	actor := conv.LastActor
	row.LastActor = &actor
	if actor.Side() == protocol.SideTeam {
		seen, err := store.VisitorReads.Get(r, store.Text(conv.Thread))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return row, err
		}
		row.LastState = protocol.StateAt(conv.LastMessage, seen.Delivered, seen.Read)
	}
	row.Unread, err = unread(r, &conv, in.ReadPos(v, n))
	return row, err
}

// unread counts the visitor's items after a position, up to the cap.
func unread(r store.Reader, conv *store.Conversation, read protocol.Position) (int, error) {
	count := 0
	for i := len(conv.Ranges) - 1; i >= 0 && conv.LastVisitor > read; i-- {
		span := conv.Ranges[i]
		if span.Last <= read {
			break
		}
		rng := store.Range{
			From: store.Items.Key(store.Text(conv.Thread), store.Num(max(span.First, read+1))),
			To:   store.Items.Key(store.Text(conv.Thread), store.Num(span.Last+1)),
		}
		for item, err := range store.Items.Scan(r, rng) {
			if err != nil {
				return count, err
			}
			if item.Kind == protocol.KindMessageSent && item.Actor.Side() == protocol.SideVisitor {
				if count++; count == protocol.UnreadCap {
					return count, nil
				}
			}
		}
	}
	return count, nil
}
