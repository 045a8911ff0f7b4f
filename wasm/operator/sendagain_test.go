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

// left41 is a conversation whose message 11 never reached the visitor.
func left41(t *testing.T, change func(*protocol.MessageSent)) *desk {
	t.Helper()
	d := signedIn(t, "/console/#41")
	body := &protocol.MessageSent{Text: "Hello", Failed: protocol.FailedVisitorLeft, Quote: &protocol.Quote{Message: 10, Text: "Hi!"}}
	change(body)
	all := items()
	all[2] = line(11, noon-3_500_000, all[2].Actor, protocol.KindMessageSent, body)
	r := row(41)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{Conversation: 41, Items: all, Row: &r})
	d.scroll("top end")
	d.settled()
	d.commands()
	return d
}

func TestDLV05WhatAVisitorLeftBeforeIsSentAgainAsANewMessageOnce(t *testing.T) {
	t.Parallel()
	d := left41(t, func(*protocol.MessageSent) {})
	d.Click("Send again")
	cmd := d.last(protocol.KindMessageSend)
	want := protocol.MessageSend{Conversation: 41, Text: "Hello", Quote: 10, Last: 12}
	if got := decode[protocol.MessageSend](t, cmd); got.Text != want.Text || got.Quote != want.Quote || got.Last != want.Last || len(got.Attachments) != 0 {
		t.Errorf("sent %+v", got)
	}
	d.want("focus", d.asked("focus"), state.ReplyID)
	d.Do(bridge.Event{Kind: bridge.Kind(vdom.Click), Handler: state.SendAgain, Arg: "11"}) // a double press, on its way already
	if n := d.count(protocol.KindMessageSend); n != 1 {
		t.Errorf("%d messages were sent", n)
	}
	if d.Page.Named("Send again") != nil {
		t.Error("it is offered again")
	}
	d.stored(cmd, 13)
	if d.Page.Named("Send again") != nil {
		t.Error("it is offered again once the new one is stored")
	}
}

func TestWhatCannotBeSentAgainIsNotOffered(t *testing.T) {
	t.Parallel()
	file := []protocol.Attachment{{ID: "01JC00000000000000000F1LE0", Name: "lamp.pdf", Kind: protocol.AttachmentOther}}
	if d := left41(t, func(b *protocol.MessageSent) { b.Attachments = file }); d.Page.Named("Send the text again") == nil {
		t.Error("the text is not offered without its file")
	}
	if d := left41(t, func(b *protocol.MessageSent) { b.Text, b.Attachments = "", file }); strings.Contains(d.HTML(), "again") {
		t.Error("a file is offered that hangs on its message for good")
	}
	if d := left41(t, func(b *protocol.MessageSent) { b.Failed = protocol.CodeBlocked }); d.Page.Named("Send again") != nil {
		t.Error("what was blocked is offered")
	}
}
