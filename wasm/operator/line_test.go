//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

func TestAccessLostWhileTheLineWasDownClearsTheScreen(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "mine")
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect(func(w *protocol.OperatorWelcome) { w.Inbox.Rows = w.Inbox.Rows[1:] })
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	if html := d.HTML(); strings.Contains(html, "Kira") || strings.Contains(html, "in stock") {
		t.Error("it is still on screen")
	}
	d.Click("Copy my text")
	d.want("copied", d.asked("copy"), "mine")
}

func TestAServerThatDoesNotKnowThisPageAnyMoreOffersToReload(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.hear("", protocol.KindGoodbye, &protocol.Goodbye{Code: protocol.CodeInvalid})
	d.Click("Reload the page")
	if len(d.Asked("reload")) != 1 {
		t.Error("it did not reload")
	}
}

func TestTheListIsAskedForAnewAfterALostLine(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("All 3")
	d.hear(d.last(protocol.KindInboxLook).ID, protocol.KindInbox, &protocol.Inbox{Lens: 1, Rows: []protocol.Row{row(41)}, Total: 1, All: 3})
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect()
	if n := d.count(protocol.KindInboxLook); n != 2 {
		t.Errorf("asked %d times", n)
	}
	if ask := decode[protocol.InboxLook](t, d.last(protocol.KindInboxLook)); ask.Lens != 2 || len(ask.Filter.Activities) != 0 {
		t.Errorf("asked for %+v", ask)
	}
}

func TestNewsThatCameWhileTheLineWasDownNotify(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.connect(func(w *protocol.OperatorWelcome) { w.Inbox.Rows = append(w.Inbox.Rows[:1:1], news("while away")) })
	if n := len(d.Asked("notify")); n != 1 {
		t.Errorf("%d notifications", n)
	}
}
