package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// page draws the places beside the inbox: their navigation and one island.
func (p pen) page() {
	s := p.s
	if !s.OnePane() {
		p.pageNav()
	}
	p.Open(vdom.Div, "pages")
	p.Class("b-pages")
	p.On(vdom.Scroll, state.PageScrolled, "")
	if s.OnePane() && s.Route.Place.Settings() {
		p.pageNav() // above the page, and away with it
	}
	switch {
	case !s.Welcomed:
		p.Open(vdom.Section, "loading")
		p.Class("b-page b-island b-late")
		p.Attr(vdom.AriaBusy, "true")
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--name", "")
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
		p.Close()
	case s.Route.Place == state.AtAccount:
		p.accountPage()
	case s.Route.Place == state.AtEvents:
		p.eventsPage()
	case s.Route.Place == state.AtReport:
		p.reportPage()
	case s.Route.Place == state.AtReplies:
		p.repliesPage()
	case !s.MayEnter(s.Route.Place):
		p.forbidden()
	case s.Route.Place == state.AtTeam:
		p.teamPage()
	case s.Route.Place == state.AtTags:
		p.tagsPage()
	case s.Route.Place == state.AtAudit:
		p.auditPage()
	case s.Route.Place == state.AtRules && s.Route.Channel != "" && s.Channel(s.Route.Channel) == nil:
		p.noChannel()
	case s.Route.Place == state.AtRules:
		p.rulesPage()
	case s.Form.Open:
		p.formPage()
	case s.Route.Channel != "":
		p.noChannel()
	default:
		p.channelsPage()
	}
	p.Close()
}

// pageNav is the list of pages; the account's own comes last. One pane shows only those that no tab leads to.
func (p pen) pageNav() {
	s := p.s
	p.Open(vdom.Nav, "nav")
	p.Class("b-nav b-island")
	p.Attr(vdom.AriaLabel, p.word(say.Settings))
	p.Leaf(vdom.P, "b-nav__title", p.word(say.Settings))
	settings := s.May(protocol.RightSettings)
	if settings {
		p.navGroup(say.ChannelsPage, "nav-channels")
		p.navItem("#i-widget", p.word(say.AllChannels), state.Route{Place: state.AtChannels})
		for _, ch := range s.ChannelsByName() {
			if s.OnePane() {
				break
			}
			p.navItem("#i-chats", ch.Looks.Name, state.Route{Place: state.AtChannels, Channel: ch.ID})
		}
		p.Close()
	}
	p.navGroup(say.Work, "nav-work")
	if settings {
		p.navItem("#i-rules", p.word(say.RulesPage), state.Route{Place: state.AtRules})
	}
	p.navItem("#i-bolt", p.word(say.QuickReplies), state.Route{Place: state.AtReplies})
	if settings {
		p.navItem("#i-tag", p.word(say.TagsPage), state.Route{Place: state.AtTags})
	}
	p.Close()
	if s.Admin() {
		p.navGroup(say.TeamPage, "nav-team")
		p.navItem("#i-users", p.word(say.MembersAndRights), state.Route{Place: state.AtTeam})
		p.navItem("#i-shield", p.word(say.AuditPage), state.Route{Place: state.AtAudit})
		p.Close()
	}
	if s.OnePane() {
		p.Close()
		return
	}
	p.navGroup(say.Insight, "nav-insight")
	p.navItem("#i-chart", p.word(say.ReportsPage), state.Route{Place: state.AtReport})
	p.navItem("#i-events", p.word(say.EventsPage), state.Route{Place: state.AtEvents})
	p.Close()
	p.navGroup(say.You, "nav-you")
	p.navItem("#i-user", p.word(say.AccountPage), state.Route{Place: state.AtAccount})
	p.Close()
	p.Close()
}

// navGroup opens a titled list.
func (p pen) navGroup(title words.Key, id string) {
	p.Open(vdom.P, id)
	p.Class("b-nav__group")
	p.Attr(vdom.ID, id)
	p.Text(p.word(title))
	p.Close()
	p.Open(vdom.UL, id)
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaLabelledBy, id)
}

func (p pen) navItem(icon, name string, r state.Route) {
	p.Open(vdom.LI, r.Address())
	p.link("", "b-nav__item", r.Address())
	if here := p.s.Route; here == r || here.Place == r.Place && (r.Place == state.AtRules || r.Place == state.AtEvents || r.Place == state.AtAudit) {
		p.Attr(vdom.AriaCurrent, "page")
	}
	p.Icon(icon)
	p.Leaf(vdom.Span, "b-nav__name", name)
	p.Close()
	p.Close()
}

// pageHead opens a page's island with its head; tools go before closing the second element.
func (p pen) pageHead(key, title, lead string) {
	p.Open(vdom.Section, key)
	p.Class("b-page b-island")
	p.Attr(vdom.AriaLabelledBy, "page-title")
	p.Open(vdom.Header, "head")
	p.Class("b-page__head")
	p.Open(vdom.Div, "")
	p.Open(vdom.H2, "")
	p.Class("b-page__title")
	p.Attr(vdom.ID, "page-title")
	p.Attr(vdom.Dir, "auto")
	p.Text(title)
	p.Close()
	p.Leaf(vdom.P, "b-page__lead", lead)
	p.Close()
}

// forbidden says what is missing here, and leads back.
func (p pen) forbidden() {
	if place := p.s.Route.Place; place != state.AtTeam && place != state.AtAudit {
		p.notice("#i-lock", say.RightsTitle, say.RightsText, p.s.Home(), say.BackToInbox)
		return
	}
	p.notice("#i-lock", say.ForbiddenTitle, say.ForbiddenText, p.s.Home(), say.BackToInbox)
}

func (p pen) noChannel() {
	p.notice("#i-search", say.NoChannelTitle, say.NoChannelText, state.Route{Place: state.AtChannels}, say.AllChannels)
}

func (p pen) notice(icon string, title, text words.Key, r state.Route, way words.Key) {
	p.Open(vdom.Section, "notice")
	p.Class("b-page b-island")
	p.Open(vdom.Div, "")
	p.Class("b-empty")
	p.Icon(icon)
	p.Leaf(vdom.H2, "b-empty__title", p.word(title))
	p.Leaf(vdom.P, "", p.word(text))
	p.link("way", "b-button", r.Address())
	p.Text(p.word(way))
	p.Close()
	p.Close()
	p.Close()
}
