package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// subject is what the conversation is about, and below it who it is with.
func (p pen) subject(t *state.Talk) {
	s := p.s
	name := ""
	if t.Row.Visitor != "" {
		name = s.VisitorName(t.Row.Name, t.Row.Visitor)
	}
	switch {
	case t.Naming:
		p.subjectField(t)
	case name != "" || state.Subject(&t.Row) != "":
		p.subjectText(t, name)
	}
	p.Open(vdom.P, "sub")
	p.Class("b-talk__sub")
	if t.Row.Visitor != "" && t.Phase == state.TalkOpen {
		p.Open(vdom.Span, "presence")
		p.Class("b-presence")
		word := say.Offline
		if t.Row.Online {
			p.Attr(vdom.DataState, "online")
			word = say.Online
		}
		p.Open(vdom.BDI, "name")
		p.Class("b-talk__name")
		p.Text(name)
		p.Close()
		p.Leaf(vdom.Span, "b-only-wide", p.word(word))
		p.Close()
	}
	if ch := s.Channel(t.Row.Channel); ch != nil {
		p.Open(vdom.Span, "channel")
		p.Class("b-only-wide")
		p.small("#i-widget")
		p.Text(ch.Looks.Name)
		p.Close()
	}
	p.Close()
}

func (p pen) subjectText(t *state.Talk, name string) {
	text := firstLine(state.Subject(&t.Row))
	if text == "" {
		text = name
	}
	p.Open(vdom.H2, "")
	p.Class("b-talk__subject")
	p.Attr(vdom.Title, text)
	p.Attr(vdom.Dir, "auto")
	p.Text(text)
	p.Close()
	if t.MayWrite() {
		p.button("edit", "b-iconbutton b-iconbutton--small", state.OpenSubject, "")
		p.Attr(vdom.ID, state.SubjectButtonID)
		p.Attr(vdom.AriaLabel, p.word(say.EditSubject))
		p.Attr(vdom.Title, p.word(say.EditSubject))
		p.small("#i-edit")
		p.Close()
	}
}

func (p pen) subjectField(t *state.Talk) {
	p.Open(vdom.Input, "field")
	p.Class("b-input b-talk__naming")
	p.Attr(vdom.ID, state.SubjectID)
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.AriaLabel, p.word(say.Subject))
	p.Attr(vdom.Title, p.word(say.SubjectHint))
	p.Attr(vdom.Placeholder, p.word(say.SubjectPlaceholder))
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.EnterKeyHint, "done")
	p.Int(vdom.MaxLength, protocol.MaxSubjectRunes)
	p.Attr(vdom.Value, t.Name)
	p.On(vdom.InputEvent, state.SubjectTyped, "")
	p.On(vdom.KeyDown, state.SubjectKey, "")
	p.Close()
	p.iconButton("save", "b-iconbutton--small", "#i-check", p.word(say.Save), state.SaveSubject, "")
}

// rowSubjectID is the id of a row's subject, which describes its link.
func rowSubjectID(n protocol.Number) string { return state.RowID(n) + "-subject" }

// rowSubject is what an operator said a row is about; all of it on hover and, by the sheet, while the row has focus.
func (p pen) rowSubject(row *protocol.Row) {
	if row.Subject == "" {
		return
	}
	p.Open(vdom.Span, "subject")
	p.Class("b-row__subject")
	p.Attr(vdom.ID, rowSubjectID(row.Number))
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.Title, row.Subject)
	p.Text(firstLine(row.Subject))
	p.Close()
}
