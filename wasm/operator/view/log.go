package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// log is what was said, and what was done.
func (p pen) log(t *state.Talk) {
	s := p.s
	number := t.Number.String()
	p.Open(vdom.Div, "log"+number)
	p.Class("b-talk__body")
	p.Attr(vdom.ID, state.LogID)
	p.Attr(vdom.DataAnchor, "end")
	p.Int(vdom.TabIndex, 0)
	p.On(vdom.Scroll, state.TalkScrolled, "")
	p.Open(vdom.Div, "")
	p.Class("b-log")
	p.Attr(vdom.Role, "log")
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.MessagesOf, number))
	if t.More {
		p.Open(vdom.P, "older")
		p.Class("b-log__system")
		if t.Older {
			p.spinner()
		}
		p.Text(p.word(say.OlderAbove))
		p.Close()
	}
	p.items(t)
	p.typing(t)
	p.Close()
	p.Close()
}

// items draws the stored lines and after them the unsent, with the days between.
func (p pen) items(t *state.Talk) {
	w, now := p.s.Words, p.s.Now+p.s.Skew
	day := int64(-1)
	var before *state.Item
	for i := range t.Items {
		item := &t.Items[i]
		today := w.Zone.Day(item.At)
		if today != day {
			p.day(w.Day(item.At, now), item.Position)
		}
		if t.Divider != 0 && before != nil && before.Position == t.Divider {
			p.divider()
			before = nil
		}
		if item.Kind != protocol.KindMessageSent {
			p.ribbon(t, item)
			before, day = nil, today
			if t.Divider == item.Position {
				before = item // only to draw the line after it
			}
			continue
		}
		var next *state.Item
		if i+1 < len(t.Items) && t.Items[i+1].Position != 0 && t.Divider != item.Position {
			next = &t.Items[i+1]
		}
		p.message(t, item, together(before, item, today == day), next != nil &&
			together(item, next, w.Zone.Day(next.At) == today) || next == nil && i+1 == len(t.Items) && p.followed(t, item))
		before, day = item, today
	}
	for i := range t.Unsent {
		u := &t.Unsent[i]
		if today := w.Zone.Day(u.At); today != day {
			p.day(w.Day(u.At, now), 0)
			day = today
		}
		p.unsent(t, u, i)
	}
}

// followed tells whether an unsent message of the same author stands right below.
func (p pen) followed(t *state.Talk, item *state.Item) bool {
	return len(t.Unsent) > 0 && p.mine(&item.Actor) && t.Unsent[0].At-item.At < timeline.GroupWithin && !t.Unsent[0].Failed
}

func together(before, after *state.Item, sameDay bool) bool {
	return before != nil && before.Kind == protocol.KindMessageSent && after.Kind == protocol.KindMessageSent &&
		timeline.Together(&before.Actor, &after.Actor, before.At, after.At, sameDay)
}

func (p pen) day(name string, at protocol.Position) {
	p.Open(vdom.P, "day"+utoa(uint64(at)))
	p.Class("b-log__day")
	p.Text(name)
	p.Close()
}

func (p pen) divider() {
	p.Open(vdom.P, "divider")
	p.Class("b-newline")
	p.Attr(vdom.ID, state.DividerID)
	p.Leaf(vdom.Span, "", p.word(say.NewBelow))
	p.Close()
}

func (p pen) mine(a *protocol.Actor) bool {
	return a.Kind == protocol.ActorOperator && a.ID == string(p.s.Me.ID)
}

// message draws a stored message. After says that it stands with the one above, follow with the one below.
func (p pen) message(t *state.Talk, item *state.Item, after, follow bool) {
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
	p.stack(item.Text, item.Files, true)
	p.Open(vdom.Div, "meta")
	p.Class("b-message__meta")
	if follow {
		p.Class("b-sr")
	}
	p.Leaf(vdom.Span, "", clock)
	if team {
		p.delivery(t.StateOf(item))
	}
	p.Close()
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
	p.stack(u.Text, u.Files, false)
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
	p.button("retry", "b-linkbutton b-linkbutton--danger", state.Retry, id)
	p.Text(p.word(say.TryAgain))
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

// typing says who types in this conversation: the visitor as dots, colleagues by name.
func (p pen) typing(t *state.Talk) {
	p.Open(vdom.Div, "typing")
	p.Class("b-typists")
	p.Attr(vdom.Role, "status")
	for i := range t.Typers {
		who := &t.Typers[i].Who
		if p.mine(who) {
			continue
		}
		p.Open(vdom.Div, string(who.Kind)+who.ID)
		p.Class("b-message")
		if who.Kind != protocol.ActorVisitor {
			p.Class("b-message--end")
		}
		p.Open(vdom.Div, "")
		p.Class("b-message__stack")
		p.Open(vdom.Div, "")
		p.Class("b-message__bubble b-typing")
		p.Attr(vdom.AriaHidden, "true")
		for range 3 {
			p.Leaf(vdom.I, "", "")
		}
		p.Close()
		p.Close()
		p.Leaf(vdom.Div, "b-message__meta", p.s.Words.Fill(say.TypingNow, p.s.ActorName(who, t)))
		p.Close()
	}
	p.Close()
}
