package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// quote is what a message answers: pressing it goes there.
func (p pen) quote(t *state.Talk, q *protocol.Quote) {
	if q == nil {
		return
	}
	if q.Gone {
		p.Open(vdom.Div, "quote")
		p.Class("b-quote b-quote--gone")
		p.Leaf(vdom.Span, "b-quote__text", p.word(say.QuoteGone))
		p.Close()
		return
	}
	p.button("quote", "b-quote", state.ShowQuoted, utoa(uint64(q.Message))+" "+q.Conversation.String())
	p.quoteInside(t, q)
	p.Close()
}

func (p pen) quoteInside(t *state.Talk, q *protocol.Quote) {
	p.hidden(p.word(say.QuotedFrom) + " ")
	if q.Actor != nil {
		p.Open(vdom.Span, "who")
		p.Class("b-quote__who")
		p.Attr(vdom.Dir, "auto")
		p.Text(p.s.ActorName(q.Actor, t))
		p.Close()
	}
	p.Open(vdom.Span, "text")
	p.Class("b-quote__text")
	p.Attr(vdom.Dir, "auto")
	if q.Text == "" {
		p.Text(p.s.KindWords(q.Attachment))
	} else {
		p.Text(q.Text)
	}
	p.Close()
}

// quoting stands above the reply: the message that it will answer.
func (p pen) quoting(t *state.Talk, d *state.Draft) {
	if d.Quote == nil {
		return
	}
	p.Open(vdom.Div, "quoting")
	p.Class("b-composer__quote")
	p.Open(vdom.Div, "quote")
	p.Class("b-quote")
	if d.Quote.Gone {
		p.Leaf(vdom.Span, "b-quote__text", p.word(say.QuoteGone))
	} else {
		p.quoteInside(t, d.Quote)
	}
	p.Close()
	p.iconButton("remove", "b-iconbutton--small", "#i-close", p.word(say.Unquote), state.Unquote, "")
	p.Close()
}

// tool is a button beside a message. Index is its place there, for the keys.
func (p pen) tool(key, id, icon, name string, at protocol.Position, index int, on vdom.Handler) {
	position := utoa(uint64(at))
	p.button(key, "b-iconbutton b-iconbutton--small", on, position)
	p.Attr(vdom.ID, id)
	p.Int(vdom.TabIndex, -1)
	p.Attr(vdom.AriaLabel, name)
	p.Attr(vdom.Title, name)
	p.On(vdom.KeyDown, state.ToolKey, position+" "+itoa(index))
	p.IconClass(icon, "b-icon b-icon--sm b-icon--dir")
	p.Close()
}

// messageMenu is what a finger that rests on a message opens.
func (p pen) messageMenu(t *state.Talk, item *state.Item) {
	m := menu{p: p, label: p.word(say.MessageTools)}
	position := utoa(uint64(item.Position))
	if p.s.Quotable(t, item) {
		m.add("#i-reply", p.word(say.Quote), "", state.Quote, position)
	}
	m.add("#i-emoji", p.word(say.React), "", state.ReactHeld, position)
	m.add("#i-bolt", p.word(say.MakeQuick), "", state.QuickFrom, position)
	if item.Text != "" {
		m.add("#i-copy", p.word(say.CopyMessage), "", state.CopyMessage, position)
	}
	m.draw()
}
