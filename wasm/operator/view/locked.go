package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// keptText shows what was written where it cannot be sent any more, and copies it.
func (p pen) keptText(text string) {
	p.Leaf(vdom.P, "", p.word(say.TextKept))
	p.Open(vdom.P, "kept")
	p.Class("b-locked__text")
	p.Attr(vdom.Dir, "auto")
	p.Text(text)
	p.Close()
	p.button("copy", "b-button b-button--small", state.CopyDraft, "")
	p.small("#i-copy")
	p.Text(p.word(say.CopyMyText))
	p.Close()
}

// locked stands where the desk would: this operator may read here and not write.
func (p pen) locked(t *state.Talk) {
	s := p.s
	title, reason := p.lockedWords(t)
	p.Open(vdom.Div, "locked")
	p.Class("b-locked")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-lock")
	p.Open(vdom.Div, "")
	p.Leaf(vdom.P, "b-locked__title", title)
	if text := s.DraftText(t.Number); text != "" {
		p.keptText(text)
	} else {
		p.Leaf(vdom.P, "", reason)
	}
	p.Leaf(vdom.P, "", p.word(say.NoteHere))
	if s.MayTake(t) {
		p.button("take", "b-button b-button--small b-button--primary", state.Claim, "")
		p.Text(p.word(say.TakeIt))
		p.Close()
	}
	p.Close()
	p.Close()
}

// lockedWords say who answers there, and what this operator can do about it.
func (p pen) lockedWords(t *state.Talk) (title, reason string) {
	s := p.s
	number := t.Number.String()
	o := s.Operator(t.Row.Assignee)
	bot := o != nil && o.Bot
	switch {
	case t.Row.Assignee == "":
		title, reason = s.Words.Fill(say.LockedFreeTitle, number), p.word(say.LockedFreeText)
	case bot:
		title, reason = s.Words.Fill(say.LockedBotTitle, number, o.Name), p.word(say.LockedBotText)
	default:
		a := protocol.Actor{Kind: protocol.ActorOperator, ID: string(t.Row.Assignee)}
		title, reason = s.Words.Fill(say.LockedTitle, number, s.OperatorName(&a)), p.word(say.LockedText)
	}
	if !s.MayHave(t) {
		reason = p.word(say.LockedOutside)
	}
	return title, reason
}
