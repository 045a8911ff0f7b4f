package view

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Create saves a filter. A shared view needs the right to settings.
func Create(r store.Reader, c call.Call, cmd *protocol.ViewCreate) (store.Outcome, error) {
	next := protocol.View{Name: cmd.Name, Filter: cmd.Filter, Order: cmd.Order, Shared: cmd.Shared, Owner: c.Operator()}
	if err := c.Saves(next.Shared); err != nil {
		return store.Outcome{}, err
	}
	if err := fits(r, &next); err != nil {
		return store.Outcome{}, err
	}
	next.ID = protocol.ViewID(c.NewID())
	return store.Outcome{Made: string(next.ID), Events: []protocol.Frame{set(c, &next)}}, nil
}

// Change replaces a view; its owner stays. One that is no longer shared is deleted for everybody first, and is its
// owner's alone from then on.
func Change(r store.Reader, c call.Call, cmd *protocol.ViewChange) (out store.Outcome, err error) {
	old, err := find(r, c, cmd.View)
	if err != nil {
		return out, err
	}
	if err := c.Saves(old.Shared || cmd.Shared); err != nil {
		return out, err
	}
	next := protocol.View{ID: old.ID, Name: cmd.Name, Filter: cmd.Filter, Order: cmd.Order, Shared: cmd.Shared, Owner: old.Owner}
	if err := fits(r, &next); err != nil {
		return out, err
	}
	if old.Name == next.Name && old.Shared == next.Shared && old.Filter.Address(old.Order) == next.Filter.Address(next.Order) {
		return out, nil
	}
	if old.Shared && !next.Shared {
		out.Events = append(out.Events, deleted(c, &old))
	}
	out.Events = append(out.Events, set(c, &next))
	return out, nil
}

// Delete removes a view.
func Delete(r store.Reader, c call.Call, cmd *protocol.ViewDelete) (store.Outcome, error) {
	old, err := find(r, c, cmd.View)
	if err != nil {
		return store.Outcome{}, err
	}
	if err := c.Saves(old.Shared); err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{deleted(c, &old)}}, nil
}

// Of lists the views that an operator may use, shared ones and their own, by name. A tag that is no more has come out of
// their filters.
func Of(r store.Reader, who protocol.OperatorID) (all []protocol.View, err error) {
	for row, err := range store.Views.Scan(r, store.Views.Under()) {
		if err != nil {
			return nil, err
		}
		if !forWhom(&row.View).For(who) {
			continue
		}
		if row.View.Filter.Tags, err = living(r, row.View.Filter.Tags); err != nil {
			return nil, err
		}
		all = append(all, row.View)
	}
	slices.SortFunc(all, func(a, b protocol.View) int {
		return cmp.Or(cmp.Compare(protocol.FoldName(a.Name), protocol.FoldName(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// living are those of some tags that there are.
func living(r store.Reader, tags []protocol.TagID) (out []protocol.TagID, err error) {
	for _, tag := range tags {
		switch _, err := store.Tags.Get(r, store.Text(tag)); {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			out = append(out, tag)
		}
	}
	return out, nil
}

func forWhom(w *protocol.View) store.Saved { return store.Saved{Owner: w.Owner, Shared: w.Shared} }

// find finds a view that the caller may know of.
func find(r store.Reader, c call.Call, id protocol.ViewID) (protocol.View, error) {
	row, err := store.Views.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && !forWhom(&row.View).For(c.Operator()) {
		err = protocol.Refuse(protocol.CodeNotFound, "")
	}
	return row.View, err
}

// fits refuses a view whose name another one of the same owner has, or of the shared ones, in whatever case, and one too
// many of them.
func fits(r store.Reader, next *protocol.View) error {
	name, count := protocol.FoldName(next.Name), 0
	for row, err := range store.Views.Scan(r, store.Views.Under()) {
		if err != nil {
			return err
		}
		other := &row.View
		if other.ID == next.ID || other.Shared != next.Shared || !next.Shared && other.Owner != next.Owner {
			continue
		}
		if protocol.FoldName(other.Name) == name {
			return protocol.Refuse(protocol.CodeConflict, "field=name")
		}
		if count++; count >= protocol.MaxViews {
			return protocol.Refuse(protocol.CodeConflict, "limit="+strconv.Itoa(protocol.MaxViews))
		}
	}
	return nil
}

func set(c call.Call, w *protocol.View) protocol.Frame {
	return c.Event(protocol.KindViewSet, protocol.EncodeBody(&protocol.ViewSet{View: *w}))
}

func deleted(c call.Call, w *protocol.View) protocol.Frame {
	return c.Event(protocol.KindViewDeleted, protocol.EncodeBody(&protocol.ViewDeleted{View: w.ID, Shared: w.Shared, Owner: w.Owner, Name: w.Name}))
}

// Apply keeps the views.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	if ev.Kind == protocol.KindViewDeleted {
		var body protocol.ViewDeleted
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return store.Views.Delete(tx, store.Text(body.View))
	}
	var body protocol.ViewSet
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	return store.Views.Put(tx, store.View{View: body.View}, store.Text(body.View.ID))
}
