package engine

import (
	"errors"
	"fmt"
	"testing"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

func TestSeenForgetsAuthorsAndNeverTheirIds(t *testing.T) {
	t.Parallel()
	base := memory.New()
	s := newSeen(50)
	view := func(fn func(r store.Reader)) {
		if err := base.View(func(r store.Reader) error { fn(r); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	remember := func(author string, id protocol.CommandID) {
		value, err := store.Answers.Encode(store.Answer{At: 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := base.Commit([]store.Write{{Key: store.Answers.Key(store.Text(author), store.Text(id)), Value: value}}); err != nil {
			t.Fatal(err)
		}
	}
	for round := range 40 {
		for a := range 10 {
			author, id := fmt.Sprint("author ", a*round), protocol.CommandID(fmt.Sprint("id ", round))
			view(func(r store.Reader) {
				stored := false
				if _, err := store.Answers.Get(r, store.Text(author), store.Text(id)); err == nil {
					stored = true
				}
				fresh, err := s.fresh(r, author, id)
				if err != nil || fresh == stored {
					t.Fatalf("%s %s: fresh %v, %v; stored %v", author, id, fresh, err, stored)
				}
				s.add(author, id)
			})
			remember(author, id)
		}
		if n := len(s.young) + len(s.old); n > 2*60 {
			t.Fatalf("%d authors are kept", n)
		}
	}
}

func TestRecentKeepsWhatIsReadAgainAndForgetsTheRest(t *testing.T) {
	t.Parallel()
	base := memory.New()
	key := func(i int) []byte { return store.Threads.Key(store.Text(fmt.Sprint(i))) }
	for i := range 1000 {
		if err := base.Commit([]store.Write{{Key: key(i), Value: []byte("value of some length")}}); err != nil {
			t.Fatal(err)
		}
	}
	err := base.View(func(r store.Reader) error {
		c := recent{limit: 100 * entryBytes}
		counted := &countingReader{Reader: r}
		cached := c.over(counted)
		for i := range 1000 {
			for _, k := range [][]byte{key(i), key(7)} { // 7 is read again and again
				value, err := cached.Get(k)
				if err != nil || string(value) != "value of some length" {
					t.Fatalf("%q: %q, %v", k, value, err)
				}
			}
			if n := len(c.young) + len(c.old); n > 250 {
				t.Fatalf("%d records are kept", n)
			}
		}
		if counted.gets != 1000 {
			t.Errorf("read %d times from the store, want once each", counted.gets)
		}
		for range 3 { // that there is none is kept too
			if _, err := cached.Get(key(5000)); !errors.Is(err, store.ErrNotFound) {
				t.Error(err)
			}
		}
		if counted.gets != 1001 {
			t.Errorf("looked %d times for what is not there", counted.gets-1000)
		}
		log := store.Log.Key(store.Num(uint64(1)))
		c.follow([]write{{string(key(5000)), store.Row{Value: []byte("new")}}, {string(key(7)), store.Row{}}, {string(log), store.Row{Value: []byte("row")}}})
		if value, err := cached.Get(key(5000)); err != nil || string(value) != "new" {
			t.Errorf("%q, %v", value, err)
		}
		if _, err := cached.Get(key(7)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted, and %v", err)
		}
		if _, err := cached.Get(store.Uploads.Key(store.Text("u"))); !errors.Is(err, store.ErrNotFound) {
			t.Error(err)
		}
		for k := range c.young {
			if !keeps([]byte(k)) {
				t.Errorf("%q is kept, which others write or nobody reads", k)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

type countingReader struct {
	store.Reader
	gets int
}

func (c *countingReader) Get(key []byte) ([]byte, error) {
	c.gets++
	return c.Reader.Get(key)
}
