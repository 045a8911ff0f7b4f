package badgerdb

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
)

// Badger's write-ahead files, one for each memtable. Unused room is zero.
//
//	keyID(8) iv(12) entry…
//	entry: meta(1) userMeta(1) keyLen(uvarint) valueLen(uvarint) expiresAt(uvarint) key value crc32c(4)
//	key:   Badger key, version(8)
//
// A batch is a run of entries of one version, closed by one that says so; each of ours has one for serialKey.

const (
	walHeaderBytes = 20
	metaInBatch    = 1 << 6
	metaBatchEnd   = 1 << 7
	maxWALKey      = 1 << 16
	// serialHeaderBytes stand before the key of a batch's number: all three lengths are below 128.
	serialHeaderBytes = 5
)

// walFile is what one write-ahead file holds.
type walFile struct {
	first, last uint64   // numbers of the batches that Badger would read; 0 where there is none
	gap         bool     // they do not follow one another
	end         int      // of the last of them
	beyond      []uint64 // numbers found after it
}

// inspectWAL looks for acknowledged batches that Badger would drop on opening. The one batch that was being written when
// the process ended may be cut short and is no damage, because it was never acknowledged; but as a batch begins only when
// the one before is on disk, a trace of a second one further on proves that the first was.
func inspectWAL(dir string, marked uint64) []Damage {
	paths, err := filepath.Glob(filepath.Join(dir, "*.mem"))
	if err != nil {
		return []Damage{{dir, err.Error()}}
	}
	slices.Sort(paths)
	var (
		found []Damage
		last  uint64
	)
	bad := func(path, format string, args ...any) {
		found = append(found, Damage{path, fmt.Sprintf(format, args...)})
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			bad(path, "%v", err)
			continue
		}
		w := readWAL(data)
		before := last
		last = max(last, w.last)
		lost := w.lost(last)
		switch {
		case w.gap:
			bad(path, "batches are missing between %d and %d", w.first, w.last)
		case before > 0 && w.first > before+1:
			bad(path, "begins with batch %d, the file before ends with %d", w.first, before)
		case lost > 0:
			bad(path, "unreadable from byte %d on, where batches up to %d were", w.end, lost)
		}
		if lost > 0 {
			last = max(last, lost+1) // a trace of that one was there
		}
	}
	if last > 0 && last < marked {
		bad(paths[len(paths)-1], "ends with batch %d, but %d was acknowledged", last, marked)
	}
	return found
}

// lost is the number of the last batch that can be traced in the file and was acknowledged, though Badger would not read
// it; 0 if there is none. last is the last one that it would read, of this file or one before.
func (w walFile) lost(last uint64) uint64 {
	if len(w.beyond) == 0 {
		return 0
	}
	lowest, highest := slices.Min(w.beyond), slices.Max(w.beyond)
	if last == 0 {
		last = lowest - 1
	}
	if highest <= last+1 {
		return 0
	}
	return highest - 1
}

func readWAL(data []byte) walFile {
	w := walFile{end: min(walHeaderBytes, len(data))}
	var open bool     // inside a batch
	var serial uint64 // of the batch being read
	for at := w.end; ; {
		e, n := parseEntry(data[at:])
		if n == 0 {
			break
		}
		at += n
		switch {
		case e.meta&metaBatchEnd != 0:
			w.gap = w.gap || w.last > 0 && serial != w.last+1
			if w.first == 0 {
				w.first = serial
			}
			w.last, w.end, open, serial = serial, at, false, 0
		case e.meta&metaInBatch != 0:
			open = true
			if s, ok := e.serial(); ok {
				serial = s
			}
		case !open: // written by Badger for itself
			w.end = at
		}
	}
	w.beyond = findSerials(data[w.end:])
	return w
}

// findSerials looks for numbers of batches in bytes that cannot be read from their beginning.
func findSerials(data []byte) []uint64 {
	var found []uint64
	for at := 0; ; at++ {
		i := bytes.Index(data[at:], serialKey)
		if i < 0 {
			return found
		}
		at += i
		if at < serialHeaderBytes {
			continue
		}
		e, _ := parseEntry(data[at-serialHeaderBytes:])
		if s, ok := e.serial(); ok {
			found = append(found, s)
		}
	}
}

// walEntry is one entry of a write-ahead file.
type walEntry struct {
	meta       byte
	key, value []byte // key with its version
}

// parseEntry reads the entry at the beginning of data; n is 0 where there is none that Badger would take.
func parseEntry(data []byte) (e walEntry, n int) {
	if len(data) < 2 {
		return e, 0
	}
	var lengths [3]uint64
	at := 2
	for i := range lengths {
		v, size := binary.Uvarint(data[at:])
		if size <= 0 {
			return e, 0
		}
		lengths[i], at = v, at+size
	}
	keyLen, valueLen := lengths[0], lengths[1]
	if keyLen == 0 || keyLen > maxWALKey || valueLen > uint64(len(data)) || keyLen+valueLen+crc32.Size > uint64(len(data)-at) {
		return e, 0
	}
	end := at + int(keyLen+valueLen)
	if crc32.Checksum(data[:end], castagnoli) != binary.BigEndian.Uint32(data[end:]) {
		return e, 0
	}
	e = walEntry{meta: data[0], key: data[at : at+int(keyLen)], value: data[at+int(keyLen) : end]}
	return e, end + crc32.Size
}

// serial is the number of the batch, where the entry is the one that holds it.
func (e walEntry) serial() (uint64, bool) {
	if len(e.key) != len(serialKey)+8 || !bytes.Equal(e.key[:len(serialKey)], serialKey) || len(e.value) != 8+sealBytes {
		return 0, false
	}
	return binary.BigEndian.Uint64(e.value), true
}
