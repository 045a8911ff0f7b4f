package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// row is a conversation in the list, at a place of so many.
func (p pen) row(row *protocol.Row, reached bool, at, of int) {
	s := p.s
	n := row.Number.String()
	current := s.Route.Number == row.Number
	p.Open(vdom.LI, n)
	p.Class("b-row")
	p.Int(vdom.AriaSetSize, of)
	p.Int(vdom.AriaPosInSet, at+1)
	p.Flag(vdom.DataUnread, row.Unread > 0 || row.Marked)
	p.Flag(vdom.DataCurrent, current)
	p.Flag(vdom.DataSelected, s.Selection.Has(row.Number))
	p.On(vdom.PointerEnter, state.RowPressed, n)
	p.On(vdom.PointerLeave, state.RowLeft, "")
	p.On(vdom.ContextMenu, state.RowMenu, n)
	p.rowFace(row, reached)
	p.link("name", "b-row__name", s.To(row.Number).Address())
	p.Attr(vdom.ID, state.RowID(row.Number))
	if reached {
		p.Int(vdom.TabIndex, 0)
	} else {
		p.Int(vdom.TabIndex, -1)
	}
	if current {
		p.Attr(vdom.AriaCurrent, "true")
	}
	if row.Subject != "" {
		p.Attr(vdom.AriaDescribedBy, rowSubjectID(row.Number))
	}
	p.On(vdom.FocusIn, state.RowFocused, n)
	p.Leaf(vdom.BDI, "", s.VisitorName(row.Name, row.Visitor))
	p.Close()
	p.Leaf(vdom.Span, "b-row__time", s.Words.When(row.LastAt, s.Now+s.Skew))
	p.rowLast(row)
	p.rowMarks(row)
	p.rowFoot(row)
	p.rowActions(row, reached)
	p.Close()
}

// rowFace is the visitor's face. The box to select the row with lies over it, and is seen under the pointer, with focus and
// while anything is selected.
func (p pen) rowFace(row *protocol.Row, reached bool) {
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
	n := row.Number.String()
	p.Open(vdom.Input, "check")
	p.Class("b-checkbox b-row__check")
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.SelectRow, n, s.VisitorName(row.Name, row.Visitor)))
	p.Flag(vdom.Checked, s.Selection.Has(row.Number))
	if reached {
		p.Int(vdom.TabIndex, 0)
	} else {
		p.Int(vdom.TabIndex, -1)
	}
	p.On(vdom.Click, state.SelectRow, n)
	p.Close()
	p.Close()
}

// rowLast is the last line: who types, what is being written here, or what was said.
func (p pen) rowLast(row *protocol.Row) {
	s := p.s
	p.Open(vdom.Span, "last")
	p.Class("b-row__last")
	p.Attr(vdom.Dir, "auto")
	draft := s.DraftText(row.Number)
	if draft == "" {
		draft = row.Draft
	}
	if draft == "" && row.DraftFiles > 0 {
		draft = s.Words.Count(say.DraftFiles, row.DraftFiles)
	}
	switch {
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
	} else if row.Marked {
		p.Open(vdom.Span, "badge")
		p.Class("b-badge b-badge--dot")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, p.word(say.MarkedUnread))
		p.Close()
	}
	p.Close()
}

// rowFoot is the last line of a row: what is special about it, its pinned tags, what it is about, its channel, and who has
// it where that is somebody else. It is never empty and never two lines: rows are all of one height.
func (p pen) rowFoot(row *protocol.Row) {
	s := p.s
	p.Open(vdom.Span, "tags")
	p.Class("b-row__tags")
	if row.Blocked {
		p.Open(vdom.Span, "blocked")
		p.Class("b-pill b-pill--danger")
		p.Icon("#i-block")
		p.Text(p.word(say.BlockedContact))
		p.Close()
	}
	p.rowPills(row)
	for _, t := range row.Tags {
		if tag := s.Tag(t.Tag); tag != nil && t.Pinned {
			p.tag(tag)
		}
	}
	p.Open(vdom.Span, "about")
	p.Class("b-row__about")
	p.rowSubject(row)
	if ch := s.Channel(row.Channel); ch != nil {
		p.Open(vdom.BDI, "channel")
		p.Class("b-row__via")
		p.Text(ch.Looks.Name)
		p.Close()
	}
	p.Close()
	if o := s.Operator(row.Assignee); o != nil && !o.Bot && o.ID != s.Me.ID {
		p.Open(vdom.Span, "assignee")
		p.Class("b-row__assignee")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, s.Words.Fill(say.AssignedTo, o.Name))
		p.Attr(vdom.Title, s.Words.Fill(say.AssignedTo, o.Name))
		f := faceOf(o)
		f.Size = "b-avatar--xs"
		face.Draw(p.Builder, f)
		p.Close()
	}
	p.Close()
}

// tag draws a tag: its colour is a dot and an edge beside its name, which keeps the colour of text.
func (p pen) tag(t *protocol.Tag) {
	p.Open(vdom.Span, string(t.ID))
	p.Class("b-tag b-tag--" + string(t.Color))
	p.Attr(vdom.Title, t.Name)
	p.Leaf(vdom.BDI, "", t.Name)
	p.Close()
}
