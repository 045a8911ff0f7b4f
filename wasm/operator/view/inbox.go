package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// inbox is the list's island.
func (p pen) inbox() {
	s := p.s
	p.Open(vdom.Section, "inbox")
	p.Class("b-inbox b-island")
	p.Attr(vdom.AriaLabel, p.word(say.Inbox))
	p.Open(vdom.Div, "head")
	p.Class("b-inbox__head")
	p.Open(vdom.Div, "")
	p.Class("b-inbox__title")
	p.Leaf(vdom.H2, "", p.word(say.Inbox))
	if n := s.List.Unread; n > 0 {
		p.Open(vdom.Span, "unread")
		p.Class("b-badge b-badge--quiet")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, s.Words.Count(say.UnreadConversations, n))
		p.Attr(vdom.Title, s.Words.Count(say.UnreadConversations, n))
		p.Text(capped(n))
		p.Close()
	}
	if s.Permission == "default" && !s.Prefs.Silent && s.Welcomed {
		p.iconButton("bell", "", "#i-bell", p.word(say.AllowNotifications), state.AskToNotify, "")
	}
	p.Close()
	p.Open(vdom.Div, "views")
	p.Class("b-views")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.Views))
	p.viewButton(say.ViewActive, s.List.Active, "", !s.List.All)
	p.viewButton(say.ViewAll, s.List.Total, "all", s.List.All)
	p.Close()
	p.Close()
	switch {
	case s.List.Loading():
		p.skeletonRows()
	case len(s.List.Shown) == 0:
		p.nothing()
	default:
		p.rows()
	}
	p.Close()
}

func (p pen) viewButton(name words.Key, count int, arg string, on bool) {
	p.button("view-"+arg, "b-views__item", state.ShowAll, arg)
	p.Bool(vdom.AriaPressed, on)
	p.Text(p.word(name) + " ")
	if p.s.Welcomed {
		p.Leaf(vdom.Span, "b-num", itoa(count))
	}
	p.Close()
}

func (p pen) rows() {
	l := &p.s.List
	p.Open(vdom.UL, "rows")
	p.Class("b-list")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaLabel, p.word(say.Conversations))
	p.On(vdom.Scroll, state.ListScrolled, "")
	p.On(vdom.KeyDown, state.ListKey, "")
	p.On(vdom.PointerEnter, state.ListHeld, "")
	p.On(vdom.PointerLeave, state.ListFreed, "")
	reached := l.Reached()
	for _, n := range l.Shown {
		p.row(l.Row(n), n == reached)
	}
	if l.More() {
		p.Open(vdom.LI, "more")
		p.Class("b-row")
		p.Attr(vdom.AriaHidden, "true")
		p.skeletonRow()
		p.Close()
	}
	p.Close()
}

// row is a conversation in the list.
func (p pen) row(row *protocol.Row, reached bool) {
	s := p.s
	n := row.Number.String()
	current := s.Route.Number == row.Number
	p.Open(vdom.LI, n)
	p.Class("b-row")
	p.Flag(vdom.DataUnread, row.Unread > 0)
	p.Flag(vdom.DataCurrent, current)
	p.rowFace(row)
	p.link("name", "b-row__name", state.Route{Number: row.Number}.Address())
	p.Attr(vdom.ID, state.RowID(row.Number))
	if reached {
		p.Int(vdom.TabIndex, 0)
	} else {
		p.Int(vdom.TabIndex, -1)
	}
	if current {
		p.Attr(vdom.AriaCurrent, "true")
	}
	p.On(vdom.FocusIn, state.RowFocused, n)
	p.Leaf(vdom.BDI, "", s.VisitorName(row.Name, row.Visitor))
	p.Close()
	p.Leaf(vdom.Span, "b-row__time", s.Words.When(row.LastAt, s.Now+s.Skew))
	p.rowSubject(row)
	p.rowLast(row)
	p.rowMarks(row)
	p.rowTags(row)
	p.rowActions(row, reached)
	p.Close()
}

