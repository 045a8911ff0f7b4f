package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Happened is a list of what happened, newest first. Rows never push: older ones follow below when they are asked for,
// what is new is counted and waits above.
type Happened struct {
	Rows []EventRow
	// Loaded: a first page came. More: older ones are to be had. Asked: a page of Rows is on its way.
	Loaded, More, Asked bool
	// New counts what happened since and passes the filter; it stands above the rows until the person asks for it.
	New     int
	Problem Problem

	before  protocol.Position // continues below
	top     protocol.Position // the newest that was shown
	checked protocol.Position // what is shown below it has yet to be asked for again; 0 for nothing
	epoch   int               // a page that was asked for in another one may show what was taken away since
	fresh   []EventRow        // the newest page at the last look
	deeper  bool              // and newer ones lie below it than those held
	stale   bool              // something happened since the last look
	looking bool
	looked  int64
}

// EventRow is one event as a list shows it.
type EventRow struct {
	Kind         protocol.Kind
	Position     protocol.Position
	At           int64
	Actor        protocol.Actor
	Conversation protocol.Number
	Thread       protocol.ThreadID
	Body         protocol.Body
	Seal         string // in the audit log
}

// Pages of such a list that are asked for, as a request's word.
const (
	pageFirst = ""
	pageOlder = "older"
	pageLook  = "look"
	pageCheck = "check"
)

// lookEvery is how often a list looks for what is new while something happens, lookAnyway while nothing seems to, in
// milliseconds: not all of it is told to this console.
const (
	lookEvery  = 2000
	lookAnyway = 15000
)

// asks notes that a page is on its way, and says where it begins.
func (h *Happened) asks(word string, now int64) (before protocol.Position) {
	switch word {
	case pageOlder:
		before = h.before
		h.Asked = true
	case pageLook:
		h.looking, h.stale, h.looked = true, false, now
	case pageCheck:
		before = h.checked
	default:
		h.Asked, h.looked = true, now
	}
	h.Problem = Problem{}
	return before
}

// came takes a page that was asked for in an epoch; on is the word of the one that is wanted after it, where another is.
func (h *Happened) came(word string, epoch int, rows []EventRow, more bool, before protocol.Position) (next string, on bool) {
	switch {
	case epoch != h.epoch:
		return word, word != pageCheck // the check of this epoch is on its way
	case word == pageLook:
		h.look(rows, more)
		return "", false
	case word == pageCheck:
		return pageCheck, h.compare(rows, more, before)
	case word == pageFirst:
		h.Rows, h.New, h.fresh, h.top = nil, 0, nil, 0
	}
	h.Asked = false
	h.Rows = joinRows(h.Rows, rows)
	h.Loaded, h.More, h.before = true, more, before
	h.reach()
	return pageOlder, len(rows) == 0 && more // none among so many looked at: go on
}

func (h *Happened) reach() {
	if len(h.Rows) > 0 {
		h.top = max(h.top, h.Rows[0].Position)
	}
}

// look counts what is new on the newest page.
func (h *Happened) look(rows []EventRow, more bool) {
	h.looking = false
	h.New = 0
	for i := range rows {
		if rows[i].Position > h.top {
			h.New++
		}
	}
	h.fresh, h.deeper = rows, more && h.New == len(rows)
}

func (h *Happened) refused(word string, p Problem) {
	switch word {
	case pageLook:
		h.looking = false
		return
	case pageCheck: // what cannot be asked for again is not shown on
		*h = Happened{Problem: p, epoch: h.epoch}
		return
	}
	h.Asked, h.Problem = false, p
}

// due tells whether it is time to look for what is new.
func (h *Happened) due(now int64) bool {
	since := now - h.looked
	return h.Loaded && !h.looking && !h.Asked && h.checked == 0 && (h.stale && since >= lookEvery || since >= lookAnyway)
}

// wait is how long the next look may be away, in ms.
func (h *Happened) wait() int64 {
	if h.stale {
		return lookEvery
	}
	return lookAnyway
}

