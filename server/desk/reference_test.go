package desk_test

import (
	"maps"
	"slices"

	"beseda/protocol"
)

// The reference is the state machine a second time, in the plainest way: one visitor's thread as a list of items that
// each know their conversation, and, for a visitor's message, which item ended its wait. It keeps no ranges, no rows and
// no order of its own making; what the desk derives cleverly it looks up. It is written from the specification, not from
// the desk.

type (
	position = protocol.Position
	number   = protocol.Number
	operator = protocol.OperatorID
)

// refItem is a message, note or line.
type refItem struct {
	at      position
	time    int64
	conv    number
	kind    protocol.Kind
	visitor bool // its author
	endedBy position
}

// message tells whether it is one; waits whether it is a visitor's that nobody answered.
func (i *refItem) message() bool { return i.kind == protocol.KindMessageSent }
func (i *refItem) waits() bool   { return i.message() && i.visitor && i.endedBy == 0 }
func (i *refItem) unread() bool {
	return i.visitor && (i.message() || i.kind == protocol.KindReactionAdded)
}

type refRead struct{ Delivered, Read position }

// refConv is a conversation's attributes.
type refConv struct {
	number      number
	active      bool
	status      protocol.Status
	statusSince int64
	closedAt    int64
	assignee    operator
	former      map[operator]bool
	subject     string
	splitFrom   position
	splitStatus protocol.Status
	deadline    int64
	held        int64
	announced   bool
	announceAt  int64
	warnAt      int64 // armed and not fired
	limitAt     int64
	failAt      int64
	mergedInto  number
	erased      bool
	reads       map[operator]refRead
	marked      []operator // as unread, by hand
	team        refRead
}

// refEvent is what a step must leave in the log.
type refEvent struct {
	Kind protocol.Kind
	Conv number
	By   string
}

// refPolicy is the values in force, as they are written.
type refPolicy map[string]string

// reference is one thread.
type reference struct {
	policy  refPolicy
	people  map[operator]*refPerson
	created map[operator]position
	items   []*refItem
	convs   []*refConv
	fired   map[position]*[2]bool // message → warned, exceeded
	resumed map[string]int64      // a timer's key → the last millisecond in which it was off
	last    position              // of the log
	next    number
	known   bool // the visitor has written
	contact refContact

	now    int64
	by     string
	events []refEvent
}

type refPerson struct {
	admin, bot, off bool
	blocks, deletes bool // has the right to
}

func (m *reference) conv(n number) *refConv {
	for _, c := range m.convs {
		if c.number == n {
			return c
		}
	}
	return nil
}

// live follows merges.
func (m *reference) live(n number) *refConv {
	c := m.conv(n)
	for c != nil && c.mergedInto != 0 {
		c = m.conv(c.mergedInto)
	}
	return c
}

func (m *reference) active() *refConv {
	for _, c := range m.convs {
		if c.active {
			return c
		}
	}
	return nil
}

// newest is the newest live conversation by number.
func (m *reference) newest() *refConv {
	for _, c := range slices.Backward(m.convs) {
		if c.mergedInto == 0 && !c.erased {
			return c
		}
	}
	return nil
}

func (m *reference) before(c *refConv) *refConv {
	var found *refConv
	for _, other := range m.convs {
		if other.mergedInto == 0 && !other.erased && other.number < c.number {
			found = other
		}
	}
	return found
}

func (m *reference) of(c *refConv) (items []*refItem) {
	for _, i := range m.items {
		if i.conv == c.number {
			items = append(items, i)
		}
	}
	return items
}

func (m *reference) lastOf(c *refConv) position {
	items := m.of(c)
	if len(items) == 0 {
		return 0
	}
	return items[len(items)-1].at
}

// newestOf is the position of the newest item of a conversation that passes; 0 for none.
func (m *reference) newestOf(c *refConv, passes func(*refItem) bool) position {
	for _, i := range slices.Backward(m.of(c)) {
		if passes(i) {
			return i.at
		}
	}
	return 0
}

// awaiting is the earliest message that waits; nil for none.
func (m *reference) awaiting(c *refConv) *refItem {
	for _, i := range m.of(c) {
		if i.waits() {
			return i
		}
	}
	return nil
}

func (m *reference) newestWaiting(c *refConv) *refItem {
	for _, i := range slices.Backward(m.of(c)) {
		if i.waits() {
			return i
		}
	}
	return nil
}

// emit adds an event of a conversation; an item is stored.
func (m *reference) emit(kind protocol.Kind, c *refConv) *refItem {
	m.last++
	m.events = append(m.events, refEvent{kind, c.number, m.by})
	if !kind.IsItem() {
		return nil
	}
	item := &refItem{at: m.last, time: m.now, conv: c.number, kind: kind, visitor: m.by == "visitor"}
	m.items = append(m.items, item)
	return item
}

// end ends all waits of a conversation, by the newest item.
func (m *reference) end(c *refConv) {
	for _, i := range m.of(c) {
		if i.waits() {
			i.endedBy = m.last
		}
	}
	c.warnAt, c.limitAt = 0, 0
}

// unread counts what an operator has not read.
func (m *reference) unread(who operator, c *refConv) (count int) {
	for _, i := range m.of(c) {
		if i.unread() && i.at > m.readOf(who, c).Read {
			count++
		}
	}
	return count
}

func (m *reference) readOf(who operator, c *refConv) refRead {
	if own, ok := c.reads[who]; ok {
		return own
	}
	return refRead{m.created[who], m.created[who]}
}

// may is R and W of §6 and §10.
func (m *reference) mayRead(who operator, c *refConv) bool {
	p := m.people[who]
	switch {
	case p.admin, p.bot, c.assignee == who, c.assignee == "":
		return true
	case c.former[who]:
		return m.policy["reassign.previous_can_read"] == "true"
	}
	return m.policy["access.read"] == "team" || m.people[c.assignee].bot
}

func (m *reference) mayWrite(who operator, c *refConv) bool {
	p := m.people[who]
	return p.admin || p.bot || c.assignee == who ||
		c.assignee == "" && m.policy["claim_on_reply"] == "true" && m.mayRead(who, c)
}

// people in a fixed order.
func (m *reference) everybody() []operator { return slices.Sorted(maps.Keys(m.people)) }
