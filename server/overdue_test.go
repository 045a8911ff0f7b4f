package server

import (
	"slices"
	"testing"
	"time"

	"beseda/protocol"
)

func TestDLV05WhatAVisitorIsNotThereToGetFailsAfterAMinute(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "offline_delivery", "fail_after:1m")
	kira, w := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	bob := h.listing(h.operator(h.bob))
	there := h.say(ann, 1, "how can I help?").Position
	h.ask(kira, protocol.KindReceiptAdvance, advance(there, 0))
	kira.Close()
	lost := h.say(ann, 1, "are you there?").Position
	watch(t, h, ann, 1)
	h.advance(time.Minute - time.Millisecond)
	if state := lastState(t, h, ann); state != protocol.StateSent {
		t.Fatalf("before the minute is over the list says %q", state)
	}
	h.advance(time.Millisecond)
	told := body[protocol.MessageFailed](t, h.kind(ann, protocol.KindMessageFailed))
	if told.Code != protocol.FailedVisitorLeft || !slices.Equal(told.Messages, []protocol.Position{lost}) {
		t.Errorf("Ann is told %+v", told)
	}
	bob.until(func(all rowsOf) bool { return all[1].LastState == protocol.StateFailed })
	items := watch(t, h, bob.line, 1).Items
	i := slices.IndexFunc(items, func(f protocol.Frame) bool { return f.Position == lost })
	if b := body[protocol.MessageSent](t, items[i]); b.Failed != protocol.FailedVisitorLeft {
		t.Errorf("Bob's screen says of it %+v", b)
	}
	kira, again := h.visitor(w.VisitorKey)
	for _, item := range again.History.Items {
		if item.Position == lost {
			t.Error("Kira is shown what was not sent")
		}
	}
	late := h.say(ann, 1, "and now?").Position
	h.ask(kira, protocol.KindReceiptAdvance, advance(late, 0))
	h.advance(time.Hour)
	items = watch(t, h, bob.line, 1).Items
	for _, item := range items {
		if item.Kind == protocol.KindMessageSent && item.Position != lost && body[protocol.MessageSent](t, item).Failed != "" {
			t.Errorf("the message at %d has failed, too", item.Position)
		}
	}
}
