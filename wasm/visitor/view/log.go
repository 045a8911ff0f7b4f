package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// messages is the log with what stands in its place while there is none. New messages are announced by state, gathered,
// so the log itself is quiet.
func messages(b *vdom.Builder, s *state.State) {
	b.Open(vdom.Div, "log")
	b.Class("b-widget__main")
	b.Attr(vdom.ID, state.LogID)
	b.Attr(vdom.Role, "log")
	b.Attr(vdom.AriaLabel, s.Words.Text(say.Messages))
	b.Attr(vdom.AriaLive, "off")
	b.Attr(vdom.TabIndex, "0")
	b.Attr(vdom.DataAnchor, "end")
	b.On(vdom.Scroll, state.OnScroll, "")
	items, unsent := s.Drawn(), s.Unsent
	switch {
	case len(items)+len(unsent)+len(s.Typers) > 0:
		b.Open(vdom.Div, "items")
		b.Class("b-log")
		older(b, s)
		all := line(b, s)
		for i := range items {
			all.item(&items[i])
		}
		for i := range unsent {
			all.unsent(&unsent[i])
		}
		all.solved(0)
		for i := range s.Typers {
			typing(b, s, &s.Typers[i])
		}
		b.Close()
	case !s.Welcomed && s.Returning && !s.Offline:
		skeleton(b, s)
	default:
		empty(b, s)
	}
	b.Close()
}

// older is what stands above the first message.
func older(b *vdom.Builder, s *state.State) {
	switch {
	case s.OlderFailed:
		b.Open(vdom.P, "older")
		b.Class("b-log__system")
		button(b, "b-linkbutton", s.Words.Text(say.OlderFailed), state.OnOlder, "")
		b.Close()
	case s.Older != "":
		b.Open(vdom.P, "older")
		b.Class("b-log__system")
		b.Open(vdom.Span, "")
		b.Class("b-spinner")
		b.Attr(vdom.Role, "img")
		b.Attr(vdom.AriaLabel, s.Words.Text(say.LoadingOlder))
		b.Close()
		b.Close()
	}
}

// lines draws messages one after the other: it knows the one before, for days and groups.
type lines struct {
	b     *vdom.Builder
	s     *state.State
	items []state.Item
	next  int
	last  *protocol.Actor
	at    int64
}

func line(b *vdom.Builder, s *state.State) *lines {
	return &lines{b: b, s: s, items: s.Drawn()}
}

// joins tells whether a message stands with the one before, and draws the day where a new one begins.
func (l *lines) joins(actor *protocol.Actor, at int64) bool {
	solved := l.solved(at)
	zone := l.s.Words.Zone
	same := l.last != nil && zone.Day(l.at) == zone.Day(at)
	if !same {
		l.b.Open(vdom.P, "day"+string(rune(zone.Day(at))))
		l.b.Class("b-log__day")
		l.b.Text(l.s.Words.Day(at, l.s.Now))
		l.b.Close()
	}
	grouped := !solved && timeline.Together(l.last, actor, l.at, at, same)
	l.last, l.at = actor, at
	return grouped
}

// writer is whose a message is: all that this visitor wrote is one author's, before and after it is stored.
func writer(i *state.Item) *protocol.Actor {
	if i.Mine() {
		return &me
	}
	return &i.Actor
}

// solved says that the visitor ended a conversation after the message before, and at the end of all that they may write
// again. Until is the time of what follows, 0 where nothing does.
func (l *lines) solved(until int64) bool {
	if l.last == nil || !l.s.SolvedBetween(l.at, until) {
		return false
	}
	l.b.Open(vdom.P, "solved")
	l.b.Class("b-log__system")
	l.b.IconClass("#i-done", "b-icon b-icon--sm")
	text := l.s.Words.Text(say.SolvedLine)
	if until == 0 {
		text += " " + l.s.Words.Text(say.SolvedAgain)
	}
	l.b.Text(text)
	l.b.Close()
	return true
}

// goesOn tells whether the next message stands with this one, so that picture and time wait for it.
func (l *lines) goesOn(actor *protocol.Actor, at int64) bool {
	l.next++
	zone := l.s.Words.Zone
	if l.next < len(l.items) {
		n := &l.items[l.next]
		return timeline.Together(actor, writer(n), at, n.At, zone.Day(at) == zone.Day(n.At)) && !l.s.SolvedBetween(at, n.At)
	}
	return false
}

