package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/store"
)

// A block is the contact's: it stands between the team and all of the contact's threads. The conversation in which
// somebody set it only shows the line.

// Block lets nothing pass between the contact of a conversation and the team: every wait ends, and what of the team's is
// on no device of the contact yet fails. Times to completion run on, and what may be split may still be.
func Block(r store.Reader, c call.Call, cmd *protocol.ContactBlock) (out store.Outcome, err error) {
	conv, person, err := theirs(r, c, cmd.Conversation)
	if err != nil || person.BlockedAt != 0 {
		return out, err
	}
	for _, thread := range contact.Threads(&person, conv.Thread) {
		failed, err := undelivered(r, c, thread)
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, failed...)
	}
	out.Events = append(out.Events, event(c, protocol.KindContactBlocked, conv.Thread, conv.Number,
		&protocol.ContactBlocked{Contact: person.ID}))
	return out, nil
}

// Unblock lifts the block and brings nothing back.
func Unblock(r store.Reader, c call.Call, cmd *protocol.ContactUnblock) (store.Outcome, error) {
	conv, person, err := theirs(r, c, cmd.Conversation)
	if err != nil || person.BlockedAt == 0 {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindContactUnblocked, conv.Thread, conv.Number,
		&protocol.ContactUnblocked{Contact: person.ID})}}, nil
}

// theirs finds the contact of a conversation that the caller may read; conflict where it has none.
func theirs(r store.Reader, c call.Call, number protocol.Number) (conv addressed, person store.Contact, err error) {
	if conv, err = findToRead(r, c, number); err != nil {
		return conv, person, err
	}
	if conv.Contact == "" {
		return conv, person, protocol.Refuse(protocol.CodeConflict, "contact")
	}
	person, err = store.Contacts.Get(r, store.Text(conv.Contact))
	return conv, person, err
}

// Tag, Untag and Describe are commands about the contact of a conversation: whoever may read it puts tags on and takes
// them off, who may write in it says who that is.

func Tag(r store.Reader, c call.Call, cmd *protocol.ContactTagAdd) (store.Outcome, error) {
	conv, _, err := theirs(r, c, cmd.Conversation)
	if err != nil {
		return store.Outcome{}, err
	}
	return contact.Tag(r, c, &conv.Conversation, cmd)
}

func Untag(r store.Reader, c call.Call, cmd *protocol.ContactTagRemove) (store.Outcome, error) {
	conv, _, err := theirs(r, c, cmd.Conversation)
	if err != nil {
		return store.Outcome{}, err
	}
	return contact.Untag(r, c, &conv.Conversation, cmd)
}

func Describe(r store.Reader, c call.Call, cmd *protocol.ContactChange) (store.Outcome, error) {
	conv, _, err := theirs(r, c, cmd.Conversation)
	if err == nil && !conv.mayWrite() {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	if err != nil {
		return store.Outcome{}, err
	}
	return contact.Change(r, c, &conv.Conversation, cmd)
}

// undelivered are the events of a thread's messages of the team that no device of the visitor has: they fail, each
// conversation's by events of its own.
func undelivered(r store.Reader, c call.Call, id protocol.ThreadID) ([]protocol.Frame, error) {
	thread, err := store.Threads.Get(r, store.Text(id))
	if err != nil {
		return nil, err
	}
	seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(id)))
	if err != nil {
		return nil, err
	}
	var out []protocol.Frame
	for _, n := range thread.Numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		if conv.LastPosition <= seen.Delivered {
			continue
		}
		var failing []protocol.Position
		for m, err := range undeliveredOf(r, &thread, &conv, seen.Delivered) {
			if err != nil {
				return nil, err
			}
			failing = append(failing, m.Position)
		}
		out = append(out, fail(c, &conv, failing, protocol.CodeBlocked)...)
	}
	return out, nil
}

// OfContact are the conversations of a contact in all of their threads, tombstones left out, and at is the thread that
// is known in any case.
func OfContact(r store.Reader, id protocol.ContactID, at protocol.ThreadID) (all []store.Conversation, err error) {
	person, err := store.Contacts.Get(r, store.Text(id))
	if err != nil {
		return nil, err
	}
	for _, id := range contact.Threads(&person, at) {
		thread, err := store.Threads.Get(r, store.Text(id))
		if err != nil {
			return nil, err
		}
		for _, n := range thread.Numbers {
			conv, err := store.Conversations.Get(r, store.Num(n))
			if err != nil && !errors.Is(err, store.ErrNotFound) { // a split has listed the new one already
				return nil, err
			}
			if err == nil && len(conv.Ranges) > 0 {
				all = append(all, conv)
			}
		}
	}
	return all, nil
}

// applyBlocked ends, or begins, the passing. conv is the conversation that shows the line; the rows of the others are
// stored here.
func applyBlocked(tx store.Tx, ev *protocol.Frame, conv *store.Conversation) error {
	var body protocol.ContactBlocked // both have its shape
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	person, err := store.Contacts.Get(tx, store.Text(body.Contact))
	if err != nil {
		return err
	}
	if ev.Kind == protocol.KindContactUnblocked {
		person.BlockedAt = 0
		return store.Contacts.Put(tx, person, store.Text(person.ID))
	}
	person.BlockedAt = ev.At
	if err := store.Contacts.Put(tx, person, store.Text(person.ID)); err != nil {
		return err
	}
	cutOff(conv)
	all, err := OfContact(tx, person.ID, ev.Thread)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Number == conv.Number || !cutOff(&all[i]) {
			continue
		}
		if err := store.Conversations.Put(tx, all[i], store.Num(all[i].Number)); err != nil {
			return err
		}
	}
	return nil
}

// cutOff ends a conversation's wait for good: also that which a split would bring back, for nobody is to be answered. It
// tells whether there was one.
func cutOff(conv *store.Conversation) (changed bool) {
	if conv.Wait != nil {
		answered(conv)
		changed = true
	}
	if conv.Offer != nil && conv.Offer.Wait != nil {
		offer := *conv.Offer
		offer.Wait = nil
		conv.Offer = &offer
		changed = true
	}
	if conv.FailAt != 0 { // what it is for has failed already
		conv.FailAt = 0
		changed = true
	}
	return changed
}
