package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Ids of buttons on the page of members, where focus returns.
const (
	NewGroupButtonID = "new-group"
)

// RenameGroupID is the id of the button that renames a group, DeleteGroupID of the one that deletes it.
func RenameGroupID(id protocol.GroupID) string { return "rename-" + string(id) }
func DeleteGroupID(id protocol.GroupID) string { return "delete-" + string(id) }

// openGroup opens the window that makes a group, or gives the one that Arg names another name.
func (s *State) openGroup(e *bridge.Event, fx *bridge.Effects) {
	d, back := Dialog{Kind: GroupDialog, Group: protocol.GroupID(e.Arg)}, NewGroupButtonID
	if d.Group != "" {
		d.Name, back = s.GroupName(d.Group), RenameGroupID(d.Group)
	}
	s.show(d, back, fx)
}

func (s *State) dialogNamed(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Name, s.Dialog.Problem = e.Text, Problem{}
}

func (s *State) saveGroup(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != GroupDialog || d.Busy {
		return
	}
	name := s.nameGiven(fx)
	if name == "" {
		return
	}
	if d.Group == "" {
		s.askSetting(fx, protocol.KindGroupCreate, &protocol.GroupCreate{Name: name}, s.Words.Fill(say.GroupMade, name))
		return
	}
	cmd := &protocol.GroupChange{Group: d.Group, Name: name}
	if g := s.Group(d.Group); g != nil {
		cmd.Rights = s.GroupRights(g)
	}
	if name == s.BuiltInName(d.Group) {
		cmd.Name = "" // so that it stays in everybody's language
	}
	s.askSetting(fx, protocol.KindGroupChange, cmd, s.Words.Fill(say.GroupRenamed, name))
}

func (s *State) askDeleteGroup(e *bridge.Event, fx *bridge.Effects) {
	id := protocol.GroupID(e.Arg)
	s.show(Dialog{Kind: GroupDeleteDialog, Group: id, Name: s.GroupName(id)}, DeleteGroupID(id), fx)
}

func (s *State) deleteGroup(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != GroupDeleteDialog || d.Busy {
		return
	}
	d.next = NewGroupButtonID // its own button goes away with its row
	s.askSetting(fx, protocol.KindGroupDelete, &protocol.GroupDelete{Group: d.Group}, s.Words.Fill(say.GroupGone, d.Name))
}

// openMember opens the window that gives a colleague another group, or makes them an administrator.
func (s *State) openMember(e *bridge.Event, fx *bridge.Effects) {
	o := s.Operator(protocol.OperatorID(e.Arg))
	if o == nil {
		return
	}
	d := Dialog{Kind: MemberDialog, Operator: o.ID, Role: o.Role, Group: o.Group}
	if d.Group == "" {
		d.Group = protocol.GroupOperators
	}
	s.show(d, MemberButtonID(o.ID), fx)
}

func (s *State) saveMember(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	o := s.Operator(d.Operator)
	if d.Kind != MemberDialog || d.Busy || o == nil {
		return
	}
	cmd := &protocol.RoleChange{Operator: d.Operator, Role: d.Role}
	if d.Role == protocol.RoleOperator {
		cmd.Group = d.Group
	}
	s.askSetting(fx, protocol.KindRoleChange, cmd, s.Words.Fill(say.MemberMoved, o.Name, s.placeOf(d.Role, d.Group)))
}

// PlaceOf is where an account belongs: the administrators, or its group.
func (s *State) PlaceOf(o *protocol.Operator) string { return s.placeOf(o.Role, o.Group) }

func (s *State) placeOf(role protocol.Role, group protocol.GroupID) string {
	if role == protocol.RoleAdmin {
		return s.Words.Text(say.GroupAdmins)
	}
	return s.GroupName(group)
}

// groupChosen is the choice of a window: Arg is administrator, or a group.
func (s *State) groupChosen(e *bridge.Event, _ *bridge.Effects) {
	d := &s.Dialog
	d.Problem = Problem{}
	if protocol.Role(e.Arg) == protocol.RoleAdmin {
		d.Role = protocol.RoleAdmin
		return
	}
	d.Role, d.Group = protocol.RoleOperator, protocol.GroupID(e.Arg)
}

// nameGiven is the name in a window of settings; empty where there is none, which the window then says.
func (s *State) nameGiven(fx *bridge.Effects) string {
	d := &s.Dialog
	name := strings.TrimSpace(d.Name)
	if name == "" {
		d.Problem = Problem{Code: protocol.CodeInvalid, Reason: "field=name"}
		fx.Focus(DialogFirstID)
	}
	return name
}

// askSetting asks for what a window of settings is about, and keeps it busy until the answer; word is the toast after the yes.
func (s *State) askSetting(fx *bridge.Effects, kind protocol.Kind, cmd protocol.Body, word string) {
	s.Dialog.Busy, s.Dialog.Problem = true, Problem{}
	s.ask(fx, kind, cmd, request{what: askSettled, word: word})
}

// settled takes the yes to what a window of settings asked for: it closes, and a toast says what holds now.
func (s *State) settled(r request, fx *bridge.Effects) {
	if s.Dialog.Busy {
		s.closeDialog(nil, fx)
	}
	s.toast(Toast{Text: r.word}, fx)
}

// unsettled takes the no: it stands in the window, where that is still open.
func (s *State) unsettled(p Problem, fx *bridge.Effects) {
	if !s.Dialog.Busy {
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
		return
	}
	s.Dialog.Busy, s.Dialog.Problem = false, p
	if p.Field() == "name" {
		fx.Focus(DialogFirstID)
	}
}
