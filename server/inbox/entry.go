package inbox

import (
	"crypto/sha256"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/store"
)

// entry is what deciding about a conversation's place in a list needs. There may be a million: what filters ask stands
// first and close together, ids are kept as their bits, what many have in common stands elsewhere once, and so does what
// few have. Its zero value is no conversation.
type entry struct {
	number      protocol.Number
	active      bool
	status      states
	side        sides             // who wrote last
	spans       int32             // how many ranges it has: other ones, other items
	held        *held             // who may read it; never changed in place, nor are wait and marks
	wait        *wait             // nil where nothing waits for an answer
	marks       *marks            // what the contact bears; nil for nothing
	lastVisitor protocol.Position // the newest item that counts as unread

	lastAt       int64
	lastPosition protocol.Position
	previous     protocol.Number // the next older one in the list of its thread; 0 for none
	thread       bits
	contact      bits
	kept         *kept // nil where it neither changed nor was looked at since this start
}

// wait is the times of the first and the newest message that waits for an answer.
type wait struct{ since, last int64 }

// awaiting is when the wait began that puts it on top, by the clock of its channel; 0 where none is on.
func (e *entry) awaiting() int64 {
	switch {
	case e.wait == nil:
		return 0
	case e.held.newest:
		return e.wait.last
	}
	return e.wait.since
}

// states and sides are sets, small enough for a byte.
type (
	states uint8
	sides  uint8
)

const (
	open states = 1 << iota
	pending
	closed
)

const (
	visitors sides = 1 << iota
	teams
)

func stateOf(s protocol.Status) states {
	switch s {
	case protocol.Pending:
		return pending
	case protocol.Closed:
		return closed
	}
	return open
}

func sideOf(s protocol.Side) sides {
	if s == protocol.SideVisitor {
		return visitors
	}
	return teams
}

// bits are an id's: 16 bytes instead of a string of 26.
type bits [16]byte

func bitsOf[ID ~string](id ID) bits {
	if b, err := ulid.ParseStrict(string(id)); err == nil {
		return bits(b)
	}
	sum := sha256.Sum256([]byte(id)) // not of ours
	return bits(sum[:])
}

// set writes a conversation's row into its entry. What the row does not say, where and by whom it is read, stays.
func (in *Inbox) set(e *entry, c *store.Conversation) {
	e.number, e.lastAt, e.lastVisitor, e.lastPosition = c.Number, c.LastAt, c.LastVisitor, c.LastPosition
	if e.wait = nil; c.Wait != nil {
		e.wait = &wait{since: c.Wait.Since, last: c.Wait.Last}
	}
	e.active = c.Activity == protocol.Active
	e.status, e.side = stateOf(c.Status), sideOf(c.LastActor.Side())
	if spans := int32(len(c.Ranges)); e.spans != spans {
		e.spans = spans
		e.dropTail()
	}
	e.held = in.hold(c.Assignee, c.Former, c.Channel)
	e.thread, e.contact = bitsOf(c.Thread), bitsOf(c.Contact)
}
