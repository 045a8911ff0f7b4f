//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

// stored answers a command as the server does: the answer, then the event.
func (w *widget) stored(cmd protocol.Frame, text string) {
	w.last++
	w.frames(w.accepted(cmd), w.event(cmd, text))
}

func (w *widget) accepted(cmd protocol.Frame) protocol.Frame {
	return frame(protocol.KindAccepted, cmd.ID, &protocol.Accepted{Position: w.last, Conversation: 1, Thread: thread})
}

func (w *widget) event(cmd protocol.Frame, text string) protocol.Frame {
	f := said(w.last, kira, text)
	f.ID, f.At = cmd.ID, w.Now
	return f
}

func TestAMessageIsNeverShownFurtherThanItIs(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.write("hello")
	cmd := w.out(protocol.KindMessageSend)
	if len(cmd) != 1 || w.states() != "Sending" || w.texts() != "hello" {
		t.Fatalf("sent %d, %q %q", len(cmd), w.states(), w.texts())
	}
	w.last = 5
	w.frames(w.accepted(cmd[0]))
	if w.states() != "Sent" || w.texts() != "hello" {
		t.Fatalf("accepted: %q %q", w.states(), w.texts())
	}
	w.frames(w.event(cmd[0], "hello"))
	if w.states() != "Sent" || w.texts() != "hello" {
		t.Fatalf("stored: %q %q", w.states(), w.texts())
	}
	for _, step := range []struct {
		delivered, read protocol.Position
		want            string
	}{{4, 4, "Sent"}, {5, 4, "Delivered"}, {5, 5, "Read"}, {5, 0, "Read"}, {0, 0, "Read"}} {
		w.frames(advanced(protocol.SideTeam, step.delivered, step.read))
		if w.states() != step.want {
			t.Errorf("delivered to %d, read to %d: %q, want %q", step.delivered, step.read, w.states(), step.want)
		}
	}
}

func TestMessagesKeepTheirOrderWithoutALine(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	for _, text := range []string{"one", "two", "three"} {
		w.write(text)
	}
	if w.texts() != "one|two|three" || w.states() != "Sending Sending Sending" {
		t.Fatalf("%q %q", w.texts(), w.states())
	}
	w.host("show", "") // the person is back: try at once
	w.welcome("")
	for _, want := range []string{"one", "two", "three"} {
		cmd := w.out(protocol.KindMessageSend)
		if len(cmd) != 1 || body[protocol.MessageSend](t, cmd[0]).Text != want {
			t.Fatalf("want %s, got %v", want, cmd)
		}
		w.stored(cmd[0], want)
	}
	if w.texts() != "one|two|three" || w.states() != "Sent Sent Sent" {
		t.Errorf("%q %q", w.texts(), w.states())
	}
}

func TestWhatWasNotSentSurvivesAReload(t *testing.T) {
	t.Parallel()
	shop := newShop("key", "K")
	before := shop.open(t)
	before.write("one")
	before.write("two")
	before.Effects()
	after := shop.open(t)
	if after.texts() != "one|two" {
		t.Fatalf("shows %q", after.texts())
	}
	after.welcome("")
	first := after.out(protocol.KindMessageSend)
	if len(first) != 1 || body[protocol.MessageSend](t, first[0]).Text != "one" {
		t.Fatalf("sends %v", first)
	}
	after.stored(first[0], "one")
	second := after.out(protocol.KindMessageSend)
	if len(second) != 1 || body[protocol.MessageSend](t, second[0]).Text != "two" {
		t.Fatalf("sends %v", second)
	}
	after.stored(second[0], "two")
	after.Effects()
	if left := shop.outbox(); len(left) != 0 {
		t.Errorf("keeps %q", left)
	}
}

func TestARefusedMessageSaysWhyAndCanBeSentAgain(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.write("hello")
	cmd := w.out(protocol.KindMessageSend)[0]
	w.frames(frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeBlocked}))
	if w.states() != "Not sent" || !strings.Contains(w.HTML(), "This message cannot be delivered.") {
		t.Fatalf("%q\n%s", w.states(), w.HTML())
	}
	w.Click("Try again")
	again := w.out(protocol.KindMessageSend)
	if len(again) != 1 || again[0].ID != cmd.ID || w.states() != "Sending" {
		t.Fatalf("sent %v, %q", again, w.states())
	}
	w.frames(frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeBlocked}))
	w.Click("Remove")
	if w.texts() != "" || w.states() != "" {
		t.Errorf("still there: %q %q", w.texts(), w.states())
	}
}

func TestReceiptsSayNoMoreThanIsTrue(t *testing.T) {
	t.Parallel()
	receipt := func(w *widget) (got protocol.ReceiptAdvance, ok bool) {
		for _, f := range w.out(protocol.KindReceiptAdvance) {
			r := body[protocol.ReceiptAdvance](w.t, f)
			got.Delivered, got.Read, ok = max(got.Delivered, r.Delivered), max(got.Read, r.Read), true
		}
		return got, ok
	}
	for name, c := range map[string]struct {
		before func(w *widget)
		read   protocol.Position
	}{
		"shown, visible and focused, at the end: read": {func(*widget) {}, 7},
		"the widget is closed: delivered":              {func(w *widget) { w.host("hide", "") }, 0},
		"the page is hidden: delivered": {func(w *widget) {
			w.Do(bridge.Event{Kind: bridge.State, A: bridge.PageFocused | bridge.PageOnline})
		}, 0},
		"neither widget nor page has the focus: delivered": {func(w *widget) {
			w.Do(bridge.Event{Kind: bridge.State, A: bridge.PageVisible | bridge.PageOnline})
		}, 0},
		"the page around has the focus: read": {func(w *widget) {
			w.Do(bridge.Event{Kind: bridge.State, A: bridge.PageVisible | bridge.PageOnline})
			w.host("front", "focus")
		}, 7},
		"scrolled up: delivered": {func(w *widget) {
			w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: ""})
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t)
			c.before(w)
			w.Effects()
			w.frames(said(7, ann, "hello"))
			got, ok := receipt(w)
			if !ok || got.Delivered != 7 || got.Read != c.read {
				t.Fatalf("got %+v %v, want read %d", got, ok, c.read)
			}
			if c.read != 0 {
				return
			}
			w.host("show", "")
			w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "end"})
			w.Do(bridge.Event{Kind: bridge.State, A: bridge.PageVisible | bridge.PageFocused | bridge.PageOnline})
			w.frames(frame(protocol.KindAccepted, "", &protocol.Accepted{}))
			if got, _ := receipt(w); got.Read != 7 {
				t.Errorf("looked at, and read to %d", got.Read)
			}
		})
	}
}

