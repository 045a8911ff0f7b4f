package badgerdb

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"beseda/store"
)

// walBatch is a batch as Badger writes it.
func walBatch(serial uint64) []byte {
	version := binary.BigEndian.AppendUint64(nil, ^serial)
	entry := func(meta byte, key, value []byte) []byte {
		e := []byte{meta, 0}
		for _, n := range []int{len(key) + 8, len(value), 0} {
			e = binary.AppendUvarint(e, uint64(n))
		}
		e = slices.Concat(e, key, version, value)
		return binary.BigEndian.AppendUint32(e, crc32.Checksum(e, castagnoli))
	}
	return slices.Concat(
		entry(metaInBatch, fmt.Appendf(nil, "drow%d", serial), []byte("some value")),
		entry(metaInBatch, serialKey, seal(nil, serialKey, binary.BigEndian.AppendUint64(nil, serial))),
		entry(metaInBatch, []byte("dnewest"), []byte("some other value")),
		entry(metaBatchEnd, []byte("!badger!txn"), []byte("1")),
	)
}

func walOf(first, last uint64) []byte {
	data := make([]byte, walHeaderBytes)
	for s := first; s <= last; s++ {
		data = append(data, walBatch(s)...)
	}
	return append(data, make([]byte, 4096)...)
}

// flip changes a byte of a batch in a file that begins with another.
func flip(data []byte, first, batch uint64, at int) []byte {
	offset := walHeaderBytes
	for s := first; s < batch; s++ {
		offset += len(walBatch(s))
	}
	out := slices.Clone(data)
	out[offset+at] ^= 1
	return out
}

// cut leaves only the beginning of the last batch, as the loss of power does.
func cut(first, last uint64, keep int) []byte {
	return append(append(walOf(first, last-1)[:len(walOf(first, last-1))-4096], walBatch(last)[:keep]...), make([]byte, 4096)...)
}

func TestWriteAheadFilesAreReadThrough(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files  [][]byte
		marked uint64
		says   string // empty: no damage
	}{
		"none":                           {},
		"one that is whole":              {files: [][]byte{walOf(5, 20)}, marked: 20},
		"one just made":                  {files: [][]byte{walOf(1, 0)}, marked: 7},
		"two that follow":                {files: [][]byte{walOf(5, 20), walOf(21, 30)}, marked: 30},
		"the second just made":           {files: [][]byte{walOf(5, 20), walOf(1, 0)}, marked: 20},
		"a mark that is behind":          {files: [][]byte{walOf(5, 20)}, marked: 11},
		"a batch cut short":              {files: [][]byte{cut(5, 20, 60)}, marked: 19},
		"an only batch cut short":        {files: [][]byte{cut(5, 5, 60)}, marked: 4},
		"a batch cut before its end":     {files: [][]byte{cut(5, 20, len(walBatch(20))-3)}, marked: 19},
		"a batch cut that was marked":    {files: [][]byte{cut(5, 20, 60)}, marked: 20, says: "ends with batch 19, but 20"},
		"a flip in the last batch":       {files: [][]byte{flip(walOf(5, 20), 5, 20, 9)}, marked: 20, says: "ends with batch 19, but 20"},
		"a flip in the middle":           {files: [][]byte{flip(walOf(5, 20), 5, 12, 9)}, marked: 20, says: "unreadable from byte"},
		"a flip and a mark far behind":   {files: [][]byte{flip(walOf(5, 20), 5, 12, 9)}, marked: 1, says: "batches up to 19"},
		"a flip in the first batch":      {files: [][]byte{flip(walOf(5, 20), 5, 5, 9)}, marked: 1, says: "batches up to 19"},
		"a flip in the first of two":     {files: [][]byte{flip(walOf(5, 20), 5, 19, 9), walOf(21, 30)}, marked: 30, says: "batches up to 19"},
		"a flip at the end of the first": {files: [][]byte{flip(walOf(5, 20), 5, 20, 9), walOf(21, 30)}, marked: 30, says: "begins with batch 21, the file before ends with 19"},
		"a file missing between":         {files: [][]byte{walOf(5, 20), walOf(25, 30)}, marked: 30, says: "begins with batch 25"},
		"the last file missing":          {files: [][]byte{walOf(5, 20)}, marked: 30, says: "ends with batch 20, but 30"},
		"the end cut off":                {files: [][]byte{walOf(5, 20)[:300]}, marked: 20, says: "but 20 was acknowledged"},
		"a header only":                  {files: [][]byte{make([]byte, 7)}, marked: 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for i, data := range c.files {
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.mem", i+1)), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got := (&DamageError{Found: inspectWAL(dir, c.marked)}).Error()
			if c.says == "" && strings.Contains(got, ".mem") || !strings.Contains(got, c.says) {
				t.Errorf("got %s, want %q", got, c.says)
			}
		})
	}
}

// What this package believes about Badger's files is what Badger writes.
func TestBadgerWritesItsLogAsWeReadIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	work(t, db, 0, 25, 300)
	data, err := os.ReadFile(filepath.Join(dir, "main", "00001.mem"))
	if err != nil {
		t.Fatal(err)
	}
	if w := readWAL(data); w.first != 1 || w.last != 25 || w.gap || len(w.beyond) > 0 {
		t.Errorf("read as %+v", w)
	}
}

func TestLostBatchesMustBeAcceptedByAPerson(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	work(t, db, 0, 25, 300)
	crashed := image(t, dir)
	name := filepath.Join(crashed, "main", "00001.mem")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data[:readWAL(data).end])/2] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // looking changes nothing
		var problems []string
		if _, err := Check(t.Context(), crashed, Options{Ballast: -1}, func(p store.Problem) { problems = append(problems, p.String()) }); err != nil {
			t.Fatal(err)
		}
		if len(problems) == 0 || !strings.Contains(problems[0], name) {
			t.Fatalf("Check reports %q, want something about %s", problems, name)
		}
	}
	lossy, err := Open(crashed, Options{Ballast: -1, AcceptLoss: true})
	if err != nil {
		t.Fatal(err)
	}
	left, err := contents(lossy)
	if err != nil || len(left) < 5 || len(left) >= 27 {
		t.Errorf("%d records are left, %v", len(left), err)
	}
	work(t, lossy, 100, 101, 10)
	if err := lossy.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, crashed, Options{Ballast: -1}) // what was accepted is not reported for ever
}
