package view

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// shell is the console around whatever it shows.
func (p pen) shell() {
	s := p.s
	p.Open(vdom.Div, "shell")
	p.Class("b-console")
	p.Attr(vdom.DataScreen, s.Screen())
	kind := "inbox"
	if s.Route.Place != state.AtInbox {
		kind = "page"
	} else if !s.PanelShown() || s.Route.Number == 0 {
		kind = "closed"
	}
	p.Attr(vdom.DataKind, kind)
	p.On(vdom.KeyDown, state.KeyPressed, "")
	p.On(vdom.Click, state.Ground, "")
	p.rail()
	p.Open(vdom.Main, "main")
	p.Class("b-console__main")
	p.Leaf(vdom.H1, "b-sr", p.heading())
	if s.Route.Place == state.AtInbox {
		p.inbox()
		p.talk()
		if t := s.Current(); t != nil && s.PanelShown() {
			p.panel(t)
		}
	} else {
		p.page()
	}
	p.Close()
	p.tabbar()
	p.line()
	p.toast()
	p.window()
	p.Close()
}

func (p pen) heading() string {
	switch p.s.Route.Place {
	case state.AtTeam:
		return p.word(say.TeamPage)
	case state.AtChannels:
		return p.word(say.ChannelsPage)
	case state.AtRules:
		return p.word(say.RulesPage)
	case state.AtEvents:
		return p.word(say.EventsPage)
	case state.AtReport:
		return p.word(say.ReportsPage)
	case state.AtReplies:
		return p.word(say.QuickReplies)
	case state.AtTags:
		return p.word(say.TagsPage)
	case state.AtAudit:
		return p.word(say.AuditPage)
	case state.AtAccount:
		return p.word(say.AccountPage)
	}
	if p.s.Workspace != "" {
		return p.s.Words.Fill(say.InboxOf, p.s.Workspace)
	}
	return p.word(say.Inbox)
}

func (p pen) rail() {
	p.Open(vdom.Nav, "rail")
	p.Class("b-rail")
	p.Attr(vdom.AriaLabel, p.word(say.Sections))
	p.Open(vdom.Span, "logo")
	p.Class("b-rail__logo")
	p.mark("")
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-rail__list")
	p.sections()
	p.Close()
	p.Open(vdom.Div, "end")
	p.Class("b-rail__end")
	p.account()
	p.Close()
	p.Close()
}

// sections are the ways to the console's parts: those that this operator may enter.
func (p pen) sections() {
	p.section("#i-inbox", say.Inbox, p.s.Home(), true)
	p.section("#i-chart", say.ReportsPage, state.Route{Place: state.AtReport}, false)
	p.section("#i-events", say.EventsPage, state.Route{Place: state.AtEvents}, false)
	settings := state.Route{Place: state.AtReplies} // everybody has some of their own
	if p.s.MayEnter(state.AtChannels) {
		p.section("#i-widget", say.ChannelsPage, state.Route{Place: state.AtChannels}, false)
		settings.Place = state.AtRules
	}
	p.section("#i-gear", say.Settings, settings, false, state.AtReplies, state.AtTags)
	if p.s.MayEnter(state.AtTeam) {
		p.section("#i-users", say.TeamPage, state.Route{Place: state.AtTeam}, false, state.AtAudit)
	}
}

// section is one of them; also are other places that belong to it.
func (p pen) section(icon string, name words.Key, r state.Route, counts bool, also ...state.Place) {
	p.link(icon, "b-rail__item", r.Address())
	if here := p.s.Route.Place; here == r.Place || slices.Contains(also, here) {
		p.Attr(vdom.AriaCurrent, "page")
	}
	p.Icon(icon)
	p.Leaf(vdom.Span, "", p.word(name))
	if n := p.s.List.Unread; counts && n > 0 {
		p.Open(vdom.Span, "badge")
		p.Class("b-badge")
		p.hidden(p.word(say.UnreadPrefix) + " ")
		p.Text(capped(n))
		p.Close()
	}
	p.Close()
}

func (p pen) account() {
	s := p.s
	p.link("account", "b-rail__me", state.Route{Place: state.AtAccount}.Address())
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.AccountOf, s.Me.Name))
	p.Attr(vdom.Title, s.Words.Fill(say.AccountOf, s.Me.Name))
	if s.Route.Place == state.AtAccount {
		p.Attr(vdom.AriaCurrent, "page")
	}
	dot := face.Online
	if s.Down() {
		dot = face.Offline
	}
	face.Draw(p.Builder, face.Face{ID: string(s.Me.ID), Name: s.Me.Name, Picture: state.Picture(&s.Me), Dot: dot})
	p.Close()
}

func (p pen) tabbar() {
	p.Open(vdom.Nav, "tabs")
	p.Class("b-tabbar")
	p.Attr(vdom.AriaLabel, p.word(say.SectionsPhone))
	p.sections()
	p.section("#i-user", say.AccountPage, state.Route{Place: state.AtAccount}, false)
	p.Close()
}

// line says that the connection is gone, or that this page is too old to have one.
func (p pen) line() {
	p.Open(vdom.Div, "line")
	p.Class("b-line")
	p.Attr(vdom.Role, "status")
	switch s := p.s; {
	case s.Refused():
		p.Open(vdom.P, "")
		p.Class("b-banner b-banner--danger")
		p.Icon("#i-alert")
		p.Leaf(vdom.Span, "", p.word(say.PageTooOld))
		p.button("", "b-linkbutton b-banner__end", state.Reload, "")
		p.Text(p.word(say.ReloadPage))
		p.Close()
		p.Close()
	case s.Down():
		p.Open(vdom.P, "")
		p.Class("b-banner b-banner--warning")
		p.Icon("#i-offline")
		p.Leaf(vdom.Span, "", p.word(say.NoConnection))
		p.Close()
	}
	p.Close()
}

func (p pen) toast() {
	t := &p.s.Toast
	p.Open(vdom.Div, "toasts")
	p.Class("b-toasts")
	p.Attr(vdom.Role, "status")
	if t.Text != "" {
		p.Open(vdom.Div, t.Text)
		p.Class("b-toast")
		p.Attr(vdom.ID, state.ToastID)
		p.Int(vdom.TabIndex, -1)
		p.Attr(vdom.DataState, "opening")
		p.On(vdom.PointerEnter, state.ToastHeld, "")
		p.On(vdom.PointerLeave, state.ToastFreed, "")
		p.On(vdom.FocusIn, state.ToastHeld, "")
		p.On(vdom.FocusOut, state.ToastFreed, "")
		if t.Bad {
			p.Icon("#i-alert")
		} else {
			p.Icon("#i-done")
		}
		p.Leaf(vdom.Span, "", t.Text)
		if t.Undo != 0 {
			p.button("undo", "", state.Undo, "")
			p.Text(p.word(say.Undo))
			p.Close()
		}
		if t.To != 0 {
			p.link("to", "", p.s.To(t.To).Address())
			p.Text(p.s.Words.Fill(say.OpenNumber, t.To.String()))
			p.Close()
		}
		p.iconButton("dismiss", "b-iconbutton--small", "#i-close", p.word(say.Dismiss), state.ToastDismissed, "")
		p.Close()
	}
	p.Close()
}

// capped is a count as a badge shows it.
func capped(n int) string {
	if n >= protocol.UnreadCap {
		return "99+"
	}
	return itoa(n)
}
