package team

import (
	"errors"

	"beseda/protocol"
	"beseda/store"
)

// rights is a set of rights, one bit each in the order of protocol.Rights, so that the access rule asks quickly and
// members can be compared.
type rights uint16

const (
	chatAdmin rights = 1 << iota
	readAll
	reassign
	closing
)

// led is what a chat administrator has without being given it: everything about conversations.
var led = setOf([]protocol.Right{
	protocol.RightReadAll, protocol.RightReassign, protocol.RightClose, protocol.RightDelete, protocol.RightBlock,
	protocol.RightExport,
})

// every is all rights: an administrator's.
var every = setOf(protocol.Rights[:])

// setOf gathers rights; a word that is none is left out.
func setOf(list []protocol.Right) (s rights) {
	for _, right := range list {
		s |= bitOf(right)
	}
	return s
}

// bitOf is a right's bit; 0 for a word that is none.
func bitOf(right protocol.Right) rights {
	for i, known := range protocol.Rights {
		if known == right {
			return 1 << i
		}
	}
	return 0
}

// list is the set in the order of the screen; nil for none.
func (s rights) list() (list []protocol.Right) {
	for i, right := range protocol.Rights {
		if s&(1<<i) != 0 {
			list = append(list, right)
		}
	}
	return list
}

// rightsOf is all that an account has: an administrator everything, others what their group gives them. What a bot
// does in conversations is what it was built for, so it needs no right to end one.
func rightsOf(r store.Reader, o *store.Operator) (rights, error) {
	if o.Role == protocol.RoleAdmin && !o.Bot {
		return every, nil
	}
	g, err := GroupOf(r, o.Group)
	if err != nil {
		return 0, err
	}
	s := setOf(g.Rights)
	if s&chatAdmin != 0 {
		s |= led
	}
	if o.Bot {
		s |= closing
	}
	return s, nil
}

// GroupOf reads a group as it is now; the empty id means protocol.GroupOperators. Until somebody changes them, the two
// that every workspace has are what they are at first. One that is gone gives no rights.
func GroupOf(r store.Reader, id protocol.GroupID) (store.Group, error) {
	if id == "" {
		id = protocol.GroupOperators
	}
	g, err := store.Groups.Get(r, store.Text(id))
	if !errors.Is(err, store.ErrNotFound) {
		return g, err
	}
	switch g.ID = id; id {
	case protocol.GroupOperators:
		g.Rights = []protocol.Right{protocol.RightClose, protocol.RightBlock}
	case protocol.GroupChatAdmins:
		g.Rights = []protocol.Right{protocol.RightChatAdmin}
	}
	return g, nil
}
