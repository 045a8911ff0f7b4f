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

func erased(at protocol.Position, ranges ...protocol.Range) protocol.Frame {
	f := frame(protocol.KindConversationErased, "", &protocol.ConversationErased{Ranges: ranges})
	f.Position, f.At, f.Thread = at, noon, thread
	return f
}

func span(first, last protocol.Position) protocol.Range {
	return protocol.Range{First: first, Last: last}
}

func TestDEL07WhatIsErasedIsGoneFromTheScreen(t *testing.T) {
	t.Parallel()
	who := ann
	w := live(t, said(1, kira, "old question"), said(2, ann, "old secret"), said(5, kira, "new question"),
		answering(said(6, ann, "as I wrote"), protocol.Quote{Message: 2, Actor: &who, Text: "old secret"}))
	w.frames(reacted(7, 2, kira, "❤️", true))
	w.quoteAt(2)
	w.Effects()
	w.frames(said(8, ann, "more"), erased(9, span(1, 4), span(7, 7)))
	if got := w.texts(); got != "new question|as I wrote|more" {
		t.Errorf("shows %q", got)
	}
	w.wantQuotes("in a message and in the draft", "Message deleted|Message deleted")
	w.check("")
	if strings.Contains(w.HTML(), "secret") {
		t.Errorf("it is still there:\n%s", w.HTML())
	}
	w.Do(bridge.Event{Kind: bridge.Fired, A: 4})
	if said := w.Asked("announce"); len(said) != 1 || said[0].Text != "" {
		t.Errorf("what is read out is not emptied, or it is said later: %v", said)
	}
	w.write("yes")
	if cmd := w.out(protocol.KindMessageSend); len(cmd) != 1 || body[protocol.MessageSend](t, cmd[0]).Quote != 0 {
		t.Errorf("quotes what is no more: %v", cmd)
	}
	if asked := w.out(protocol.KindConversationsRead); len(asked) == 0 {
		t.Error("the list is not asked for")
	}
}

func TestDEL07WhatIsErasedCountsNoMore(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, ann, "one"))
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll})
	w.frames(said(2, ann, "two"), said(3, ann, "three"), said(4, kira, "mine"))
	if w.Page.Named("2 new messages") == nil {
		t.Fatalf("not counted:\n%s", w.HTML())
	}
	if e, ok := posted(w.Effects(), "unread"); !ok || e.More != "2" {
		t.Fatalf("the launcher says %+v", e)
	}
	w.frames(erased(5, span(2, 2)))
	if w.Page.Named("1 new message") == nil {
		t.Errorf("counted wrong:\n%s", w.HTML())
	}
	if e, ok := posted(w.Effects(), "unread"); !ok || e.More != "1" {
		t.Errorf("the launcher says %+v", e)
	}
	w.frames(erased(6, span(3, 4)))
	if w.Page.Named("To the newest") == nil {
		t.Errorf("counted wrong:\n%s", w.HTML())
	}
	if e, ok := posted(w.Effects(), "unread"); !ok || e.More != "0" {
		t.Errorf("the launcher says %+v", e)
	}
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "end"})
	if got := w.out(protocol.KindReceiptAdvance); len(got) > 0 {
		if r := body[protocol.ReceiptAdvance](t, got[len(got)-1]); r.Read > 3 || r.Delivered > 3 {
			t.Errorf("tells that it has %+v", r)
		}
	}
}

func TestDEL07AfterALossOfTheLineOnlyWhatThereIsIsShown(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "K")
	w.welcomeWith("", protocol.History{Items: []protocol.Frame{said(1, kira, "erased"), said(2, ann, "erased too"), said(3, kira, "stays")}})
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll})
	w.frames(said(4, ann, "erased as well"))
	w.quoteAt(2)
	w.again()
	w.last = 6
	w.welcomeWith("", protocol.History{Reset: true, Items: []protocol.Frame{said(3, kira, "stays"), said(6, ann, "new")}})
	if got := w.texts(); got != "stays|new" {
		t.Errorf("shows %q", got)
	}
	w.wantQuotes("the draft", "Message deleted")
	if w.Page.Named("1 new message") == nil {
		t.Errorf("counted wrong:\n%s", w.HTML())
	}
}

func TestDEL07APageThatWasReadBeforeBringsNothingBack(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "K")
	w.welcomeWith("", protocol.History{More: true, Items: []protocol.Frame{said(60, ann, "sixty")}})
	top := bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "top"}
	w.Do(top)
	asked := w.out(protocol.KindHistoryRead)
	if len(asked) != 1 {
		t.Fatalf("asked %v", asked)
	}
	w.frames(erased(61, span(40, 50)), frame(protocol.KindHistory, asked[0].ID, &protocol.History{
		More: true, Items: []protocol.Frame{said(39, ann, "before"), said(45, ann, "erased")},
	}))
	if got := w.texts(); got != "before|sixty" {
		t.Errorf("shows %q", got)
	}
	w.frames(erased(62, span(39, 60)))
	if got := w.texts(); got != "" {
		t.Errorf("shows %q", got)
	}
	asked = w.out(protocol.KindHistoryRead)
	if len(asked) != 1 || body[protocol.HistoryRead](t, asked[0]).Before != 39 {
		t.Fatalf("what is older is not asked for: %v", asked)
	}
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{Items: []protocol.Frame{said(5, ann, "five")}}))
	if got := w.texts(); got != "five" {
		t.Errorf("shows %q", got)
	}
}

func TestDEL07TheListOfConversationsLosesIt(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "first"), said(5, kira, "second"))
	w.own(own(42, 5, "second", protocol.Open), own(41, 1, "first", protocol.Closed))
	w.Click("Your conversations")
	w.out(protocol.KindConversationsRead)
	w.frames(erased(6, span(1, 4)))
	w.answerOwn(own(42, 5, "second", protocol.Open))
	if got := strings.Join(w.titles(), "|"); got != "second" {
		t.Errorf("lists %q", got)
	}
}
