//go:build race

package store_test

import (
	"strings"
	"testing"

	"beseda/store"
)

// one keeps a single row.
type one struct {
	store.Reader
	row *store.Row
}

func (o one) Row([]byte) (*store.Row, error) { return o.row, nil }

// Under the race detector whoever changes in place what a kept record leads to is found by the next who reads it.
func TestAChangeInPlaceIsFound(t *testing.T) {
	t.Parallel()
	value, err := store.Threads.Encode(store.Thread{ID: "t", Erased: []store.Span{{First: 1, Last: 2}}})
	if err != nil {
		t.Fatal(err)
	}
	r := one{row: &store.Row{Value: value}}
	thread, err := store.Threads.Get(r, store.Text("t"))
	if err != nil {
		t.Fatal(err)
	}
	thread.ID = "another" // of the copy, as everybody may
	if _, err := store.Threads.Get(r, store.Text("t")); err != nil {
		t.Fatal(err)
	}
	thread.Erased[0].Last = 3
	defer func() {
		if text, _ := recover().(string); !strings.Contains(text, "changed in place") {
			t.Errorf("recovered %q", text)
		}
	}()
	_, _ = store.Threads.Get(r, store.Text("t"))
	t.Error("nobody noticed")
}
