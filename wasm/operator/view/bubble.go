package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// message draws a stored message. After says that it stands with the one above, follow with the one below.
func (p pen) message(t *state.Talk, item *state.Item, live, after, follow bool) {
	s := p.s
	team := item.Actor.Kind != protocol.ActorVisitor
	key := string(item.ID)
	if key == "" {
		key = utoa(uint64(item.Position))
	}
	p.Open(vdom.Div, "m"+key)
	p.Class("b-message")
	if team {
		p.Class("b-message--end")
	}
	if item.Actor.Kind == protocol.ActorBot || item.Actor.Kind == protocol.ActorAPI {
		p.Class("b-message--bot")
	}
	if after {
		p.Class("b-message--grouped")
	}
	p.Attr(vdom.ID, state.ItemID(item.Position))
	if live {
		p.On(vdom.ContextMenu, state.MessageHeld, utoa(uint64(item.Position)))
	}
	name, clock := s.ActorName(&item.Actor, t), s.Words.Clock(item.At)
	p.hidden(name + ", " + clock + ":")
	if !team {
		p.Open(vdom.Span, "avatar")
		p.Class("b-message__avatar")
		if !follow {
			face.Draw(p.Builder, face.Face{ID: string(t.Row.Visitor), Name: s.VisitorFace(t.Row.Name, t.Row.Visitor), Size: "b-avatar--sm"})
		}
		p.Close()
	}
	if !after {
		p.author(name)
	}
	p.stack(t, item.Quote, item.Text, item.Files, true)
	p.reactions(t, item.Position, live)
	p.Open(vdom.Div, "meta")
	p.Class("b-message__meta")
	if follow && item.Failed == "" {
		p.Class("b-sr")
	}
	p.Leaf(vdom.Span, "", clock)
	switch {
	case item.Failed != "":
		p.delivery(protocol.StateFailed)
		p.Leaf(vdom.Span, "b-failed", s.WhyFailed(item.Failed))
		if live {
			p.sendAgain(t, item)
		}
	case team:
		p.delivery(t.StateOf(item))
	}
	p.Close()
	if live {
		p.reactBar(t, item.Position, s.Quotable(t, item))
		if s.Menu == state.MessageMenu && t.Held == item.Position {
			p.messageMenu(t, item)
		}
	}
	p.Close()
}

// sendAgain offers what never reached the visitor as a new message.
func (p pen) sendAgain(t *state.Talk, item *state.Item) {
	if !p.s.MaySendAgain(t, item) {
		return
	}
	word := say.SendAgain
	if len(item.Files) > 0 {
		word = say.SendTextAgain
	}
	p.button("again", "b-linkbutton b-linkbutton--danger", state.SendAgain, utoa(uint64(item.Position)))
	p.Text(p.word(word))
	p.Close()
}

func (p pen) author(name string) {
	p.Open(vdom.Span, "author")
	p.Class("b-message__author")
	p.Attr(vdom.AriaHidden, "true")
	p.Attr(vdom.Dir, "auto")
	p.Text(name)
	p.Close()
}

// unsent draws an own message that the server has not stored, or whose event is about to come.
func (p pen) unsent(t *state.Talk, u *state.Unsent, i int) {
	s := p.s
	if u.Note {
		p.unsentNote(t, u)
		return
	}
	p.Open(vdom.Div, "m"+string(u.ID))
	p.Class("b-message b-message--end")
	after := i > 0
	if i == 0 && len(t.Items) > 0 {
		last := &t.Items[len(t.Items)-1]
		after = last.Kind == protocol.KindMessageSent && p.mine(&last.Actor) && u.At-last.At < timeline.GroupWithin
	}
	if after {
		p.Class("b-message--grouped")
	}
	name := p.word(say.You)
	p.hidden(name + ", " + s.Words.Clock(u.At) + ":")
	if !after {
		p.author(name)
	}
	p.stack(t, u.Quote, u.Text, u.Files, false)
	p.Open(vdom.Div, "meta")
	p.Class("b-message__meta")
	switch {
	case u.Failed, u.Old:
		p.failed(t, u)
	case u.Stored:
		p.Leaf(vdom.Span, "", s.Words.Clock(u.At))
		p.delivery(protocol.StateSent)
	default:
		p.Leaf(vdom.Span, "", s.Words.Clock(u.At))
		p.delivery(protocol.StateSending)
	}
	p.Close()
	p.Close()
}

// failed says why a message was not sent, and what can be done.
func (p pen) failed(t *state.Talk, u *state.Unsent) {
	s := p.s
	p.delivery(protocol.StateFailed)
	p.Open(vdom.Span, "why")
	p.Class("b-failed")
	p.Attr(vdom.Role, "status")
	why := p.word(say.WhyOld)
	if u.Failed {
		why = s.Explain(state.Problem{Code: u.Code, Reason: u.Reason})
		if u.Code == protocol.CodeNotAssigned && t.Row.Assignee != "" && t.Row.Assignee != s.Me.ID {
			a := protocol.Actor{Kind: protocol.ActorOperator, ID: string(t.Row.Assignee)}
			why = s.Words.Fill(say.NowSomebodys, t.Number.String(), s.OperatorName(&a))
		}
	}
	p.Text(s.Words.Fill(say.NotSentBecause, why))
	p.Close()
	id := string(u.ID)
	again, word := state.Retry, p.word(say.TryAgain)
	if u.Outrun() {
		word = p.word(say.SendAnyway)
	} else if n := u.Active(); n != 0 {
		again, word = state.SendThere, s.Words.Fill(say.SendInNumber, n.String())
	}
	p.button("retry", "b-linkbutton b-linkbutton--danger", again, id)
	p.Text(word)
	p.Close()
	if u.Text != "" {
		p.button("copy", "b-linkbutton b-linkbutton--danger", state.CopyUnsent, id)
		p.Text(p.word(say.CopyText))
		p.Close()
	}
	p.button("delete", "b-linkbutton b-linkbutton--danger", state.Discard, id)
	p.Text(p.word(say.Delete))
	p.Close()
}

// delivery is a message's state: an icon with its name.
func (p pen) delivery(st protocol.DeliveryState) {
	icon, name := "#i-clock", say.StateSending
	switch st {
	case protocol.StateSent:
		icon, name = "#i-sent", say.StateSent
	case protocol.StateDelivered:
		icon, name = "#i-check", say.StateDelivered
	case protocol.StateRead:
		icon, name = "#i-checks", say.StateRead
	case protocol.StateFailed:
		icon, name = "#i-cross", say.StateFailed
	}
	p.Open(vdom.Span, "state")
	p.Class("b-state")
	p.Attr(vdom.DataState, string(st))
	p.Attr(vdom.Role, "img")
	p.Attr(vdom.AriaLabel, p.word(name))
	p.Attr(vdom.Title, p.word(name))
	p.Icon(icon)
	p.Close()
}
