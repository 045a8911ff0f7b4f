package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// ribbon is a line about what was done with the conversation.
func (p pen) ribbon(t *state.Talk, item *state.Item) {
	icon, text := p.ribbonWords(t, item)
	if text == "" {
		return
	}
	p.Open(vdom.P, "r"+utoa(uint64(item.Position)))
	p.Class("b-ribbon")
	p.Icon(icon)
	p.Leaf(vdom.Span, "", text+" · "+p.s.Words.Clock(item.At))
	p.Close()
}

func (p pen) ribbonWords(t *state.Talk, item *state.Item) (icon, text string) {
	s := p.s
	who := s.ActorName(&item.Actor, t)
	switch item.Kind {
	case protocol.KindConversationStarted:
		return "#i-chats", s.Words.Fill(say.RibbonStarted, who)
	case protocol.KindConversationClosed:
		return "#i-done", s.Words.Fill(say.RibbonClosed, who)
	case protocol.KindConversationReopened:
		return "#i-retry", s.Words.Fill(say.RibbonReopened, who)
	case protocol.KindConversationAssigned:
		return p.assignedWords(item, who)
	}
	return "", ""
}

func (p pen) assignedWords(item *state.Item, who string) (icon, text string) {
	s, a := p.s, item.Assigned
	if a == nil {
		return "", ""
	}
	named := func(id protocol.OperatorID, then string) string {
		return s.OperatorName(&protocol.Actor{ID: string(id), Name: then})
	}
	self := item.Actor.ID == string(a.Assignee)
	switch {
	case a.Assignee == "":
		return "#i-exit", s.Words.Fill(say.RibbonUnassigned, who, named(a.Former, a.FormerName))
	case a.Claimed:
		return "#i-user", s.Words.Fill(say.RibbonClaimed, who)
	case self:
		return "#i-user", s.Words.Fill(say.RibbonTook, who)
	case a.Assignee == s.Me.ID:
		return "#i-swap", s.Words.Fill(say.RibbonAssignedYou, who)
	}
	return "#i-swap", s.Words.Fill(say.RibbonAssigned, who, named(a.Assignee, a.AssigneeName))
}
