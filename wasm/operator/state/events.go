package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Events is the page of all that happened.
type Events struct {
	Filter Filter
	// Rows are held newest first. Loaded: a first page came. More: older ones are to be had.
	Rows   []EventRow
	Loaded bool
	More   bool
	// Asked: a page of Rows is on its way.
	Asked bool
	// New counts what happened since and passes the filter; it stands above the rows until the person asks for it.
	New     int
	Problem Problem

	before  protocol.Position // continues below
	fresh   []EventRow        // the newest page at the last look
	deeper  bool              // and newer ones lie below it than those held
	stale   bool              // something happened since the last look
	looking bool
	looked  int64
}

// EventRow is one event as the list shows it.
type EventRow struct {
	Kind         protocol.Kind
	Position     protocol.Position
	At           int64
	Actor        protocol.Actor
	Conversation protocol.Number
	Body         protocol.Body
}

// Pages of the list that are asked for, as a request's word.
const (
	eventsFirst = ""
	eventsOlder = "older"
	eventsLook  = "look"
)

// lookEvery is how often the list looks for new events while something happens, lookAnyway while nothing seems to, in
// milliseconds: not all of it is told to this console.
const (
	lookEvery  = 2000
	lookAnyway = 15000
)

func (s *State) openEvents(fx *bridge.Effects) {
	filter := parseFilter(s.Route.Query)
	if s.Events.Loaded && s.Events.Filter.String() == filter.String() {
		s.Events.stale = true
		return
	}
	s.Events = Events{Filter: filter}
	s.askEvents(eventsFirst, fx)
}

func (s *State) askEvents(word string, fx *bridge.Effects) {
	e := &s.Events
	cmd := e.Filter.command(s.Words.Zone)
	switch word {
	case eventsOlder:
		cmd.Before = e.before
		e.Asked = true
	case eventsLook:
		e.looking, e.stale, e.looked = true, false, s.Now
	default:
		e.Asked, e.looked = true, s.Now
	}
	s.ask(fx, protocol.KindEventsRead, cmd, request{what: askEvents, word: word, query: e.Filter.String()})
}

// eventsCame takes a page. One that answers a filter which was changed since is nobody's.
func (s *State) eventsCame(f *protocol.Frame, fx *bridge.Effects) {
	var page protocol.Events
	r := s.requests[f.ID]
	delete(s.requests, f.ID)
	e := &s.Events
	if r.what != askEvents || r.query != e.Filter.String() || protocol.DecodeBody(f.Body, &page) != nil {
		return
	}
	rows := eventRows(page.Events)
	if r.word == eventsLook {
		e.look(rows, page.More)
		return
	}
	e.Asked, e.Problem = false, Problem{}
	if r.word == eventsFirst {
		e.Rows, e.New, e.fresh = nil, 0, nil
	}
	e.Rows = joinRows(e.Rows, rows)
	e.Loaded, e.More, e.before = true, page.More, page.Before
	if len(rows) == 0 && page.More { // none among so many looked at: go on
		s.askEvents(eventsOlder, fx)
	}
}

// look counts what is new on the newest page.
func (e *Events) look(rows []EventRow, more bool) {
	e.looking = false
	newest := protocol.Position(0)
	if len(e.Rows) > 0 {
		newest = e.Rows[0].Position
	}
	e.New = 0
	for i := range rows {
		if rows[i].Position > newest {
			e.New++
		}
	}
	e.fresh, e.deeper = rows, more && e.New == len(rows)
}

func eventRows(frames []protocol.Frame) []EventRow {
	rows := make([]EventRow, 0, len(frames))
	for i := range frames {
		rows = append(rows, eventRow(&frames[i]))
	}
	return rows
}

