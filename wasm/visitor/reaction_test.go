//go:build !wasm

package main

import (
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

func reacted(at, message protocol.Position, who protocol.Actor, emoji string, on bool) protocol.Frame {
	f := frame(protocol.KindReactionAdded, "", &protocol.ReactionAdded{Message: message, Emoji: emoji})
	if !on {
		f = frame(protocol.KindReactionWithdrawn, "", &protocol.ReactionWithdrawn{Message: message, Emoji: emoji})
	}
	f.Position, f.At, f.Actor, f.Thread, f.Conversation = at, noon, &who, thread, 1
	return f
}

// point moves the pointer over a message.
func (w *widget) point(p protocol.Position) {
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.PointerEnter), Handler: state.OnPointAt, Arg: strconv.Itoa(int(p))})
}

func (w *widget) leave(p protocol.Position) {
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.PointerLeave), Handler: state.OnPointAway, Arg: strconv.Itoa(int(p))})
}

// reactions is the names of what stands at messages.
func (w *widget) reactionNames() string {
	var all []string
	for _, n := range w.Page.ByClass("b-reactions__item") {
		all = append(all, n.Name())
	}
	return strings.Join(all, "; ")
}

func (w *widget) offered() bool { return len(w.Page.ByClass("b-message__bar")) > 0 }

func TestAReactionIsShownAtOnceAndOnce(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(w *widget, cmd protocol.Frame){
		"the answer comes first": func(w *widget, cmd protocol.Frame) {
			w.frames(frame(protocol.KindAccepted, cmd.ID, &protocol.Accepted{Position: 3}))
			w.check("👍 from You")
			w.frames(reacted(3, 2, kira, "👍", true))
		},
		"the event comes first": func(w *widget, cmd protocol.Frame) {
			w.frames(reacted(3, 2, kira, "👍", true))
			w.check("👍 from You")
			w.frames(frame(protocol.KindAccepted, cmd.ID, &protocol.Accepted{Position: 3}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, said(1, kira, "hello"), said(2, ann, "hi"))
			w.point(2)
			w.Click("Thumbs up")
			w.check("👍 from You")
			cmd := w.out(protocol.KindReactionAdd)
			if len(cmd) != 1 {
				t.Fatalf("sent %v", cmd)
			}
			if got := body[protocol.ReactionAdd](t, cmd[0]); got.Position != 2 || got.Emoji != "👍" || got.Conversation != 0 {
				t.Fatalf("sent %+v", got)
			}
			answer(w, cmd[0])
			w.check("👍 from You")
			w.Click("👍 from You")
			w.check("")
			back := w.out(protocol.KindReactionWithdraw)
			if len(back) != 1 {
				t.Fatalf("took back %v", back)
			}
			w.frames(reacted(4, 2, kira, "👍", false), frame(protocol.KindAccepted, back[0].ID, &protocol.Accepted{Position: 4}))
			w.check("")
		})
	}
}

func (w *widget) check(want string) {
	w.t.Helper()
	if got := w.reactionNames(); got != want {
		w.t.Errorf("shows %q, want %q", got, want)
	}
}

func TestAReactionThatIsRefusedGoesAwayAndSaysWhy(t *testing.T) {
	t.Parallel()
	shop := newShop("key", "K")
	w := shop.open(t)
	w.welcome("", said(1, ann, "hi"))
	w.point(1)
	w.Click("Heart")
	cmd := w.out(protocol.KindReactionAdd)
	w.frames(frame(protocol.KindRefused, cmd[0].ID, &protocol.Refused{Code: protocol.CodeForbidden}))
	w.check("")
	if !strings.Contains(w.HTML(), "You may not do this") {
		t.Errorf("no reason:\n%s", w.HTML())
	}
	w.Effects()
	if left := shop.outbox(); len(left) != 0 {
		t.Errorf("a refused reaction is kept: %v", left)
	}
	w.Click("Heart")
	if strings.Contains(w.HTML(), "You may not do this") {
		t.Error("the reason stays")
	}
}

func TestWhoChangesTheirMindIsHeardInThatOrder(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, ann, "hi"))
	w.point(1)
	w.Click("Heart")
	w.Click("Heart")
	w.check("")
	add := w.out(protocol.KindReactionAdd)
	if len(add) != 1 || len(w.out(protocol.KindReactionWithdraw)) != 0 {
		t.Fatal("the second overtakes the first")
	}
	w.frames(reacted(2, 1, kira, "❤️", true), frame(protocol.KindAccepted, add[0].ID, &protocol.Accepted{Position: 2}))
	w.check("")
	if back := w.out(protocol.KindReactionWithdraw); len(back) != 1 {
		t.Errorf("took back %v", back)
	}
}

