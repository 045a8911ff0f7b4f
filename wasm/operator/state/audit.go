package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Audit is the page of what was done to the workspace itself.
type Audit struct {
	// Author narrows it; "" for everybody. It stands in the address.
	Author string
	// Rows are newest first. Loaded: a first page came. More: older ones are to be had. Asked: one is on its way.
	Rows                []AuditRow
	Loaded, More, Asked bool
	// New counts what happened since; rows never push.
	New     int
	Problem Problem

	before protocol.Position
}

// AuditRow is one act with its seal.
type AuditRow struct {
	EventRow
	Seal string
}

// AuditTopID is the id of the table.
const AuditTopID = "audit"

// openAudit begins the list anew: it is of this moment.
func (s *State) openAudit(fx *bridge.Effects) {
	author := auditAuthor(s.Route.Query)
	s.Audit = Audit{Author: author}
	if s.Admin() {
		s.askAudit(fx)
	}
}

func auditAuthor(query string) string {
	if id, ok := strings.CutPrefix(query, "author="); ok && protocol.IsID(id) {
		return id
	}
	return ""
}

func auditQuery(author string) string {
	if author == "" {
		return ""
	}
	return "author=" + author
}

func (s *State) askAudit(fx *bridge.Effects) {
	a := &s.Audit
	a.Asked, a.Problem = true, Problem{}
	s.ask(fx, protocol.KindAuditRead, &protocol.AuditRead{Before: a.before, Actor: a.Author, Limit: protocol.EventsPage},
		request{what: askAudit, query: a.Author})
}

// auditCame takes a page, unless the list is another's by now.
func (s *State) auditCame(f *protocol.Frame, fx *bridge.Effects) {
	var page protocol.Audit
	r := s.requests[f.ID]
	delete(s.requests, f.ID)
	a := &s.Audit
	if r.what != askAudit || r.query != a.Author || protocol.DecodeBody(f.Body, &page) != nil {
		return
	}
	a.Asked = false
	for i := range page.Entries {
		e := &page.Entries[i]
		if n := len(a.Rows); n > 0 && a.Rows[n-1].Position <= e.Event.Position {
			continue
		}
		a.Rows = append(a.Rows, AuditRow{eventRow(&e.Event), e.Seal})
	}
	a.Loaded, a.More, a.before = true, page.More, page.Before
	if len(page.Entries) == 0 && page.More { // none of this author among so many looked at: go on
		s.askAudit(fx)
	}
}

func (s *State) auditRefused(r request, p Problem) {
	if a := &s.Audit; r.query == a.Author {
		a.Asked, a.Problem = false, p
	}
}

func (s *State) olderAudit(_ *bridge.Event, fx *bridge.Effects) {
	if a := &s.Audit; (a.More || !a.Loaded) && !a.Asked {
		s.askAudit(fx)
	}
}

// newAudit begins the list anew, with what happened since on top.
func (s *State) newAudit(_ *bridge.Event, fx *bridge.Effects) {
	s.openAudit(fx)
	fx.Focus(AuditTopID)
}

func (s *State) auditBy(e *bridge.Event, fx *bridge.Effects) {
	s.Go(Route{Place: AtAudit, Query: auditQuery(e.Text)}, fx)
}

// actHappened counts what stands above the rows that are shown.
func (s *State) actHappened(f *protocol.Frame) {
	a := &s.Audit
	if s.Route.Place != AtAudit || !a.Loaded || !administrative(f.Kind) || f.Actor == nil || a.Author != "" && f.Actor.ID != a.Author {
		return
	}
	if len(a.Rows) == 0 || f.Position > a.Rows[0].Position {
		a.New++
	}
}

// administrative are the kinds that this page hears of while it is open.
func administrative(kind protocol.Kind) bool {
	switch kind {
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorDeactivated, protocol.KindOperatorActivated,
		protocol.KindRoleSet, protocol.KindGroupSet, protocol.KindGroupDeleted, protocol.KindTeamSet, protocol.KindPolicySet,
		protocol.KindChannelCreated, protocol.KindChannelSet, protocol.KindTagSet, protocol.KindTagDeleted,
		protocol.KindContactBlocked, protocol.KindContactUnblocked, protocol.KindConversationErased, protocol.KindExportMade:
		return true
	}
	return false
}

// copySeal puts a seal on the clipboard.
func (s *State) copySeal(e *bridge.Event, fx *bridge.Effects) { fx.CopyText(e.Arg) }

func (s *State) openAuditCheck(_ *bridge.Event, fx *bridge.Effects) {
	s.show(Dialog{Kind: AuditCheckDialog}, AuditCheckButtonID, fx)
}

// AuditCheckButtonID is the id of the button that explains how to check.
const AuditCheckButtonID = "audit-check"

// ShortSeal is a seal's beginning: enough for the eye, the whole is copied.
func ShortSeal(seal string) string { return seal[:min(12, len(seal))] }
