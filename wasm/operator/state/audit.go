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
	Happened
}

// openAudit begins the list anew: it is of this moment.
func (s *State) openAudit(fx *bridge.Effects) {
	author := auditAuthor(s.Route.Query)
	s.Audit = Audit{Author: author, Happened: Happened{epoch: s.Audit.epoch}}
	if s.Admin() {
		s.askAudit(pageFirst, fx)
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

func (s *State) askAudit(word string, fx *bridge.Effects) {
	a := &s.Audit
	cmd := &protocol.AuditRead{Before: a.asks(word, s.Now), Actor: a.Author, Limit: protocol.EventsPage}
	s.ask(fx, protocol.KindAuditRead, cmd, request{what: askAudit, word: word, query: a.Author, epoch: a.epoch})
}

// auditCame takes a page, unless the list is another's by now.
func (s *State) auditCame(f *protocol.Frame, fx *bridge.Effects) {
	var page protocol.Audit
	r := s.request(f.ID)
	a := &s.Audit
	if r.what != askAudit || r.query != a.Author || protocol.DecodeBody(f.Body, &page) != nil {
		return
	}
	rows := make([]EventRow, 0, len(page.Entries))
	for i := range page.Entries {
		row := eventRow(&page.Entries[i].Event)
		row.Seal = page.Entries[i].Seal
		rows = append(rows, row)
	}
	if next, on := a.came(r.word, r.epoch, rows, page.More, page.Before); on {
		s.askAudit(next, fx)
	}
}

func (s *State) auditRefused(r request, p Problem) {
	if a := &s.Audit; r.query == a.Author {
		a.refused(r.word, p)
	}
}

func (s *State) auditBy(e *bridge.Event, fx *bridge.Effects) {
	s.Go(Route{Place: AtAudit, Query: auditQuery(e.Text)}, fx)
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
