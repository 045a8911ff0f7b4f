package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// erases does what erasing the only conversation leaves: no items, rows of the log without content, a tombstone.
func (h *house) erases() error {
	var errs []error
	for at, kind := range map[protocol.Position]protocol.Kind{2: protocol.KindConversationStarted, 3: protocol.KindMessageSent} {
		writes, err := store.EraseItem(protocol.Frame{Kind: kind, Position: at, At: 7, Thread: "thread", Conversation: 1})
		errs = append(errs, err)
		for _, w := range writes {
			errs = append(errs, h.Put(w.Key, w.Value))
		}
	}
	return errors.Join(append(errs,
		store.Attachments.Delete(h, store.Text("file")),
		store.Threads.Put(h, store.Thread{ID: "thread", Visitor: "visitor", Numbers: []protocol.Number{1},
			Erased: []store.Span{{First: 2, Last: 3}}, Erasure: 4}, store.Text("thread")),
		store.Conversations.Put(h, store.Conversation{Number: 1, Thread: "thread", ErasedAt: 8}, store.Num(protocol.Number(1))),
		store.Erasures.Put(h, store.Erasure{Number: 1, Thread: "thread", At: 8}, store.Num(protocol.Number(1))),
	)...)
}

// TestCheckKnowsWhatWasErased: items may be missing where a thread says that they were erased, and nowhere else.
func TestCheckKnowsWhatWasErased(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*house) error
		says  []string
	}{
		"as it should be": {func(*house) error { return nil }, nil},
		"an item that no thread calls erased": {
			func(h *house) error {
				return store.Threads.Put(h, store.Thread{ID: "thread", Visitor: "visitor", Numbers: []protocol.Number{1},
					Erased: []store.Span{{First: 3, Last: 3}}}, store.Text("thread"))
			},
			[]string{"the log says that conversation.started was erased"},
		},
		"an item of the ranges that is missing and not erased": {
			func(h *house) error {
				return store.Log.Put(h, protocol.Frame{Kind: protocol.KindMessageSent, Position: 3, Thread: "thread"}, store.Num(protocol.Position(3)))
			},
			[]string{"its item in thread thread is missing"},
		},
		"an erased item that is there": {
			func(h *house) error {
				return store.Items.Put(h, protocol.Frame{Kind: protocol.KindMessageSent, Position: 3, Thread: "thread"}, store.Text("thread"), store.Num(protocol.Position(3)))
			},
			[]string{"its item in thread thread is there"},
		},
		"an attachment of an erased item": {
			func(h *house) error {
				a := store.Attachment{Attachment: protocol.Attachment{ID: "file"}, Thread: "thread", Position: 3}
				for info := range h.blobs.All() {
					a.Attachment.Blob, a.Attachment.Size = info.Hash, info.Size
				}
				return store.Attachments.Put(h, a, store.Text("file"))
			},
			[]string{"of items, which is missing"},
		},
		"an erasure that nobody finishes": {
			func(h *house) error { return store.Erasures.Delete(h, store.Num(protocol.Number(1))) },
			[]string{"of erasures, which is missing"},
		},
		"an erasure that is finished": {
			func(h *house) error {
				return store.Conversations.Put(h, store.Conversation{Number: 1, Thread: "thread", ErasedAt: 8, PurgedAt: 9}, store.Num(protocol.Number(1)))
			},
			[]string{"#1 was erased at 8 and purged at 9"},
		},
		"a tombstone that holds something": {
			func(h *house) error {
				return store.Conversations.Put(h, store.Conversation{Number: 1, Thread: "thread", ErasedAt: 8,
					Ranges: []store.Span{{First: 2, Last: 3}}}, store.Num(protocol.Number(1)))
			},
			[]string{"it is erased and has 1 ranges"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.put(errors.Join(h.erases(), c.spoil(h)))
			_, problems, err := h.check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.says {
				if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, want) }) {
					t.Errorf("no problem says %q:\n%s", want, strings.Join(problems, "\n"))
				}
			}
			if len(problems) != len(c.says) {
				t.Errorf("%d problems, want %d:\n%s", len(problems), len(c.says), strings.Join(problems, "\n"))
			}
		})
	}
}
