//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

func TestAReplyGoesThroughItsStatesAndNeverBackwards(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.want("before", d.states(), "Read")
	d.write("Yes, twelve of them")
	d.want("sent off", d.states(), "Read Sending")
	d.stored(d.last(protocol.KindMessageSend), 13)
	d.want("stored", d.states(), "Read Sent")
	advance := func(delivered, read protocol.Position, at protocol.Position) {
		d.frame(line(at, noon, nil, protocol.KindReceiptAdvanced, &protocol.ReceiptAdvanced{Side: protocol.SideVisitor, Delivered: delivered, Read: read}))
	}
	advance(13, 11, 14)
	d.want("on the visitor's device", d.states(), "Read Delivered")
	advance(13, 13, 15)
	d.want("seen there", d.states(), "Read Read")
	advance(12, 12, 16)
	d.want("after a late receipt", d.states(), "Read Read")
}

func TestAMessageIsTheSameElementBeforeAndAfterItIsStored(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.write("Yes")
	own := func() any { all := d.Page.ByClass("b-message--end"); return all[len(all)-1] }
	before := own()
	d.stored(d.last(protocol.KindMessageSend), 13)
	if own() != before {
		t.Error("it was drawn anew, and would move")
	}
}

func TestTypedWhileTheLineIsDownGoesOutInOrderAndOnce(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.write("one")
	d.write("two")
	d.want("states", d.states(), "Read Sending Sending")
	if n := d.count(protocol.KindMessageSend); n != 0 {
		t.Fatalf("%d went into a dead line", n)
	}
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.Fake.Now += 40_000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 7})
	d.Do(bridge.Event{Kind: bridge.Opened})
	d.hear("", protocol.KindWelcome, &protocol.Welcome{Version: 1, Position: 100, Now: d.Fake.Now, Operator: welcome()})
	if got := decode[protocol.ConversationWatch](t, d.last(protocol.KindConversationWatch)); got.After != 12 {
		t.Errorf("resumed from %d", got.After)
	}
	first := d.last(protocol.KindMessageSend)
	d.want("first", decode[protocol.MessageSend](t, first).Text, "one")
	d.frame(protocol.Frame{Kind: protocol.KindAccepted, ID: first.ID, Body: protocol.EncodeBody(&protocol.Accepted{Position: 13, Conversation: 41})})
	d.want("second", decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)).Text, "two")
	if n := d.count(protocol.KindMessageSend); n != 2 {
		t.Errorf("%d were sent", n)
	}
}

func TestTheBannerComesOnlyWhenTheLineStaysAway(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	if strings.Contains(d.HTML(), "No connection") {
		t.Error("it came at once")
	}
	d.wait(3001)
	if !strings.Contains(d.HTML(), "No connection. We keep trying, nothing is lost.") {
		t.Error("it did not come")
	}
}

func TestARefusedMessageSaysWhyAndCanBeTriedAgainOrDeleted(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.write("Mine")
	send := d.last(protocol.KindMessageSend)
	bobs := row(41)
	bobs.Assignee, bobs.MayWrite = bob, false
	d.hear(send.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotAssigned})
	d.changed(0, bobs)
	d.want("state", d.states(), "Read Not sent")
	d.want("why", d.text("b-failed"), "Not sent: #41 is now Bob’s")
	d.Click("Try again")
	d.want("tried again", d.states(), "Read Sending")
	if again := d.last(protocol.KindMessageSend); again.ID != send.ID {
		t.Error("another id: it could be stored twice")
	}
	d.hear(send.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotAssigned})
	d.Click("Delete")
	d.want("deleted", d.states(), "Read")
}

func TestLosingTheConversationWhileWritingKeepsTheText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "I will send the invoice")
	bobs := row(41)
	bobs.Assignee, bobs.MayWrite = bob, false
	d.changed(0, bobs)
	if d.textbox("Reply") != nil {
		t.Error("there is still a field to write a reply into")
	}
	if got := d.text("b-locked"); !strings.Contains(got, "#41 is Bob’s now") || !strings.Contains(got, "I will send the invoice") {
		t.Errorf("the place says %q", got)
	}
	d.Click("Copy my text")
	d.want("copied", d.asked("copy"), "I will send the invoice")
}

