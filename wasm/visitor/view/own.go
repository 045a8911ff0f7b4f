package view

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// own draws the visitor's conversations in the place of the messages.
func own(b *vdom.Builder, s *state.State) {
	w := s.Words
	b.Open(vdom.Div, "own")
	b.Class("b-widget__main")
	b.Attr(vdom.ID, state.OwnID)
	b.Attr(vdom.Role, "region")
	b.Attr(vdom.AriaLabel, w.Text(say.History))
	b.Attr(vdom.TabIndex, "0")
	switch {
	case s.ListFailed:
		b.Open(vdom.P, "failed")
		b.Class("b-log__system")
		b.Attr(vdom.Role, "status")
		b.Text(w.Text(say.WhyInternal) + " ")
		button(b, "b-linkbutton", w.Text(say.TryAgain), state.OnListAgain, "")
		b.Close()
	case s.Loading():
		skeleton(b, s)
	}
	if s.EndRefused != "" {
		b.Open(vdom.P, "refused")
		b.Class("b-log__system")
		b.Attr(vdom.Role, "status")
		b.Text(w.Text(say.SolveFailed) + " " + w.Text(why(s.EndRefused)))
		b.Close()
	}
	b.Open(vdom.UL, "list")
	b.Class("b-history")
	b.Attr(vdom.AriaLabel, w.Text(say.History))
	for i := range s.Own {
		conversation(b, s, &s.Own[i])
	}
	b.Close()
	if s.OwnMore {
		b.Open(vdom.P, "more")
		b.Class("b-log__system")
		button(b, "b-linkbutton", w.Text(say.ShowOlder), state.OnListMore, "")
		b.Close()
	}
	b.Close()
	b.Open(vdom.Div, "back")
	b.Class("b-widget__back b-island")
	button(b, "b-button b-button--primary b-button--wide", strings.TrimRight(w.Text(say.Placeholder), "…"), state.OnWrite, "")
	b.Close()
}

// conversation draws one: what it was about, what was said last, and whether it is solved.
func conversation(b *vdom.Builder, s *state.State, c *protocol.OwnConversation) {
	w := s.Words
	number := strconv.FormatUint(uint64(c.Number), 10)
	b.Open(vdom.LI, number)
	press(b, "open", "b-history__item", state.OnOwn, number)
	last := s.LastOf(c)
	if last != nil && !last.Mine() {
		author(b, s, &last.Actor)
	} else {
		face.Draw(b, face.Face{ID: s.Team, Name: s.Team})
	}
	written(b, vdom.Span, "title", "b-history__title")
	if c.Title != "" {
		b.Text(c.Title)
	} else {
		b.Text(w.Text(say.Untitled))
	}
	b.Close()
	b.Leaf(vdom.Span, "b-history__time", w.When(c.LastAt, s.Now))
	written(b, vdom.Span, "last", "b-history__last")
	b.Text(lastLine(s, c, last))
	b.Close()
	b.Open(vdom.Span, "status")
	b.Class("b-pill")
	if c.Status == protocol.Closed {
		b.IconClass("#i-done", "b-icon")
		b.Text(w.Text(say.ConversationSolved))
	} else {
		b.Class("b-pill--accent")
		b.Text(w.Text(say.ConversationOpen))
	}
	b.Close()
	b.Close()
	if c.Status != protocol.Closed {
		solve(b, s, c, number)
	}
	b.Close()
}

// lastLine is the beginning of the last message, or since when the conversation is there.
func lastLine(s *state.State, c *protocol.OwnConversation, last *state.Item) string {
	if last == nil {
		return s.Words.Date(c.StartedAt, s.Now)
	}
	text := last.Text
	if text == "" && len(last.Files) > 0 {
		text = last.Files[0].Name
	}
	return s.Words.Fill(say.LastLine, name(s, &last.Actor), text)
}

// solve lets the visitor end a conversation, and asks once.
func solve(b *vdom.Builder, s *state.State, c *protocol.OwnConversation, number string) {
	w := s.Words
	b.Open(vdom.Div, "solve")
	b.Class("b-history__solve")
	switch {
	case s.Busy(c.Number):
		b.Open(vdom.Span, "busy")
		b.Class("b-spinner")
		b.Attr(vdom.Role, "img")
		b.Attr(vdom.AriaLabel, w.Text(say.StateSending))
		b.Close()
	case s.Ending == c.Number:
		b.Leaf(vdom.P, "", w.Text(say.SolveSure))
		press(b, "yes", "b-button b-button--primary b-button--small", state.OnSolvedYes, number)
		b.Attr(vdom.ID, state.SolvedID(c.Number))
		b.Text(w.Text(say.SolveYes))
		b.Close()
		button(b, "b-button b-button--small", w.Text(say.SolveNo), state.OnSolvedNo, number)
	default:
		press(b, "solve", "b-linkbutton", state.OnSolved, number)
		b.Text(w.Text(say.Solve))
		b.Close()
	}
	b.Close()
}
