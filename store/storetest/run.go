package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"beseda/store"
)

// Run asserts the contract of store.Store. open makes an empty store and closes it with the test; it is called once for
// each part. Where the store has a method SetFull(bool), a full disk is tried as well.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	for _, part := range []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"what was committed is read", readsBack},
		{"a key without a value is not found", misses},
		{"a delete removes, and removing nothing is no error", deletes},
		{"the last write of a batch to a key wins", lastWins},
		{"ranges go both ways and keep to their bounds", ranges},
		{"scans run one inside another", nestedScans},
		{"a view sees nothing committed after it began", snapshots},
		{"views and commits at once see whole batches", concurrency},
		{"a batch over the limits leaves nothing", tooBig},
		{"an empty key or value leaves nothing", empty},
		{"an empty batch is no error", emptyBatch},
		{"bytes are copied in, and out by Get", ownership},
		{"the error of a view is returned as it is", viewErrors},
		{"a full store reads, refuses and recovers", full},
		{"a purge changes nothing that is read", purges},
		{"a closed store says so", closed},
		{"random work equals a model", model},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, open(t))
		})
	}
}

func readsBack(t *testing.T, s store.Store) {
	put(t, s, "a", "1", "b", "2")
	put(t, s, "b", "3", "c", "4")
	want(t, s, store.Range{}, "a=1", "b=3", "c=4")
	view(t, s, func(r store.Reader) {
		if got := get(t, r, "b"); got != "3" {
			t.Errorf("Get(b) = %q, want 3", got)
		}
	})
}

func misses(t *testing.T, s store.Store) {
	put(t, s, "ab", "1")
	view(t, s, func(r store.Reader) {
		for _, key := range []string{"", "a", "abc", "b", "\x00", "\xff\xff"} {
			if v, err := r.Get([]byte(key)); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("Get(%q) = %q, %v, want ErrNotFound", key, v, err)
			}
		}
	})
}

func deletes(t *testing.T, s store.Store) {
	put(t, s, "a", "1", "b", "2")
	commit(t, s, []store.Write{{Key: []byte("a")}, {Key: []byte("never")}})
	want(t, s, store.Range{}, "b=2")
	put(t, s, "a", "3")
	want(t, s, store.Range{}, "a=3", "b=2")
}

func lastWins(t *testing.T, s store.Store) {
	key := []byte("k")
	commit(t, s, []store.Write{{Key: key, Value: []byte("1")}, {Key: key}, {Key: key, Value: []byte("2")}})
	want(t, s, store.Range{}, "k=2")
	commit(t, s, []store.Write{{Key: key, Value: []byte("3")}, {Key: key}})
	want(t, s, store.Range{})
}

func ranges(t *testing.T, s store.Store) {
	put(t, s, "a", "1", "a\x00", "2", "a\xff", "3", "b", "4", "b\x00\x01", "5", "\xff", "6", "\xff\xff", "7")
	for _, c := range []struct {
		from, to string
		keys     []string
	}{
		{"", "", []string{"a=1", "a\x00=2", "a\xff=3", "b=4", "b\x00\x01=5", "\xff=6", "\xff\xff=7"}},
		{"a", "b", []string{"a=1", "a\x00=2", "a\xff=3"}},
		{"a\x00", "b\x00", []string{"a\x00=2", "a\xff=3", "b=4"}},
		{"b", "", []string{"b=4", "b\x00\x01=5", "\xff=6", "\xff\xff=7"}},
		{"", "a", nil},
		{"", "a\x00", []string{"a=1"}},
		{"c", "d", nil},
		{"b", "b", nil},
		{"b", "a", nil},
		{"\xff", "", []string{"\xff=6", "\xff\xff=7"}},
		{"\xff\xff\xff", "", nil},
	} {
		rng := store.Range{From: []byte(c.from), To: []byte(c.to)}
		want(t, s, rng, c.keys...)
		rng.Reverse = true
		back := make([]string, 0, len(c.keys))
		for i := range c.keys {
			back = append(back, c.keys[len(c.keys)-1-i])
		}
		want(t, s, rng, back...)
	}
	want(t, s, store.Prefix([]byte("a")), "a=1", "a\x00=2", "a\xff=3")
	want(t, s, store.Prefix([]byte("\xff")), "\xff=6", "\xff\xff=7")
	view(t, s, func(r store.Reader) {
		for e, err := range r.Scan(store.Range{Reverse: true}) {
			if err != nil || string(e.Key) != "\xff\xff" {
				t.Errorf("the last key is %q, %v", e.Key, err)
			}
			break // a scan may be left early
		}
	})
}

