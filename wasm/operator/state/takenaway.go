package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// takeAway takes conversations that this operator may see no more, or that are erased, off the pages and the window that
// hold something of them. The talks see to themselves.
func (s *State) takeAway(gone []protocol.Number, fx *bridge.Effects) {
	if len(gone) == 0 {
		return
	}
	s.Audit.blank(gone)
	s.dropWindow(gone, fx)
	if s.Route.Place != AtEvents {
		s.Events = Events{Filter: s.Events.Filter, Happened: Happened{epoch: s.Events.epoch + 1}}
		return
	}
	s.Events.drop(gone)
	s.checkEvents(fx)
}

// checkEvents asks for all again that the list of events shows, after rights may have changed: a row whose conversation
// was split or merged may be of one that was taken away, and only the server knows.
func (s *State) checkEvents(fx *bridge.Effects) {
	e := &s.Events
	e.epoch++
	switch {
	case s.Route.Place != AtEvents:
		e.Loaded = false
	case e.Loaded && e.top > 0:
		e.looking, e.checked = false, e.top+1
		s.askEvents(pageCheck, fx)
	}
}

// drop takes the rows of conversations away, and those of the same threads, since an item is written under the number
// that its conversation had then. What is not gone of these comes back with the check.
func (h *Happened) drop(gone []protocol.Number) {
	threads := map[protocol.ThreadID]bool{}
	is := func(row *EventRow) bool {
		if slices.Contains(gone, row.Conversation) {
			return true
		}
		switch b := row.Body.(type) {
		case *protocol.ConversationSplit:
			return slices.Contains(gone, b.Into)
		case *protocol.ConversationMerged:
			return slices.Contains(gone, b.From)
		}
		return false
	}
	for _, rows := range [...][]EventRow{h.Rows, h.fresh} {
		for i := range rows {
			if is(&rows[i]) && rows[i].Thread != "" {
				threads[rows[i].Thread] = true
			}
		}
	}
	goes := func(row EventRow) bool { return is(&row) || threads[row.Thread] }
	h.Rows = slices.DeleteFunc(h.Rows, goes)
	h.fresh = slices.DeleteFunc(h.fresh, goes)
	h.New = min(h.New, len(h.fresh))
}

// compare puts a page in the place of the rows that it is of; more: those below have yet to be asked for.
func (h *Happened) compare(rows []EventRow, more bool, before protocol.Position) bool {
	upper := h.checked
	kept := slices.DeleteFunc(slices.Clone(h.Rows), func(row EventRow) bool {
		return row.Position < upper && (!more || row.Position >= before)
	})
	h.Rows = joinRows(kept, rows)
	if more && before > h.before {
		h.checked = before
		return true
	}
	h.checked, h.More, h.before = 0, more, before
	h.stale = true
	return false
}

// blank takes the bodies of a conversation's items off the rows; that it was done, and by whom, stays in the log.
func (h *Happened) blank(gone []protocol.Number) {
	for _, rows := range [...][]EventRow{h.Rows, h.fresh} {
		for i := range rows {
			if rows[i].Kind.IsItem() && slices.Contains(gone, rows[i].Conversation) {
				rows[i].Body = nil
			}
		}
	}
}

// dropWindow closes the window over a conversation that is gone, with what it took from there. One that waits for its
// answer is closed by that.
func (s *State) dropWindow(gone []protocol.Number, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != QuickDialog {
		s.QuickForm = QuickForm{} // it may be of a message, and is not on screen any more
	}
	if d.Busy || !slices.Contains(gone, d.Number) && !slices.Contains(gone, d.Into) {
		return
	}
	s.Dialog, s.QuickForm = Dialog{}, QuickForm{}
	fx.Focus(TalkID)
}
