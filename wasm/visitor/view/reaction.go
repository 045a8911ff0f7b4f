package view

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// listen makes a message of the team offer emoji to a pointer that comes over it, to a finger and to the focus.
func listen(b *vdom.Builder, i *state.Item) {
	at := position(i.Position)
	b.On(vdom.PointerEnter, state.OnPointAt, at)
	b.On(vdom.PointerLeave, state.OnPointAway, at)
	b.On(vdom.Click, state.OnPin, at)
	b.On(vdom.ContextMenu, state.OnHeld, at)
	b.On(vdom.FocusIn, state.OnFocusAt, at)
}

// offer draws the button that offers emoji, and the emoji while they are offered. Of all the buttons the Tab key reaches
// one; Alt with an arrow goes to the others.
func offer(b *vdom.Builder, s *state.State, i *state.Item) {
	w, at, open := s.Words, position(i.Position), s.Bar == i.Position
	name := w.Fill(say.React, i.Actor.Name, w.Clock(i.At))
	b.Open(vdom.Button, "react")
	b.Class("b-iconbutton b-iconbutton--small b-message__react")
	b.Attr(vdom.ID, state.ReactID(i.Position))
	b.Attr(vdom.Type, "button")
	b.Attr(vdom.AriaLabel, name)
	b.Bool(vdom.AriaExpanded, open)
	if i.Position != s.Roving() {
		b.Attr(vdom.TabIndex, "-1")
	}
	b.On(vdom.Click, state.OnOffer, at)
	b.IconClass("#i-emoji", "b-icon b-icon--sm")
	b.Close()
	if !open {
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
		b.Open(vdom.Button, emoji)
		b.Class("b-emoji__item")
		b.Attr(vdom.Type, "button")
		b.Attr(vdom.AriaLabel, name)
		b.Attr(vdom.Title, name)
		b.Bool(vdom.AriaPressed, mine)
		b.On(vdom.Click, state.OnReact, at+" "+emoji)
		b.Text(emoji)
		b.Close()
	}
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
		b.Attr(vdom.AriaLabel, name)
	} else {
		b.Open(vdom.Button, r.Emoji)
		b.Class("b-reactions__item")
		b.Attr(vdom.Type, "button")
		b.Attr(vdom.AriaLabel, name)
		b.Bool(vdom.AriaPressed, r.Mine)
		b.On(vdom.Click, state.OnReact, position(i.Position)+" "+r.Emoji)
	}
	b.Attr(vdom.Title, name)
	b.Text(r.Emoji)
	if len(who) > 1 {
		b.Leaf(vdom.Span, "", strconv.Itoa(len(who)))
	}
	b.Close()
}

func position(p protocol.Position) string { return strconv.FormatUint(uint64(p), 10) }