func nestedScans(t *testing.T, s store.Store) {
	put(t, s, "a", "1", "b", "2", "c", "3")
	var got []string
	view(t, s, func(r store.Reader) {
		for outer, err := range r.Scan(store.Range{}) {
			check(t, err)
			for inner, err := range r.Scan(store.Range{From: outer.Key, Reverse: true}) {
				check(t, err)
				got = append(got, string(outer.Key)+string(inner.Key)+get(t, r, string(inner.Key)))
			}
		}
	})
	diff(t, []string{"ac3", "ab2", "aa1", "bc3", "bb2", "cc3"}, got)
}

func snapshots(t *testing.T, s store.Store) {
	put(t, s, "a", "1", "b", "2")
	view(t, s, func(r store.Reader) {
		put(t, s, "a", "changed", "c", "new")
		commit(t, s, []store.Write{{Key: []byte("b")}})
		diff(t, []string{"a=1", "b=2"}, scan(t, r, store.Range{}))
		diff(t, []string{"b=2", "a=1"}, scan(t, r, store.Range{Reverse: true}))
		if got := get(t, r, "a"); got != "1" {
			t.Errorf("Get(a) = %q, want 1", got)
		}
		if _, err := r.Get([]byte("c")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Get(c) = %v, want ErrNotFound", err)
		}
		want(t, s, store.Range{}, "a=changed", "c=new") // a view within a view is newer
	})
}

func tooBig(t *testing.T, s store.Store) {
	put(t, s, "before", "1")
	l := s.Limits()
	if l.MaxKeys < 1000 || l.MaxBytes < 512<<10 || l.MaxKey < 1000 || l.MaxValue < 256<<10 {
		t.Errorf("limits %+v are too narrow", l)
	}
	many := make([]store.Write, l.MaxKeys+1)
	for i := range many {
		many[i] = store.Write{Key: fmt.Appendf(nil, "many%07d", i), Value: []byte("v")}
	}
	var large []store.Write
	for i, size := 0, 0; size <= l.MaxBytes; i++ {
		w := store.Write{Key: fmt.Appendf(nil, "large%03d", i), Value: make([]byte, l.MaxValue)}
		large = append(large, w)
		size += w.Size()
	}
	for name, batch := range map[string][]store.Write{
		"keys":  many,
		"bytes": large,
		"key":   {{Key: []byte("x"), Value: []byte("v")}, {Key: make([]byte, l.MaxKey+1), Value: []byte("v")}},
		"value": {{Key: []byte("x"), Value: []byte("v")}, {Key: []byte("y"), Value: make([]byte, l.MaxValue+1)}},
	} {
		if err := s.Commit(batch); !errors.Is(err, store.ErrTooBig) {
			t.Errorf("too many %s: %v, want ErrTooBig", name, err)
		}
	}
	want(t, s, store.Range{}, "before=1")
	commit(t, s, many[1:])
	commit(t, s, large[1:])
	key := bytes.Repeat([]byte("k"), l.MaxKey)
	commit(t, s, []store.Write{{Key: key, Value: bytes.Repeat([]byte("v"), l.MaxValue)}})
	view(t, s, func(r store.Reader) {
		if got := get(t, r, string(key)); len(got) != l.MaxValue {
			t.Errorf("the largest value comes back with %d bytes", len(got))
		}
	})
}