func typing(b *vdom.Builder, s *state.State, t *state.Typer) {
	b.Open(vdom.Div, "typing"+t.Who.ID)
	b.Class("b-message")
	b.Open(vdom.Span, "")
	b.Class("b-message__avatar")
	author(b, s, &t.Who)
	b.Close()
	b.Open(vdom.Div, "")
	b.Class("b-message__stack")
	b.Open(vdom.Div, "")
	b.Class("b-message__bubble")
	b.Open(vdom.Span, "")
	b.Class("b-typing")
	b.Attr(vdom.Role, "img")
	b.Attr(vdom.AriaLabel, s.Words.Fill(say.Typing, t.Who.Name))
	for range 3 {
		b.Open(vdom.I, "")
		b.Close()
	}
	b.Close()
	b.Close()
	b.Close()
	b.Close()
}

// author draws the face of who wrote.
func author(b *vdom.Builder, s *state.State, a *protocol.Actor) {
	if a.Kind == protocol.ActorBot {
		face.Draw(b, face.Face{ID: a.ID, Name: a.Name, Icon: "#i-bot", Size: "b-avatar--sm"})
		return
	}
	if p := s.Person(a.ID); p != nil {
		face.Draw(b, faceOf(p, "b-avatar--sm"))
		return
	}
	face.Draw(b, face.Face{ID: a.ID, Name: a.Name, Size: "b-avatar--sm"})
}

// empty is what somebody sees who never wrote.
func empty(b *vdom.Builder, s *state.State) {
	b.Open(vdom.Div, "empty")
	b.Class("b-empty")
	b.Open(vdom.SVG, "")
	b.Class("b-empty__art")
	b.Attr(vdom.ViewBox, "0 0 120 88")
	b.Attr(vdom.AriaHidden, "true")
	for _, d := range [...]string{
		"M8 38C8 19 24 6 44 6s36 13 36 32-16 32-36 32c-5 0-9-.7-13-2l-13 6c-2 1-4-1-3-3l4-11C12 54 8 46 8 38Z",
		"M112 50c0-18-14-31-33-31S46 32 46 50s14 31 33 31c4 0 8-.6 12-1.8l12 5c2 .8 4-1 3-3l-3-10.5C109 65 112 58 112 50Z",
		"M79.5 31.5C80 34 80 40 79 44 75 60 62 69 49.5 69.5 45 62 44.5 40 55 29q10-9 24.5-9.5Q80 25 79.5 31.5Z",
	} {
		b.Open(vdom.Path, "")
		b.Attr(vdom.D, d)
		b.Close()
	}
	b.Close()
	title, text := s.Greeting, s.Words.Text(say.HelloOnline)
	if title == "" {
		title = s.Words.Text(say.Hello)
	}
	if s.Welcomed && !s.Online {
		text = s.Words.Text(say.HelloAway)
	}
	written(b, vdom.H2, "", "b-empty__title")
	b.Text(title)
	b.Close()
	b.Leaf(vdom.P, "", text)
	b.Close()
}

// skeleton keeps the place of a conversation that is known to be there.
func skeleton(b *vdom.Builder, s *state.State) {
	b.Open(vdom.Div, "skeleton")
	b.Class("b-log b-log--skeleton")
	b.Leaf(vdom.P, "b-sr", s.Words.Text(say.Loading))
	for range 5 {
		b.Open(vdom.Span, "")
		b.Class("b-skeleton")
		b.Close()
	}
	b.Close()
}

// jump leads to the end, and says how much came there.
func jump(b *vdom.Builder, s *state.State) {
	if s.AtEnd || len(s.Items) == 0 {
		return
	}
	press(b, "jump", "b-jump", state.OnJump, "")
	if n := s.New(); n > 0 {
		b.Text(s.Words.Count(say.NewMessages, n))
	} else {
		b.Attr(vdom.AriaLabel, s.Words.Text(say.JumpDown))
	}
	b.IconClass("#i-down", "b-icon b-icon--sm")
	b.Close()
}
