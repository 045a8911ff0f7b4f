package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// teamPage lists the people who work here.
func (p pen) teamPage() {
	s := p.s
	p.pageHead("team", p.word(say.MembersAndRights), p.word(say.RightsLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.button("group", "b-button", state.OpenGroup, "")
	p.Attr(vdom.ID, state.NewGroupButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Text(p.word(say.NewGroup))
	p.Close()
	p.Open(vdom.Button, "invite")
	p.Attr(vdom.Type, "button")
	p.Class("b-button b-button--primary")
	p.Attr(vdom.ID, state.InviteButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.On(vdom.Click, state.OpenInvite, "")
	p.small("#i-plus")
	p.Text(p.word(say.InviteButton))
	p.Close()
	p.Close()
	p.Close()
	p.table("wrap", "b-table", say.Members)
	for _, k := range [...]words.Key{say.Member, say.Group, say.State} {
		p.column(p.word(k), false)
	}
	p.column(p.word(say.Actions), true)
	p.tableRows()
	for i := range s.Team.Operators {
		p.member(&s.Team.Operators[i])
	}
	p.tableEnd()
	p.groups()
	p.Close()
}

func (p pen) column(name string, hidden bool) {
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "col")
	if hidden {
		p.hidden(name)
	} else {
		p.Text(name)
	}
	p.Close()
}

func (p pen) member(o *protocol.Operator) {
	s := p.s
	p.Open(vdom.TR, string(o.ID))
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "row")
	p.Open(vdom.Span, "")
	p.Class("b-person")
	f := faceOf(o)
	f.Size = "b-avatar--sm"
	if o.State == protocol.OperatorActive && (o.Online || !o.Bot) {
		f.Dot = face.Offline
		if o.Online || o.ID == s.Me.ID {
			f.Dot = face.Online
		}
	}
	face.Draw(p.Builder, f)
	p.Open(vdom.Span, "who")
	p.Open(vdom.BDI, "")
	if o.ID == s.Me.ID {
		p.Text(s.Words.Fill(say.NameYou, o.Name))
	} else {
		p.Text(o.Name)
	}
	p.Close()
	if o.Email != "" {
		p.Open(vdom.Span, "email")
		p.Class("b-person__under")
		p.ltr(o.Email)
		p.Close()
	}
	p.Close()
	p.Close()
	p.Close()
	p.Leaf(vdom.TD, "", p.groupWord(o))
	p.Open(vdom.TD, "state")
	p.memberState(o)
	p.Close()
	p.Open(vdom.TD, "actions")
	p.memberMenu(o)
	p.Close()
	p.Close()
}

func (p pen) groupWord(o *protocol.Operator) string {
	if o.Bot {
		return p.word(say.RoleBot) + " · " + p.s.PlaceOf(o)
	}
	return p.s.PlaceOf(o)
}

func (p pen) memberState(o *protocol.Operator) {
	class, word := "b-pill", say.Offline
	switch {
	case o.State == protocol.OperatorInvitedState:
		class, word = "b-pill b-pill--warning", say.StateInvited
	case o.State == protocol.OperatorDeactivatedState:
		class, word = "b-pill b-pill--danger", say.StateDeactivated
	case o.Online || o.ID == p.s.Me.ID:
		class, word = "b-pill b-pill--success", say.Online
	case o.Bot:
		word = say.StateConnectedBot
	}
	p.Leaf(vdom.Span, class, p.word(word))
}

// memberMenu is what can be done with an account; nobody changes their own, so that nobody locks themselves out.
func (p pen) memberMenu(o *protocol.Operator) {
	s := p.s
	if o.ID == s.Me.ID {
		return
	}
	open := s.Menu == state.MemberMenu && s.MenuOf == o.ID
	p.Open(vdom.Div, "")
	p.Class("b-pop b-pop--end")
	p.Open(vdom.Button, "button")
	p.Attr(vdom.Type, "button")
	p.Class("b-iconbutton b-iconbutton--small")
	p.Attr(vdom.ID, state.MemberButtonID(o.ID))
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.ActionsFor, o.Name))
	p.Attr(vdom.AriaHasPopup, "menu")
	p.Bool(vdom.AriaExpanded, open)
	p.On(vdom.Click, state.OpenMenu, string(o.ID))
	p.Icon("#i-more")
	p.Close()
	if open {
		m := menu{p: p, label: s.Words.Fill(say.ActionsFor, o.Name)}
		id := string(o.ID)
		switch {
		case o.State == protocol.OperatorDeactivatedState:
			m.add("#i-retry", p.word(say.Activate), "", state.Activate, id)
		default:
			p.linkItem(&m, o)
			m.add("#i-shield", p.word(say.ChangeGroup), "", state.OpenMember, id)
			m.addDanger("#i-block", p.word(say.DeactivateMore), state.AskDeactivate, id)
		}
		m.draw()
	}
	p.Close()
}
