package engine_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

// everything is all records of a store.
func everything(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := s.View(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			all[string(e.Key)] = string(e.Value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAnErasedItemStaysInTheLogWithoutItsContent, and the log replays to what there is now.
func TestAnErasedItemStaysInTheLogWithoutItsContent(t *testing.T) {
	t.Parallel()
	base := memory.New()
	h := newHouse(t, base)
	for i := range 3 {
		h.mustDo(says("ann", "", protocol.Frame{Kind: protocol.KindMessageSent, Thread: "T", Conversation: 7,
			Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: "ann"},
			Body:  protocol.EncodeBody(&protocol.MessageSent{Text: fmt.Sprint("secret ", i)})}))
	}
	h.mustDo(engine.Command{Decide: func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
		item, err := store.Items.Get(r, store.Text("T"), store.Num(protocol.Position(2)))
		if err != nil {
			return out, err
		}
		item.Body = nil
		out.Overwrites, err = store.EraseItem(item)
		return out, err
	}})
	var got []string
	err := h.Read(func(r store.Reader) error {
		for ev, err := range engine.Changes(r, 0) {
			if err != nil {
				return err
			}
			var body protocol.MessageSent
			if err := protocol.DecodeBody(ev.Body, &body); err != nil {
				return err
			}
			got = append(got, fmt.Sprint(ev.Position, " ", ev.Actor.ID, " #", ev.Conversation, " ", body.Text))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 ann #7 secret 0", "2 ann #7 ", "3 ann #7 secret 2"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	again := memory.New()
	if err := h.Read(func(r store.Reader) error { return engine.Replay(r, again, store.Main, toy{}) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everything(t, base), everything(t, again)); diff != "" {
		t.Errorf("stored - replayed +\n%s", diff)
	}
}

// TestOverwritingChangesNoView: what an event must bring about is not done on the quiet.
func TestOverwritingChangesNoView(t *testing.T) {
	t.Parallel()
	base := memory.New()
	h := newHouse(t, base)
	for _, key := range [][]byte{
		store.Conversations.Key(store.Num(protocol.Number(1))), store.Answers.Key(store.Text("a"), store.Text("b")), cell("x"), {},
	} {
		_, err := h.do(engine.Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{Overwrites: []store.Write{{Key: key, Value: []byte("x")}}}, nil
		}})
		if err == nil {
			t.Errorf("%q was overwritten", key)
		}
	}
	if left := everything(t, base); len(left) != 0 {
		t.Errorf("stored: %v", left)
	}
}
