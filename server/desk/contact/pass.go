package contact

import (
	"errors"

	"beseda/protocol"
	"beseda/store"
)

// Threads are those of a contact's visitors. A contact made before they were noted has one alone, which the caller knows.
func Threads(person *store.Contact, at protocol.ThreadID) []protocol.ThreadID {
	if len(person.Threads) == 0 {
		return []protocol.ThreadID{at}
	}
	return person.Threads
}

// Passable refuses what would pass between the team and a contact who is blocked. Nobody, which is "", is not.
func Passable(r store.Reader, contact protocol.ContactID) error {
	if contact == "" {
		return nil
	}
	person, err := store.Contacts.Get(r, store.Text(contact))
	if err == nil && person.BlockedAt != 0 {
		err = protocol.Refuse(protocol.CodeBlocked, "")
	}
	return err
}

// VisitorPasses is Passable for a visitor, of whom nothing may be known yet.
func VisitorPasses(r store.Reader, who protocol.VisitorID) error {
	v, err := store.Visitors.Get(r, store.Text(who))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return Passable(r, v.Contact)
}
