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
	p.Attr(vdom.ID, state.ItemID(item.Position))
	p.Icon(icon)
	p.Leaf(vdom.Span, "", text+" · "+p.s.Words.Clock(item.At))
	if at := reactedTo(item); at != 0 {
		p.button("show", "b-linkbutton", state.ShowMessage, utoa(uint64(at)))
		p.Text(p.word(say.ToMessage))
		p.Close()
	}
	p.Close()
}

// reactedTo is the message that a line about a reaction is about.
func reactedTo(item *state.Item) protocol.Position {
	switch body := item.Body.(type) {
	case *protocol.ReactionAdded:
		return body.Message
	case *protocol.ReactionWithdrawn:
		return body.Message
	}
	return 0
}

func (p pen) ribbonWords(t *state.Talk, item *state.Item) (icon, text string) {
	s := p.s
	who := s.ActorName(&item.Actor, t)
	switch item.Kind {
	case protocol.KindConversationClosed:
		return "#i-done", s.Words.Fill(say.RibbonClosed, who)
	case protocol.KindConversationReopened:
		return "#i-retry", s.Words.Fill(say.RibbonReopened, who)
	case protocol.KindConversationReactivated:
		return "#i-retry", s.Words.Fill(say.RibbonReactivated, who)
	case protocol.KindConversationAssigned:
		return p.assignedWords(item, who)
	case protocol.KindReplyWaived:
		return "#i-done", s.Words.Fill(say.RibbonWaived, who)
	}
	switch body := item.Body.(type) {
	case *protocol.ConversationStarted:
		if body.Split != 0 {
			return "#i-split", s.Words.Fill(say.RibbonSplitOff, who, body.Split.String())
		}
		return "#i-chats", s.Words.Fill(say.RibbonStarted, who)
	case *protocol.ConversationCompleted:
		return "#i-done", s.Words.Fill(say.RibbonCompleted, who, s.StatusWord(body.Status))
	case *protocol.ConversationSplit:
		return "#i-split", s.Words.Fill(say.RibbonSplit, who, body.Into.String())
	case *protocol.ConversationMerged:
		return "#i-merge", s.Words.Fill(say.RibbonMerged, who, body.From.String())
	case *protocol.StatusSet:
		return "#i-tag", s.Words.Fill(say.RibbonStatus, who, s.StatusWord(body.Status))
	case *protocol.CompletionPostponed:
		return "#i-hold", s.Words.Fill(say.RibbonHeld, who, s.Words.Clock(body.Deadline))
	case *protocol.SubjectSet:
		if body.Subject == "" {
			return "#i-edit", s.Words.Fill(say.RibbonNoSubject, who)
		}
		return "#i-edit", s.Words.Fill(say.RibbonSubject, who, body.Subject)
	case *protocol.ReactionAdded:
		return "#i-heart", s.Words.Fill(say.Reacted, who, body.Emoji)
	case *protocol.ReactionWithdrawn:
		return "#i-heart", s.Words.Fill(say.Unreacted, who, body.Emoji)
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
