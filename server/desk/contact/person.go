package contact

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// What is asked here was judged before: the caller may read the conversation, or write in it, and it has a contact. The
// event names the conversation, so that who may not read that one does not hear of it.

// Tag puts a tag on the contact of a conversation, or pins or unpins it there; what is so already has no effect.
func Tag(r store.Reader, c call.Call, conv *store.Conversation, cmd *protocol.ContactTagAdd) (store.Outcome, error) {
	tag, err := findTag(r, cmd.Tag)
	if err != nil {
		return store.Outcome{}, err
	}
	person, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil {
		return store.Outcome{}, err
	}
	borne, err := Borne(r, &person)
	if err != nil {
		return store.Outcome{}, err
	}
	switch i := slices.IndexFunc(borne, func(t protocol.ContactTag) bool { return t.Tag == cmd.Tag }); {
	case i >= 0 && borne[i].Pinned == cmd.Pinned:
		return store.Outcome{}, nil
	case i < 0 && len(borne) >= protocol.MaxContactTags:
		return store.Outcome{}, limited(protocol.MaxContactTags)
	}
	return about(c, conv, protocol.KindContactTagged,
		&protocol.ContactTagged{Contact: person.ID, Tag: tag.ID, Name: tag.Name, Pinned: cmd.Pinned}), nil
}

// Untag takes a tag off the contact of a conversation; one that it does not bear, also because there is no such tag any
// more, has no effect.
func Untag(r store.Reader, c call.Call, conv *store.Conversation, cmd *protocol.ContactTagRemove) (store.Outcome, error) {
	tag, err := store.Tags.Get(r, store.Text(cmd.Tag))
	if errors.Is(err, store.ErrNotFound) {
		return store.Outcome{}, nil
	}
	if err != nil {
		return store.Outcome{}, err
	}
	person, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil || !slices.ContainsFunc(person.Tags, func(t protocol.ContactTag) bool { return t.Tag == cmd.Tag }) {
		return store.Outcome{}, err
	}
	return about(c, conv, protocol.KindContactUntagged,
		&protocol.ContactUntagged{Contact: person.ID, Tag: cmd.Tag, Name: tag.Tag.Name}), nil
}

// Change says who the contact of a conversation is and how to reach them.
func Change(r store.Reader, c call.Call, conv *store.Conversation, cmd *protocol.ContactChange) (store.Outcome, error) {
	person, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil || person.Name == cmd.Name && person.Email == cmd.Email && person.Phone == cmd.Phone {
		return store.Outcome{}, err
	}
	return about(c, conv, protocol.KindContactSet,
		&protocol.ContactSet{Contact: person.ID, Name: cmd.Name, Email: cmd.Email, Phone: cmd.Phone}), nil
}

// Borne are the tags that a contact bears, in the order in which they were put on, without those that were deleted.
func Borne(r store.Reader, person *store.Contact) (borne []protocol.ContactTag, err error) {
	for _, t := range person.Tags {
		_, err := store.Tags.Get(r, store.Text(t.Tag))
		switch {
		case err == nil:
			borne = append(borne, t)
		case !errors.Is(err, store.ErrNotFound):
			return nil, err
		}
	}
	return borne, nil
}

// about is the one event of a change of a conversation's contact.
func about(c call.Call, conv *store.Conversation, kind protocol.Kind, body protocol.Body) store.Outcome {
	ev := c.Event(kind, protocol.EncodeBody(body))
	ev.Thread, ev.Conversation = conv.Thread, conv.Number
	return store.Outcome{Events: []protocol.Frame{ev}}
}

func applyPerson(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindContactTagged:
		var body protocol.ContactTagged
		return edit(tx, ev, &body, func(p *store.Contact) error {
			next := protocol.ContactTag{Tag: body.Tag, Pinned: body.Pinned}
			borne, err := Borne(tx, p) // those that were deleted leave now
			if i := slices.IndexFunc(borne, func(t protocol.ContactTag) bool { return t.Tag == body.Tag }); i >= 0 {
				borne[i] = next
			} else {
				borne = append(borne, next)
			}
			p.Tags = borne
			return err
		}, func() protocol.ContactID { return body.Contact })
	case protocol.KindContactUntagged:
		var body protocol.ContactUntagged
		return edit(tx, ev, &body, func(p *store.Contact) error {
			p.Tags = slices.DeleteFunc(slices.Clone(p.Tags), func(t protocol.ContactTag) bool { return t.Tag == body.Tag })
			return nil
		}, func() protocol.ContactID { return body.Contact })
	}
	var body protocol.ContactSet
	return edit(tx, ev, &body, func(p *store.Contact) error {
		p.Name, p.Email, p.Phone = body.Name, body.Email, body.Phone
		return nil
	}, func() protocol.ContactID { return body.Contact })
}

// edit decodes the event's body and changes the contact that it names.
func edit(tx store.Tx, ev *protocol.Frame, body protocol.Body, do func(*store.Contact) error, id func() protocol.ContactID) error {
	if err := protocol.DecodeBody(ev.Body, body); err != nil {
		return err
	}
	person, err := store.Contacts.Get(tx, store.Text(id()))
	if err != nil {
		return err
	}
	if err := do(&person); err != nil {
		return err
	}
	return store.Contacts.Put(tx, person, store.Text(person.ID))
}
