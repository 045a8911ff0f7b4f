// Package contact is who writes: visitors (browser identities), the contacts (people) behind them, and the tags that
// these bear. Where the right to a conversation is asked first, package conversation asks it.
package contact

import (
	"errors"
	"fmt"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// visitedAgain is how long a return to the same page is no new visit, in milliseconds.
const visitedAgain = 30 * 60 * 1000

// Arrive is the event that makes a visitor, a contact and their thread, and the thread as it will be: written with the
// first message, since nothing is kept of those who never act.
func Arrive(c call.Call) (protocol.Frame, store.Thread) {
	thread := store.Thread{
		ID: protocol.ThreadID(c.NewID()), Channel: c.Channel,
		Visitor: protocol.VisitorID(c.By.ID), Contact: protocol.ContactID(c.NewID()),
	}
	ev := c.Event(protocol.KindVisitorArrived, protocol.EncodeBody(&protocol.VisitorArrived{
		Visitor: thread.Visitor, Contact: thread.Contact, Channel: thread.Channel,
		Language: c.Language, Device: c.Device, Visit: c.Visit,
	}))
	ev.Thread = thread.ID
	return ev, thread
}

// Visit notes the page a known visitor is on now. Of one who is blocked it refuses that: nothing of them comes in but what
// they have seen.
func Visit(r store.Reader, c call.Call, cmd *protocol.VisitorVisit) (store.Outcome, error) {
	v, err := store.Visitors.Get(r, store.Text(c.By.ID))
	if errors.Is(err, store.ErrNotFound) {
		return store.Outcome{}, nil // not known yet: the first message will bring the page along
	}
	if err == nil {
		err = Passable(r, v.Contact)
	}
	if err != nil {
		return store.Outcome{}, err
	}
	if v.Current.URL == cmd.URL && v.Device == c.Device && c.Now-v.LastSeen < visitedAgain {
		return store.Outcome{}, nil
	}
	ev := c.Event(protocol.KindVisitorVisited, protocol.EncodeBody(&protocol.VisitorVisited{
		Language: c.Language, Device: c.Device, Visit: *cmd,
	}))
	ev.Thread = v.Thread
	return store.Outcome{Events: []protocol.Frame{ev}}, nil
}

// Apply keeps visitors, contacts, threads and tags.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindVisitorArrived:
		return applyArrived(tx, ev)
	case protocol.KindVisitorVisited:
		return applyVisited(tx, ev)
	case protocol.KindTagSet, protocol.KindTagDeleted:
		return applyTag(tx, ev)
	case protocol.KindContactTagged, protocol.KindContactUntagged, protocol.KindContactSet:
		return applyPerson(tx, ev)
	}
	return fmt.Errorf("no view for %s", ev.Kind)
}

func applyArrived(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.VisitorArrived
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	person, err := store.Contacts.Get(tx, store.Text(body.Contact))
	if errors.Is(err, store.ErrNotFound) {
		person, err = store.Contact{ID: body.Contact, CreatedAt: ev.At}, nil
	}
	if err != nil {
		return err
	}
	person.Threads = append(slices.Clone(person.Threads), ev.Thread)
	if err := store.Contacts.Put(tx, person, store.Text(body.Contact)); err != nil {
		return err
	}
	if err := store.Threads.Put(tx, store.Thread{
		ID: ev.Thread, Channel: body.Channel, Visitor: body.Visitor, Contact: body.Contact,
	}, store.Text(ev.Thread)); err != nil {
		return err
	}
	return store.Visitors.Put(tx, store.Visitor{
		ID: body.Visitor, Channel: body.Channel, Contact: body.Contact, Thread: ev.Thread,
		Language: body.Language, Device: body.Device, First: body.Visit, Current: body.Visit,
		FirstSeen: ev.At, LastSeen: ev.At,
	}, store.Text(body.Visitor))
}

func applyVisited(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.VisitorVisited
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	v, err := store.Visitors.Get(tx, store.Text(ev.Actor.ID))
	if err != nil {
		return err
	}
	v.Language, v.Device, v.Current, v.LastSeen = body.Language, body.Device, body.Visit, ev.At
	return store.Visitors.Put(tx, v, store.Text(v.ID))
}