func (p pen) rowFace(row *protocol.Row) {
	s := p.s
	p.Open(vdom.Span, "face")
	p.Class("b-row__face")
	f := face.Face{ID: string(row.Visitor), Name: s.VisitorFace(row.Name, row.Visitor)}
	if row.Online {
		f.Dot = face.Online
	}
	face.Draw(p.Builder, f)
	if ch := s.Channel(row.Channel); ch != nil {
		p.Open(vdom.Span, "channel")
		p.Class("b-row__channel")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, s.Words.Fill(say.Via, ch.Looks.Name))
		p.Attr(vdom.Title, ch.Looks.Name)
		p.Icon("#i-widget")
		p.Close()
	}
	p.Close()
}

// rowLast is the last line: who types, what is being written here, or what was said.
func (p pen) rowLast(row *protocol.Row) {
	s := p.s
	p.Open(vdom.Span, "last")
	p.Class("b-row__last")
	p.Attr(vdom.Dir, "auto")
	switch draft := s.DraftText(row.Number); {
	case s.Writing(row.Number):
		p.Leaf(vdom.Span, "b-row__typing", s.Words.Fill(say.TypingNow, s.VisitorName(row.Name, row.Visitor)))
	case draft != "" && s.Route.Number != row.Number:
		p.Leaf(vdom.Span, "b-row__draft", p.word(say.DraftPrefix))
		p.Text(" " + firstLine(draft))
	default:
		p.Text(p.lastWords(row))
	}
	p.Close()
}

func (p pen) lastWords(row *protocol.Row) string {
	text := firstLine(p.s.LastWords(row))
	a := row.LastActor
	switch {
	case a == nil || a.Kind == protocol.ActorVisitor:
		return text
	case a.Kind == protocol.ActorOperator && a.ID == string(p.s.Me.ID):
		return p.s.Words.Fill(say.AuthorLine, p.word(say.You), text)
	}
	return p.s.Words.Fill(say.AuthorLine, p.s.OperatorName(a), text)
}

func (p pen) rowMarks(row *protocol.Row) {
	p.Open(vdom.Span, "marks")
	p.Class("b-row__marks")
	p.waiting(row)
	if a := row.LastActor; a != nil && a.Kind != protocol.ActorVisitor && row.LastState != "" && row.Unread == 0 {
		p.delivery(row.LastState)
	}
	if row.Unread > 0 {
		p.Open(vdom.Span, "badge")
		p.Class("b-badge")
		p.hidden(p.word(say.UnreadPrefix) + " ")
		p.Text(capped(row.Unread))
		p.Close()
	}
	p.Close()
}

func (p pen) nothing() {
	p.Open(vdom.Div, "nothing")
	p.Class("b-empty")
	p.art()
	if p.s.List.All || p.s.List.Total == 0 {
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.NoneYet))
		p.Leaf(vdom.P, "", p.word(say.NoneYetText))
		if p.s.Admin() {
			p.link("channels", "b-button", state.Route{Place: state.AtChannels}.Address())
			p.Text(p.word(say.PutOnSite))
			p.Close()
		}
	} else {
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.AllAnswered))
		p.Leaf(vdom.P, "", p.word(say.AllAnsweredText))
		p.button("all", "b-button", state.ShowAll, "all")
		p.Text(p.word(say.SeeCompleted))
		p.Close()
	}
	p.Close()
}

func (p pen) skeletonRows() {
	p.Open(vdom.UL, "skeleton")
	p.Class("b-list b-late")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaBusy, "true")
	p.Attr(vdom.AriaLabel, p.word(say.LoadingConversations))
	for range 7 {
		p.Open(vdom.LI, "")
		p.Class("b-row")
		p.Attr(vdom.AriaHidden, "true")
		p.skeletonRow()
		p.Close()
	}
	p.Close()
}

func (p pen) skeletonRow() {
	p.Open(vdom.Span, "")
	p.Class("b-row__face")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--face", "")
	p.Close()
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--name", "")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--time", "")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
}
