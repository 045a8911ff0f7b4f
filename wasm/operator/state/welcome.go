package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// welcome takes who sits here, the team and the beginning of the list, on each new line.
func (s *State) welcome(f *protocol.Frame, fx *bridge.Effects) {
	var w protocol.Welcome
	if protocol.DecodeBody(f.Body, &w) != nil || w.Operator == nil {
		return
	}
	first := !s.Welcomed
	s.Skew = w.Now - s.Now
	s.Me, s.Workspace = w.Operator.Me, w.Operator.Workspace
	s.Welcomed = true
	s.teamCame(&w.Operator.Team)
	if first {
		s.since = w.Now
	}
	s.firstList(&w.Operator.Inbox, fx)
	s.hear(&w.Operator.Inbox, first, fx)
	for n, t := range s.talks {
		if row := s.List.Row(n); row != nil {
			t.Row = *row
		}
		if asked := s.line.link.Asked(n); asked != "" { // access may have gone while the line was down
			s.requests[asked] = request{what: askWatch, number: n}
		}
	}
	if !first {
		s.checkEvents(fx)
	}
	s.readPolicies(fx)
	s.readQuick("", fx)
	for _, d := range s.drafts {
		d.saving = "" // what was on its way comes again with what it is by now
	}
	if first {
		fx.Load(s.outboxRecord())
		s.arriveAt(fx)
	}
}
