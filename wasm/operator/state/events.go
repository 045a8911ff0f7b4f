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
	Happened
}

func (s *State) openEvents(fx *bridge.Effects) {
	filter := parseFilter(s.Route.Query)
	if s.Events.Loaded && s.Events.Filter.String() == filter.String() {
		s.Events.stale = true
		return
	}
	s.Events = Events{Filter: filter, Happened: Happened{epoch: s.Events.epoch}}
	s.askEvents(pageFirst, fx)
}

func (s *State) askEvents(word string, fx *bridge.Effects) {
	e := &s.Events
	cmd := e.Filter.command(s.Words.Zone)
	cmd.Before = e.asks(word, s.Now)
	s.ask(fx, protocol.KindEventsRead, cmd, request{what: askEvents, word: word, query: e.Filter.String(), epoch: e.epoch})
}

// eventsCame takes a page. One that answers a filter which was changed since is nobody's.
func (s *State) eventsCame(f *protocol.Frame, fx *bridge.Effects) {
	var page protocol.Events
	r := s.request(f.ID)
	e := &s.Events
	if r.what != askEvents || r.query != e.Filter.String() || protocol.DecodeBody(f.Body, &page) != nil {
		return
	}
	if next, on := e.came(r.word, r.epoch, eventRows(page.Events), page.More, page.Before); on {
		s.askEvents(next, fx)
	}
}

func (s *State) eventsRefused(r request, p Problem) {
	if e := &s.Events; r.query == e.Filter.String() {
		e.refused(r.word, p)
	}
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
