package inbox

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/contact"
	"beseda/store"
)

// marks are the tags of a contact, and of others who bear the same. They are never changed, only replaced.
type marks struct {
	tags []protocol.ContactTag
}

// bear tells whether all of some tags are among them, pinned where that is asked; without any, whether one is pinned.
func (m *marks) bear(tags []protocol.TagID, pinned bool) bool {
	if m == nil {
		return false
	}
	for _, tag := range tags {
		if !slices.ContainsFunc(m.tags, func(t protocol.ContactTag) bool { return t.Tag == tag && (t.Pinned || !pinned) }) {
			return false
		}
	}
	return len(tags) > 0 || slices.ContainsFunc(m.tags, func(t protocol.ContactTag) bool { return t.Pinned })
}

// marksOf keeps those of a contact's tags that there still are; nil for none.
func (in *Inbox) marksOf(tags []protocol.ContactTag) *marks {
	var out []protocol.ContactTag
	for _, t := range tags {
		if _, lives := in.tags[t.Tag]; lives {
			out = append(out, t)
		}
	}
	return in.share(out)
}

func (m *marks) same(o *marks) bool {
	return m == o || m != nil && o != nil && slices.Equal(m.tags, o.tags)
}

// readMarks reads the tags of all contacts that bear any.
func (in *Inbox) readMarks(r store.Reader) (map[bits]*marks, error) {
	out := make(map[bits]*marks)
	for c, err := range store.Contacts.Scan(r, store.Contacts.Under()) {
		if err != nil {
			return nil, err
		}
		if m := in.marksOf(c.Tags); m != nil {
			out[bitsOf(c.ID)] = m
		}
	}
	return out, nil
}

// contactOf reads a contact's tags; a conversation may have none, and so no contact.
func contactOf(r store.Reader, id protocol.ContactID) (store.Contact, error) {
	c, err := store.Contacts.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return c, err
}

// Contact takes in that a contact, of whom a thread is known, is called, tagged or blocked otherwise now, by the event at
// a position, and returns their conversations, whose rows show it.
func (in *Inbox) Contact(r store.Reader, id protocol.ContactID, thread protocol.ThreadID, at protocol.Position) (numbers []protocol.Number, err error) {
	c, err := contactOf(r, id)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	next, who := in.marksOf(c.Tags), bitsOf(id)
	for _, thread := range contact.Threads(&c, thread) {
		for e := range in.inThread(bitsOf(thread)) {
			if e.contact != who {
				continue
			}
			numbers = append(numbers, e.number)
			e.changed(at)
			in.remark(e, next)
		}
	}
	return numbers, nil
}

// remark gives a conversation's contact other tags.
func (in *Inbox) remark(e *entry, next *marks) {
	if e.marks.same(next) {
		return
	}
	old := *e
	e.marks = next
	for v := range in.viewers {
		v.follow(&old, e, ofTags)
	}
}
