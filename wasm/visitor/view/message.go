package view

import (
	"beseda/protocol"
	"beseda/wasm/prose"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	"beseda/wasm/words"
	say "beseda/wasm/words/visitor"
)

// me is the author of what is not stored yet.
var me = protocol.Actor{Kind: protocol.ActorVisitor}

// item draws a stored message.
func (l *lines) item(i *state.Item) {
	b, s := l.b, l.s
	actor := writer(i)
	grouped := l.joins(actor, i.At)
	goesOn := l.goesOn(actor, i.At)
	l.open(string(i.ID), actor, grouped)
	if i.Position == s.Target {
		b.Attr(vdom.ID, state.ItemID(i.Position))
	}
	tools := !i.Mine() || s.MayQuote()
	if tools {
		listen(b, i)
	}
	if !i.Mine() {
		b.Open(vdom.Span, "face")
		b.Class("b-message__avatar")
		if !goesOn {
			author(b, s, actor)
		}
		b.Close()
		if !grouped {
			written(b, vdom.Span, "name", "b-message__author")
			b.Attr(vdom.AriaHidden, "true")
			b.Text(i.Actor.Name)
			b.Close()
		}
	}
	l.body(actor, i.At, i.Text, i.Files, i.Quote)
	reactions(b, s, i)
	b.Close()
	if tools {
		offer(b, s, i)
	}
	if s.Unreacted == i.Position {
		b.Open(vdom.Span, "unreacted")
		b.Class("b-message__why")
		b.Attr(vdom.Role, "status")
		b.Text(s.Words.Text(why(s.UnreactedCode)))
		b.Close()
	}
	if !goesOn || i.Mine() { // every own message tells how far it is
		b.Open(vdom.Div, "meta")
		b.Class("b-message__meta")
		b.Open(vdom.Span, "")
		b.Attr(vdom.AriaHidden, "true") // the hidden words before the text have it
		b.Text(s.Words.Clock(i.At))
		b.Close()
		if i.Mine() {
			mark(b, s.Words, i.State())
		}
		b.Close()
	}
	b.Close()
}

// unsent draws a message on its way. It keeps its node when it is stored, so that only its mark changes.
func (l *lines) unsent(u *state.Unsent) {
	b, s := l.b, l.s
	grouped := l.joins(&me, u.At)
	l.open(string(u.ID), &me, grouped)
	l.body(&me, u.At, u.Text, u.Files, s.Quoted(u.Quote))
	b.Close()
	b.Open(vdom.Div, "meta")
	b.Class("b-message__meta")
	if u.State != protocol.StateFailed {
		b.Open(vdom.Span, "")
		b.Attr(vdom.AriaHidden, "true")
		b.Text(s.Words.Clock(u.At))
		b.Close()
	}
	mark(b, s.Words, u.State)
	if u.State == protocol.StateFailed {
		failure(b, s, u)
	}
	b.Close()
	b.Close()
}

func (l *lines) open(key string, actor *protocol.Actor, grouped bool) {
	l.b.Open(vdom.Div, key)
	l.b.Class("b-message")
	if actor.Kind == protocol.ActorVisitor {
		l.b.Class("b-message--end")
	}
	if actor.Kind == protocol.ActorBot {
		l.b.Class("b-message--bot")
	}
	if grouped {
		l.b.Class("b-message--grouped")
	}
}

// body draws quote, text and files, after the hidden words that tell who wrote when, and leaves their box open.
func (l *lines) body(actor *protocol.Actor, at int64, text string, files []protocol.Attachment, q *protocol.Quote) {
	b, w := l.b, l.s.Words
	b.Open(vdom.Div, "stack")
	b.Class("b-message__stack")
	b.Leaf(vdom.Span, "b-sr", w.Fill(say.Said, name(l.s, actor), w.Clock(at)))
	if text != "" || q != nil {
		b.Open(vdom.Div, "text")
		b.Class("b-message__bubble")
		quote(b, l.s, q)
		told(b, text)
		b.Close()
	}
	for i := range files {
		attachment(b, l.s, &files[i])
	}
}

// told draws a text with its links.
func told(b *vdom.Builder, text string) {
	if text == "" {
		return
	}
	written(b, vdom.Div, "", "b-message__text")
	prose.Draw(b, text)
	b.Close()
}

// mark is the delivery state, by a name and an icon.
func mark(b *vdom.Builder, w *words.Words, st protocol.DeliveryState) {
	name, icon := say.StateSending, "#i-clock"
	switch st {
	case protocol.StateSent:
		name, icon = say.StateSent, "#i-sent"
	case protocol.StateDelivered:
		name, icon = say.StateDelivered, "#i-check"
	case protocol.StateRead:
		name, icon = say.StateRead, "#i-checks"
	case protocol.StateFailed:
		name, icon = say.StateFailed, "#i-cross"
	}
	b.Open(vdom.Span, "mark")
	b.Class("b-state")
	b.Attr(vdom.DataState, string(st))
	b.Attr(vdom.Role, "img")
	b.Attr(vdom.AriaLabel, w.Text(name))
	b.Icon(icon)
	b.Close()
}

// failure says why, and offers what can be done.
func failure(b *vdom.Builder, s *state.State, u *state.Unsent) {
	b.Open(vdom.Span, "not")
	b.Class("b-state")
	b.Attr(vdom.DataState, "failed")
	b.Attr(vdom.AriaHidden, "true") // the mark's name says it
	b.Text(s.Words.Text(say.StateFailed))
	b.Close()
	again, remove := s.Words.Text(say.TryAgain), s.Words.Text(say.Remove)
	if u.Code == protocol.CodeBlocked && u.Text != "" {
		copied := say.CopyText
		if u.ID == s.Copied {
			copied = say.Copied
		}
		button(b, "b-linkbutton", s.Words.Text(copied), state.OnCopy, string(u.ID))
	}
	button(b, "b-linkbutton b-linkbutton--danger", again, state.OnRetry, string(u.ID))
	button(b, "b-linkbutton b-linkbutton--danger", remove, state.OnDiscard, string(u.ID))
	b.Open(vdom.Span, "why")
	b.Class("b-message__why")
	b.Attr(vdom.Role, "status")
	b.Text(s.Words.Text(whyNot(u)))
	b.Close()
}

func whyNot(u *state.Unsent) words.Key {
	if u.Old {
		return say.WhyOld
	}
	return why(u.Code)
}

func why(code protocol.Code) words.Key {
	switch code {
	case protocol.CodeRateLimited:
		return say.WhyRateLimited
	case protocol.CodeBlocked:
		return say.WhyBlocked
	case protocol.CodeStorageFull:
		return say.WhyStorageFull
	case protocol.CodeTooLong:
		return say.WhyTooLong
	case protocol.CodeTooLarge:
		return say.WhyTooLarge
	case protocol.CodeForbidden, protocol.CodeUnauthorized, protocol.CodeNotAssigned:
		return say.WhyForbidden
	case protocol.CodeNotFound:
		return say.WhyNotFound
	case protocol.CodeConflict:
		return say.WhyConflict
	case protocol.CodeInvalid:
		return say.WhyInvalid
	}
	return say.WhyInternal
}
