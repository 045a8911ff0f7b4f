package memory_test

import (
	"testing"

	"beseda/store"
	"beseda/store/memory"
	"beseda/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) store.Store { return memory.New() })
}

func TestBlobs(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(_ *testing.T, c *storetest.Clock) store.Blobs { return memory.NewBlobs(c.Now) })
}

func TestEntriesOfAScanAreOnlyLent(t *testing.T) {
	t.Parallel()
	s := memory.New()
	if err := s.Commit([]store.Write{{Key: []byte("a"), Value: []byte("1")}, {Key: []byte("b"), Value: []byte("2")}}); err != nil {
		t.Fatal(err)
	}
	var kept []byte
	err := s.View(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			if kept == nil {
				kept = e.Value
			}
		}
		return nil
	})
	if err != nil || string(kept) == "1" {
		t.Errorf("a value that was kept still reads %q, %v: code that keeps it would pass here and fail in production", kept, err)
	}
}

func TestAReaderAfterItsViewPanics(t *testing.T) {
	t.Parallel()
	var kept store.Reader
	if err := memory.New().View(func(r store.Reader) error { kept = r; return nil }); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("it did not")
		}
	}()
	_, _ = kept.Get([]byte("a"))
}
