package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// panel is what is known of the visitor.
func (p pen) panel(t *state.Talk) {
	s := p.s
	p.Open(vdom.Aside, "panel")
	p.Class("b-panel b-island")
	p.Attr(vdom.AriaLabel, p.word(say.CustomerPanel))
	if s.Drawer {
		p.Attr(vdom.DataState, "over")
	}
	p.Open(vdom.Button, "close")
	p.Attr(vdom.Type, "button")
	p.Class("b-iconbutton b-panel__close")
	p.Attr(vdom.ID, state.PanelCloseID)
	p.Attr(vdom.AriaLabel, p.word(say.BackToConversation))
	p.On(vdom.Click, state.TogglePanel, "")
	p.IconClass("#i-back", "b-icon b-icon--dir")
	p.Close()
	if v := t.Visitor; v != nil && t.Phase == state.TalkOpen {
		p.contact(t, v)
		p.tags(t)
		p.source(v)
		p.earlier(t)
	} else if t.Phase == state.TalkOpening {
		p.Open(vdom.Div, "opening")
		p.Class("b-card b-late")
		p.Attr(vdom.AriaBusy, "true")
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--name", "")
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
		p.Close()
	}
	p.Close()
}

func (p pen) card(title words.Key) {
	p.Open(vdom.Section, p.word(title))
	p.Class("b-card")
	p.Attr(vdom.AriaLabel, p.word(title))
}

func (p pen) contact(t *state.Talk, v *protocol.Visitor) {
	s := p.s
	p.card(say.Visitor)
	p.Open(vdom.Div, "contact")
	p.Class("b-contact")
	f := face.Face{ID: string(v.ID), Name: s.VisitorFace(t.Row.Name, v.ID)}
	if v.Online {
		f.Dot = face.Online
	}
	face.Draw(p.Builder, f)
	p.Open(vdom.H2, "")
	p.Class("b-contact__name")
	p.Attr(vdom.Dir, "auto")
	p.Text(s.VisitorName(t.Row.Name, v.ID))
	p.Close()
	p.Open(vdom.P, "seen")
	p.Class("b-contact__seen")
	if v.Online {
		p.Text(p.word(say.OnlineNow))
	} else {
		p.Text(s.Words.Fill(say.LastSeen, s.Ago(v.LastSeen)))
	}
	p.Close()
	if t.MayDescribe() && t.Person == nil {
		p.button("edit", "b-iconbutton b-iconbutton--small b-contact__edit", state.OpenPerson, "")
		p.Attr(vdom.ID, state.PersonEditID)
		p.Attr(vdom.AriaLabel, p.word(say.EditContact))
		p.Attr(vdom.Title, p.word(say.EditContact))
		p.small("#i-edit")
		p.Close()
	}
	p.Close()
	if t.Person != nil {
		p.personForm(t.Person)
	}
	p.Open(vdom.DL, "facts")
	p.Class("b-facts")
	if t.Person == nil {
		p.reach(v)
	}
	label := say.LastOn
	if v.Online {
		label = say.NowOn
	}
	p.page1(label, &v.Current)
	p.fact(say.DeviceFact, v.Device)
	p.fact(say.LanguageFact, s.LanguageName(v.Language))
	p.fact(say.FirstSeen, p.when(v.FirstSeen))
	if !v.Online {
		p.fact(say.LastSeenFact, p.when(v.LastSeen))
	}
	p.Close()
	p.Close()
}

// when is a moment in words: the day, and the clock.
func (p pen) when(at int64) string {
	if at == 0 {
		return ""
	}
	return p.s.Words.Fill(say.DayAndClock, p.s.Words.Day(at, p.s.Now+p.s.Skew), p.s.Words.Clock(at))
}

func (p pen) fact(name words.Key, value string) {
	if value == "" {
		return
	}
	p.Leaf(vdom.DT, "", p.word(name))
	p.Open(vdom.DD, "")
	p.Attr(vdom.Dir, "auto")
	p.Text(value)
	p.Close()
}

