package view

import (
	"beseda/protocol"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	"beseda/wasm/words"
	say "beseda/wasm/words/visitor"
)

// quote is what a message answers: pressing it goes there.
func quote(b *vdom.Builder, s *state.State, q *protocol.Quote) {
	switch {
	case q == nil:
		return
	case q.Gone:
		b.Leaf(vdom.Div, "b-quote b-quote--gone", s.Words.Text(say.QuoteGone))
		return
	}
	press(b, "quote", "b-quote", state.OnQuoted, position(q.Message))
	b.Leaf(vdom.Span, "b-sr", s.Words.Text(say.QuotedFrom)+" ")
	if q.Actor != nil {
		written(b, vdom.Span, "who", "b-quote__who")
		b.Text(name(s, q.Actor))
		b.Close()
	}
	written(b, vdom.Span, "text", "b-quote__text")
	if q.Text != "" {
		b.Text(q.Text)
	} else {
		b.Text(s.Words.Text(sort(q.Attachment)))
	}
	b.Close()
	b.Close()
}

// sort is a kind of file; of a message that is not known yet, that it is one.
func sort(kind protocol.AttachmentKind) words.Key {
	switch kind {
	case "":
		return say.Message
	case protocol.AttachmentImage:
		return say.Picture
	case protocol.AttachmentVideo:
		return say.Video
	case protocol.AttachmentAudio:
		return say.Audio
	}
	return say.File
}

// name is what the visitor knows an author by.
func name(s *state.State, a *protocol.Actor) string {
	if a.Kind == protocol.ActorVisitor {
		return s.Words.Text(say.You)
	}
	return a.Name
}

// quoting stands above what is being written: the message that it will answer.
func quoting(b *vdom.Builder, s *state.State) {
	q := s.Quoted(s.Draft.Quote)
	if q == nil {
		return
	}
	b.Open(vdom.Div, "quoting")
	b.Class("b-composer__quote")
	b.Attr(vdom.ID, "quoting")
	quote(b, s, q)
	small(b, "remove", s.Words.Text(say.Unquote), state.OnUnquote, "")
	b.IconClass("#i-close", "b-icon b-icon--sm")
	b.Close()
	b.Close()
}

// small opens a small button.
func small(b *vdom.Builder, key, name string, on vdom.Handler, arg string) {
	press(b, key, "b-iconbutton b-iconbutton--small", on, arg)
	named(b, name)
}
