package inbox

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/contact"
	"beseda/server/desk/conversation"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// face is what a row shows to everybody who may see it. Many operators look at the same row: it is read from the store
// once, and again when the conversation changes.
type face struct {
	row    protocol.Row // without what depends on who looks
	held   team.Held
	holdMs int64 // by how much it may be postponed now
	// noDrafts: they last only as long as the page.
	noDrafts bool
}

// Row reads a conversation as a viewer's list shows it. at is the position of the newest event that r sees. online
// tells whether the visitor is there.
func (in *Inbox) Row(r store.Reader, at protocol.Position, v *Viewer, n protocol.Number, online func(protocol.VisitorID) bool) (protocol.Row, error) {
	f, err := in.face(r, at, n)
	if err != nil {
		return protocol.Row{}, err
	}
	row := f.row
	row.Online = online(row.Visitor)
	in.relate(&row, v, f)
	if !f.noDrafts {
		in.unsent(&row, v)
	}
	row.Unread, err = in.unread(r, at, v, n)
	return row, err
}

func (in *Inbox) face(r store.Reader, at protocol.Position, n protocol.Number) (*face, error) {
	in.mu.RLock()
	if e := in.entry(n); e != nil && e.read().face != nil {
		defer in.mu.RUnlock()
		return e.kept.face, nil
	}
	in.mu.RUnlock()
	f, err := readFace(r, n)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if k := in.keep(n, at); k != nil && k.face == nil {
		if len(in.faced) >= maxFaces {
			in.forget(in.since)
		}
		k.face = f
		in.faced = append(in.faced, n)
	}
	return f, nil
}

// still takes off the row what policies have switched off since it was armed: it will not happen.
func (f *face) still(conv *store.Conversation, p *policy.Policy) {
	if p.IdleFor(conv.Assignee != "") == 0 {
		f.row.Deadline, f.row.Announced, f.holdMs = 0, false, 0
	}
	if conv.Wait == nil {
		return
	}
	if p.ReplyWarn == 0 && !conv.Wait.Warned {
		f.row.WarnAt = 0
	}
	if p.ReplyLimit == 0 && !conv.Wait.Exceeded {
		f.row.LimitAt = 0
	}
}

func readFace(r store.Reader, n protocol.Number) (*face, error) {
	conv, err := store.Conversations.Get(r, store.Num(n))
	if err != nil {
		return nil, err
	}
	person, err := contactOf(r, conv.Contact)
	if err != nil {
		return nil, err
	}
	tags, err := contact.Borne(r, &person)
	if err != nil {
		return nil, err
	}
	p, err := policy.Of(r, conv.Channel)
	if err != nil {
		return nil, err
	}
	held, err := team.HeldUnder(r, &conv, &p)
	if err != nil {
		return nil, err
	}
	actor := conv.LastActor
	f := &face{held: held, row: protocol.Row{
		Number: conv.Number, Thread: conv.Thread, Channel: conv.Channel, Visitor: conv.Visitor, Name: person.Name,
		Activity: conv.Activity, Status: conv.Status, Assignee: conv.Assignee,
		StartedAt: conv.StartedAt, LastAt: conv.LastAt, LastActor: &actor, LastText: conv.LastText,
		LastAttachment: conv.LastAttachment, LastPosition: conv.LastPosition,
		Subject: conv.Subject, Title: conv.Title, StatusSince: conv.StatusSince, ClosedAt: conv.ClosedAt,
		Deadline: conv.Deadline, Announced: conv.Announced, WarnAt: conv.WarnAt, LimitAt: conv.LimitAt,
		Tags: tags, Blocked: person.BlockedAt != 0,
	}}
	if conv.Wait != nil {
		f.row.AwaitingSince = conv.Wait.Since
		if p.LastVisitor {
			f.row.AwaitingSince = conv.Wait.Last
		}
	}
	if conv.Offer != nil {
		f.row.SplitFrom = conv.Offer.From
	}
	if conv.Announced {
		f.holdMs = p.HoldFor
	}
	f.noDrafts = p.DraftSession
	f.still(&conv, &p)
	if actor.Side() == protocol.SideTeam {
		seen, err := store.VisitorReads.Get(r, store.Text(conv.Thread))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		f.row.LastState = protocol.StateAt(conv.LastMessage, seen.Delivered, seen.Read)
		switch failed, err := conversation.Failure(r, conv.Thread, conv.LastMessage); {
		case err != nil:
			return nil, err
		case failed != "":
			f.row.LastState = protocol.StateFailed
		}
	}
	return f, nil
}
