package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// foldTop stands at a conversation's beginning: the way to the previous one, and that one itself where it is shown.
func (p pen) foldTop(t *state.Talk) {
	s := p.s
	previous := t.Row.Previous
	if previous == 0 || t.More {
		return
	}
	p.Open(vdom.Div, "fold")
	p.Class("b-fold")
	p.button("toggle", "b-linkbutton", state.TogglePrevious, "")
	p.Attr(vdom.ID, state.PreviousButtonID)
	p.Bool(vdom.AriaExpanded, t.Above != nil)
	if t.Above == nil {
		p.small("#i-history")
		p.Text(s.Words.Fill(say.ShowPrevious, previous.String()))
	} else {
		p.small("#i-up")
		p.Text(p.word(say.HidePrevious))
	}
	p.Close()
	if s.MayMerge(t) {
		p.button("merge", "b-linkbutton", state.OpenMerge, "")
		p.Attr(vdom.ID, state.MergeButtonID)
		p.Attr(vdom.AriaHasPopup, "dialog")
		p.small("#i-merge")
		p.Text(s.Words.Fill(say.MergeInto, t.Number.String(), previous.String()))
		p.Close()
	}
	p.neighbour("previous", say.PreviousLink, previous, "#i-left", true)
	p.Close()
	if t.Above != nil {
		p.above(t, t.Above)
	}
}

// foldEnd stands at its end: the way to the next.
func (p pen) foldEnd(t *state.Talk) {
	if t.Row.Next == 0 {
		return
	}
	p.Open(vdom.Div, "next")
	p.Class("b-fold")
	p.neighbour("link", say.NextLink, t.Row.Next, "#i-right", false)
	p.Close()
}

func (p pen) above(t, a *state.Talk) {
	s := p.s
	number := a.Number.String()
	p.Open(vdom.Div, "above"+number)
	p.Class("b-above")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.PreviousGroup, number))
	if a.Older {
		p.Open(vdom.P, "older")
		p.Class("b-log__system")
		p.spinner()
		p.Text(p.word(say.LoadingPrevious))
		p.Close()
	}
	p.items(a, false)
	p.Close()
	p.Open(vdom.P, "here")
	p.Class("b-log__day")
	now := s.Now + s.Skew
	at := now
	if len(t.Items) > 0 {
		at = t.Items[0].At
	}
	p.Text(s.Words.Fill(say.DayOf, s.Words.Day(at, now), t.Number.String()))
	p.Close()
}

// splitLine stands directly above the message that reactivated the conversation.
func (p pen) splitLine() {
	p.Open(vdom.Div, "split")
	p.Class("b-splitline")
	p.button("", "b-linkbutton", state.Split, "")
	p.small("#i-split")
	p.Text(p.word(say.SplitHere))
	p.Close()
	p.Close()
}

// splitsAt tells whether the offer to split stands above an item: the first one held from there on.
func splitsAt(t *state.Talk, item *state.Item, before *state.Item) bool {
	from := t.Row.SplitFrom
	return from != 0 && t.MayWrite() && item.Position >= from && (before == nil || before.Position < from) &&
		item.Kind == protocol.KindMessageSent
}

// neighbour is a link to the conversation before or after; the arrow points the way of reading.
func (p pen) neighbour(key string, word words.Key, n protocol.Number, icon string, before bool) {
	p.link(key, "b-linkbutton", p.s.To(n).Address())
	if before {
		p.IconClass(icon, "b-icon b-icon--sm b-icon--dir")
	}
	p.Text(p.s.Words.Fill(word, n.String()))
	if !before {
		p.IconClass(icon, "b-icon b-icon--sm b-icon--dir")
	}
	p.Close()
}
