package inbox

import (
	"crypto/sha256"
	"iter"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// entry is what deciding about a conversation's place in a list needs, and what was read to show it. There may be a
// million: what filters ask stands first and close together, and ids are kept as their bits.
type entry struct {
	number      protocol.Number
	lastAt      int64
	lastVisitor protocol.Position // the newest item that counts as unread
	waitSince   int64             // times of the first and the newest message that waits; 0 where none does
	waitLast    int64
	marks       *marks // what the contact bears; nil for nothing
	active      bool
	newest      bool // the wait counts from its newest message
	status      states
	side        sides // who wrote last
	spans       int32 // how many ranges it has: other ones, other items
	channel     protocol.ChannelID
	held        *team.Held // who may read it; many share one, so it is never changed in place

	lastPosition protocol.Position
	at           protocol.Position // of the batch that changed it last; 0 since before this start
	thread       bits
	contact      bits
	face         *face // nil until it is looked at
	tail         *tail // nil while nobody has something unread
}

// awaiting is when the wait began that puts it on top, by the clock of its channel; 0 where none is on.
func (e *entry) awaiting() int64 {
	if e.newest {
		return e.waitLast
	}
	return e.waitSince
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
	e.waitSince, e.waitLast = 0, 0
	if c.Wait != nil {
		e.waitSince, e.waitLast = c.Wait.Since, c.Wait.Last
	}
	e.active = c.Activity == protocol.Active
	e.status, e.side = stateOf(c.Status), sideOf(c.LastActor.Side())
	if spans := int32(len(c.Ranges)); e.spans != spans {
		e.spans, e.tail = spans, nil
	}
	e.channel = protocol.ChannelID(in.intern(string(c.Channel)))
	e.newest = in.rules.newest[c.Channel]
	e.held = in.hold(c.Assignee, c.Former, e.channel)
	e.thread, e.contact = bitsOf(c.Thread), bitsOf(c.Contact)
}

// holder is what most conversations that are held alike have in common.
type holder struct {
	assignee protocol.OperatorID
	channel  protocol.ChannelID
}

// hold is what the access rule asks of a conversation that somebody has, and others had.
func (in *Inbox) hold(who protocol.OperatorID, former []protocol.OperatorID, channel protocol.ChannelID) *team.Held {
	key := holder{who, channel}
	one, ok := in.held[key]
	if !ok {
		one = in.rules.held(protocol.OperatorID(in.intern(string(who))), nil, channel)
		in.held[key] = one
	}
	if len(former) > 0 {
		return in.rules.held(one.Assignee, former, channel)
	}
	return one
}

// intern is the one copy of a string that many entries bear.
func (in *Inbox) intern(s string) string {
	if one, ok := in.names[s]; ok {
		return one
	}
	in.names[s] = s
	return s
}

// entry finds a conversation of the list; nil where there is none. The mutex is held, here and below.
func (in *Inbox) entry(n protocol.Number) *entry {
	if n < protocol.Number(len(in.entries)) {
		return in.entries[n]
	}
	return nil
}

func (in *Inbox) keep(e *entry) {
	for protocol.Number(len(in.entries)) <= e.number {
		in.entries = append(in.entries, nil)
	}
	in.entries[e.number] = e
}

// each walks all conversations, ascending by number.
func (in *Inbox) each() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, e := range in.entries {
			if e != nil && !yield(e) {
				return
			}
		}
	}
}
