package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// reactions hang on a message: pressing one adds the operator's own, or takes it back.
func (p pen) reactions(t *state.Talk, at protocol.Position, live bool) {
	all := t.Reactions[at]
	if len(all) == 0 {
		return
	}
	p.Open(vdom.Div, "reactions")
	p.Class("b-reactions")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.Reactions))
	for i := range all {
		p.reaction(t, at, &all[i], live)
	}
	p.Close()
}

func (p pen) reaction(t *state.Talk, at protocol.Position, r *state.Reaction, live bool) {
	s := p.s
	var names []string
	for i := range r.Who {
		names = append(names, s.ActorName(&r.Who[i], t))
	}
	who := strings.Join(names, ", ")
	if !live {
		p.Open(vdom.Span, r.Emoji)
		p.Class("b-reactions__item")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, s.Words.Fill(say.ReactionBy, r.Emoji, who))
	} else {
		p.button(r.Emoji, "b-reactions__item", state.ToggleReaction, utoa(uint64(at))+" "+r.Emoji)
		mine := s.Mine(r)
		p.Bool(vdom.AriaPressed, mine)
		name := s.Words.Fill(say.ReactionBy, r.Emoji, who)
		if mine {
			name = s.Words.Fill(say.TakeBack, r.Emoji, who)
		}
		p.Attr(vdom.AriaLabel, name)
		p.Attr(vdom.Title, who)
	}
	p.Text(r.Emoji)
	if len(r.Who) > 1 {
		p.Leaf(vdom.Span, "b-num", itoa(len(r.Who)))
	}
	p.Close()
}

// reactBar stands beside a message that has the pointer or focus: a button, and once that is pressed the emoji. Alt and
// the arrows walk through the messages by their buttons, Tab does not.
func (p pen) reactBar(t *state.Talk, at protocol.Position, quotable bool) {
	open := t.Reacting == at
	position := utoa(uint64(at))
	p.Open(vdom.Span, "tools")
	p.Class("b-message__tools")
	p.Flag(vdom.DataActive, open)
	p.button("react", "b-iconbutton b-iconbutton--small", state.OpenReact, position)
	p.Attr(vdom.ID, state.ReactID(at))
	p.Int(vdom.TabIndex, -1)
	p.Attr(vdom.AriaLabel, p.word(say.React))
	p.Attr(vdom.Title, p.word(say.React))
	p.Bool(vdom.AriaExpanded, open)
	p.On(vdom.KeyDown, state.ToolKey, position+" 0")
	p.IconClass("#i-emoji", "b-icon b-icon--sm")
	p.Close()
	if !open {
		next := 1
		if quotable {
			p.tool("quote", state.QuoteID(at), "#i-reply", p.word(say.Quote), at, next, state.Quote)
			next++
		}
		p.tool("bolt", state.BoltID(at), "#i-bolt", p.word(say.MakeQuick), at, next, state.QuickFrom)
	}
	if open {
		for i, emoji := range state.Emoji {
			p.button(emoji, "b-iconbutton b-iconbutton--small", state.ToggleReaction, position+" "+emoji)
			p.Attr(vdom.ID, state.EmojiID(i))
			p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.ReactWith, emoji))
			p.On(vdom.KeyDown, state.EmojiKey, itoa(i)+" "+itoa(len(state.Emoji)))
			p.Text(emoji)
			p.Close()
		}
	}
	p.Close()
}
