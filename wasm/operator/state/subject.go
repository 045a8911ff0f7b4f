package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Ids of the subject's field and of the pencil that opens it.
const (
	SubjectID       = "subject"
	SubjectButtonID = "edit-subject"
)

// keyRests is how long the Enter that saved may still be held down, in milliseconds: focus is on the pencil by then, and
// would open the field again.
const keyRests = 400

// Subject is what a conversation is about: what an operator set, else the beginning of its first message.
func Subject(row *protocol.Row) string {
	if row.Subject != "" {
		return row.Subject
	}
	return row.Title
}

func (s *State) openSubject(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayWrite() || s.Now-t.namedAt < keyRests {
		fx.Still()
		return
	}
	t.Naming, t.Name = true, t.Row.Subject
	fx.SelectAll(SubjectID)
}

func (s *State) subjectTyped(e *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		t.Name = e.Text
	}
	fx.Still()
}

func (s *State) subjectKey(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.Naming {
		fx.Still()
		return
	}
	switch e.Text {
	case "Enter":
		fx.Prevent()
		s.saveSubject(e, fx)
	case "Escape":
		fx.Prevent()
		t.Naming = false
		fx.Focus(SubjectButtonID)
	default:
		fx.Still()
	}
}

// saveSubject shows the new subject at once; a refusal brings the old one back.
func (s *State) saveSubject(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.Naming {
		return
	}
	t.Naming, t.namedAt = false, s.Now
	fx.Focus(SubjectButtonID)
	before, now := t.Row.Subject, strings.TrimSpace(t.Name)
	if before == now {
		return
	}
	s.nameRow(t.Number, now)
	s.ask(fx, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: t.Number, Subject: now},
		request{what: askSubject, number: t.Number, word: before})
}

func (s *State) nameRow(n protocol.Number, subject string) {
	if t := s.talks[n]; t != nil {
		t.Row.Subject = subject
	}
	if row := s.List.Row(n); row != nil {
		row.Subject = subject
	}
}

func (s *State) subjectRefused(r request, p Problem, fx *bridge.Effects) {
	s.nameRow(r.number, r.word)
	s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
}