func TestAReactionWithoutALineSurvivesAReload(t *testing.T) {
	t.Parallel()
	shop := newShop("key", "K")
	w := shop.open(t)
	w.welcome("", said(1, ann, "hi"))
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	w.point(1)
	w.Click("Heart")
	w.Effects()
	after := shop.open(t)
	after.welcome("", said(1, ann, "hi"))
	after.check("❤️ from You")
	if cmd := after.out(protocol.KindReactionAdd); len(cmd) != 1 {
		t.Fatalf("sent %v", cmd)
	} else {
		after.frames(reacted(2, 1, kira, "❤️", true), frame(protocol.KindAccepted, cmd[0].ID, &protocol.Accepted{Position: 2}))
	}
	after.Effects()
	if left := shop.outbox(); len(left) != 0 {
		t.Errorf("kept %v", left)
	}
}

func TestReactionsOfBothSidesAndOtherTabsAreShownAsTheyCome(t *testing.T) {
	t.Parallel()
	bob := protocol.Actor{Kind: protocol.ActorOperator, ID: "01JC0000000000000000000BOB", Name: "Bob"}
	w := opened(t, "key", "K")
	w.reactions = []protocol.Reaction{{Message: 1, Emoji: "❤️", Actor: ann}, {Message: 2, Emoji: "🎉", Actor: kira}}
	w.welcome("", said(1, kira, "hello"), said(2, ann, "hi"))
	w.check("❤️ from Ann; 🎉 from You")
	w.frames(reacted(3, 1, bob, "❤️", true))
	w.check("❤️ from Ann, Bob; 🎉 from You")
	w.frames(reacted(4, 1, ann, "❤️", false))
	w.check("❤️ from Bob; 🎉 from You")
	w.frames(reacted(5, 2, kira, "🎉", false)) // in another tab
	w.check("❤️ from Bob")
	w.frames(reacted(6, 2, ann, "👍", true))
	w.Click("👍 from Ann")
	w.check("❤️ from Bob; 👍 from You, Ann")
	if w.Page.Named("❤️ from Bob").Tag != "span" {
		t.Error("a sign on an own message can be pressed")
	}
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	w.host("show", "")
	w.reactions = []protocol.Reaction{{Message: 1, Emoji: "❤️", Actor: bob, Withdrawn: true}, {Message: 2, Emoji: "👍", Actor: kira}}
	w.welcome("", said(7, ann, "more"))
	w.check("👍 from You, Ann")
}

func TestEmojiAreOfferedToPointerFingerAndKeys(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, ann, "one"), said(2, kira, "mine"), said(3, ann, "two"))
	at := func(handler vdom.Handler, event vdom.Event, arg string) {
		w.Do(bridge.Event{Kind: bridge.Kind(event), Handler: handler, Arg: arg})
	}
	for _, step := range []struct {
		name    string
		do      func()
		offered bool
	}{
		{"the pointer comes", func() { w.point(3) }, true},
		{"and goes", func() { w.leave(3) }, false},
		{"a finger taps", func() { at(state.OnPin, vdom.Click, "3") }, true},
		{"and is lifted", func() { w.leave(3) }, true},
		{"and taps elsewhere", func() { at(state.OnElsewhere, vdom.Click, "") }, false},
		{"a finger rests", func() { w.point(1); at(state.OnHeld, vdom.ContextMenu, "1"); w.leave(1) }, true},
		{"and chooses", func() { w.Click("Heart") }, false},
		{"the focus comes", func() { at(state.OnFocusAt, vdom.FocusIn, "3") }, true},
		{"and goes elsewhere", func() { at(state.OnElsewhere, vdom.FocusIn, "") }, false},
		{"Alt and up", func() { w.Key("Message", "ArrowUp", bridge.Alt) }, true},
		{"Escape closes the emoji and not the widget", func() { w.Key("Message", "Escape", 0) }, false},
	} {
		step.do()
		if w.offered() != step.offered {
			t.Errorf("%s: offered is %v", step.name, w.offered())
		}
	}
	if e := w.Asked("host"); len(e) > 0 && e[len(e)-1].Text == "close" {
		t.Error("the widget closed")
	}
	w.Key("Message", "ArrowUp", bridge.Alt)
	w.Key("Message", "ArrowUp", bridge.Alt)
	w.Key("Message", "ArrowUp", bridge.Alt)
	if e := w.Asked("focus"); e[len(e)-1].Text != state.ToolID(1) || w.app.state.Bar != 1 {
		t.Errorf("went to %v, at %d", e, w.app.state.Bar)
	}
	if reach := w.Page.All(func(n *pageNode) bool {
		return strings.HasPrefix(n.Attrs["id"], "tool") && n.Attrs["tabindex"] != "-1"
	}); len(reach) != 1 || reach[0].Attrs["id"] != "tool1" {
		t.Errorf("the Tab key reaches %d", len(reach))
	}
}

func TestWhatTheTeamReactsIsReadOut(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"))
	w.frames(reacted(2, 1, ann, "❤️", true))
	w.Do(bridge.Event{Kind: bridge.Fired, A: 4})
	if got := w.Asked("announce"); len(got) != 1 || got[0].Text != "Ann: ❤️" {
		t.Errorf("got %v", got)
	}
}
