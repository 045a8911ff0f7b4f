package server

import (
	"errors"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// TestAnItemThatCannotBeReadHoldsUpNoOtherErasure: one conversation cannot be overwritten whole, and that is said; the
// other is purged.
func TestAnItemThatCannotBeReadHoldsUpNoOtherErasure(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	for range 120 { // more than is overwritten with the event
		h.say(kira, 0, "damaged")
	}
	lev, _ := h.visitor("")
	h.say(lev, 0, "whole")
	ann, _ := h.operator(h.ann)
	conv := storedConversation(h, 1)
	at := store.Items.Key(store.Text(conv.Thread), store.Num(conv.LastMessage))
	if err := h.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: at, Value: []byte("no item")})}); err != nil {
		t.Fatal(err)
	}
	erases(h, ann, 1)
	erases(h, ann, 2)
	h.advance(purgeAfter)
	var damaged *store.CorruptError
	if err := h.Erase(h.ctx()); !errors.As(err, &damaged) {
		t.Errorf("Erase = %v", err)
	}
	if storedConversation(h, 1).PurgedAt != 0 || storedConversation(h, 2).PurgedAt == 0 {
		t.Error("the one that is whole is not purged, or the damaged one is said to be")
	}
}

func storedConversation(h *house, n protocol.Number) (conv store.Conversation) {
	h.t.Helper()
	err := h.Engine.Read(func(r store.Reader) (err error) {
		conv, err = store.Conversations.Get(r, store.Num(n))
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return conv
}
