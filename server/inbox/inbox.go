package inbox

import (
	"sync"

	"beseda/protocol"
	"beseda/store"
)

// Inbox is the list of one workspace.
type Inbox struct {
	mu      sync.RWMutex
	entries slabs
	all     ordered
	active  ordered
	viewers map[*Viewer]struct{}
	faced   []protocol.Number // those that were looked at
	since   protocol.Position // nothing is kept of what was read of a state before it
	latest  latest
	tags    map[protocol.TagID]string // their names
	views   map[protocol.ViewID]*view
	held    map[holder]*held  // shared by entries, as borne is
	borne   map[string]*marks // by what they say
	rules   rules
	drafts  drafts
}

// New rebuilds the list from the conversation rows.
func New(r store.Reader) (*Inbox, error) {
	in := &Inbox{
		viewers: make(map[*Viewer]struct{}), latest: make(latest), held: make(map[holder]*held), borne: make(map[string]*marks),
	}
	var err error
	if in.rules, err = readRules(r); err != nil {
		return nil, err
	}
	if in.tags, err = readTags(r); err != nil {
		return nil, err
	}
	if err = in.readViews(r); err != nil {
		return nil, err
	}
	if in.drafts, err = readDrafts(r); err != nil {
		return nil, err
	}
	marked, err := in.readMarks(r)
	if err != nil {
		return nil, err
	}
	for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
		if err != nil {
			return nil, err
		}
		if conv.Tombstone() {
			continue
		}
		e := in.entries.place(conv.Number)
		in.set(e, &conv)
		e.marks = marked[e.contact]
		in.join(e)
	}
	in.all.fill(in.each())
	in.active.fill(func(yield func(*entry) bool) {
		for e := range in.each() {
			if e.active && !yield(e) {
				return
			}
		}
	})
	return in, nil
}

// Update takes a conversation's new row in, as it is after the event at a position, and returns the viewers who could
// see it before and no longer may. r sees what the event did.
func (in *Inbox) Update(r store.Reader, conv *store.Conversation, at protocol.Position) (lost []*Viewer, err error) {
	in.mu.RLock()
	known := in.entry(conv.Number)
	read := known == nil || known.contact != bitsOf(conv.Contact)
	in.mu.RUnlock()
	var contact store.Contact
	if read {
		if contact, err = contactOf(r, conv.Contact); err != nil {
			return nil, err
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	var old *entry
	e := in.entry(conv.Number)
	if e == nil {
		e = in.entries.place(conv.Number)
	} else {
		was := *e
		old = &was
	}
	in.set(e, conv)
	e.changed(at)
	if read {
		e.marks = in.marksOf(contact.Tags)
	}
	if old == nil {
		in.join(e)
	}
	in.move(old, e)
	what := changed(old, e)
	for v := range in.viewers {
		if v.follow(old, e, what) {
			lost = append(lost, v)
		}
	}
	return lost, nil
}

// move puts a conversation where it stands now. old is nil for one that is new, next for one that is no more.
func (in *Inbox) move(old, next *entry) {
	if old != nil && next != nil && old.active == next.active && byActivity(old) == byActivity(next) &&
		old.awaiting() == next.awaiting() {
		return
	}
	if old != nil {
		in.all.remove(old)
		if old.active {
			in.active.remove(old)
		}
	}
	if next != nil {
		in.all.insert(next)
		if next.active {
			in.active.insert(next)
		}
	}
}

// Remove takes a conversation out of the list, merged or erased, and returns those who saw it.
func (in *Inbox) Remove(n protocol.Number) (lost []*Viewer) {
	in.mu.Lock()
	defer in.mu.Unlock()
	e := in.entry(n)
	if e == nil {
		return nil
	}
	in.move(e, nil)
	in.leave(e)
	old := *e
	*e = entry{}
	for v := range in.viewers {
		if v.follow(&old, nil, everything) {
			lost = append(lost, v)
		}
		delete(v.reads, n)
		delete(v.marked, n)
	}
	return lost
}

// Touch has a conversation read again: what its row shows has changed elsewhere, by the event at a position.
func (in *Inbox) Touch(n protocol.Number, at protocol.Position) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if e := in.entry(n); e != nil {
		e.changed(at)
	}
}

// MayRead asks the access rule about somebody and a conversation as both stand now; false where there is none.
func (in *Inbox) MayRead(who protocol.OperatorID, n protocol.Number) bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	e := in.entry(n)
	return e != nil && in.rules.mayRead(who, e.held.Held)
}
