package inbox

import (
	"cmp"
	"slices"
	"strings"

	"beseda/protocol"
)

// News is what a change of one conversation means for a viewer.
type News struct {
	// Row: the list shows it, or did and nobody was told.
	Row bool
	// Figures: some of the list's are others than were told.
	Figures bool
}

// News tells it, after the change.
func (in *Inbox) News(v *Viewer, n protocol.Number) (news News) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	news.Figures = v.stale
	e := in.entry(n)
	if e == nil || !v.may(e) {
		return news
	}
	_, left := v.lens.left[n]
	news.Row = left || v.shows(e, v.lens.filter) || v.called(e)
	return news
}

// Sorted is what conversations that changed are to a viewer who may read them.
type Sorted struct {
	// Rows are of the list, Left were and are no longer since this was asked last.
	Rows, Left []protocol.Number
	// Others are not of it, those that left among them. Calls are those of them that have something unread for this
	// operator, and are theirs or nobody's.
	Others, Calls []protocol.Number
}

// Sort tells it.
func (in *Inbox) Sort(v *Viewer, changed []protocol.Number) (out Sorted) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, n := range changed {
		e := in.entry(n)
		if e == nil || !v.may(e) {
			continue
		}
		_, left := v.lens.left[n]
		delete(v.lens.left, n)
		if v.shows(e, v.lens.filter) {
			out.Rows = append(out.Rows, n)
			continue
		}
		out.Others = append(out.Others, n)
		if v.called(e) {
			out.Calls = append(out.Calls, n)
		}
		if left {
			out.Left = append(out.Left, n)
		}
	}
	return out
}

// called tells whether a conversation is this viewer's business, whatever list they look at.
func (v *Viewer) called(e *entry) bool {
	_, unread := v.unread[e.number]
	return unread && (e.held.Assignee == "" || e.held.Assignee == v.id)
}

// Figures are those above a viewer's list: counts, and, where they changed or all are asked for, those of tags and saved
// views, and how it is sorted.
func (in *Inbox) Figures(v *Viewer, all bool) protocol.Inbox {
	in.countViews(v)
	in.mu.Lock()
	defer in.mu.Unlock()
	v.stale = false
	out := protocol.Inbox{Lens: v.lens.id, Total: v.lens.total, Unread: len(v.unread), Active: v.active, All: v.all}
	if t := v.lens.tags; t != nil && (all || t.stale) {
		t.stale = false
		out.Tags = in.tagCounts(t)
	}
	if now := in.sorting(v); all || v.sorted != now {
		v.sorted = now
		out.Order, out.Limits = now.order, now.limits
	}
	for _, c := range v.views {
		switch {
		case !c.known: // it came while others were counted
			v.stale = true
		case all || c.stale:
			c.stale = false
			out.Views = append(out.Views, protocol.ViewCount{View: c.id, Count: c.count})
		}
	}
	return out
}

// Stale tells whether some of a viewer's figures are others than were told.
func (in *Inbox) Stale(v *Viewer) bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return v.stale
}

// tagCounts lists the most frequent first. What is down to none is told once, so that there is something to tell.
func (in *Inbox) tagCounts(t *tally) (out []protocol.TagCount) {
	for tag, count := range t.around {
		t.count[tag] += 0 // it is told, too
		if count == 0 {
			delete(t.around, tag)
		}
	}
	for tag, count := range t.count {
		_, lives := in.tags[tag]
		if !lives {
			count = 0
		}
		out = append(out, protocol.TagCount{Tag: tag, Count: count, Pinned: lives && t.around[tag] > 0})
		if count == 0 {
			delete(t.count, tag)
		}
	}
	slices.SortFunc(out, func(a, b protocol.TagCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(in.tags[a.Tag], in.tags[b.Tag]), cmp.Compare(a.Tag, b.Tag))
	})
	return out
}
