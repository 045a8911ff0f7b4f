package desk_test

import (
	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// What people do about contacts.

func (p person) blocks(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindContactBlock, &protocol.ContactBlock{Conversation: n})
}

func (p person) unblocks(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindContactUnblock, &protocol.ContactUnblock{Conversation: n})
}

func (p person) marks(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: n})
}

func (p person) clears(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindUnreadClear, &protocol.UnreadClear{Conversation: n})
}

func (p person) labels(name string, color protocol.TagColor) (protocol.Accepted, error) {
	return p.do(protocol.KindTagCreate, &protocol.TagCreate{Name: name, Color: color})
}

func (p person) tags(n protocol.Number, tag protocol.TagID, pinned bool) (protocol.Accepted, error) {
	return p.do(protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: n, Tag: tag, Pinned: pinned})
}

func (p person) untags(n protocol.Number, tag protocol.TagID) (protocol.Accepted, error) {
	return p.do(protocol.KindContactTagRemove, &protocol.ContactTagRemove{Conversation: n, Tag: tag})
}

// marked tells whether somebody has marked a conversation as unread.
func (o *office) marked(p person, n protocol.Number) (marked bool) {
	o.t.Helper()
	o.read(func(r store.Reader) error {
		own, _, err := conversation.ReadBy(r, p.id(), n)
		marked = own.Marked
		return err
	})
	return marked
}

// contact is that of a conversation.
func (o *office) contact(n protocol.Number) (person store.Contact) {
	o.t.Helper()
	o.read(func(r store.Reader) (err error) {
		person, err = store.Contacts.Get(r, store.Text(o.conv(n).Contact))
		return err
	})
	return person
}
