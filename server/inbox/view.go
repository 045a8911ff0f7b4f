package inbox

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// view is a saved filter.
type view struct {
	id     protocol.ViewID
	owner  protocol.OperatorID
	shared bool
	filter *filter
}

// counted is a view of one viewer's. It is counted when somebody asks for the figures, and follows from then on.
type counted struct {
	*view
	known bool
	stale bool
	count int
}

func (w *view) isOf(v *Viewer) bool { return !v.bot && (w.shared || w.owner == v.id) }

func (in *Inbox) readViews(r store.Reader) error {
	in.views = make(map[protocol.ViewID]*view)
	for row, err := range store.Views.Scan(r, store.Views.Under()) {
		if err != nil {
			return err
		}
		in.keepView(&row.View)
	}
	return nil
}

func (in *Inbox) keepView(w *protocol.View) *view {
	out := &view{id: w.ID, owner: w.Owner, shared: w.Shared, filter: compile(&w.Filter, in.tags)}
	in.views[w.ID] = out
	return out
}

// viewsOf are the views of one operator: those that everybody has, and saved ones.
func (in *Inbox) viewsOf(v *Viewer) (all []*counted) {
	if v.bot {
		return nil
	}
	for _, id := range protocol.BuiltInViews {
		if f, ok := protocol.BuiltInFilter(id, v.id); ok {
			all = append(all, &counted{view: &view{id: id, owner: v.id, filter: compile(&f, in.tags)}, stale: true})
		}
	}
	for _, w := range in.views {
		if w.isOf(v) {
			all = append(all, &counted{view: w, stale: true})
		}
	}
	slices.SortFunc(all, func(a, b *counted) int { return compareIDs(a.id, b.id) })
	return all
}

// SetView takes in that a view was saved, or is another now.
func (in *Inbox) SetView(w *protocol.View) {
	in.mu.Lock()
	defer in.mu.Unlock()
	next := in.keepView(w)
	for v := range in.viewers {
		at, had := slices.BinarySearchFunc(v.views, w.ID, func(c *counted, id protocol.ViewID) int { return compareIDs(c.id, id) })
		if had {
			v.views = slices.Delete(v.views, at, at+1)
		}
		if next.isOf(v) {
			v.views = slices.Insert(v.views, at, &counted{view: next, stale: true})
			v.stale = true
		}
	}
}

// DropView takes in that a view is no more.
func (in *Inbox) DropView(id protocol.ViewID) {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.views, id)
	for v := range in.viewers {
		v.views = slices.DeleteFunc(v.views, func(c *counted) bool { return c.id == id })
	}
}

// countViews counts those of a viewer's that nobody has counted, and lets others go on between one and the next.
func (in *Inbox) countViews(v *Viewer) {
	for in.countView(v) {
	}
}

func (in *Inbox) countView(v *Viewer) (counted bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, c := range v.views {
		if c.known {
			continue
		}
		c.known = true
		for range in.of(v, c.filter) {
			c.count++
		}
		return true
	}
	return false
}

func compareIDs(a, b protocol.ViewID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
