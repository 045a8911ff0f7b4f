package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// granting is what a group's rights will be once the server has answered: the boxes show it at once. Heard: the team
// came as it is now since the last press.
type granting struct {
	rights []protocol.Right
	heard  bool
	open   int // commands without an answer
}

// Led are the rights that a chat administrator has without being given them.
var Led = [...]protocol.Right{
	protocol.RightReadAll, protocol.RightReassign, protocol.RightClose, protocol.RightDelete, protocol.RightBlock, protocol.RightExport,
}

// Group finds a group; nil where this console knows none of that id. The empty id is the group of everybody who was
// given no other.
func (s *State) Group(id protocol.GroupID) *protocol.Group {
	if id == "" {
		id = protocol.GroupOperators
	}
	for i := range s.Team.Groups {
		if s.Team.Groups[i].ID == id {
			return &s.Team.Groups[i]
		}
	}
	return nil
}

// GroupName is how a group is called: the two that every workspace has bear a name of ours until somebody gives them one.
func (s *State) GroupName(id protocol.GroupID) string {
	if id == "" {
		id = protocol.GroupOperators
	}
	if g := s.Group(id); g != nil && g.Name != "" {
		return g.Name
	}
	return s.BuiltInName(id)
}

// BuiltInName is the name of ours that a group goes by without one of its own, "" for those that are made here.
func (s *State) BuiltInName(id protocol.GroupID) string {
	switch id {
	case protocol.GroupOperators:
		return s.Words.Text(say.GroupOperators)
	case protocol.GroupChatAdmins:
		return s.Words.Text(say.GroupChatAdmins)
	}
	return ""
}

// Deletable tells whether a group can be deleted at all, once it is empty.
func Deletable(id protocol.GroupID) bool {
	return id != protocol.GroupOperators && id != protocol.GroupChatAdmins
}

// GroupRights are what a group has, with what was just pressed.
func (s *State) GroupRights(g *protocol.Group) []protocol.Right {
	if w := s.granting[g.ID]; w != nil {
		return w.rights
	}
	return g.Rights
}

// setRight gives a group a right or takes it away; Arg is "GROUP RIGHT". It holds at once, for everybody in it.
func (s *State) setRight(e *bridge.Event, fx *bridge.Effects) {
	id, word, _ := strings.Cut(e.Arg, " ")
	g, right := s.Group(protocol.GroupID(id)), protocol.Right(word)
	if g == nil {
		return
	}
	var next []protocol.Right
	for _, r := range protocol.Rights { // in their one order
		if has := slices.Contains(s.GroupRights(g), r); r == right && e.B == 1 || r != right && has {
			next = append(next, r)
		}
	}
	if s.granting == nil {
		s.granting = make(map[protocol.GroupID]*granting)
	}
	w := s.granting[g.ID]
	if w == nil {
		w = new(granting)
		s.granting[g.ID] = w
	}
	w.rights, w.heard = next, false
	w.open++
	sentence := say.RightTaken
	if e.B == 1 {
		sentence = say.RightGiven
	}
	done := s.Words.Fill(sentence, s.GroupName(g.ID), s.RightWord(right))
	s.ask(fx, protocol.KindGroupChange, &protocol.GroupChange{Group: g.ID, Name: g.Name, Rights: next},
		request{what: askRight, group: g.ID, word: done})
}

// granted takes the answer to it: p is the refusal, if it is one.
func (s *State) granted(r request, p Problem, fx *bridge.Effects) {
	w := s.granting[r.group]
	if w != nil {
		w.open--
		if p.Is() || w.open <= 0 && w.heard {
			delete(s.granting, r.group)
		}
	}
	if p.Is() {
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
		return
	}
	s.toast(Toast{Text: r.word}, fx)
}

// groupsCame lets the boxes show what the server says, but for what it has not answered yet.
func (s *State) groupsCame() {
	for id, w := range s.granting {
		if w.heard = true; w.open <= 0 {
			delete(s.granting, id)
		}
	}
}

// RightWord is a right's name.
func (s *State) RightWord(right protocol.Right) string {
	name, _ := s.rightWords(right)
	return name
}

// RightHint says what it allows.
func (s *State) RightHint(right protocol.Right) string {
	_, hint := s.rightWords(right)
	return hint
}

func (s *State) rightWords(right protocol.Right) (name, hint string) {
	w := s.Words
	switch right {
	case protocol.RightChatAdmin:
		return w.Text(say.RightChatAdmin), w.Text(say.RightChatAdminHint)
	case protocol.RightReadAll:
		return w.Text(say.RightReadAll), w.Text(say.RightReadAllHint)
	case protocol.RightReassign:
		return w.Text(say.RightReassign), w.Text(say.RightReassignHint)
	case protocol.RightClose:
		return w.Text(say.RightClose), w.Text(say.RightCloseHint)
	case protocol.RightDelete:
		return w.Text(say.RightDelete), w.Text(say.RightDeleteHint)
	case protocol.RightBlock:
		return w.Text(say.RightBlock), w.Text(say.RightBlockHint)
	case protocol.RightExport:
		return w.Text(say.RightExport), w.Text(say.RightExportHint)
	case protocol.RightSettings:
		return w.Text(say.RightSettings), w.Text(say.RightSettingsHint)
	}
	return string(right), "" // one of a newer server
}