func TestReadIsSaidOnlyOfWhatIsInSight(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		page int64
		at   string
		want bool
	}{
		"visible, focused and at the end":   {visible, "end", true},
		"another window has the focus":      {bridge.PageVisible | bridge.PageOnline, "end", false},
		"the tab is hidden":                 {bridge.PageOnline, "end", false},
		"scrolled up, the newest not shown": {visible, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/#41")
			d.focus(c.page)
			d.page41()
			d.commands()
			d.sent = nil
			d.scroll(c.at)
			d.settled()
			said := false
			for _, f := range d.commands() {
				if f.Kind == protocol.KindReceiptAdvance && decode[protocol.ReceiptAdvance](t, f).Read == 12 {
					said = true
				}
			}
			if said != c.want {
				t.Errorf("said to be read: %v", said)
			}
		})
	}
}

func TestDeliveredIsSaidAsSoonAsTheRowArrives(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	got := decode[protocol.ReceiptAdvance](t, d.last(protocol.KindReceiptAdvance))
	if got.Conversation != 41 || got.Delivered != 12 || got.Read != 0 {
		t.Errorf("said %+v", got)
	}
	if n := d.count(protocol.KindReceiptAdvance); n != 1 {
		t.Errorf("%d receipts", n)
	}
	d.changed(1, row(41))
	if n := d.count(protocol.KindReceiptAdvance); n != 1 {
		t.Errorf("%d receipts after nothing new", n)
	}
}

func TestOlderLinesComeOnScrollingUp(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#41")
	r := row(41)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{Conversation: 41, Items: items()[2:], More: true, Row: &r})
	d.scroll("top")
	d.scroll("top")
	if n := d.count(protocol.KindHistoryRead); n != 1 {
		t.Fatalf("asked %d times", n)
	}
	ask := d.last(protocol.KindHistoryRead)
	if got := decode[protocol.HistoryRead](t, ask); got.Before != 11 {
		t.Errorf("asked before %d", got.Before)
	}
	d.hear(ask.ID, protocol.KindHistory, &protocol.History{Conversation: 41, Items: items()[:2]})
	if got := d.text("b-message__text"); !strings.HasPrefix(got, "Hi!") || strings.Count(got, "|") != 2 {
		t.Errorf("the log says %q", got)
	}
}

func TestAnAnswerToAMessageOfTwoTabsIsShownOnce(t *testing.T) {
	t.Parallel()
	d := opened(t)
	event := line(13, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent, &protocol.MessageSent{Text: "From the other tab"})
	d.frame(event)
	d.frame(event)
	if n := strings.Count(d.text("b-message__text"), "other tab"); n != 1 {
		t.Errorf("it stands there %d times", n)
	}
}

func TestScrolledUpNewLinesAreCountedAndJumpedTo(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.scroll("")
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(line(13, noon, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "And?"}))
	d.frame(line(14, noon, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "Hello?"}))
	d.Click("2 new")
	d.want("scrolled", d.asked("scrollend"), "log")
}

func TestClosingOffersToUndo(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.rules("outbound.closed", "reopen")
	d.Click("Close")
	d.hear(d.last(protocol.KindConversationClose).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 41})
	closed := row(41)
	closed.Activity, closed.Status = protocol.Completed, protocol.Closed
	d.changed(0, closed)
	if !strings.Contains(d.text("b-toast"), "#41 is closed") {
		t.Fatalf("the toast says %q", d.text("b-toast"))
	}
	if !strings.Contains(d.text("b-desk__top"), "Sending will reopen") {
		t.Error("the desk does not say that sending reopens")
	}
	d.Click("Undo")
	if got := decode[protocol.ConversationReopen](t, d.last(protocol.KindConversationReopen)); got.Conversation != 41 {
		t.Errorf("reopened %d", got.Conversation)
	}
}

