package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// house is a store of one workspace with all that Check looks at in it, and nothing wrong.
type house struct {
	t     *testing.T
	store *memory.Store
	blobs *memory.Blobs
	batch []store.Write
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: memory.New(), blobs: memory.NewBlobs(time.Now)}
	blob, err := h.blobs.Put(t.Context(), strings.NewReader("picture"), 100, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := protocol.Attachment{ID: "file", Blob: blob.Hash, Size: blob.Size}
	body, err := (&protocol.MessageSent{Text: "hello", Attachments: []protocol.Attachment{file}}).MarshalMsg(nil)
	if err != nil {
		t.Fatal(err)
	}
	started := protocol.Frame{Kind: protocol.KindConversationStarted, Position: 2, Thread: "thread", Conversation: 1}
	sent := protocol.Frame{Kind: protocol.KindMessageSent, Position: 3, Thread: "thread", Conversation: 1, ID: "command"}
	whole := sent
	whole.Body = body

	h.put(store.Log.Put(h, protocol.Frame{Kind: protocol.KindVisitorArrived, Position: 1}, store.Num(protocol.Position(1))))
	for _, item := range []protocol.Frame{started, sent} { // the log says no more of an item than where it is
		row := protocol.Frame{Kind: item.Kind, Position: item.Position, Thread: item.Thread}
		h.put(store.Log.Put(h, row, store.Num(item.Position)))
	}
	h.put(store.Items.Put(h, started, store.Text("thread"), store.Num(started.Position)))
	h.put(store.Items.Put(h, whole, store.Text("thread"), store.Num(sent.Position)))
	h.put(store.Threads.Put(h, store.Thread{ID: "thread", Visitor: "visitor", Numbers: []protocol.Number{1}}, store.Text("thread")))
	h.put(store.Conversations.Put(h, store.Conversation{Number: 1, Thread: "thread", Ranges: []store.Span{{First: 2, Last: 3}}}, store.Num(protocol.Number(1))))
	h.put(store.Visitors.Put(h, store.Visitor{ID: "visitor", Contact: "contact", Thread: "thread"}, store.Text("visitor")))
	h.put(store.Contacts.Put(h, store.Contact{ID: "contact"}, store.Text("contact")))
	h.put(store.Operators.Put(h, store.Operator{ID: "ann", PictureBlob: blob.Hash}, store.Text("ann")))
	h.put(store.Emails.Put(h, store.Reference{ID: "ann"}, store.Text("ann@example.com")))
	h.put(store.Channels.Put(h, store.Channel{Channel: protocol.Channel{ID: "channel"}}, store.Text("channel")))
	h.put(store.Attachments.Put(h, store.Attachment{Attachment: file, Thread: "thread", Position: 3}, store.Text("file")))
	h.put(store.Uploads.Put(h, store.Upload{Attachment: protocol.Attachment{ID: "upload", Blob: blob.Hash, Size: blob.Size}}, store.Text("upload")))
	h.put(store.Answers.Put(h, store.Answer{}, store.Text("ann"), store.Text("command")))
	h.put(store.Held.Put(h, store.Reference{ID: "thread"}, store.Text("ann"), store.Num(protocol.Number(1))))
	return h
}

// house is a Tx of its only workspace, without reading.
func (h *house) Put(key, value []byte) error {
	h.batch = append(h.batch, store.ScopeWrite(store.Main, store.Write{Key: key, Value: value}))
	return nil
}

func (h *house) Delete(key []byte) error { return h.Put(key, nil) }

func (h *house) Get([]byte) ([]byte, error) { return nil, errors.New("not here") }

func (h *house) Scan(store.Range) iter.Seq2[store.Entry, error] { return nil }

