package conversation_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
	"beseda/store/memory"
)

// timeline is a thread with items at 2 to 21: messages at even places, lines at odd ones; and a neighbour before and
// behind it in key order. #1 has 2–5 and 12–15, #2 has 6–11 and 16–21.
func timeline(t *testing.T) store.Store {
	t.Helper()
	s := memory.New()
	var writes []store.Write
	put := func(key, value []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		writes = append(writes, store.Write{Key: key, Value: value})
	}
	for _, thread := range []protocol.ThreadID{"S", "T", "T0", "U"} {
		for p := protocol.Position(2); p <= 21; p++ {
			kind := protocol.KindMessageSent
			if p%2 == 1 {
				kind = protocol.KindConversationAssigned
			}
			item := protocol.Frame{Kind: kind, Position: p, Thread: thread}
			value, err := store.Items.Encode(item)
			put(store.Items.Key(store.Text(thread), store.Num(p)), value, err)
		}
	}
	value, err := store.Threads.Encode(store.Thread{ID: "T", Numbers: []protocol.Number{1, 2}})
	put(store.Threads.Key(store.Text("T")), value, err)
	for n, ranges := range map[protocol.Number][]store.Span{1: first, 2: second} {
		value, err := store.Conversations.Encode(store.Conversation{Number: n, Ranges: ranges})
		put(store.Conversations.Key(store.Num(n)), value, err)
	}
	if err := s.Commit(writes); err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	first  = []store.Span{{First: 2, Last: 5}, {First: 12, Last: 15}}
	second = []store.Span{{First: 6, Last: 11}, {First: 16, Last: 21}}
)

func TestNewest(t *testing.T) {
	t.Parallel()
	s := timeline(t)
	for _, tc := range []struct {
		name          string
		ranges        []store.Span
		after, before protocol.Position
		limit         int
		lines         bool
		want          []protocol.Position
		more          bool
	}{
		{"a whole conversation, oldest first", first, 0, 0, 50, true, []protocol.Position{2, 3, 4, 5, 12, 13, 14, 15}, false},
		{"as a visitor sees it", first, 0, 0, 50, false, []protocol.Position{2, 4, 12, 14}, false},
		{"a whole thread", conversation.Whole(), 0, 0, 50, false, []protocol.Position{2, 4, 6, 8, 10, 12, 14, 16, 18, 20}, false},
		{"the newest page", second, 0, 0, 4, true, []protocol.Position{18, 19, 20, 21}, true},
		{"the page before it", second, 0, 18, 4, true, []protocol.Position{10, 11, 16, 17}, true},
		{"the oldest page", second, 0, 10, 4, true, []protocol.Position{6, 7, 8, 9}, false},
		{"a page that ends with the last item has no more", second, 0, 0, 12, true, []protocol.Position{6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 20, 21}, false},
		{"before the first", first, 0, 2, 4, true, nil, false},
		{"before what lies between its ranges", first, 0, 9, 50, true, []protocol.Position{2, 3, 4, 5}, false},
		{"after a position", first, 4, 0, 50, true, []protocol.Position{5, 12, 13, 14, 15}, false},
		{"after what lies between its ranges", first, 8, 0, 50, true, []protocol.Position{12, 13, 14, 15}, false},
		{"after the newest", first, 15, 0, 50, true, nil, false},
		{"between two positions", second, 7, 17, 50, true, []protocol.Position{8, 9, 10, 11, 16}, false},
		{"more than fit after a position: the newest of them", second, 7, 0, 3, true, []protocol.Position{19, 20, 21}, true},
		{"hidden lines alone are no more", []store.Span{{First: 3, Last: 4}}, 0, 0, 1, false, []protocol.Position{4}, false},
		{"no ranges", nil, 0, 0, 50, true, nil, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			err := s.View(func(r store.Reader) error {
				sight := conversation.ForVisitor()
				if tc.lines {
					sight = conversation.ForTeam()
				}
				items, more, err := conversation.Newest(r, "T", tc.ranges, tc.after, tc.before, tc.limit, sight)
				var got []protocol.Position
				for _, item := range items {
					if item.Thread != "T" {
						t.Errorf("item %d is of thread %s", item.Position, item.Thread)
					}
					got = append(got, item.Position)
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Error(diff)
				}
				if more != tc.more {
					t.Errorf("more = %v", more)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestHolding(t *testing.T) {
	t.Parallel()
	err := timeline(t).View(func(r store.Reader) error {
		for at, want := range map[protocol.Position]protocol.Number{1: 0, 2: 1, 5: 1, 6: 2, 11: 2, 12: 1, 15: 1, 16: 2, 21: 2, 22: 0} {
			conv, err := conversation.Holding(r, "T", at)
			if conv.Number != want || (want == 0) != errors.Is(err, store.ErrNotFound) || want != 0 && err != nil {
				t.Errorf("item %d is held by #%d, %v; want #%d", at, conv.Number, err, want)
			}
		}
		_, err := conversation.Holding(r, "nobody's", 2)
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
