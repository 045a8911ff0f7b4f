package badgerdb

import (
	"bytes"
	"errors"
	"testing"

	"beseda/store"
	"beseda/store/memory"
)

// Whatever a file holds, reading it as a backup ends with an answer.
func FuzzReadArchive(f *testing.F) {
	var whole bytes.Buffer
	a, err := newArchiveWriter(&whole, 1)
	if err != nil {
		f.Fatal(err)
	}
	for _, kind := range []byte{mainBlock, blobBlock} {
		for i := range byte(3) {
			if err := a.add(kind, []byte{'k', i}, bytes.Repeat([]byte{i + 1}, 100)); err != nil {
				f.Fatal(err)
			}
		}
	}
	if _, err := a.close(); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add(whole.Bytes()[:whole.Len()/2])
	f.Add([]byte(archiveMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		records := uint64(0)
		info, err := readArchive(bytes.NewReader(data), func(byte, []byte, []byte) error { records++; return nil })
		if err == nil && info.MainRecords+info.BlobRecords != records {
			t.Errorf("%d records were read, the backup counts %+v", records, info)
		}
		if err == nil && !bytes.HasPrefix(data, []byte(archiveMagic)) {
			t.Error("taken for a backup")
		}
	})
}

func FuzzReadWAL(f *testing.F) {
	f.Add(walOf(5, 7))
	f.Add(flip(walOf(5, 9), 5, 6, 3))
	f.Add(cut(1, 2, 30))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		w := readWAL(data)
		if w.end > len(data) || w.last == 0 && w.first != 0 {
			t.Errorf("%+v of %d bytes", w, len(data))
		}
		_ = w.lost(w.last)
	})
}

func FuzzUnseal(f *testing.F) {
	key := []byte("dkey")
	f.Add(key, seal(nil, key, []byte("value")))
	f.Add(key, []byte{})
	f.Fuzz(func(t *testing.T, key, sealed []byte) {
		if len(key) == 0 {
			return
		}
		value, err := unseal(key, sealed)
		var corrupt *store.CorruptError
		if err != nil && !errors.As(err, &corrupt) {
			t.Errorf("%v is no CorruptError", err)
		}
		if err == nil && !bytes.Equal(seal(nil, key, value), sealed) {
			t.Errorf("%q at %q is not what was sealed", value, key)
		}
	})
}

func TestMemoryHasTheLimitsOfTheDurableStore(t *testing.T) {
	t.Parallel()
	if got := memory.New().Limits(); got != limits {
		t.Errorf("%+v, want %+v", got, limits)
	}
}
