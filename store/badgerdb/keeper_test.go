package badgerdb

import (
	"errors"
	"testing"

	"beseda/store"
)

func TestNothingIsAcceptedAfterAFailedWrite(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{Ballast: -1})
	work(t, db, 0, 5, 100)
	if err := db.main.b.Close(); err != nil { // whatever comes now fails in Badger
		t.Fatal(err)
	}
	batch := []store.Write{{Key: []byte("a"), Value: []byte("1")}}
	first := db.Commit(batch)
	if first == nil || errors.Is(first, store.ErrBroken) {
		t.Errorf("the write that fails: %v, want its own error", first)
	}
	second := db.Commit(batch)
	if !errors.Is(second, store.ErrBroken) || !errors.Is(second, db.main.failed) {
		t.Errorf("the one after: %v, want ErrBroken and the first one's cause", second)
	}
	putBlob(t, db, []byte("the other store goes on"))
}

func TestAFlippedRecordIsReportedAndNotServed(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{Ballast: -1})
	work(t, db, 0, 5, 100)
	// Another record's bytes: right for their own key, and so found only because the key is part of the checksum.
	var other []byte
	if err := db.main.view(func(r *reader) error {
		item, err := r.txn.Get(append([]byte{dataSpace}, "row000002"...))
		if err == nil {
			other, err = item.ValueCopy(nil)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := rawSet(db.main, append([]byte{dataSpace}, "row000003"...), other); err != nil {
		t.Fatal(err)
	}
	err := db.View(func(r store.Reader) error {
		var corrupt *store.CorruptError
		if v, err := r.Get([]byte("row000003")); !errors.As(err, &corrupt) || string(corrupt.Key) != "row000003" {
			t.Errorf("Get = %d bytes, %v, want a CorruptError with the key", len(v), err)
		}
		if _, err := r.Get([]byte("row000002")); err != nil {
			t.Errorf("its neighbour: %v", err)
		}
		var last error
		seen := 0
		for _, last = range r.Scan(store.Prefix([]byte("row"))) {
			seen++
		}
		if !errors.As(last, &corrupt) || seen != 4 {
			t.Errorf("Scan ended after %d with %v", seen, last)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
