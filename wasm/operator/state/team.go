package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// teamCame takes the people and channels as they are now.
func (s *State) teamCame(t *protocol.Team) {
	s.Team = *t
	if me := s.Operator(s.Me.ID); me != nil {
		email := s.Me.Email
		s.Me = *me
		if s.Me.Email == "" {
			s.Me.Email = email
		}
	}
	if !s.Admin() {
		s.Audit = Audit{}
	}
	s.groupsCame()
	s.Account.follow(s.Me.Name)
	s.Form.follow(s)
}

func (s *State) openInvite(_ *bridge.Event, fx *bridge.Effects) {
	s.show(Dialog{Kind: InviteDialog, Role: protocol.RoleOperator, Group: protocol.GroupOperators}, InviteButtonID, fx)
}

func (s *State) inviteName(e *bridge.Event, _ *bridge.Effects)  { s.Dialog.Name = e.Text }
func (s *State) inviteEmail(e *bridge.Event, _ *bridge.Effects) { s.Dialog.Email = e.Text }

func (s *State) invite(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != InviteDialog || d.Busy {
		return
	}
	name, email := strings.TrimSpace(d.Name), strings.TrimSpace(d.Email)
	switch {
	case name == "":
		d.Problem = Problem{Code: protocol.CodeInvalid, Reason: "field=name"}
		fx.Focus(DialogFirstID)
		return
	case !looksLikeEmail(email):
		d.Problem = Problem{Code: protocol.CodeInvalid, Reason: "field=email"}
		fx.Focus(InviteEmailID)
		return
	}
	d.Busy, d.Problem = true, Problem{}
	cmd := &protocol.OperatorInvite{Name: name, Email: email, Role: d.Role}
	if d.Role == protocol.RoleOperator {
		cmd.Group = d.Group
	}
	s.ask(fx, protocol.KindOperatorInvite, cmd, request{what: askInvite})
}

// InviteEmailID is the id of the address field of an invitation.
const InviteEmailID = "invite-email"

// looksLikeEmail catches slips of the finger; the server knows better.
func looksLikeEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && strings.IndexByte(s[at:], '.') > 1 && !strings.HasSuffix(s, ".") && !strings.ContainsAny(s, " \t,;<>")
}

// invited shows the link, once.
func (s *State) invited(body *protocol.Invited, fx *bridge.Effects) {
	d := s.Dialog
	if !d.awaits(body.Operator) {
		return
	}
	s.show(Dialog{Kind: InvitedDialog, Operator: d.Operator, Name: d.Name, Path: body.Path, ExpiresAt: body.ExpiresAt}, d.back, fx)
}

// InviteLink is the link to hand over.
func (s *State) InviteLink() string { return s.Site + s.Dialog.Path }

func (s *State) copyInvite(_ *bridge.Event, fx *bridge.Effects) {
	s.copying = copyInvite
	fx.CopyText(s.InviteLink())
}

func (s *State) askDeactivate(e *bridge.Event, fx *bridge.Effects) {
	id := protocol.OperatorID(e.Arg)
	s.show(Dialog{Kind: DeactivateDialog, Operator: id}, MemberButtonID(id), fx)
}

func (s *State) deactivate(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != DeactivateDialog || d.Busy {
		return
	}
	d.Busy, d.Problem = true, Problem{}
	s.ask(fx, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: d.Operator},
		request{what: askDialog})
}

func (s *State) activate(e *bridge.Event, fx *bridge.Effects) {
	s.closeMenu(fx)
	s.ask(fx, protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: protocol.OperatorID(e.Arg)},
		request{what: askMember})
}