func empty(t *testing.T, s store.Store) {
	for name, w := range map[string]store.Write{
		"key": {Value: []byte("v")}, "value": {Key: []byte("b"), Value: []byte{}}, "key of a delete": {},
	} {
		if err := s.Commit([]store.Write{{Key: []byte("a"), Value: []byte("1")}, w}); !errors.Is(err, store.ErrEmpty) {
			t.Errorf("empty %s: %v, want ErrEmpty", name, err)
		}
	}
	want(t, s, store.Range{})
}

func emptyBatch(t *testing.T, s store.Store) {
	commit(t, s, nil)
	commit(t, s, []store.Write{})
	want(t, s, store.Range{})
}

func ownership(t *testing.T, s store.Store) {
	w := store.Write{Key: []byte("key"), Value: []byte("value")}
	batch := []store.Write{w}
	commit(t, s, batch)
	copy(w.Key, "xxx")
	copy(w.Value, "xxxxx")
	batch[0] = store.Write{}
	want(t, s, store.Range{}, "key=value")

	var kept []byte
	view(t, s, func(r store.Reader) {
		var err error
		kept, err = r.Get([]byte("key"))
		check(t, err)
	})
	put(t, s, "key", "later")
	want(t, s, store.Range{}, "key=later")
	if string(kept) != "value" {
		t.Errorf("a value kept from Get became %q", kept)
	}
	if grown := append(kept, '!'); string(grown) != "value!" {
		t.Errorf("append to it gives %q", grown)
	}
	want(t, s, store.Range{}, "key=later")
}

func viewErrors(t *testing.T, s store.Store) {
	mine := errors.New("mine")
	if err := s.View(func(store.Reader) error { return mine }); err != mine {
		t.Errorf("View = %v, want the very error", err)
	}
}

func full(t *testing.T, s store.Store) {
	f, ok := s.(interface{ SetFull(bool) })
	if !ok {
		t.Skip("this store cannot be made full")
	}
	put(t, s, "a", "1")
	f.SetFull(true)
	if !s.Full() {
		t.Error("Full() = false on a full disk")
	}
	for name, w := range map[string]store.Write{"put": {Key: []byte("b"), Value: []byte("2")}, "delete": {Key: []byte("a")}} {
		if err := s.Commit([]store.Write{w}); !errors.Is(err, store.ErrFull) {
			t.Errorf("%s: %v, want ErrFull", name, err)
		}
	}
	want(t, s, store.Range{}, "a=1")
	f.SetFull(false)
	if s.Full() {
		t.Error("Full() = true on a disk with room")
	}
	put(t, s, "b", "2")
	want(t, s, store.Range{}, "a=1", "b=2")
}

// purges writes, overwrites and deletes while purges run: reading answers as if there were none. That the bytes are gone
// is the engine's own test.
func purges(t *testing.T, s store.Store) {
	put(t, s, "kept", "1", "changed", "2", "deleted", "3")
	put(t, s, "changed", "4")
	commit(t, s, []store.Write{{Key: []byte("deleted")}})
	ended := make(chan error, 1)
	go func() { ended <- errors.Join(s.Purge(t.Context()), s.Purge(t.Context())) }()
	for i, running := 0, true; running; i++ {
		select {
		case err := <-ended:
			check(t, err)
			running = false
		default:
		}
		count := fmt.Sprint("n", i)
		put(t, s, "count", count)
		want(t, s, store.Range{}, "changed=4", "count="+count, "kept=1")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Purge(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a purge whose context has ended: %v", err)
	}
}

func closed(t *testing.T, s store.Store) {
	put(t, s, "a", "1")
	check(t, s.Close())
	check(t, s.Close())
	if err := s.View(func(store.Reader) error { t.Error("fn was called"); return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("View = %v, want ErrClosed", err)
	}
	if err := s.Commit([]store.Write{{Key: []byte("a"), Value: []byte("2")}}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Commit = %v, want ErrClosed", err)
	}
	if err := s.Purge(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Purge = %v, want ErrClosed", err)
	}
	if s.Limits().MaxKeys == 0 {
		t.Error("Limits are gone")
	}
}
