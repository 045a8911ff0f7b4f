package badgerdb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/store"
)

// image copies a data folder as a crash would leave it: its store may be open. Holes stay holes.
func image(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		if e.Name() == "ballast" {
			return nil
		}
		return copyFile(path, filepath.Join(to, rel))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	const page = 4096
	hole := make([]byte, page)
	for at := 0; at < len(data); at += page {
		part := data[at:min(at+page, len(data))]
		if bytes.Equal(part, hole[:len(part)]) {
			continue
		}
		if _, err := f.WriteAt(part, int64(at)); err != nil {
			return err
		}
	}
	return errors.Join(f.Truncate(int64(len(data))), f.Close())
}

// contents is all that a store serves, and the first error it gives instead.
func contents(db *DB) (map[string]string, error) {
	got := map[string]string{}
	err := db.View(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			got[string(e.Key)] = string(e.Value)
		}
		for key, want := range got { // the other way to read
			value, err := r.Get([]byte(key))
			if err != nil || string(value) != want {
				return fmt.Errorf("Get(%q) gives %q, %w", key, value, err)
			}
		}
		return nil
	})
	for info, blobErr := range db.Blobs().All() {
		if blobErr != nil {
			return got, errors.Join(err, blobErr)
		}
		r, _, blobErr := db.Blobs().Open(info.Hash)
		if blobErr != nil {
			return got, errors.Join(err, blobErr)
		}
		data, blobErr := io.ReadAll(r)
		if blobErr != nil {
			return got, errors.Join(err, blobErr)
		}
		got["blob "+info.Hash] = string(data)
	}
	return got, err
}

// work commits batches of which each overwrites something of the one before.
func work(t *testing.T, db *DB, from, to, size int) {
	t.Helper()
	for i := from; i < to; i++ {
		if err := db.Commit([]store.Write{
			{Key: fmt.Appendf(nil, "row%06d", i), Value: bytes.Repeat([]byte{byte(i), 'x'}, size/2)},
			{Key: []byte("newest"), Value: fmt.Append(nil, i)},
			{Key: fmt.Appendf(nil, "pair%06d", i), Value: fmt.Append(nil, i)},
			{Key: fmt.Appendf(nil, "pair%06d", i-1)},
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func putBlob(t *testing.T, db *DB, data []byte) {
	t.Helper()
	if _, err := db.Blobs().Put(t.Context(), bytes.NewReader(data), 1<<30, nil); err != nil {
		t.Fatal(err)
	}
}

// A flipped byte is found on opening, or reported where it is read, or changes nothing of what is served.
func TestAFlippedByteIsNeverServed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	small := Options{Ballast: -1}

	// Tables from two closings, and a write-ahead file from what looks like a crash.
	for i := range 2 {
		db := open(t, dir, small)
		work(t, db, i*100, i*100+100, 600)
		putBlob(t, db, bytes.Repeat([]byte("tabled"), 50_000+i))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	db := open(t, dir, small)
	work(t, db, 200, 240, 300)
	putBlob(t, db, bytes.Repeat([]byte("logged"), 50_000))
	want, err := contents(db)
	if err != nil {
		t.Fatal(err)
	}
	crashed := image(t, dir)
	shorten(t, crashed)

	var files []string
	for _, pattern := range []string{"*/*.sst", "*/*.mem", "*/MANIFEST", "*/KEYREGISTRY", "*/*.vlog", "*/DISCARD", "*.mark", "format"} {
		found, err := filepath.Glob(filepath.Join(crashed, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("no %s to damage: %v", pattern, err)
		}
		files = append(files, found...)
	}
	flips := 12
	if testing.Short() {
		flips = 4
	}
	for _, file := range files {
		name, _ := filepath.Rel(crashed, file)
		t.Run(strings.ReplaceAll(name, string(filepath.Separator), " "), func(t *testing.T) {
			t.Parallel()
			found, harmless, flips := 0, 0, flips
			switch filepath.Base(name) {
			case "KEYREGISTRY", "format", "main.mark", "blobs.mark":
				flips = 4 // nothing that could be served
			}
			for _, at := range places(t, file, flips) {
				outcome, err := openFlipped(t, crashed, name, at, want)
				if err != nil {
					t.Errorf("byte %d: %v", at, err)
				}
				if outcome {
					found++
				} else {
					harmless++
				}
			}
			t.Logf("%d flips found, %d without effect", found, harmless)
			switch filepath.Ext(name) { // a mark, a lock or an empty value log may be lost without harm
			case ".sst", ".mem":
				if harmless > found {
					t.Error("most flips had no effect: this is no test of this file")
				}
			}
		})
	}
}

// shorten cuts most of the unused room off the write-ahead files, which are copied often here.
func shorten(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.mem"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		used := len(bytes.TrimRight(data, "\x00"))
		if err := os.Truncate(file, int64(min(len(data), used+8192))); err != nil {
			t.Fatal(err)
		}
	}
}

// places are bytes to flip: the first and last that are used, and some between.
func places(t *testing.T, file string, n int) []int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	used := len(bytes.TrimRight(data, "\x00"))
	rnd := rand.New(rand.NewPCG(uint64(len(file)), uint64(used)))
	var at []int
	for i := range min(n, used) {
		switch {
		case i < n/4:
			at = append(at, i)
		case i < n/2:
			at = append(at, used-1-(i-n/4))
		default:
			at = append(at, rnd.IntN(used))
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// openFlipped opens a copy with one byte changed: true if that was noticed, an error if something else was served.
func openFlipped(t *testing.T, crashed, name string, at int, want map[string]string) (bool, error) {
	t.Helper()
	dir := image(t, crashed)
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, err
	}
	_, err = f.WriteAt([]byte{data[at] ^ 0x10}, int64(at))
	if err := errors.Join(err, f.Close()); err != nil {
		return false, err
	}
	db, err := Open(dir, Options{Ballast: -1})
	if err != nil {
		return true, os.RemoveAll(dir)
	}
	got, err := contents(db)
	if closeErr := db.Close(); closeErr != nil {
		return true, fmt.Errorf("close: %w", closeErr)
	}
	var corrupt *store.CorruptError
	switch {
	case errors.As(err, &corrupt):
		return true, nil
	case err != nil:
		return false, err
	case !maps.Equal(got, want):
		return false, fmt.Errorf("served as if nothing were wrong (-want +got)\n%s", cmp.Diff(want, got))
	}
	return false, os.RemoveAll(dir)
}