func TestOlderMessagesComeWhenThePersonScrollsUp(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "K")
	var page []protocol.Frame
	for p := protocol.Position(60); p < 110; p++ {
		page = append(page, said(p, ann, "m"))
	}
	w.Do(bridge.Event{Kind: bridge.Opened})
	w.last = 109
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: 109, Now: w.Now, Visitor: &protocol.VisitorWelcome{
		Visitor: "v", Thread: thread, History: protocol.History{Items: page, More: true},
	}}))
	w.Effects()
	top := bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "top"}
	w.Do(top)
	w.Do(top)
	asked := w.out(protocol.KindHistoryRead)
	if len(asked) != 1 || body[protocol.HistoryRead](t, asked[0]).Before != 60 {
		t.Fatalf("asked %v", asked)
	}
	w.frames(frame(protocol.KindRefused, asked[0].ID, &protocol.Refused{Code: protocol.CodeForbidden}))
	w.Click("Older messages did not come. Try again")
	asked = w.out(protocol.KindHistoryRead)
	if len(asked) != 1 {
		t.Fatalf("asked again %v", asked)
	}
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{Items: []protocol.Frame{
		said(58, ann, "older"), said(59, kira, "mine"), said(60, ann, "twice"),
	}}))
	if got := w.texts(); !strings.HasPrefix(got, "older|mine|m|") || strings.Contains(got, "twice") {
		t.Errorf("shows %q", got)
	}
	if n := len(w.app.state.Items); n != 52 {
		t.Errorf("holds %d", n)
	}
	w.Do(top)
	if again := w.out(protocol.KindHistoryRead); len(again) != 0 {
		t.Errorf("asks for what is not there: %v", again)
	}
}

func TestTheListIsAWindow(t *testing.T) {
	t.Parallel()
	var all []protocol.Frame
	for p := protocol.Position(1); p <= 300; p++ {
		all = append(all, said(p, ann, "m"))
	}
	w := live(t, all...)
	if n := len(w.Page.ByClass("b-message__text")); n != 80 {
		t.Fatalf("draws %d of 300", n)
	}
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "top"})
	if n := len(w.Page.ByClass("b-message__text")); n != 130 {
		t.Errorf("draws %d after scrolling up", n)
	}
	w.frames(said(301, ann, "new"))
	if n := len(w.Page.ByClass("b-message__text")); n != 131 {
		t.Errorf("draws %d: what is read slipped out", n)
	}
	if w.Page.Named("1 new message") == nil {
		t.Errorf("the new one is not told of")
	}
	w.Click("1 new message")
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "end"})
	if n := len(w.Page.ByClass("b-message__text")); n != 80 {
		t.Errorf("draws %d at the end", n)
	}
}

func TestTypingEndsByItselfOrWithTheMessage(t *testing.T) {
	t.Parallel()
	w := live(t)
	dots := func() bool { return len(w.Page.ByClass("b-typing")) > 0 }
	w.frames(frame(protocol.KindTypingStarted, "", &protocol.TypingStarted{Who: ann}))
	if !dots() || w.Page.Named("Ann is typing") == nil {
		t.Fatal("nobody types")
	}
	w.Now += 6000
	w.Do(bridge.Event{Kind: bridge.Fired, A: 2})
	if dots() {
		t.Error("types for ever")
	}
	w.frames(frame(protocol.KindTypingStarted, "", &protocol.TypingStarted{Who: ann}))
	w.frames(said(3, ann, "hello"))
	if dots() {
		t.Error("types after the message came")
	}
}

func TestTypingIsToldButNotWithEveryKey(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.Type("Message", "h")
	w.Now += 1000
	w.Type("Message", "he")
	if got := w.out(protocol.KindTypingStart); len(got) != 1 {
		t.Fatalf("told %d times within a second", len(got))
	}
	w.Now += 3000
	w.Type("Message", "hel")
	if got := w.out(protocol.KindTypingStart); len(got) != 1 {
		t.Fatalf("told %d times after that", len(got))
	}
	w.Type("Message", " ")
	if got := w.out(protocol.KindTypingStop); len(got) != 1 {
		t.Errorf("stopped %d times", len(got))
	}
}

func TestOnlyWhatTheTeamWritesIsReadOutAndGathered(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.frames(said(1, ann, "one"), said(2, kira, "mine"), said(3, ann, "two"))
	if got := w.Asked("announce"); len(got) != 0 {
		t.Fatalf("at once: %v", got)
	}
	w.Do(bridge.Event{Kind: bridge.Fired, A: 4})
	if got := w.Asked("announce"); len(got) != 1 || got[0].Text != "Ann: one\nAnn: two" {
		t.Errorf("got %v", got)
	}
}
