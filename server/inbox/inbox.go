package inbox

import (
	"sync"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Inbox is the list of one workspace.
type Inbox struct {
	mu      sync.RWMutex
	entries map[protocol.Number]*entry
	active  order
	all     order
	viewers map[*Viewer]struct{}
	faces   int                                     // that are kept
	threads map[protocol.ThreadID][]protocol.Number // the live ones, ascending
	rules   rules
}

// entry is what deciding about a conversation's place in the list needs, about 100 bytes, and what was read to show it.
type entry struct {
	number      protocol.Number
	lastAt      int64
	lastVisitor protocol.Position
	active      bool
	held        team.Held
	thread      protocol.ThreadID
	channel     protocol.ChannelID
	contact     protocol.ContactID
	spans       int               // how many ranges it has: other ones, other items
	at          protocol.Position // of the batch that changed it last; 0 since before this start
	face        *face             // nil until it is looked at
	tail        *tail             // nil while nobody has something unread
}

func (e *entry) key() key { return key{e.lastAt, e.number} }

// New rebuilds the list from the conversation rows.
func New(r store.Reader) (*Inbox, error) {
	in := &Inbox{
		entries: make(map[protocol.Number]*entry), viewers: make(map[*Viewer]struct{}),
		threads: make(map[protocol.ThreadID][]protocol.Number),
	}
	var err error
	if in.rules, err = readRules(r); err != nil {
		return nil, err
	}
	for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
		if err != nil {
			return nil, err
		}
		if conv.MergedInto != 0 {
			continue
		}
		e := in.entryOf(&conv)
		in.entries[e.number] = e
		in.join(e)
		in.all = append(in.all, e.key())
		if e.active {
			in.active = append(in.active, e.key())
		}
	}
	in.all.sort()
	in.active.sort()
	return in, nil
}

func (in *Inbox) entryOf(c *store.Conversation) *entry {
	return &entry{
		number: c.Number, lastAt: c.LastAt, lastVisitor: c.LastVisitor,
		active: c.Activity == protocol.Active, held: in.rules.heldBy(c), spans: len(c.Ranges),
		thread: c.Thread, channel: c.Channel, contact: c.Contact,
	}
}

// Update takes a conversation's new row in, as it is after the event at a position, and returns the viewers who could
// see it before and no longer may.
func (in *Inbox) Update(conv *store.Conversation, at protocol.Position) (lost []*Viewer) {
	in.mu.Lock()
	defer in.mu.Unlock()
	old, next := in.entries[conv.Number], in.entryOf(conv)
	in.join(next)
	in.entries[conv.Number] = next
	next.at = at
	if old != nil {
		in.forget(old)
		if old.spans == next.spans {
			next.tail = old.tail
		}
	}
	if old != nil && old.lastAt == next.lastAt && old.active == next.active {
		// its place is the same
	} else {
		if old != nil {
			in.all.remove(old.key())
			if old.active {
				in.active.remove(old.key())
			}
		}
		in.all.insert(next.key())
		if next.active {
			in.active.insert(next.key())
		}
	}
	for v := range in.viewers {
		if v.follow(old, next) {
			lost = append(lost, v)
		}
	}
	return lost
}

// Touch has a conversation read again: what its row shows has changed elsewhere, by the event at a position.
func (in *Inbox) Touch(n protocol.Number, at protocol.Position) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if e := in.entries[n]; e != nil {
		in.forget(e)
		e.at = at
	}
}

// MayRead asks the access rule about somebody and a conversation as both stand now; false where there is none.
func (in *Inbox) MayRead(who protocol.OperatorID, n protocol.Number) bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	e := in.entries[n]
	return e != nil && in.rules.mayRead(who, e.held)
}

// Page lists what a viewer may see, newest first, below the row (beforeAt, before); 0 asks from the top.
func (in *Inbox) Page(v *Viewer, all bool, beforeAt int64, before protocol.Number, limit int) (numbers []protocol.Number, more bool) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	list := in.active
	if all {
		list = in.all
	}
	i := len(list)
	if beforeAt != 0 || before != 0 {
		i = list.find(key{beforeAt, before})
	}
	for i--; i >= 0; i-- {
		if !v.sees(in.entries[list[i].number].held) {
			continue
		}
		if len(numbers) == limit {
			return numbers, true
		}
		numbers = append(numbers, list[i].number)
	}
	return numbers, false
}
