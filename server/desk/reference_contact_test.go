package desk_test

import (
	"slices"

	"beseda/protocol"
)

// What the reference knows of the thread's contact, of marks and of the visitor's positions.

// refContact is whether the contact is blocked, what was failed by that, and how far the visitor's devices are.
type refContact struct {
	blocked bool
	failed  map[position]bool
	seen    refRead
}

// forGood ends a wait so that no split brings it back: it is before every message.
const forGood = position(1)

func (m *reference) blocks(who operator, n number) string {
	c, refused := m.person(who, n)
	if c == nil || m.contact.blocked {
		return refused
	}
	m.contact.blocked = true
	for _, conv := range m.convs { // by number
		fails := false
		for _, i := range m.undelivered(conv) {
			m.contact.failed[i.at] = true
			fails = true
		}
		if fails {
			m.emit(protocol.KindMessageFailed, conv)
		}
	}
	m.emit(protocol.KindContactBlocked, c)
	for _, conv := range m.convs {
		conv.warnAt, conv.limitAt, conv.failAt = 0, 0, 0
	}
	for _, i := range m.items {
		if i.message() && i.visitor {
			i.endedBy = forGood
		}
	}
	return ""
}

func (m *reference) unblocks(who operator, n number) string {
	c, refused := m.person(who, n)
	if c != nil && m.contact.blocked {
		m.contact.blocked = false
		m.emit(protocol.KindContactUnblocked, c)
	}
	return refused
}

// person is what a command about the contact asks first.
func (m *reference) person(who operator, n number) (*refConv, string) {
	return m.foundWith(who, n, m.people[who].blocks, "block")
}

func (m *reference) marksUnread(who operator, n number, on bool) string {
	c, refused := m.found(who, n, m.mayRead, true)
	if c != nil {
		c.mark(who, on)
	}
	return refused
}

func (c *refConv) mark(who operator, on bool) {
	if on && !slices.Contains(c.marked, who) {
		c.marked = append(c.marked, who)
	}
	if !on {
		c.marked = slices.DeleteFunc(c.marked, func(id operator) bool { return id == who })
	}
}

// sees is the visitor's receipt: accepted of the blocked, too.
func (m *reference) sees(delivered, read position) string {
	if !m.known {
		return "not_found"
	}
	if len(m.items) == 0 {
		return ""
	}
	newest := m.items[len(m.items)-1].at
	read = min(read, newest)
	next := refRead{max(m.contact.seen.Delivered, min(delivered, newest), read), max(m.contact.seen.Read, read)}
	if next == m.contact.seen {
		return ""
	}
	m.contact.seen = next
	for _, c := range m.convs {
		if c.failAt != 0 && m.policy.span("offline_delivery") > 0 {
			c.failAt = m.nextFailure(c, c.failAt)
		}
	}
	m.last++
	m.events = append(m.events, refEvent{protocol.KindReceiptAdvanced, 0, m.by})
	return ""
}

// contact does something about the thread's contact, or about what only one person sees.
func (s *story) contact(visitor, team asked, who person, n number) (deed, string, string) {
	m := s.model
	s.moved = true
	switch k := s.rnd.IntN(8); {
	case k < 2:
		at := position(0)
		if len(m.items) > 0 {
			at = m.items[s.rnd.IntN(len(m.items))].at
		}
		return visitor("sees", &protocol.ReceiptAdvance{Delivered: at, Read: at / 2 * 2}, func() string { return m.sees(at, at/2*2) })
	case k < 4:
		return team("marks", &protocol.UnreadMark{Conversation: n}, func() string { return m.marksUnread(who.id(), n, true) })
	case k < 5:
		return team("clears", &protocol.UnreadClear{Conversation: n}, func() string { return m.marksUnread(who.id(), n, false) })
	case k < 6 || !m.contact.blocked && k < 7:
		return team("blocks", &protocol.ContactBlock{Conversation: n}, func() string { return m.blocks(who.id(), n) })
	}
	return team("unblocks", &protocol.ContactUnblock{Conversation: n}, func() string { return m.unblocks(who.id(), n) })
}
