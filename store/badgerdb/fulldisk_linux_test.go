package badgerdb

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"beseda/store"
)

// A real disk that is filled by this store, then by somebody else to the last byte, in a process that lives on.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=360m"); err != nil {
		t.Skipf("mounting a small disk is not permitted here: %v", err)
	}
	unmountLater(t, dir)
	data := filepath.Join(dir, "data")
	o := Options{Watermark: 160 * mb, Ballast: 24 * mb, Now: tick()}
	db, err := Open(data, o)
	if err != nil {
		t.Fatal(err)
	}
	row := func(i int) []store.Write {
		value := make([]byte, 100<<10)
		for j := range value { // nothing that could be compressed
			value[j] = byte((i + j) * (j>>3 + i) >> 5)
		}
		return []store.Write{{Key: fmt.Appendf(nil, "row%06d", i), Value: value}}
	}
	stored := 0
	for ; stored < 4000; stored++ {
		if err := db.Commit(row(stored)); err != nil {
			if !errors.Is(err, store.ErrFull) {
				t.Fatalf("commit %d: %v", stored, err)
			}
			break
		}
	}
	if stored < 100 || stored == 4000 {
		t.Fatalf("the disk was full after %d rows", stored)
	}
	if _, err := db.Blobs().Put(t.Context(), bytes.NewReader([]byte("x")), 10, nil); !errors.Is(err, store.ErrFull) {
		t.Errorf("Put = %v, want ErrFull", err)
	}
	before := all(t, db)
	if len(before) != stored {
		t.Errorf("%d rows are read, %d were stored", len(before), stored)
	}

	hog := filepath.Join(dir, "hog")
	fill(t, hog)
	if err := db.Commit(row(stored)); !errors.Is(err, store.ErrFull) { // gives the ballast back
		t.Errorf("Commit = %v, want ErrFull", err)
	}
	if free, _, _ := diskFree(dir); free < 20*mb {
		t.Errorf("%d MB are free: the ballast was not given back", free/mb)
	}
	if got := all(t, db); !maps.Equal(got, before) {
		t.Error("on the full disk other rows are read")
	}
	if err := db.Close(); err != nil { // writes out the memtable
		t.Fatal(err)
	}
	fill(t, hog)
	if _, err := Open(data, o); !errors.Is(err, store.ErrFull) {
		t.Fatalf("Open on the last byte = %v, want ErrFull", err)
	}

	if err := os.Remove(hog); err != nil {
		t.Fatal(err)
	}
	if db, err = Open(data, o); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if got := all(t, db); !maps.Equal(got, before) {
		t.Error("after the full disk other rows are read")
	}
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT, "size=700m"); err != nil {
		t.Fatal(err)
	}
	for i := range 50 { // by itself, without opening again
		if err := db.Commit(row(stored + i)); err != nil {
			t.Fatalf("with room again, commit %d: %v", i, err)
		}
	}
}

// unmountLater detaches a disk with the test, even if a process that is just being started still holds our files.
func unmountLater(t *testing.T, at string) {
	t.Cleanup(func() {
		if err := unix.Unmount(at, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// fill takes every byte that is left.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for {
		if _, err := f.Write(bytes.Repeat([]byte{1}, 1<<20)); errors.Is(err, unix.ENOSPC) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
