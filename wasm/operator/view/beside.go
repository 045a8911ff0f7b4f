package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// viewers are the colleagues who have the conversation open too, and whether one of them types.
func (p pen) viewers(t *state.Talk) {
	s := p.s
	p.Open(vdom.Span, "viewers")
	p.Class("b-talk__viewers")
	p.Attr(vdom.Role, "status")
	typing := ""
	for i := range t.Typers {
		if who := &t.Typers[i].Who; who.Kind == protocol.ActorOperator && !p.mine(who) {
			typing = s.OperatorName(who)
		}
	}
	name := ""
	if len(t.Viewers) > 0 {
		p.Open(vdom.Span, "faces")
		p.Class("b-stack")
	}
	for i, id := range t.Viewers {
		o := s.Operator(id)
		if o == nil {
			continue
		}
		if name == "" {
			name = o.Name
		}
		if i < 3 {
			f := faceOf(o)
			f.Size = "b-avatar--xs"
			face.Draw(p.Builder, f)
		}
	}
	if len(t.Viewers) > 0 {
		p.Close()
	}
	p.Open(vdom.Span, "words")
	switch {
	case typing != "":
		p.Text(s.Words.Fill(say.IsTyping, typing))
	case name != "":
		p.Text(s.Words.Count(say.Viewing, len(t.Viewers), name))
	}
	p.Close()
	p.Close()
}

// outrun warns that a colleague has replied while one was writing.
func (p pen) outrun(t *state.Talk) {
	item := p.s.RepliedSince(t)
	if item == nil {
		return
	}
	p.Open(vdom.Div, "outrun")
	p.Class("b-banner b-banner--warning b-desk__banner")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-alert")
	p.Leaf(vdom.Span, "", p.s.Words.Fill(say.RepliedMeanwhile, p.s.ActorName(&item.Actor, t)))
	p.button("show", "b-linkbutton b-banner__end", state.ShowMessage, utoa(uint64(item.Position)))
	p.Text(p.word(say.ShowReply))
	p.Close()
	p.Close()
}

// blocked stands where the desk would: nothing passes between this contact and the team.
func (p pen) blocked(t *state.Talk) {
	s := p.s
	p.Open(vdom.Div, "blocked")
	p.Class("b-blocked")
	p.Open(vdom.Div, "banner")
	p.Class("b-banner b-banner--danger")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-block")
	p.Leaf(vdom.Span, "", s.Words.Fill(say.IsBlocked, s.VisitorName(t.Row.Name, t.Row.Visitor)))
	if t.Row.MayBlock {
		p.button("unblock", "b-linkbutton b-banner__end", state.Unblock, "")
		p.Text(p.word(say.Unblock))
		p.Close()
	}
	p.Close()
	if text := s.DraftText(t.Number); text != "" {
		p.keptText(text)
	}
	p.Leaf(vdom.P, "", p.word(say.NoteHere))
	p.Close()
}

func (p pen) blockWindow(d *state.Dialog) {
	s := p.s
	name := ""
	if row := s.RowOf(d.Number); row != nil {
		name = s.VisitorName(row.Name, row.Visitor)
	}
	p.windowHead(s.Words.Fill(say.BlockTitle, name))
	p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.BlockText, name))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.confirm(p.word(say.Block), state.Block, d.Busy)
}

func (p pen) deleteWindow(d *state.Dialog) {
	s := p.s
	p.windowHead(s.Words.Fill(say.DeleteTitle, d.Number.String()))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.DeleteText))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.foot("cancel", p.word(say.KeepIt))
	p.button("do", "b-button b-button--danger", state.DeleteTalk, "")
	if d.Busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	} else {
		p.small("#i-trash")
	}
	p.Text(p.word(say.Delete))
	p.Close()
	p.Close()
}

// erased stands where a deleted conversation was.
func (p pen) erased(t *state.Talk) {
	title, text := say.ErasingTitle, say.ErasingText
	if t.Purged {
		title, text = say.ErasedTitle, say.ErasedText
	}
	p.Open(vdom.Div, "erased")
	p.Class("b-empty b-empty--middle")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-trash")
	p.Leaf(vdom.H3, "b-empty__title", p.s.Words.Fill(title, t.Number.String()))
	p.Leaf(vdom.P, "", p.word(text))
	p.backToList()
	p.Close()
}