func eventRow(f *protocol.Frame) EventRow {
	row := EventRow{Kind: f.Kind, Position: f.Position, At: f.At, Conversation: f.Conversation}
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

func (s *State) eventsRefused(r request, p Problem) {
	e := &s.Events
	if r.word == eventsLook {
		e.looking = false
		return
	}
	e.Asked, e.Problem = false, p
}

// eventHappened notes that the list may have something new.
func (s *State) eventHappened(f *protocol.Frame) {
	s.Events.stale = true
	s.actHappened(f)
}

// lookForEvents asks for the newest page from time to time while the list is on screen.
func (s *State) lookForEvents(fx *bridge.Effects) {
	e := &s.Events
	if s.Route.Place != AtEvents || !s.Visible || !e.Loaded || e.looking || e.Asked {
		return
	}
	if since := s.Now - e.looked; e.stale && since >= lookEvery || since >= lookAnyway {
		s.askEvents(eventsLook, fx)
	}
}

// newEvents puts what is new on top. Where that is more than a page, the list begins anew: nothing is left out.
func (s *State) newEvents(_ *bridge.Event, fx *bridge.Effects) {
	e := &s.Events
	if e.New == 0 {
		return
	}
	fx.Announce(s.Words.Count(say.NewEventsShown, e.New))
	fx.ScrollTo(EventsTopID, false)
	fx.Focus(EventsTopID)
	if e.deeper {
		s.Events = Events{Filter: e.Filter}
		s.askEvents(eventsFirst, fx)
		return
	}
	e.Rows, e.New, e.fresh = joinRows(e.fresh, e.Rows), 0, nil
}

// EventsTopID is the id of the table, where the new rows begin.
const EventsTopID = "events"

func (s *State) olderEvents(_ *bridge.Event, fx *bridge.Effects) {
	if e := &s.Events; e.More && !e.Asked {
		s.askEvents(eventsOlder, fx)
	}
}

func (s *State) eventsScrolled(e *bridge.Event, fx *bridge.Effects) {
	if ends(e.Text) && s.Route.Place == AtEvents && s.Events.Loaded && s.Events.More && !s.Events.Asked {
		s.askEvents(eventsOlder, fx)
		return
	}
	fx.Still()
}

func (s *State) retryEvents(_ *bridge.Event, fx *bridge.Effects) {
	word := eventsOlder
	if !s.Events.Loaded {
		word = eventsFirst
	}
	s.Events.Problem = Problem{}
	s.askEvents(word, fx)
}

// filtered moves to the list as a filter makes it; the address says so, and going back undoes it.
func (s *State) filtered(f Filter, fx *bridge.Effects) {
	s.Go(Route{Place: AtEvents, Query: f.String()}, fx)
}

func (s *State) filterType(e *bridge.Event, fx *bridge.Effects) {
	f := s.Events.Filter
	var next []protocol.Kind
	for _, kind := range EventKinds {
		on := slices.Contains(f.Types, kind)
		if string(kind) == e.Arg {
			on = e.B == 1
		}
		if on {
			next = append(next, kind)
		}
	}
	f.Types = next
	s.filtered(f, fx)
}

func (s *State) filterActor(e *bridge.Event, fx *bridge.Effects) {
	f := s.Events.Filter
	f.Author = e.Text
	s.filtered(f, fx)
}

func (s *State) filterSince(e *bridge.Event, fx *bridge.Effects) {
	f := s.Events.Filter
	f.Since = e.Text
	s.filtered(f, fx)
}

func (s *State) filterUntil(e *bridge.Event, fx *bridge.Effects) {
	f := s.Events.Filter
	f.Until = e.Text
	s.filtered(f, fx)
}

func (s *State) filterNumber(e *bridge.Event, fx *bridge.Effects) {
	f := s.Events.Filter
	f.Number = number(trimNumber(e.Text))
	s.filtered(f, fx)
}

// trimNumber takes the sign before a number away: people write #41 and №41.
func trimNumber(text string) string {
	for len(text) > 0 && (text[0] < '0' || text[0] > '9') {
		text = text[1:]
	}
	return text
}

func (s *State) filterReset(_ *bridge.Event, fx *bridge.Effects) { s.filtered(Filter{}, fx) }

// EventsFile is the address of the same list as a file.
func (s *State) EventsFile() string {
	if q := s.Events.Filter.export(s.Words.Zone); q != "" {
		return "/events.csv?" + q
	}
	return "/events.csv"
}

// EventAuthor is who did it: a name, as far as this console knows one.
func (s *State) EventAuthor(row *EventRow) string {
	a := &row.Actor
	switch a.Kind {
	case protocol.ActorVisitor:
		name := a.Name
		if have := s.List.Row(row.Conversation); have != nil && name == "" && string(have.Visitor) == a.ID {
			name = have.Name
		}
		return s.VisitorName(name, protocol.VisitorID(a.ID))
	case protocol.ActorTimer:
		return s.Words.Text(say.Automatic)
	case "":
		return s.Words.Text(say.ByServer)
	case protocol.ActorAPI:
		if a.Name == "" && s.Operator(protocol.OperatorID(a.ID)) == nil {
			return s.Words.Text(say.ByApi)
		}
	}
	return s.OperatorName(a)
}
