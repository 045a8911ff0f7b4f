package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Report is the page of how much is done, and by whom.
type Report struct {
	// Workload is what the server counted last; Loaded: it did.
	Workload protocol.Workload
	Loaded   bool
	Problem  Problem

	asked  bool
	stale  bool // something of the list changed since it was asked for
	looked int64
}

func (s *State) openReport(fx *bridge.Effects) {
	if !s.Report.asked {
		s.askReport(fx)
	}
}

func (s *State) askReport(fx *bridge.Effects) {
	r := &s.Report
	r.asked, r.stale, r.looked, r.Problem = true, false, s.Now, Problem{}
	s.ask(fx, protocol.KindWorkloadRead, &protocol.WorkloadRead{}, request{what: askWorkload})
}

func (s *State) reportCame(f *protocol.Frame) {
	var w protocol.Workload
	s.request(f.ID)
	s.Report.asked = false
	if protocol.DecodeBody(f.Body, &w) == nil {
		s.Report.Workload, s.Report.Loaded = w, true
	}
}

func (s *State) reportRefused(p Problem) { s.Report.asked, s.Report.Problem = false, p }

// lookForReport counts anew while the page is on screen and conversations change.
func (s *State) lookForReport(fx *bridge.Effects) {
	r := &s.Report
	if s.Route.Place == AtReport && s.Visible && r.Loaded && r.stale && !r.asked && s.Now-r.looked >= lookEvery {
		s.askReport(fx)
	}
}

func (s *State) retryReport(_ *bridge.Event, fx *bridge.Effects) { s.askReport(fx) }