func TestTheNumberIsAMenu(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Conversation 41, menu")
	d.want("items", d.text("b-menu__item"), "Close conversationC | End chat…E | Mark as pending | Reassign…A | Mark as unreadU | Copy link")
	d.want("focus", d.asked("focus"), "menu-0")
	d.On(d.Page.ByID("menu-0"), vdom.KeyDown, bridge.Event{Text: "ArrowUp"})
	d.want("focus", d.asked("focus"), "menu-5")
	d.On(d.Page.ByID("menu-5"), vdom.KeyDown, bridge.Event{Text: "Escape"})
	d.want("focus", d.asked("focus"), "number")
	if len(d.Page.ByClass("b-menu")) != 0 {
		t.Error("it is still open")
	}
}

func TestAssigningOffersActiveColleaguesButNotTheOneWhoHasIt(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Assigned to Ann. Reassign")
	d.want("people", d.text("b-people__item"), "BBobOnline · 0 conversations now | NobodyWhoever answers first takes it.")
	d.On(d.Page.ByClass("b-radio")[0], vdom.Change, bridge.Event{B: 1})
	d.submit("b-form")
	got := decode[protocol.ConversationAssign](t, d.last(protocol.KindConversationAssign))
	if got.Assignee != bob || got.Conversation != 41 {
		t.Errorf("assigned %+v", got)
	}
	d.hear(d.last(protocol.KindConversationAssign).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	d.want("the window says", d.alert(), "You may not do this")
}

func TestWhoMayNotReassignSeesWhoHasItAndNoWay(t *testing.T) {
	t.Parallel()
	d := opened(t, func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Team.Operators[0].Role = protocol.RoleOperator, protocol.RoleOperator
	})
	bobs := row(41)
	bobs.Assignee, bobs.MayWrite = bob, false
	d.changed(0, bobs)
	if _, off := d.Page.ByID("assignee").Attrs["disabled"]; !off {
		t.Error("the button can be pressed")
	}
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.frame(line(13, noon, &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "<b>hi</b> javascript:alert(1) http://evil.example\u202egpj.exe"}))
	for _, n := range d.Page.ByClass("b-message__text") {
		for _, c := range n.Children {
			if c.Tag == "b" || c.Tag == "script" {
				t.Errorf("markup became an element: %s", c.HTML())
			}
			if c.Tag == "a" && !strings.HasPrefix(c.Attrs["href"], "http") {
				t.Errorf("a link leads to %s", c.Attrs["href"])
			}
		}
	}
}

func TestLeavingAndComingBackResumesFromWhatIsHeld(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	if n := d.count(protocol.KindConversationLeave); n != 1 {
		t.Errorf("left %d times", n)
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	if got := decode[protocol.ConversationWatch](t, d.last(protocol.KindConversationWatch)); got.Conversation != 41 || got.After != 12 {
		t.Errorf("watched %+v", got)
	}
	if !strings.Contains(d.text("b-message__text"), "in stock") {
		t.Error("what was held is not shown at once")
	}
}

func TestAConversationThatDoesNotExistSaysSo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#99")
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotFound})
	if !strings.Contains(d.text("b-empty"), "There is no such conversation") {
		t.Errorf("the page says %q", d.text("b-empty"))
	}
}

func TestReadIsNotSaidBeforeThePageHasScrolledToWhatIsNew(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#41")
	d.page41()
	d.want("scrolled to", d.asked("scrollto"), state.DividerID)
	d.scroll("end") // the page's end came into view for a moment, on the way
	for _, f := range d.commands() {
		if f.Kind == protocol.KindReceiptAdvance && decode[protocol.ReceiptAdvance](t, f).Read > 0 {
			t.Error("it was said to be read")
		}
	}
	d.scroll("")
	d.settled()
	d.commands()
	if got := decode[protocol.ReceiptAdvance](t, d.last(protocol.KindReceiptAdvance)); got.Read != 0 {
		t.Errorf("read up to %d", got.Read)
	}
}
