package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// talk is the island of the open conversation.
func (p pen) talk() {
	s := p.s
	t := s.Current()
	p.Open(vdom.Section, "talk")
	p.Class("b-talk b-island")
	p.Attr(vdom.ID, state.TalkID)
	p.Int(vdom.TabIndex, -1)
	if t == nil {
		p.Attr(vdom.AriaLabel, p.word(say.NoConversation))
		p.chooseOne()
		p.Close()
		return
	}
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.ConversationNumber, t.Number.String()))
	d := s.Draft(t.Number)
	if t.MayReply() && !s.Noting(t) {
		p.On(vdom.Drop, state.FilesGiven, "")
		p.On(vdom.Drag, state.Dragged, "")
		if d.Over {
			p.Attr(vdom.DataState, "over")
		}
	}
	p.talkHead(t)
	switch t.Phase {
	case state.TalkGone:
		p.gone(t)
	case state.TalkMissing:
		p.missing()
	case state.TalkErased:
		p.erased(t)
	case state.TalkOpening:
		p.opening(t)
	default:
		p.log(t)
		p.countdown(t)
		p.desk(t, d)
		if d.Over {
			p.Open(vdom.Div, "drop")
			p.Class("b-dropzone")
			p.Icon("#i-attach")
			p.Leaf(vdom.Span, "", p.word(say.DropFiles))
			p.Close()
		}
	}
	p.Close()
}

func (p pen) chooseOne() {
	p.Open(vdom.Div, "choose")
	p.Class("b-empty b-empty--middle")
	p.art()
	p.Leaf(vdom.H2, "b-empty__title", p.word(say.ChooseConversation))
	p.Leaf(vdom.P, "", p.word(say.ChooseConversationText))
	p.Close()
}

func (p pen) gone(t *state.Talk) {
	p.Open(vdom.Div, "gone")
	p.Class("b-empty b-empty--middle")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-lock")
	if o := p.s.Operator(t.With); o != nil {
		p.Leaf(vdom.H3, "b-empty__title", p.s.Words.Fill(say.GoneWith, t.Number.String(), o.Name))
		p.Leaf(vdom.P, "", p.word(say.GoneClosed))
	} else {
		p.Leaf(vdom.H3, "b-empty__title", p.s.Words.Fill(say.GoneTitle, t.Number.String()))
		p.Leaf(vdom.P, "", p.word(say.GoneText))
	}
	if p.s.KeptText(t.Number) != "" {
		p.Leaf(vdom.P, "", p.word(say.TextKept))
		p.button("copy", "b-button", state.CopyDraft, "")
		p.small("#i-copy")
		p.Text(p.word(say.CopyMyText))
		p.Close()
	}
	p.backToList()
	p.Close()
}

func (p pen) missing() {
	p.Open(vdom.Div, "missing")
	p.Class("b-empty b-empty--middle")
	p.Icon("#i-search")
	p.Leaf(vdom.H3, "b-empty__title", p.word(say.MissingTitle))
	p.Leaf(vdom.P, "", p.word(say.MissingText))
	p.backToList()
	p.Close()
}

func (p pen) backToList() {
	p.link("back", "b-button", p.s.Home().Address())
	p.Text(p.word(say.BackToInbox))
	p.Close()
}

func (p pen) opening(t *state.Talk) {
	if t.TooLong(p.s.Now) {
		p.Open(vdom.Div, "late")
		p.Class("b-empty b-empty--middle")
		p.Attr(vdom.Role, "alert")
		p.Icon("#i-offline")
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.OpeningLate))
		p.button("again", "b-button", state.ReopenTalk, "")
		p.Text(p.word(say.TryAgain))
		p.Close()
		p.Close()
		return
	}
	p.Open(vdom.Div, "opening")
	p.Class("b-talk__body b-late")
	p.Attr(vdom.AriaBusy, "true")
	p.Open(vdom.Div, "")
	p.Class("b-log")
	p.Attr(vdom.AriaHidden, "true")
	for _, end := range [...]string{"", " b-message--end", "", " b-message--end"} {
		p.Open(vdom.Div, "")
		p.Class("b-message b-message--waiting" + end)
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--bubble", "")
		p.Close()
	}
	p.Close()
	p.Close()
}