// again is the word of the page that a failed one was.
func (h *Happened) again() string {
	if h.Loaded {
		return pageOlder
	}
	return pageFirst
}

// raise puts what is new on top. anew: that is more than a page, so that the list is to begin anew, or some would be
// left out.
func (h *Happened) raise() (anew bool) {
	if h.deeper {
		return true
	}
	h.Rows, h.New, h.fresh = joinRows(h.fresh, h.Rows), 0, nil
	h.reach()
	return false
}

func eventRows(frames []protocol.Frame) []EventRow {
	rows := make([]EventRow, 0, len(frames))
	for i := range frames {
		rows = append(rows, eventRow(&frames[i]))
	}
	return rows
}

func eventRow(f *protocol.Frame) EventRow {
	row := EventRow{Kind: f.Kind, Position: f.Position, At: f.At, Conversation: f.Conversation, Thread: f.Thread}
	if f.Actor != nil {
		row.Actor = *f.Actor
	}
	row.Body, _ = bodyOf(f) // what does not read is shown by its kind
	return row
}

// joinRows puts two lists together, newest first, each event once.
func joinRows(a, b []EventRow) []EventRow {
	all := append(slices.Clone(a), b...)
	slices.SortStableFunc(all, func(x, y EventRow) int {
		switch {
		case x.Position > y.Position:
			return -1
		case x.Position < y.Position:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(all, func(x, y EventRow) bool { return x.Position == y.Position })
}

// somethingHappened notes that lists may have something new.
func (s *State) somethingHappened() { s.Events.stale, s.Audit.stale = true, true }

// happening is the list that is on screen; nil for none.
func (s *State) happening() *Happened {
	switch {
	case s.Route.Place == AtEvents:
		return &s.Events.Happened
	case s.Route.Place == AtAudit && s.Admin():
		return &s.Audit.Happened
	}
	return nil
}

// askPage asks for a page of the list that is on screen.
func (s *State) askPage(word string, fx *bridge.Effects) {
	switch s.Route.Place {
	case AtEvents:
		s.askEvents(word, fx)
	case AtAudit:
		s.askAudit(word, fx)
	}
}

// lookForNew asks for the newest page from time to time while a list is on screen.
func (s *State) lookForNew(fx *bridge.Effects) {
	switch h := s.happening(); {
	case h == nil || !s.Welcomed || !s.Visible:
	case !h.Loaded && !h.Asked && !h.Problem.Is(): // the right to it came while its page was open
		s.askPage(pageFirst, fx)
	case h.due(s.Now):
		s.askPage(pageLook, fx)
	}
}

// showNew puts what is new on top.
func (s *State) showNew(_ *bridge.Event, fx *bridge.Effects) {
	h := s.happening()
	if h == nil || h.New == 0 {
		return
	}
	fx.Announce(s.Words.Count(say.NewEventsShown, h.New))
	fx.ScrollTo(HappenedTopID, false)
	fx.Focus(HappenedTopID)
	if h.raise() {
		*h = Happened{epoch: h.epoch}
		s.askPage(pageFirst, fx)
	}
}

// HappenedTopID is the id of the table, where the new rows begin.
const HappenedTopID = "happened"

func (s *State) showOlder(_ *bridge.Event, fx *bridge.Effects) {
	if h := s.happening(); h != nil && h.More && !h.Asked {
		s.askPage(pageOlder, fx)
	}
}

func (s *State) pageScrolled(e *bridge.Event, fx *bridge.Effects) {
	if h := s.happening(); h != nil && ends(e.Text) && h.Loaded && h.More && !h.Asked {
		s.askPage(pageOlder, fx)
		return
	}
	fx.Still()
}

func (s *State) retryPage(_ *bridge.Event, fx *bridge.Effects) {
	if h := s.happening(); h != nil && !h.Asked {
		s.askPage(h.again(), fx)
	}
}
