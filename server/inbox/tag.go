package inbox

import (
	"maps"

	"beseda/protocol"
	"beseda/store"
)

// Which tags there are: contacts bear no others, and filters ask for no others, whatever is stored.

func readTags(r store.Reader) (map[protocol.TagID]string, error) {
	out := make(map[protocol.TagID]string)
	for t, err := range store.Tags.Scan(r, store.Tags.Under()) {
		if err != nil {
			return nil, err
		}
		out[t.Tag.ID] = t.Tag.Name
	}
	return out, nil
}

// Tags takes in that tags were made, are called otherwise, or are no more, by the event at a position, and returns what
// that brings into somebody's list or takes out of it, of the former as much as maxGained.
func (in *Inbox) Tags(r store.Reader, at protocol.Position) (moved map[*Viewer][]protocol.Number, err error) {
	next, err := readTags(r)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	before := in.tags
	in.tags = next
	if maps.EqualFunc(before, next, func(string, string) bool { return true }) {
		return nil, nil
	}
	lists := in.listsByTags()
	in.forget(at)
	for e := range in.each() {
		if e.marks != nil {
			in.remark(e, in.marksOf(e.marks.tags))
		}
	}
	in.refilter()
	moved = make(map[*Viewer][]protocol.Number, len(lists))
	for v, list := range lists {
		moved[v] = in.moves(v, list)
	}
	return moved, nil
}

// listsByTags are the lists in which tags have a part, as they are.
func (in *Inbox) listsByTags() map[*Viewer]map[protocol.Number]struct{} {
	lists := make(map[*Viewer]map[protocol.Number]struct{})
	for v := range in.viewers {
		f := v.lens.filter
		if len(f.named) == 0 && !f.untagged && !f.pinned {
			continue
		}
		list := make(map[protocol.Number]struct{}, v.lens.total)
		for e := range in.of(v, f) {
			list[e.number] = struct{}{}
		}
		lists[v] = list
	}
	return lists
}

// moves compares a list with what it was. It notes what has left.
func (in *Inbox) moves(v *Viewer, was map[protocol.Number]struct{}) (moved []protocol.Number) {
	v.lens.left = make(map[protocol.Number]struct{})
	gained := 0
	for _, n := range in.newestFirst() {
		_, had := was[n]
		has := v.shows(in.entry(n), v.lens.filter)
		switch {
		case had && !has:
			v.lens.left[n] = struct{}{}
			moved = append(moved, n)
		case has && !had && gained < maxGained:
			gained++
			moved = append(moved, n)
		}
	}
	return moved
}

// refilter makes the filters that name tags anew, and has counted what they are of.
func (in *Inbox) refilter() {
	for _, w := range in.views {
		next, other := w.filter.among(in.tags)
		if !other {
			continue
		}
		w.filter = next
		for v := range in.viewers {
			for _, c := range v.views {
				if c.view == w {
					c.known, c.count, c.stale, v.stale = false, 0, true, true
				}
			}
		}
	}
	for v := range in.viewers {
		next, other := v.lens.filter.among(in.tags)
		if !other {
			continue
		}
		v.lens.filter, v.lens.total, v.stale = next, 0, true
		if old := v.lens.tags; old != nil {
			v.lens.tags = newTally(next.pinned)
			for tag := range old.count {
				v.lens.tags.count[tag] = 0 // is told, too
			}
			v.lens.tags.stale = true
		}
		in.countAll(v)
	}
}
