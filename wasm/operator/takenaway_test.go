//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

func said(at protocol.Position, in protocol.Number, text string) protocol.Frame {
	f := happened(at, protocol.KindMessageSent, &protocol.MessageSent{Text: text})
	f.Conversation, f.Thread = in, thread
	return f
}

// rowTexts are what the rows of the list say, without the head.
func (d *desk) rowTexts() string { return strings.Join(d.bodyRows(), "\n") }

func (d *desk) gone(n protocol.Number) {
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{n}})
}

func TestDEL01TheEventListLosesWhatIsGoneAndAsksForTheRestAgain(t *testing.T) {
	t.Parallel()
	other := happened(20, protocol.KindReplyWaived, &protocol.ReplyWaived{})
	other.Conversation, other.Thread = 50, protocol.ThreadID(thread[:25])+"X"
	d := listed(t, "/console/events", &protocol.Events{More: true, Before: 20, Events: []protocol.Frame{
		said(24, 42, "secret of 42"), said(23, 41, "written under 41, split off to 42"), said(22, 41, "still to be seen"), other,
	}})
	d.gone(42)
	if text := d.rowTexts(); strings.Contains(text, "secret") || strings.Contains(text, "split off") || !strings.Contains(text, "#50") {
		t.Fatalf("the rows are %q", text)
	}
	check := d.last(protocol.KindEventsRead)
	if got := decode[protocol.EventsRead](t, check); got.Before != 25 {
		t.Fatalf("asked %+v", got)
	}
	d.hear(check.ID, protocol.KindEvents, &protocol.Events{More: true, Before: 22, Events: []protocol.Frame{said(22, 41, "still to be seen")}})
	check = d.last(protocol.KindEventsRead)
	if got := decode[protocol.EventsRead](t, check); got.Before != 22 {
		t.Fatalf("then asked %+v", got)
	}
	d.hear(check.ID, protocol.KindEvents, &protocol.Events{More: true, Before: 19, Events: []protocol.Frame{other}})
	if rows := d.bodyRows(); len(rows) != 2 || !strings.Contains(rows[0], "still to be seen") || !strings.Contains(rows[1], "#50") {
		t.Errorf("the rows are %q", rows)
	}
	d.Click("Show older events")
	if got := decode[protocol.EventsRead](t, d.last(protocol.KindEventsRead)); got.Before != 19 {
		t.Errorf("older ones were asked from %+v", got)
	}
}

func TestDEL01APageThatWasOnItsWayIsAskedForAgain(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/events")
	first := d.last(protocol.KindEventsRead)
	d.gone(41)
	d.hear(first.ID, protocol.KindEvents, &protocol.Events{Events: []protocol.Frame{said(22, 41, "secret")}})
	again := d.last(protocol.KindEventsRead)
	if strings.Contains(d.HTML(), "secret") || again.ID == first.ID {
		t.Fatal("a page from before is shown")
	}
	d.hear(again.ID, protocol.KindEvents, &protocol.Events{Events: []protocol.Frame{said(21, 40, "allowed")}})
	if rows := d.bodyRows(); len(rows) != 1 {
		t.Errorf("the rows are %q", rows)
	}
}

func TestDEL01WhatIsNotOnScreenIsForgotten(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", &protocol.Events{Events: []protocol.Frame{said(22, 41, "secret")}})
	d.Click("Inbox")
	erased := protocol.Frame{Kind: protocol.KindConversationErased, Position: 30, Conversation: 41, Thread: thread,
		Body: protocol.EncodeBody(&protocol.ConversationErased{Ranges: []protocol.Range{{First: 22, Last: 22}}})}
	d.frame(erased)
	before := d.count(protocol.KindEventsRead)
	d.Click("Events")
	if strings.Contains(d.HTML(), "secret") || d.count(protocol.KindEventsRead) != before+1 {
		t.Error("it stays, or nothing is asked")
	}
}

func TestASG03RightsThatWentWhileTheLineWasDownAreAskedForAgain(t *testing.T) {
	t.Parallel()
	d := listed(t, "/console/events", &protocol.Events{Events: []protocol.Frame{said(22, 41, "secret"), said(21, 40, "allowed")}})
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect()
	at := slices.IndexFunc(d.sent, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindEventsRead && decode[protocol.EventsRead](t, f).Before == 23
	})
	if at < 0 {
		t.Fatal("nothing is asked for again")
	}
	check := d.sent[at]
	d.hear(check.ID, protocol.KindEvents, &protocol.Events{Events: []protocol.Frame{said(21, 40, "allowed")}})
	if text := d.rowTexts(); strings.Contains(text, "secret") || !strings.Contains(text, "allowed") {
		t.Errorf("the rows are %q", text)
	}
}

func TestDEL01AWindowOverAConversationGoesWithIt(t *testing.T) {
	t.Parallel()
	d := opened(t)
	texts := d.Page.All(func(n *pageNode) bool { return strings.HasPrefix(n.Attrs["id"], "bolt-") })
	if len(texts) == 0 {
		t.Fatal("no message to make a quick reply of")
	}
	d.On(texts[0], vdom.Click, bridge.Event{})
	if d.Page.ByID("quick-text") == nil {
		t.Fatal("no window")
	}
	d.Effects()
	d.gone(41)
	if d.Page.ByID("quick-text") != nil {
		t.Error("the window stays, with what was said")
	}
	if !slices.ContainsFunc(d.Effects(), func(e bridge.Effect) bool { return e.Name == "focus" && e.Text == "talk" }) {
		t.Error("focus is lost")
	}
}
