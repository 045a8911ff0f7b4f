package inbox

import (
	"beseda/protocol"
)

// everything is all facets: nothing is known to have stayed as it was.
const everything = ^facets(0)

// lens is what a viewer's list is narrowed to, and the figures of that, which follow every change.
type lens struct {
	id     int
	filter *filter
	wants  protocol.Order // "" for the default
	total  int
	tags   *tally                       // nil where nobody asked
	left   map[protocol.Number]struct{} // were of the list and are not, and nobody was told yet
}

// gains tells whether a conversation that somebody may read now is news for their list.
func (l *lens) gains(e *entry, unread bool) bool { return l.filter.passes(e, unread) }

// tally counts a list's conversations per tag.
type tally struct {
	count counts
	// around counts those that the viewer sees, of the list or not, per tag that is pinned. Where it is asked for, count is
	// of pinned ones alone; nil where it is not.
	around counts
	stale  bool
}

type counts map[protocol.TagID]int

func newTally(pinned bool) *tally {
	t := &tally{count: counts{}}
	if pinned {
		t.around = counts{}
	}
	return t
}

// add counts a conversation among those of one of both.
func (t *tally) add(into counts, m *marks, by int) {
	if m == nil || into == nil {
		return
	}
	for _, tag := range m.tags {
		if t.around == nil || tag.Pinned {
			into[tag.Tag] += by
			t.stale = true
		}
	}
}

// follow takes in a step of a conversation that was of the list or not, and is or is not.
func (t *tally) follow(s *step, was, is bool) {
	for _, c := range [...]struct {
		into    counts
		was, is bool
	}{{t.count, was, is}, {t.around, s.before, s.after}} {
		if c.was {
			t.add(c.into, s.old.marks, -1)
		}
		if c.is {
			t.add(c.into, s.next.marks, 1)
		}
	}
}

// step is a conversation's change as one viewer sees it: whether they may read it, and whether it is unread, before and
// after.
type step struct {
	old, next     *entry
	before, after bool
	was, is       bool
	what          facets
}

func (s *step) number() protocol.Number {
	if s.next != nil {
		return s.next.number
	}
	return s.old.number
}

// touches tells whether a step may change what a filter answers.
func (s *step) touches(asks facets) bool {
	what := s.what
	if s.was != s.is {
		what |= ofUnread
	}
	return s.before != s.after || what&asks != 0
}

// of tells whether the conversation was of a filter's list, and whether it is.
func (s *step) of(f *filter) (was, is bool) {
	return s.before && f.passes(s.old, s.was), s.after && f.passes(s.next, s.is)
}

// count brings a viewer's figures up to date.
func (v *Viewer) count(s step) {
	n := s.number()
	all, active := v.all, v.active
	v.all += one(s.after) - one(s.before)
	v.active += one(s.after && s.next.active) - one(s.before && s.old.active)
	if v.all != all || v.active != active {
		v.stale = true
	}
	v.head(n, s.is && v.waits(s.next))
	v.countLens(n, &s)
	for _, c := range v.views {
		if !c.known || !s.touches(c.filter.asks) {
			continue
		}
		if was, is := s.of(c.filter); was != is {
			c.count += one(is) - one(was)
			c.stale, v.stale = true, true
		}
	}
}

// waits tells whether an unread conversation is one of those that the header counts: what is worked on, what the operator
// marked, and of what is completed what is theirs, where a visitor's reaction is for them.
func (v *Viewer) waits(e *entry) bool {
	_, marked := v.marked[e.number]
	return e.active || marked || e.held.Assignee == v.id
}

// head puts a conversation among those that the header counts, or takes it away.
func (v *Viewer) head(n protocol.Number, counts bool) {
	before := len(v.unread)
	if counts {
		v.unread[n] = struct{}{}
	} else {
		delete(v.unread, n)
	}
	v.stale = v.stale || len(v.unread) != before
}

func (v *Viewer) countLens(n protocol.Number, s *step) {
	asks := v.lens.filter.asks
	if v.lens.tags != nil {
		asks |= ofTags
	}
	if !s.touches(asks) {
		return
	}
	was, is := s.of(v.lens.filter)
	if is || !s.after {
		delete(v.lens.left, n)
	} else if was {
		if v.lens.left == nil {
			v.lens.left = make(map[protocol.Number]struct{})
		}
		v.lens.left[n] = struct{}{}
	}
	if was != is {
		v.lens.total += one(is) - one(was)
		v.stale = true
	}
	if t := v.lens.tags; t != nil {
		t.follow(s, was, is)
		v.stale = v.stale || t.stale
	}
}

// Look gives a viewer another list, and counts it. Count asks for its tags.
func (in *Inbox) Look(v *Viewer, cmd *protocol.InboxLook) {
	in.mu.Lock()
	defer in.mu.Unlock()
	v.lens = lens{id: cmd.Lens, filter: compile(&cmd.Filter, in.tags), wants: cmd.Order}
	if cmd.Count {
		v.lens.tags = newTally(cmd.Filter.Pinned)
	}
	in.countAll(v)
}

// countAll counts a viewer's list from nothing.
func (in *Inbox) countAll(v *Viewer) {
	t := v.lens.tags
	for e := range in.of(v, v.lens.filter) {
		v.lens.total++
		if t != nil {
			t.add(t.count, e.marks, 1)
		}
	}
	if t == nil || t.around == nil {
		return
	}
	for e := range in.each() {
		if e.marks != nil && v.may(e) {
			t.add(t.around, e.marks, 1)
		}
	}
}

// sorting is how a viewer's list is sorted, and whether it might be otherwise.
type sorting struct {
	order  protocol.Order
	limits bool
}

func (in *Inbox) sorting(v *Viewer) sorting { return sorting{in.order(v.lens.wants), in.rules.limits} }

// order is the one in force for a wish: the longest wait first only where there is a limit for answering.
func (in *Inbox) order(wish protocol.Order) protocol.Order {
	if in.rules.limits && wish != protocol.OrderActivity {
		return protocol.OrderProcessing
	}
	return protocol.OrderActivity
}