func (h *house) put(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// check commits what was put and lists the problems.
func (h *house) check(ctx context.Context) (store.Checked, []string, error) {
	h.put(h.store.Commit(h.batch))
	h.batch = nil
	var problems []string
	var checked store.Checked
	err := h.store.View(func(r store.Reader) (err error) {
		checked, err = store.Check(ctx, r, h.blobs, func(p store.Problem) { problems = append(problems, p.String()) })
		return err
	})
	return checked, problems, err
}

func TestCheckFindsNothingWhereNothingIsWrong(t *testing.T) {
	t.Parallel()
	checked, problems, err := newHouse(t).check(t.Context())
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %q", err, problems)
	}
	if d := cmp.Diff(store.Checked{Records: 16, Events: 3, Blobs: 1}, checked); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestCheckReportsWhatIsWrong(t *testing.T) {
	t.Parallel()
	position := func(n protocol.Position) store.Part { return store.Num(n) }
	for name, c := range map[string]struct {
		spoil func(*house) error
		says  []string // each in a problem of its own
	}{
		"a gap in the log": {
			func(h *house) error { return store.Log.Delete(h, position(1)) },
			[]string{"no positions 1 to 1"},
		},
		"a gap at the end of the log": {
			func(h *house) error {
				return store.Log.Put(h, protocol.Frame{Kind: protocol.KindVisitorVisited, Position: 9}, position(9))
			},
			[]string{"no positions 4 to 8"},
		},
		"a log row at the place of another": {
			func(h *house) error {
				return store.Log.Put(h, protocol.Frame{Kind: protocol.KindVisitorArrived, Position: 7}, position(1))
			},
			[]string{"belongs at"},
		},
		"a log row that cannot be decoded": {
			func(h *house) error { return h.Put(store.Log.Key(position(1)), []byte{1, 0xc1}) },
			[]string{`\x00\x01": log:`},
		},
		"a message without its item": {
			func(h *house) error { return store.Items.Delete(h, store.Text("thread"), position(3)) },
			[]string{"item in thread thread is missing", `refers to "ithread\x00`},
		},
		"an item that is not in the log": {
			func(h *house) error {
				return store.Items.Put(h, protocol.Frame{Kind: protocol.KindMessageSent, Position: 44, Thread: "thread"}, store.Text("thread"), position(44))
			},
			[]string{"not in the log"},
		},
		"an item of another kind than the log says": {
			func(h *house) error {
				return store.Items.Put(h, protocol.Frame{Kind: protocol.KindConversationClosed, Position: 2, Thread: "thread"}, store.Text("thread"), position(2))
			},
			[]string{"its item is conversation.closed"},
		},
		"an item in another thread than the log says": {
			func(h *house) error {
				return store.Items.Put(h, protocol.Frame{Kind: protocol.KindMessageSent, Position: 3, Thread: "other"}, store.Text("other"), position(3))
			},
			[]string{`in thread "thread" at its position`, `refers to "tother"`},
		},
		"an attachment without content": {
			func(h *house) error {
				return store.Attachments.Put(h, store.Attachment{Attachment: protocol.Attachment{ID: "file", Blob: "nowhere"}, Thread: "thread", Position: 3}, store.Text("file"))
			},
			[]string{"content nowhere is missing"},
		},
		"an attachment of another size": {
			func(h *house) error {
				a := store.Attachment{Attachment: protocol.Attachment{ID: "file", Size: 8}, Thread: "thread", Position: 3}
				for info := range h.blobs.All() {
					a.Attachment.Blob = info.Hash
				}
				return store.Attachments.Put(h, a, store.Text("file"))
			},
			[]string{"has 7 bytes, not 8"},
		},
		"a message whose attachment is not registered": {
			func(h *house) error { return store.Attachments.Delete(h, store.Text("file")) },
			[]string{`refers to "afile" of attachments`},
		},
		"missing neighbours": {
			func(h *house) error {
				return errors.Join(store.Threads.Delete(h, store.Text("thread")), store.Contacts.Delete(h, store.Text("contact")),
					store.Operators.Delete(h, store.Text("ann")))
			},
			[]string{ // two items, conversation, visitor and held refer to the thread
				`"tthread" of threads`, `"tthread" of threads`, `"tthread" of threads`, `"tthread" of threads`, `"tthread" of threads`,
				`"kcontact" of contacts`, `"oann" of operators`,
			},
		},
		"a table that nobody knows": {
			func(h *house) error { return h.Put([]byte("Zkey"), []byte{1, 2}) },
			[]string{"no table begins with 'Z'"},
		},
		"ranges that overlap": {
			func(h *house) error {
				return store.Conversations.Put(h, store.Conversation{Number: 1, Thread: "thread", Ranges: []store.Span{{First: 2, Last: 3}, {First: 3, Last: 5}}}, store.Num(protocol.Number(1)))
			},
			[]string{"ranges are not in order"},
		},
		"a version that is newer": {
			func(h *house) error { return h.Put(store.Contacts.Key(store.Text("x")), []byte{9, 0x80}) },
			[]string{"version 9 is unknown"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.put(c.spoil(h))
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

func TestCheckKeepsWorkspacesApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	other := protocol.Frame{Kind: protocol.KindVisitorArrived, Position: 1}
	value, err := store.Log.Encode(other)
	h.put(err)
	h.batch = append(h.batch, store.ScopeWrite(2, store.Write{Key: store.Log.Key(store.Num(other.Position)), Value: value}))
	thread, err := store.Threads.Encode(store.Thread{ID: "lonely", Visitor: "visitor"})
	h.put(err)
	h.batch = append(h.batch, store.ScopeWrite(2, store.Write{Key: store.Threads.Key(store.Text("lonely")), Value: thread}))
	_, problems, err := h.check(t.Context())
	if err != nil || len(problems) != 1 || !strings.Contains(problems[0], `"vvisitor" of visitors`) {
		t.Errorf("%v, %q: want only that the visitor of the first workspace is not in the second", err, problems)
	}
}

// rotten is a reader whose records at some keys cannot be trusted.
type rotten struct {
	store.Reader
	keys []string
}

func (r rotten) Scan(rng store.Range) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		for e, err := range r.Reader.Scan(rng) {
			if err == nil && slices.Contains(r.keys, string(e.Key)) {
				yield(store.Entry{}, &store.CorruptError{Key: slices.Clone(e.Key), Reason: "rotten"})
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func TestCheckGoesOnAfterARecordThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.put(h.store.Commit(h.batch))
	err := h.store.View(func(r store.Reader) error {
		var keys []string
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			keys = append(keys, string(e.Key))
		}
		var found int
		checked, err := store.Check(t.Context(), rotten{r, keys}, h.blobs, func(p store.Problem) {
			if found < len(keys) && (string(p.Key) != keys[found] || p.Text != "rotten") {
				t.Errorf("problem %d is %s, want %q", found, p, keys[found])
			}
			found++
		})
		if err == nil && (found != len(keys) || checked.Records != len(keys)) {
			err = fmt.Errorf("%d problems and %d records of %d", found, checked.Records, len(keys))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := newHouse(t).check(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Check = %v, want Canceled", err)
	}
}
