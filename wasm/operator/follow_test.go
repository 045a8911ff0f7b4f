//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// page plays the server that answers the watching of another conversation of the same visitor.
func (d *desk) page(n protocol.Number, frames ...protocol.Frame) {
	d.t.Helper()
	r := row(41)
	r.Number, r.Unread = n, 0
	for i := range frames {
		frames[i].Conversation = n
	}
	watch := d.last(protocol.KindConversationWatch)
	if got := decode[protocol.ConversationWatch](d.t, watch); got.Conversation != n {
		d.t.Fatalf("#%d was asked for, not #%d", got.Conversation, n)
	}
	d.hear(watch.ID, protocol.KindHistory, &protocol.History{Conversation: n, Items: frames, Row: &r})
}

// backTo41 goes back by the browser.
func (d *desk) backTo41() {
	d.t.Helper()
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
}

func TestCLO08AReplyThatBeginsANewConversationIsFollowedThere(t *testing.T) {
	t.Parallel()
	d := closed41(t, "outbound.closed", "new")
	d.write("One more thing")
	first := d.last(protocol.KindMessageSend)
	d.write("And another")
	d.Type("Reply", "half a draft")
	d.hear(first.ID, protocol.KindAccepted, &protocol.Accepted{Position: 30, Conversation: 43})
	d.want("address", d.asked("push"), "/console/#43")
	if !strings.Contains(d.text("b-toast"), "Your reply is in #43") {
		t.Errorf("the toast says %q", d.text("b-toast"))
	}
	if got := decode[protocol.DraftSave](t, d.last(protocol.KindDraftSave)); got.Conversation != 41 || got.Text != "" {
		t.Errorf("of the draft in #41 the server heard %+v", got)
	}
	second := d.last(protocol.KindMessageSend)
	if got := decode[protocol.MessageSend](t, second); got.Conversation != 43 || got.Text != "And another" {
		t.Errorf("then sent %+v", got)
	}
	said := line(30, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "One more thing"})
	said.ID = first.ID
	d.page(43, said)
	d.want("log", d.text("b-message__text"), "One more thing | And another")
	d.want("field", d.textbox("Reply").Attrs[".value"], "half a draft")
	d.hear(second.ID, protocol.KindAccepted, &protocol.Accepted{Position: 31, Conversation: 43})
	again := line(31, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "And another"})
	again.ID, again.Conversation = second.ID, 43
	d.frame(again)
	d.want("log in the end", d.text("b-message__text"), "One more thing | And another")
	if n := d.count(protocol.KindMessageSend); n != 2 {
		t.Errorf("%d messages were sent", n)
	}
	d.backTo41()
	d.want("left in #41", d.text("b-message__text"), "Hi! See https://shop.example/luma. | Hello | Is it in stock?")
}

func TestCLO08AReplyThatBeganANewConversationWhileAnotherWasLookedAtLeadsThere(t *testing.T) {
	t.Parallel()
	d := closed41(t, "outbound.closed", "new")
	d.write("One more thing")
	first := d.last(protocol.KindMessageSend)
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	d.hear(first.ID, protocol.KindAccepted, &protocol.Accepted{Position: 30, Conversation: 43})
	if n := len(d.Asked("push")); n != 0 {
		t.Error("it left what was looked at")
	}
	d.Click("Open #43")
	d.want("address", d.asked("push"), "/console/#43")
}

func TestAReplyThatAnotherActiveConversationIsInTheWayOfIsSentThere(t *testing.T) {
	t.Parallel()
	d := closed41(t, "outbound.closed", "reopen")
	d.write("Still there?")
	first := d.last(protocol.KindMessageSend)
	d.hear(first.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "active=42"})
	if d.Page.Named("Try again") != nil {
		t.Error("it offers what is refused again")
	}
	d.Click("Send in #42")
	d.want("address", d.asked("push"), "/console/#42")
	second := d.last(protocol.KindMessageSend)
	if got := decode[protocol.MessageSend](t, second); got.Conversation != 42 || got.Text != "Still there?" || second.ID == first.ID {
		t.Errorf("sent %+v as %s", got, second.ID)
	}
	if n := d.count(protocol.KindMessageSend); n != 2 {
		t.Errorf("%d messages were sent", n)
	}
	d.page(42)
	d.want("log", d.text("b-message__text"), "Still there?")
	d.want("states", d.states(), "Sending")
	said := line(30, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "Still there?"})
	said.ID, said.Conversation = second.ID, 42
	d.frame(said)
	d.want("log in the end", d.text("b-message__text"), "Still there?")
	d.backTo41()
	d.want("left in #41", d.text("b-message__text"), "Hi! See https://shop.example/luma. | Hello | Is it in stock?")
}

func TestWhatIsSentElsewhereTakesItsQuoteAlong(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Quote")
	done := row(41)
	done.Activity, done.Status = protocol.Completed, protocol.Closed
	d.changed(0, done)
	d.write("About that")
	first := d.last(protocol.KindMessageSend)
	quoted := decode[protocol.MessageSend](t, first).Quote
	if quoted == 0 {
		t.Fatal("nothing is quoted")
	}
	d.hear(first.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "active=42"})
	d.Click("Send in #42")
	if got := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)); got.Quote != quoted || got.Conversation != 42 {
		t.Errorf("sent %+v", got)
	}
}

func TestAReopenThatAnotherActiveConversationIsInTheWayOfLeadsThere(t *testing.T) {
	t.Parallel()
	d := closed41(t)
	d.Click("Reopen")
	d.hear(d.last(protocol.KindConversationReopen).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "active=42"})
	if !strings.Contains(d.text("b-toast"), "#42 of the same visitor is active already") {
		t.Errorf("the toast says %q", d.text("b-toast"))
	}
	d.Click("Open #42")
	d.want("address", d.asked("push"), "/console/#42")
}
