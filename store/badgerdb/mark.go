package badgerdb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
)

// mark notes outside Badger which batch was acknowledged last, so that a write-ahead file cut short is noticed. It is
// written after every batch without a sync of its own: after the end of the process it is exact, after the loss of power
// it may be behind, and it is never ahead.
//
//	serial(8) crc32c(4)
type mark struct {
	file   *os.File
	serial uint64 // as it was on opening
}

const markBytes = 12

// openMark opens the mark, or makes it. A mark that is unreadable says nothing: it is an aid, not a record.
func openMark(path string) (*mark, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	m := &mark{file: f}
	if m.serial, err = readMark(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return m, nil
}

func readMark(r io.ReaderAt) (uint64, error) {
	buf := make([]byte, markBytes)
	n, err := r.ReadAt(buf, 0)
	switch {
	case errors.Is(err, io.EOF) && n < markBytes:
		return 0, nil
	case err != nil && !errors.Is(err, io.EOF):
		return 0, fmt.Errorf("read mark: %w", err)
	case crc32.Checksum(buf[:8], castagnoli) != binary.BigEndian.Uint32(buf[8:]):
		return 0, nil
	}
	return binary.BigEndian.Uint64(buf), nil
}

// set notes a batch. An error is no reason to refuse a batch that is on disk; the mark is then behind.
func (m *mark) set(serial uint64) {
	var buf [markBytes]byte
	binary.BigEndian.PutUint64(buf[:], serial)
	binary.BigEndian.PutUint32(buf[8:], crc32.Checksum(buf[:8], castagnoli))
	_, _ = m.file.WriteAt(buf[:], 0)
}

func (m *mark) close() error { return errors.Join(m.file.Sync(), m.file.Close()) }
