package state

import (
	"cmp"
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// The list that a console begins with: what is worked on now.
func usual() Look {
	return Look{Filter: protocol.Filter{Activities: []protocol.Activity{protocol.Active}}}
}

// everything is the general list. An address without a filter means the usual one, so this one has to say so.
func everything() Look {
	return Look{Filter: protocol.Filter{Activities: []protocol.Activity{protocol.Active, protocol.Completed}}}
}

// parseLook reads the query of an address.
func parseLook(query string) Look {
	filter, order := protocol.ParseFilter(query)
	if filter.Address("") == "" {
		return Look{usual().Filter, order}
	}
	return Look{filter, order}
}

// query is how a look stands in an address, in its one spelling.
func (l Look) query() string {
	f := l.Filter
	switch f.Address("") {
	case usual().Filter.Address(""):
		f = protocol.Filter{}
	case "":
		f = everything().Filter
	}
	return f.Address(l.Order)
}

// server is the filter as the server is asked: both activities are no restriction.
func (l Look) server() protocol.Filter {
	f := l.Filter
	if slices.Contains(f.Activities, protocol.Active) && slices.Contains(f.Activities, protocol.Completed) {
		f.Activities = nil
	}
	return f
}

// Route is where a look stands, with the conversation that is open now.
func (s *State) lookRoute(l Look) Route {
	r := Route{Query: l.query()}
	if s.Route.Place == AtInbox {
		r.Number = s.Route.Number
	}
	return r
}

// Home is the inbox as it was left.
func (s *State) Home() Route { return Route{Query: s.List.query()} }

// To is a conversation in the list that is looked at now.
func (s *State) To(n protocol.Number) Route { return Route{Number: n, Query: s.List.query()} }

// lookAt goes to another list. The address says so, and going back undoes it.
func (s *State) lookAt(l Look, fx *bridge.Effects) { s.Go(s.lookRoute(l), fx) }

// straighten takes tags that are no more out of the address: the filter window has no box to let go of them with.
func (s *State) straighten(fx *bridge.Effects) {
	l := parseLook(s.Route.Query)
	if s.Route.Place != AtInbox || !slices.ContainsFunc(l.Filter.Tags, s.gone) {
		return
	}
	l.Filter.Tags = slices.DeleteFunc(l.Filter.Tags, s.gone)
	s.Route.Query = l.query()
	fx.ReplaceURL(s.Route.Address())
}

func (s *State) gone(tag protocol.TagID) bool { return s.Tag(tag) == nil }

// tagsCame follows the tags that there are: a list that asks for one that is gone, or whether there is any, is another.
func (s *State) tagsCame(before []protocol.Tag, fx *bridge.Effects) {
	f := &s.List.Filter
	if slices.ContainsFunc(before, func(t protocol.Tag) bool { return s.gone(t.ID) }) && (f.Untagged || f.Pinned) {
		s.askLook("", fx)
	}
	s.syncLens(fx)
}

// syncLens asks for the list that the address is about where it is not the one that was asked for last.
func (s *State) syncLens(fx *bridge.Effects) {
	if s.Route.Place != AtInbox || !s.Welcomed {
		return
	}
	s.straighten(fx)
	want := parseLook(s.Route.Query)
	if want.query() == s.List.query() {
		return
	}
	if (Look{Filter: want.Filter}).query() != (Look{Filter: s.List.Filter}).query() {
		s.selectNone() // or what nobody sees any more would be acted on
	}
	s.chooseView()
	s.List.Look = want
	s.List.top, s.List.reach, s.List.Cursor = 0, 0, 0
	s.List.step++
	fx.ScrollTo(ChosenChipID, false)
	s.askLook("", fx)
}

// countTags marks a question that changes nothing but that tags are counted.
const countTags = "count"

// askLook asks for the list as it is to be shown. With the filter window open its tags are counted.
func (s *State) askLook(word string, fx *bridge.Effects) {
	l := &s.List
	l.lenses++
	l.asked, l.Failed = l.lenses, Problem{}
	s.ask(fx, protocol.KindInboxLook, &protocol.InboxLook{
		Lens: l.asked, Filter: l.server(), Order: s.sortedBy(), Count: s.Dialog.Kind == FilterDialog,
	}, request{what: askLook, lens: l.asked, word: word})
}

// sortedBy is the order that the list asks for: its own, else the one that is preferred; "" for the default.
func (s *State) sortedBy() protocol.Order { return cmp.Or(s.List.Order, s.Prefs.Order) }

// lookAgain asks for the list that is shown, which is sorted otherwise now; what is held of it stands until it comes.
func (s *State) lookAgain(fx *bridge.Effects) {
	if s.List.asked == s.List.lens { // else the answer that is on its way is of now
		s.askLook(countTags, fx)
	}
}

// lookCame takes the first page of a list that was asked for.
func (s *State) lookCame(r request, in *protocol.Inbox, fx *bridge.Effects) {
	if r.lens != s.List.asked {
		return // another one was asked for since
	}
	if l := &s.List; r.word == countTags && l.loaded { // the same list, and what is held of it
		same := l.InForce == in.Order
		l.lens, l.InForce, l.Limits, l.Tags = in.Lens, in.Order, in.Limits, nil
		l.figures(in)
		if !same {
			l.start(in)
		} else if l.base == 0 {
			l.page(in)
		}
	} else {
		l.start(in)
		s.selectHeld(fx)
	}
	s.page0(fx)
	s.reachRow(fx)
}

// lookRefused says that a list did not come, in its place: the address, the filter and the chips are about that one, not
// about the one before. Where only its tags were to be counted it is there still.
func (s *State) lookRefused(r request, p Problem, fx *bridge.Effects) {
	l := &s.List
	if r.lens != l.asked {
		return
	}
	l.asked = l.lens
	if r.word == countTags && l.loaded {
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
		return
	}
	l.Failed = p
}

// retryLook asks once more for a list that did not come.
func (s *State) retryLook(_ *bridge.Event, fx *bridge.Effects) { s.askLook("", fx) }

// firstList takes the list that a welcome brings: the usual one. Where another is looked at it is asked for anew; what is
// held is older than the connection either way.
func (s *State) firstList(in *protocol.Inbox, fx *bridge.Effects) {
	l := &s.List
	s.straighten(fx)
	want := parseLook(s.Route.Query)
	if s.Route.Place != AtInbox {
		want = l.Look
		if l.query() == "" {
			want = usual()
		}
	}
	l.asked, l.lens = 0, 0
	for id, r := range s.requests {
		if r.what == askInbox || r.what == askLook { // of the connection before
			s.line.drop(s, fx, id)
			delete(s.requests, id)
		}
	}
	l.aside = nil
	l.start(in)
	l.Look = want
	fx.ScrollTo(ChosenChipID, false)
	if want.query() != "" || s.Prefs.Order != "" && in.Order != s.Prefs.Order && in.Limits {
		l.loaded, l.held, l.base, l.Total = false, nil, 0, 0
		l.rows = make(map[protocol.Number]*protocol.Row)
		s.askLook("", fx)
		return
	}
	s.selectHeld(fx)
	if s.Dialog.Kind == FilterDialog {
		s.askLook(countTags, fx)
	}
	s.page0(fx)
}

// showLook goes to the list whose query is Arg.
func (s *State) showLook(e *bridge.Event, fx *bridge.Effects) { s.lookAt(parseLook(e.Arg), fx) }

// EverythingQuery is the query of the general list.
func EverythingQuery() string { return everything().query() }
