package desk_test

import (
	"testing"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/store"
)

func (p person) erases(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: n})
}

func tombstone(c store.Conversation) bool { return c.Tombstone() }

// finishes does what the house does behind an erasure: the rest of the items, and, once the files are clean, the event.
func (o *office) finishes(n protocol.Number) {
	o.t.Helper()
	for more := true; more; {
		o.decide(func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
			out, more, err = desk.EraseMore(r, n)
			return out, err
		})
	}
	o.decide(func(r store.Reader, now int64, _ func() string) (store.Outcome, error) {
		return desk.Purged(r, now, []protocol.Number{n})
	})
}

// checkErased is I6 for what was erased.
func (w *world) checkErased(t *testing.T, conv *store.Conversation) {
	t.Helper()
	if len(conv.Ranges) > 0 || conv.Deadline+conv.AnnounceAt+conv.WarnAt+conv.LimitAt+conv.FailAt != 0 || conv.Offer != nil || conv.Wait != nil ||
		conv.Title+conv.Subject+conv.LastText != "" || conv.LastMessage+conv.LastPosition+conv.TeamRead != 0 || conv.MergedInto != 0 {
		t.Errorf("I6: the tombstone of #%d holds something: %+v", conv.Number, conv)
	}
	for key := range w.own {
		if n := protocol.Number(store.LastNum[protocol.Number]([]byte(key))); n == conv.Number {
			t.Errorf("I6: somebody has read the tombstone of #%d", n)
		}
	}
}
