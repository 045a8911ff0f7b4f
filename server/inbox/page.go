package inbox

import (
	"iter"

	"beseda/protocol"
	"beseda/store"
)

// Page is a piece of a viewer's list.
type Page struct {
	Numbers []protocol.Number
	// Offset is where the first one stands; More: others stand below the last one.
	Offset int
	More   bool
	// Order is the one in force, and Limits whether there is another.
	Order  protocol.Order
	Limits bool
}

// Lens is the number of a viewer's list.
func (in *Inbox) Lens(v *Viewer) int {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return v.lens.id
}

// Page reads limit conversations of a viewer's list: below one that is of it, and then offset is what the reader takes
// for its place, or else from offset on.
func (in *Inbox) Page(v *Viewer, below protocol.Number, offset, limit int) Page {
	in.mu.RLock()
	defer in.mu.RUnlock()
	p := Page{Offset: offset, Order: in.order(v.lens.wants), Limits: in.rules.limits}
	from, skip := in.entry(below), offset
	if from != nil && v.shows(from, v.lens.filter) {
		skip = 0
	} else {
		from = nil
	}
	for e := range in.down(in.within(v.lens.filter), p.Order, from) {
		switch {
		case !v.shows(e, v.lens.filter):
		case skip > 0:
			skip--
		case len(p.Numbers) == limit:
			p.More = true
			return p
		default:
			p.Numbers = append(p.Numbers, e.number)
		}
	}
	return p
}

// List is a filter's whole list as an operator sees it now, in order, for who looks once.
func (in *Inbox) List(r store.Reader, o store.Operator, f *protocol.Filter, wish protocol.Order) (numbers []protocol.Number, err error) {
	v := newViewer(&o)
	if f.Unread {
		if err := in.Recall(r, v); err != nil {
			return nil, err
		}
	}
	in.mu.RLock()
	defer in.mu.RUnlock()
	v.lens.filter = compile(f, in.tags)
	v.be(in.rules.members[v.id])
	for e := range in.down(in.within(v.lens.filter), in.order(wish), nil) {
		if v.shows(e, v.lens.filter) {
			numbers = append(numbers, e.number)
		}
	}
	return numbers, nil
}

// Pick reads limit conversations of a viewer's list, those with the smallest numbers above after.
func (in *Inbox) Pick(v *Viewer, after protocol.Number, limit int) (out protocol.Picks) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	for e := range in.entries.from(after + 1) {
		if !v.shows(e, v.lens.filter) {
			continue
		}
		if len(out.Picks) == limit {
			out.More = true
			break
		}
		out.Picks = append(out.Picks, protocol.Pick{Number: e.number, Last: e.lastPosition})
	}
	return out
}

// shows tells whether a filter's list has a conversation, for this viewer.
func (v *Viewer) shows(e *entry, f *filter) bool {
	return f.passes(e, true) && v.may(e) && (!f.unread || v.isUnread(e)) // the cheapest first
}

// within is the smaller set that a filter's conversations are in.
func (in *Inbox) within(f *filter) *ordered {
	if f.activities == activity(true) {
		return &in.active
	}
	return &in.all
}

// of walks the conversations of a filter's list for a viewer, in no order that matters.
func (in *Inbox) of(v *Viewer, f *filter) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		if f.activities != activity(true) {
			for e := range in.each() {
				if v.shows(e, f) && !yield(e) {
					return
				}
			}
			return
		}
		for k := range in.active.activity.down() {
			if e := in.entry(k.number()); v.shows(e, f) && !yield(e) {
				return
			}
		}
	}
}
