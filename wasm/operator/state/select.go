package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Selection are the conversations to act on. The zero value is none.
type Selection struct {
	// Whole: all that match were taken; Picking: their numbers are on the way.
	Whole, Picking bool

	picks map[protocol.Number]protocol.Position
	last  protocol.Number // was taken last: shift selects from there
	lens  int
}

// Has tells whether a conversation is selected.
func (s *Selection) Has(n protocol.Number) bool { _, ok := s.picks[n]; return ok }

// Count is how many are.
func (s *Selection) Count() int { return len(s.picks) }

// Picks are those selected, by number.
func (s *Selection) Picks() []protocol.Pick {
	all := make([]protocol.Pick, 0, len(s.picks))
	for n, last := range s.picks {
		all = append(all, protocol.Pick{Number: n, Last: last})
	}
	slices.SortFunc(all, func(a, b protocol.Pick) int { return less(a.Number < b.Number) })
	return all
}

func (s *Selection) take(n protocol.Number, last protocol.Position) {
	if s.picks == nil {
		s.picks = make(map[protocol.Number]protocol.Position)
	}
	s.picks[n], s.last = last, n
}

func (s *Selection) leave(n protocol.Number) {
	delete(s.picks, n)
	s.Whole = false
}

// selectRow takes a row into the selection or out of it; Arg is its number. With shift all rows up to it go with it.
func (s *State) selectRow(e *bridge.Event, fx *bridge.Effects) {
	n := number(e.Arg)
	if e.A&bridge.Shift != 0 {
		s.selectTo(n)
	} else {
		s.toggleRow(n)
	}
	s.selected(fx)
}

func (s *State) toggleRow(n protocol.Number) {
	row := s.List.Row(n)
	switch {
	case row == nil:
	case s.Selection.Has(n):
		s.Selection.leave(n)
		s.Selection.last = n
	default:
		s.Selection.take(n, row.LastPosition)
	}
}

// selectTo takes the rows held between the one that was taken last and n.
func (s *State) selectTo(n protocol.Number) {
	shown := s.List.held
	if s.Finding() {
		shown = s.Found()
	}
	from, to := slices.Index(shown, s.Selection.last), slices.Index(shown, n)
	if from < 0 || to < 0 || s.Selection.last == 0 {
		s.toggleRow(n)
		return
	}
	s.takeRows(shown[min(from, to) : max(from, to)+1])
	s.Selection.last = n
}

// takeRows takes rows that are held.
func (s *State) takeRows(numbers []protocol.Number) {
	for _, n := range numbers {
		if row := s.List.Row(n); row != nil {
			s.Selection.take(n, row.LastPosition)
		}
	}
}

// selectKey takes the row that the cursor is on; with shift those up to it.
func (s *State) selectKey(to bool, fx *bridge.Effects) {
	n := s.Reached()
	if n == 0 {
		return
	}
	if to {
		s.selectTo(n)
	} else {
		s.toggleRow(n)
	}
	s.selected(fx)
}

// selected says how many are.
func (s *State) selected(fx *bridge.Effects) {
	if s.Menu == ActionsMenu && s.Selection.Count() == 0 {
		s.Menu = NoMenu
	}
	fx.Announce(s.SelectedWords())
}

// selectAll takes every conversation of the list, held here or not, or all that a search found; once more lets go of them.
func (s *State) selectAll(e *bridge.Event, fx *bridge.Effects) {
	if s.Selection.Whole || s.Selection.Picking {
		s.clearSelection(e, fx)
		return
	}
	if s.Finding() {
		s.takeRows(s.Found())
		s.Selection.Whole = true
		s.selected(fx)
		return
	}
	s.Selection = Selection{Picking: true, lens: s.List.lens, picks: s.Selection.picks}
	s.askPicks(0, fx)
}

func (s *State) askPicks(after protocol.Number, fx *bridge.Effects) {
	s.ask(fx, protocol.KindInboxPick, &protocol.InboxPick{Lens: s.List.lens, After: after}, request{what: askPicks, lens: s.List.lens})
}

func (s *State) picksCame(f *protocol.Frame, fx *bridge.Effects) {
	r := s.request(f.ID)
	var in protocol.Picks
	if !s.Selection.Picking || r.lens != s.Selection.lens || protocol.DecodeBody(f.Body, &in) != nil {
		return
	}
	for _, p := range in.Picks {
		s.Selection.take(p.Number, p.Last)
	}
	if in.More && len(in.Picks) > 0 {
		s.askPicks(in.Picks[len(in.Picks)-1].Number, fx)
		return
	}
	s.Selection.Picking, s.Selection.Whole, s.Selection.last = false, s.allSelected(), 0
	s.selected(fx)
}

func (s *State) picksRefused(p Problem, fx *bridge.Effects) {
	s.Selection.Picking = false
	s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
}

func (s *State) clearSelection(_ *bridge.Event, fx *bridge.Effects) {
	s.selectNone()
	s.Menu = NoMenu
	fx.Focus(FindID)
}

func (s *State) selectNone() {
	s.Selection = Selection{}
	if s.Menu == ActionsMenu {
		s.Menu = NoMenu
	}
}

// selectionFollows lets the selection follow a change of the list: what left it is selected no more, and not all of it is
// once there is something else.
func (s *State) selectionFollows(in *protocol.Inbox, fx *bridge.Effects) {
	left := in.Gone
	if in.Lens == s.List.lens {
		left = slices.Concat(left, in.Left)
	}
	for _, n := range left {
		delete(s.Selection.picks, n)
	}
	s.selectionShrank(fx)
}

// selectHeld is that after the list was read anew: where all of it is held, nothing else is selected.
func (s *State) selectHeld(fx *bridge.Effects) {
	if l := &s.List; l.loaded && l.base == 0 && len(l.held) == l.Total {
		for n := range s.Selection.picks {
			if l.rows[n] == nil {
				delete(s.Selection.picks, n)
			}
		}
	}
	s.selectionShrank(fx)
}

func (s *State) selectionShrank(fx *bridge.Effects) {
	sel, d := &s.Selection, &s.Dialog
	sel.Whole = sel.Whole && s.allSelected()
	asked := d.Kind == BulkDialog && !d.Busy && !d.Bulk.Over
	if asked {
		d.Bulk.Total = sel.Count()
	}
	if sel.Count() > 0 || sel.Picking {
		return
	}
	if s.selectNone(); asked {
		s.closeDialog(nil, fx)
		s.toast(Toast{Text: s.Words.Text(say.WasChanged), Bad: true}, fx)
	}
}

// allSelected tells whether there is nothing in the list that is not selected, as far as it is held.
func (s *State) allSelected() bool {
	shown := s.List.held
	if s.Finding() {
		shown = s.Found()
	}
	return s.Selection.Count() >= s.Shown() && !slices.ContainsFunc(shown, func(n protocol.Number) bool {
		return n != 0 && !s.Selection.Has(n)
	})
}
