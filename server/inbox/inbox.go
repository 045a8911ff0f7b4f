package inbox

import (
	"slices"
	"sync"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Inbox is the list of one workspace.
type Inbox struct {
	mu      sync.RWMutex
	entries []*entry // by number; nil where one is no more
	all     ordered
	active  ordered
	viewers map[*Viewer]struct{}
	faced   []*entry                   // those that were looked at
	threads map[bits][]protocol.Number // the live ones, ascending
	tags    map[protocol.TagID]string  // their names
	views   map[protocol.ViewID]*view
	names   map[string]string // ids that many entries share
	held    map[holder]*team.Held
	rules   rules
	drafts  drafts
}

// slab is how many entries are made at once, when the list is rebuilt.
const slab = 4096

// New rebuilds the list from the conversation rows.
func New(r store.Reader) (*Inbox, error) {
	in := &Inbox{
		viewers: make(map[*Viewer]struct{}), threads: make(map[bits][]protocol.Number), names: make(map[string]string),
		held: make(map[holder]*team.Held),
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
	var free []entry
	for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
		if err != nil {
			return nil, err
		}
		if conv.Tombstone() {
			continue
		}
		if len(free) == 0 {
			free = make([]entry, slab)
		}
		e := &free[0]
		free = free[1:]
		in.set(e, &conv)
		e.marks = marked[e.contact]
		in.keep(e)
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
		e = new(entry)
	} else {
		was := *e
		old = &was
		in.forget(e)
	}
	in.set(e, conv)
	if e.at = at; read {
		e.marks = in.marksOf(contact.Tags)
	}
	in.keep(e)
	in.join(e)
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
		byProcessing(old) == byProcessing(next) {
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
	in.forget(e)
	in.move(e, nil)
	in.leave(e)
	in.entries[n] = nil
	for v := range in.viewers {
		if v.follow(e, nil, everything) {
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
		in.forget(e)
		e.at = at
	}
}

// MayRead asks the access rule about somebody and a conversation as both stand now; false where there is none.
func (in *Inbox) MayRead(who protocol.OperatorID, n protocol.Number) bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	e := in.entry(n)
	return e != nil && in.rules.mayRead(who, *e.held)
}

// join lists a conversation in its thread, and leave ends that.
func (in *Inbox) join(e *entry) {
	numbers := in.threads[e.thread]
	if i, ok := slices.BinarySearch(numbers, e.number); !ok {
		in.threads[e.thread] = slices.Insert(numbers, i, e.number)
	}
}

func (in *Inbox) leave(e *entry) {
	numbers := in.threads[e.thread]
	if i, ok := slices.BinarySearch(numbers, e.number); ok {
		in.threads[e.thread] = slices.Delete(numbers, i, i+1)
	}
}
