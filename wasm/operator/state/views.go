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

// ChosenChipID is the id of the chip whose list is shown. Many chips scroll, and that one is kept in view.
const ChosenChipID = "chosen-view"

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
	chosen, on := s.chosenView(), false
	chosenOn := chosen != nil && l.shows(Look{chosen.Filter, chosen.Order})
	for i := range all { // of several with one filter the chosen one is on, or else the first
		c := &all[i]
		c.On = !on && l.shows(c.Look) && (!chosenOn || c.View == chosen.ID)
		on = on || c.On
	}
	return all
}

// shows tells whether the list is what a look shows, whose order is one's own matter where it says none.
func (l *List) shows(look Look) bool {
	if look.Order == "" {
		return look.query() == Look{Filter: l.Filter}.query()
	}
	return look.query() == l.query()
}

func (s *State) viewCount(id protocol.ViewID) int {
	if n, ok := s.List.Views[id]; ok {
		return n
	}
	return -1
}

// View is the saved view that is looked at; nil where none is.
func (s *State) View() *protocol.View {
	for _, c := range s.Chips() {
		if c.On && c.Name != "" {
			return s.savedView(c.View)
		}
	}
	return nil
}

// OutgrownView is the view that was chosen where its list was changed since, to one that has no name yet; nil for none.
func (s *State) OutgrownView() *protocol.View {
	v := s.chosenView()
	if v == nil || slices.ContainsFunc(s.Chips(), func(c Chip) bool { return c.On }) {
		return nil
	}
	return v
}

// chooseView is for who leaves the list as it is: in the filter window a view is changed, and may be kept so; anywhere else
// it is left.
func (s *State) chooseView() {
	l := &s.List
	if s.Dialog.Kind != FilterDialog {
		l.view = ""
	} else if v := s.View(); v != nil && l.view == "" {
		l.view = v.ID
	}
}

func (s *State) chosenView() *protocol.View { return s.savedView(s.List.view) }

func (s *State) savedView(id protocol.ViewID) *protocol.View {
	for i := range s.Team.Views {
		if v := &s.Team.Views[i]; v.ID == id {
			return v
		}
	}
	return nil
}

// ViewName is what a view is called; "" for one that is no more.
func (s *State) ViewName(id protocol.ViewID) string {
	if v := s.savedView(id); v != nil {
		return v.Name
	}
	return ""
}

// showView goes to the list of the view that Arg names, also where another one shows the same.
func (s *State) showView(e *bridge.Event, fx *bridge.Effects) {
	if v := s.savedView(protocol.ViewID(e.Arg)); v != nil {
		s.lookAt(Look{v.Filter, v.Order}, fx)
		s.List.view = v.ID
	}
}

// MayChangeView tells whether this operator may rename or remove a view.
func (s *State) MayChangeView(v *protocol.View) bool {
	if v.Shared {
		return s.May(protocol.RightSettings)
	}
	return v.Owner == s.Me.ID
}

// Ids of the buttons beside the chips.
const (
	SaveViewButtonID   = "save-view"
	UpdateViewButtonID = "update-view"
)

// openView opens the window that saves the list as a view, or changes the one with the id Arg.
func (s *State) openView(e *bridge.Event, fx *bridge.Effects) {
	d := Dialog{Kind: ViewDialog, look: s.List.Look}
	back := SaveViewButtonID
	if s.Dialog.Kind == FilterDialog {
		back = FilterButtonID
	}
	if v := s.savedView(protocol.ViewID(e.Arg)); v != nil {
		d.View, d.Name, d.Shared = v.ID, v.Name, v.Shared
		d.look = Look{v.Filter, v.Order}
	}
	s.show(d, back, fx)
}

// updateView opens the window of the view that Arg names, which is to show the list as it is now.
func (s *State) updateView(e *bridge.Event, fx *bridge.Effects) {
	s.openView(e, fx)
	s.Dialog.look, s.Dialog.Anew, s.Dialog.next = s.List.Look, true, SaveViewButtonID
}

func (s *State) viewShared(e *bridge.Event, _ *bridge.Effects) { s.Dialog.Shared = e.B == 1 }

func (s *State) saveView(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != ViewDialog || d.Busy {
		return
	}
	name := s.nameGiven(fx)
	if name == "" {
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

// deleteView deletes the view of the window; what everybody has it asks about first.
func (s *State) deleteView(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != ViewDialog || d.Busy || d.View == "" {
		return
	}
	if v := s.savedView(d.View); v != nil && v.Shared && !d.Sure {
		d.Sure, d.Problem = true, Problem{}
		fx.Focus(DialogFirstID)
		return
	}
	d.Busy, d.Problem = true, Problem{}
	s.ask(fx, protocol.KindViewDelete, &protocol.ViewDelete{View: d.View}, request{what: askDialog})
}
