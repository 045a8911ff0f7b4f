package view

import (
	"beseda/protocol"
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
	p.On(vdom.KeyDown, state.TalkKey, "")
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
	p.foldTop(t)
	p.items(t, true)
	p.foldEnd(t)
	p.typing(t)
	p.Close()
	p.Close()
}

// items draws the stored lines and after them the unsent, with the days between. Live: they are the open
// conversation's, to be acted on.
func (p pen) items(t *state.Talk, live bool) {
	w, now := p.s.Words, p.s.Now+p.s.Skew
	day := int64(-1)
	var before *state.Item
	for i := range t.Items {
		item := &t.Items[i]
		today := w.Zone.Day(item.At)
		if today != day && (day >= 0 || !live || t.Above == nil) { // the line below what is shown above has said it
			name := w.Day(item.At, now)
			if !live {
				name = w.Fill(say.DayOf, name, t.Number.String())
			}
			p.day(name, item.Position)
		}
		if t.Divider != 0 && before != nil && before.Position == t.Divider {
			p.divider()
			before = nil
		}
		if live && splitsAt(t, item, itemBefore(t, i)) {
			p.splitLine()
			before = nil
		}
		if item.Kind != protocol.KindMessageSent {
			if item.Kind == protocol.KindNoteAdded {
				p.note(t, item)
			} else {
				p.ribbon(t, item)
			}
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
		if next != nil && live && splitsAt(t, next, item) {
			next = nil
		}
		p.message(t, item, live, together(before, item, today == day), next != nil &&
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

func itemBefore(t *state.Talk, i int) *state.Item {
	for i--; i >= 0; i-- {
		if t.Items[i].Kind == protocol.KindMessageSent {
			return &t.Items[i]
		}
	}
	return nil
}

// followed tells whether an unsent message of the same author stands right below.
func (p pen) followed(t *state.Talk, item *state.Item) bool {
	return len(t.Unsent) > 0 && p.mine(&item.Actor) && t.Unsent[0].At-item.At < timeline.GroupWithin && !t.Unsent[0].Failed && !t.Unsent[0].Note
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
