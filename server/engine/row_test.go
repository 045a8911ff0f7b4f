package engine

import (
	"errors"
	"testing"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// A record that is read again is the one that was decoded before, until something is written there: also across batches,
// and after a rollback.
func TestARecordIsDecodedOnceForEachTimeItIsWritten(t *testing.T) {
	t.Parallel()
	c := recent{limit: recentBytes}
	empty := memory.New()
	if err := empty.View(func(r store.Reader) error {
		first := newOverlay(c.over(r), empty.Limits(), 0)
		put(t, first, "Ann")
		first.keep()
		ann := read(t, first, "Ann")
		once(t, ann, read(t, first, "Ann"))

		put(t, first, "Eve")
		eve := read(t, first, "Eve")
		once(t, eve, read(t, first, "Eve"))
		first.rollback()
		back := read(t, first, "Ann")
		once(t, back, read(t, first, "Ann"))

		// While it is being committed others read it, too: nothing is left in it then.
		second := newOverlay(first.above(c.over(r)), empty.Limits(), 0)
		if n := read(t, second, "Ann"); &n.Tags[0] == &back.Tags[0] {
			t.Error("a batch that several goroutines read shares what it decodes to")
		}
		c.follow(first.writes)

		third := newOverlay(c.over(r), empty.Limits(), 0)
		once(t, back, read(t, third, "Ann"))
		put(t, third, "Kim")
		once(t, read(t, third, "Kim"), read(t, third, "Kim"))
		third.keep()
		if err := store.Contacts.Delete(third, store.Text("c")); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Contacts.Get(third, store.Text("c")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted, and %v", err)
		}
		third.keep()
		c.follow(third.writes)
		if _, err := store.Contacts.Get(c.over(r), store.Text("c")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted for good, and %v", err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, tx store.Tx, name string) {
	t.Helper()
	person := store.Contact{ID: "c", Name: name, Tags: []protocol.ContactTag{{Tag: "t"}}}
	if err := store.Contacts.Put(tx, person, store.Text("c")); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, r store.Reader, name string) store.Contact {
	t.Helper()
	got, err := store.Contacts.Get(r, store.Text("c"))
	if err != nil || got.Name != name {
		t.Fatalf("got %q, %v; want %q", got.Name, err, name)
	}
	return got
}

func once(t *testing.T, a, b store.Contact) {
	t.Helper()
	if &a.Tags[0] != &b.Tags[0] {
		t.Errorf("%s was decoded twice", a.Name)
	}
}
