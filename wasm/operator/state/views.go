package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Chip is a list to go to with one press.
type Chip struct {
	// View is the saved or built-in view, "" for the active and for the general list.
	View protocol.ViewID
	// Name is what it was saved as; "" where the screen has a word for it. All is the general list.
	Name string
	All  bool
	Look Look
	// Count is how many conversations it shows, -1 where that is not known.
	Count  int
	Shared bool
	On     bool
}

// Query is the list's address.
func (c *Chip) Query() string { return c.Look.query() }

// Chips are the lists beside the current one: what is worked on, the views that everybody has, the general list, then one's
// own and the shared ones by name.
func (s *State) Chips() []Chip {
	l := &s.List
	all := []Chip{{Look: usual(), Count: l.Active}}
	for _, id := range protocol.BuiltInViews {
		f, _ := protocol.BuiltInFilter(id, s.Me.ID)
		all = append(all, Chip{View: id, Look: Look{Filter: f}, Count: s.viewCount(id)})
	}
	all = append(all, Chip{All: true, Look: everything(), Count: l.All})
	saved := slices.Clone(s.Team.Views)
	slices.SortStableFunc(saved, func(a, b protocol.View) int { return strings.Compare(folded(a.Name), folded(b.Name)) })
	for _, v := range saved {
		all = append(all, Chip{View: v.ID, Name: v.Name, Look: Look{v.Filter, v.Order}, Count: s.viewCount(v.ID), Shared: v.Shared})
	}
	here := Look{Filter: l.Filter}.query()
	for i := range all {
		c := &all[i]
		if c.Look.Order == "" {
			c.On = c.Query() == here // the order is one's own matter
		} else {
			c.On = c.Query() == l.query()
		}
	}
	return all
}

func (s *State) viewCount(id protocol.ViewID) int {
	if n, ok := s.List.Views[id]; ok {
		return n
	}
	return -1
}

// View is the saved view that is looked at; nil where none is.
func (s *State) View() *protocol.View {
	for i := range s.Team.Views {
		v := &s.Team.Views[i]
		if (Look{v.Filter, v.Order}).query() == s.List.query() {
			return v
		}
	}
	return nil
}

// MayChangeView tells whether this operator may rename or remove a view.
func (s *State) MayChangeView(v *protocol.View) bool {
	if v.Shared {
		return s.May(protocol.RightSettings)
	}
	return v.Owner == s.Me.ID
}

// SaveViewButtonID is the id of the button beside the chips.
const SaveViewButtonID = "save-view"

// openView opens the window that saves the list as a view, or changes the one with the id Arg.
func (s *State) openView(e *bridge.Event, fx *bridge.Effects) {
	d := Dialog{Kind: ViewDialog, look: s.List.Look}
	back := SaveViewButtonID
	if s.Dialog.Kind == FilterDialog {
		back = FilterButtonID
	}
	for _, v := range s.Team.Views {
		if string(v.ID) == e.Arg {
			d.View, d.Name, d.Shared = v.ID, v.Name, v.Shared
			d.look = Look{v.Filter, v.Order}
		}
	}
	s.show(d, back, fx)
}

func (s *State) viewNamed(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Name, s.Dialog.Problem = e.Text, Problem{}
}

func (s *State) viewShared(e *bridge.Event, _ *bridge.Effects) { s.Dialog.Shared = e.B == 1 }

func (s *State) saveView(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	name := strings.TrimSpace(d.Name)
	if d.Kind != ViewDialog || d.Busy || name == "" {
		return
	}
	d.Busy, d.Problem = true, Problem{}
	if d.View == "" {
		s.ask(fx, protocol.KindViewCreate, &protocol.ViewCreate{Name: name, Filter: d.look.Filter, Order: d.look.Order, Shared: d.Shared},
			request{what: askDialog})
		return
	}
	s.ask(fx, protocol.KindViewChange, &protocol.ViewChange{
		View: d.View, Name: name, Filter: d.look.Filter, Order: d.look.Order, Shared: d.Shared,
	}, request{what: askDialog})
}

func (s *State) deleteView(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != ViewDialog || d.Busy || d.View == "" {
		return
	}
	d.Busy, d.Problem = true, Problem{}
	s.ask(fx, protocol.KindViewDelete, &protocol.ViewDelete{View: d.View}, request{what: askDialog})
}
