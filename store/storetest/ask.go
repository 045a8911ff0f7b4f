package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/store"
)

// put commits keys and values, given in turn, as one batch.
func put(t *testing.T, s store.Store, kv ...string) {
	t.Helper()
	var batch []store.Write
	for i := 0; i < len(kv); i += 2 {
		batch = append(batch, store.Write{Key: []byte(kv[i]), Value: []byte(kv[i+1])})
	}
	commit(t, s, batch)
}

func commit(t *testing.T, s store.Store, batch []store.Write) {
	t.Helper()
	if err := s.Commit(batch); err != nil {
		t.Fatalf("commit %d writes: %v", len(batch), err)
	}
}

func view(t *testing.T, s store.Store, fn func(store.Reader)) {
	t.Helper()
	check(t, s.View(func(r store.Reader) error { fn(r); return nil }))
}

func get(t *testing.T, r store.Reader, key string) string {
	t.Helper()
	v, err := r.Get([]byte(key))
	if err != nil {
		t.Fatalf("Get(%q): %v", key, err)
	}
	return string(v)
}

// scan lists a range as "key=value".
func scan(t *testing.T, r store.Reader, rng store.Range) []string {
	t.Helper()
	var got []string
	for e, err := range r.Scan(rng) {
		check(t, err)
		got = append(got, string(e.Key)+"="+string(e.Value))
	}
	return got
}

func want(t *testing.T, s store.Store, rng store.Range, entries ...string) {
	t.Helper()
	view(t, s, func(r store.Reader) { diff(t, entries, scan(t, r, rng)) })
}

func diff(t *testing.T, want, got []string) {
	t.Helper()
	if len(want) == 0 && len(got) == 0 {
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
