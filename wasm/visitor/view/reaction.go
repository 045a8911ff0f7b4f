package view

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// listen makes a message offer what can be done with it to a finger and to the focus, and one of the team emoji to a
// pointer that comes over it.
func listen(b *vdom.Builder, i *state.Item) {
	at := position(i.Position)
	if !i.Mine() {
		b.On(vdom.PointerEnter, state.OnPointAt, at)
		b.On(vdom.PointerLeave, state.OnPointAway, at)
	}
	b.On(vdom.Click, state.OnPin, at)
	b.On(vdom.ContextMenu, state.OnHeld, at)
	b.On(vdom.FocusIn, state.OnFocusAt, at)
}

// offer draws the buttons beside a message, of which one offers emoji at those of the team, and the emoji while they are
// offered. The Tab key reaches the buttons of one message; Alt with an arrow goes to the others.
func offer(b *vdom.Builder, s *state.State, i *state.Item) {
	w, at, open := s.Words, position(i.Position), s.Bar == i.Position
	who, clock := name(s, &i.Actor), w.Clock(i.At)
	b.Open(vdom.Div, "tools")
	b.Class("b-message__tools")
	b.Flag(vdom.DataActive, open)
	b.On(vdom.KeyDown, state.OnToolKey, at)
	if !i.Mine() {
		small(b, "react", w.Fill(say.React, who, clock), state.OnOffer, at)
		b.Bool(vdom.AriaExpanded, open)
		tool(b, s, i, true, "#i-emoji")
	}
	if s.MayQuote() {
		small(b, "quote", w.Fill(say.Quote, who, clock), state.OnQuote, at)
		tool(b, s, i, i.Mine(), "#i-reply")
	}
	b.Close()
	if !open || i.Mine() {
		return
	}
	b.Open(vdom.Div, "bar")
	b.Class("b-message__bar")
	b.Attr(vdom.Role, "group")
	b.Attr(vdom.AriaLabel, w.Text(say.ReactWith))
	names := strings.Split(w.Text(say.ReactionNames), ",")
	there := s.Reactions(i.Position)
	for n, emoji := range strings.Fields(state.Emoji) {
		mine := false
		for k := range there {
			mine = mine || there[k].Mine && there[k].Emoji == emoji
		}
		name := ""
		if n < len(names) {
			name = names[n]
		}
		press(b, emoji, "b-emoji__item", state.OnReact, at+" "+emoji)
		named(b, name)
		b.Bool(vdom.AriaPressed, mine)
		b.Text(emoji)
		b.Close()
	}
	b.Close()
}

// tool ends a button beside a message.
func tool(b *vdom.Builder, s *state.State, i *state.Item, first bool, icon string) {
	if first {
		b.Attr(vdom.ID, state.ToolID(i.Position))
	}
	if i.Position != s.Roving() {
		b.Attr(vdom.TabIndex, "-1")
	}
	b.IconClass(icon, "b-icon b-icon--sm b-icon--dir")
	b.Close()
}

// reactions draws what was put on a message. On the team's the visitor's own are buttons that take them back, and those
// of others join in; on their own messages they are signs.
func reactions(b *vdom.Builder, s *state.State, i *state.Item) {
	all := s.Reactions(i.Position)
	if len(all) == 0 {
		return
	}
	b.Open(vdom.Div, "reactions")
	b.Class("b-reactions")
	for n := range all {
		reaction(b, s, i, &all[n])
	}
	b.Close()
}

func reaction(b *vdom.Builder, s *state.State, i *state.Item, r *state.Reaction) {
	who := r.Who
	if r.Mine {
		who = append([]string{s.Words.Text(say.You)}, who...)
	}
	name := s.Words.Fill(say.ReactionFrom, r.Emoji, strings.Join(who, ", "))
	if i.Mine() {
		b.Open(vdom.Span, r.Emoji)
		b.Class("b-reactions__item")
		b.Attr(vdom.Role, "img")
	} else {
		press(b, r.Emoji, "b-reactions__item", state.OnReact, position(i.Position)+" "+r.Emoji)
		b.Bool(vdom.AriaPressed, r.Mine)
	}
	named(b, name)
	b.Text(r.Emoji)
	if len(who) > 1 {
		b.Leaf(vdom.Span, "", strconv.Itoa(len(who)))
	}
	b.Close()
}

func position(p protocol.Position) string { return strconv.FormatUint(uint64(p), 10) }