// page1 is a page the visitor was on: its title, and where it stands.
func (p pen) page1(name words.Key, v *protocol.VisitorVisit) {
	if v.URL == "" && v.Title == "" {
		return
	}
	p.Leaf(vdom.DT, "", p.word(name))
	p.Open(vdom.DD, "")
	if v.Title != "" {
		p.Open(vdom.Span, "title")
		p.Class("b-facts__title")
		p.Attr(vdom.Dir, "auto")
		p.Text(v.Title)
		p.Close()
	}
	p.outside(v.URL)
	p.Close()
}

// outside is a link to somebody else's page, shown without what everybody knows of it.
func (p pen) outside(url string) {
	if url == "" {
		return
	}
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		p.ltr(url)
		return
	}
	p.Open(vdom.A, "link")
	p.Attr(vdom.Href, url)
	p.Attr(vdom.Target, "_blank")
	p.Attr(vdom.Rel, "noopener noreferrer nofollow")
	p.Attr(vdom.Title, url)
	p.ltr(shortURL(url))
	p.Close()
}

// shortURL leaves scheme and host out of the path of a page, and keeps the host where there is no path.
func shortURL(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	if slash := strings.IndexByte(rest, '/'); slash >= 0 && slash < len(rest)-1 {
		rest = rest[slash:]
	} else {
		rest = strings.TrimSuffix(rest, "/")
	}
	const most = 60
	if n := 0; len(rest) > most {
		for i := range rest {
			if n++; n > most {
				return rest[:i] + "…"
			}
		}
	}
	return rest
}

func (p pen) source(v *protocol.Visitor) {
	if v.First.URL == "" && v.First.Referrer == "" {
		return
	}
	p.card(say.Source)
	p.Open(vdom.Div, "head")
	p.Class("b-card__head")
	p.Leaf(vdom.H3, "b-card__title", p.word(say.Source))
	p.Close()
	p.Open(vdom.DL, "facts")
	p.Class("b-facts")
	p.page1(say.FirstPage, &v.First)
	p.Leaf(vdom.DT, "", p.word(say.CameFrom))
	p.Open(vdom.DD, "")
	if v.First.Referrer == "" {
		p.Text(p.word(say.CameDirectly))
	} else {
		p.referrer(v.First.Referrer)
	}
	p.Close()
	p.Close()
	p.Close()
}

// referrer is shown by its host, which is what tells where somebody came from.
func (p pen) referrer(url string) {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		p.ltr(url)
		return
	}
	host, _, _ := strings.Cut(rest, "/")
	p.Open(vdom.A, "link")
	p.Attr(vdom.Href, url)
	p.Attr(vdom.Target, "_blank")
	p.Attr(vdom.Rel, "noopener noreferrer nofollow")
	p.Attr(vdom.Title, url)
	p.ltr(host)
	p.Close()
}

// earlier are the visitor's other conversations, as far as the list holds them.
func (p pen) earlier(t *state.Talk) {
	s := p.s
	others := s.Earlier(t)
	if len(others) == 0 {
		return
	}
	p.card(say.EarlierConversations)
	p.Open(vdom.Div, "head")
	p.Class("b-card__head")
	p.Leaf(vdom.H3, "b-card__title", p.word(say.EarlierConversations))
	p.Leaf(vdom.Span, "b-pill", itoa(max(len(others), t.Row.Started-1))) // not all of them are in the list here
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-earlier")
	for _, row := range others {
		p.link(row.Number.String(), "b-earlier__item", s.To(row.Number).Address())
		p.Leaf(vdom.B, "", "#"+row.Number.String())
		p.Open(vdom.Span, "")
		p.Attr(vdom.Dir, "auto")
		p.Text(firstLine(about(s, row)))
		p.Close()
		p.Leaf(vdom.Span, "b-pill", s.Words.Date(row.LastAt, s.Now+s.Skew))
		p.Close()
	}
	p.Close()
	p.Close()
}

// about is what a row is about: its subject, or else what was said last.
func about(s *state.State, row *protocol.Row) string {
	if subject := state.Subject(row); subject != "" {
		return subject
	}
	return s.LastWords(row)
}
