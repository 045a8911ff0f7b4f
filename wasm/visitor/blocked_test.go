//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// blocked refuses a command as the server does for who is blocked.
func blocked(cmd protocol.Frame) protocol.Frame {
	return frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeBlocked})
}

func TestBLK02WhoIsBlockedIsToldNoMoreThanThatItCannotBeDelivered(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, ann, "hi"))
	w.Type("Message", "he")
	for _, f := range w.out(protocol.KindTypingStart) {
		w.frames(blocked(f))
	}
	w.frames(reacted(2, 1, ann, "👍", true))
	if w.Page.Named("This message cannot be delivered.") != nil || strings.Contains(w.HTML(), "cannot") {
		t.Errorf("typing is answered:\n%s", w.HTML())
	}
	w.write("hello")
	cmd := w.out(protocol.KindMessageSend)
	w.frames(blocked(cmd[0]))
	if w.states() != "Not sent" || strings.Count(w.HTML(), "This message cannot be delivered.") != 1 {
		t.Fatalf("%q\n%s", w.states(), w.HTML())
	}
	w.Click("Copy text")
	if e := w.Asked("copy"); len(e) != 1 || e[0].Text != "hello" {
		t.Fatalf("copies %v", e)
	}
	w.Do(bridge.Event{Kind: bridge.Copied, A: 1})
	if w.Page.Named("Copied") == nil {
		t.Error("nobody knows that it is copied")
	}
}

func TestBLK04WhatWasRefusedIsNeverSentByItself(t *testing.T) {
	t.Parallel()
	shop := newShop("key", "K")
	w := shop.open(t)
	w.welcome("", said(1, ann, "hi"))
	w.write("refused")
	w.frames(blocked(w.out(protocol.KindMessageSend)[0]))
	w.Effects()
	quiet := func(when string, w *widget) {
		t.Helper()
		for _, f := range w.out(protocol.KindMessageSend) {
			if body[protocol.MessageSend](t, f).Text == "refused" {
				t.Errorf("%s it is sent", when)
			}
		}
	}
	w.Now += 3600_000
	for timer := range 8 {
		w.Do(bridge.Event{Kind: bridge.Fired, A: int64(timer)})
	}
	quiet("with time", w)
	w.again()
	w.welcome("", said(1, ann, "hi"))
	quiet("with the next line", w)
	w.write("after the unblocking")
	next := w.out(protocol.KindMessageSend)
	if len(next) != 1 || body[protocol.MessageSend](t, next[0]).Text != "after the unblocking" {
		t.Fatalf("sent %v", next)
	}
	w.Effects()
	after := shop.open(t)
	after.welcome("", said(1, ann, "hi"))
	quiet("after a reload", after)
	if !strings.Contains(after.texts(), "refused") || !strings.Contains(after.HTML(), "This message cannot be delivered.") {
		t.Errorf("the text is lost: %q", after.texts())
	}
}
