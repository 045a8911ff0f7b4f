package badgerdb

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/zstd"
)

// readArchive reads a backup to its end and hands each record to record, which may be nil; key and value are lent. Only
// when it returns without an error was the backup whole.
func readArchive(r io.Reader, record func(kind byte, key, value []byte) error) (BackupInfo, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBlockBytes))
	if err != nil {
		return BackupInfo{}, err
	}
	defer dec.Close()
	a := &archiveReader{r: r, sum: sha256.New(), dec: dec, record: record}
	magic := make([]byte, len(archiveMagic))
	if _, err := io.ReadFull(r, magic); err != nil || string(magic) != archiveMagic {
		return BackupInfo{}, altered("it does not begin like one: %v", err)
	}
	a.sum.Write(magic)
	for n := 0; ; n++ {
		kind, plain, err := a.block()
		if err != nil {
			return BackupInfo{}, fmt.Errorf("block %d: %w", n, err)
		}
		if (n == 0) != (kind == headBlock) {
			return BackupInfo{}, altered("block %d is of kind %q", n, kind)
		}
		if kind == trailerBlock {
			return a.info, a.trailer(plain)
		}
		if err := a.take(kind, plain); err != nil {
			return BackupInfo{}, fmt.Errorf("block %d: %w", n, err)
		}
	}
}

type archiveReader struct {
	r      io.Reader
	sum    hash.Hash // of all blocks taken
	dec    *zstd.Decoder
	record func(kind byte, key, value []byte) error
	stored []byte
	plain  []byte
	last   []byte // key, to see that they ascend
	kind   byte   // of last
	info   BackupInfo
}

// block reads the next block; its bytes are lent until the next one.
func (a *archiveReader) block() (kind byte, plain []byte, err error) {
	var head [blockHeadBytes]byte
	if _, err := io.ReadFull(a.r, head[:]); err != nil {
		return 0, nil, altered("cut short: %v", err)
	}
	kind = head[0]
	stored, size := binary.BigEndian.Uint32(head[1:]), binary.BigEndian.Uint32(head[5:])
	if size > maxBlockBytes || stored > size {
		return 0, nil, altered("lengths %d and %d", stored, size)
	}
	if cap(a.stored) < int(stored) {
		a.stored = make([]byte, maxBlockBytes)
	}
	a.stored = a.stored[:stored]
	if _, err := io.ReadFull(a.r, a.stored); err != nil {
		return 0, nil, altered("cut short: %v", err)
	}
	crc := crc32.Update(crc32.Checksum(head[:9], castagnoli), castagnoli, a.stored)
	if crc != binary.BigEndian.Uint32(head[9:]) {
		return 0, nil, altered("checksum does not match")
	}
	if kind != trailerBlock {
		a.sum.Write(head[:])
		a.sum.Write(a.stored)
	}
	if stored == size {
		return kind, a.stored, nil
	}
	if a.plain, err = a.dec.DecodeAll(a.stored, a.plain[:0]); err != nil || len(a.plain) != int(size) {
		return 0, nil, altered("%d bytes instead of %d: %v", len(a.plain), size, err)
	}
	return kind, a.plain, nil
}

func (a *archiveReader) take(kind byte, plain []byte) error {
	switch kind {
	case headBlock:
		if len(plain) != 12 {
			return altered("head of %d bytes", len(plain))
		}
		if v := binary.BigEndian.Uint32(plain); v > formatVersion {
			return fmt.Errorf("the backup has format %d, this program reads up to %d", v, formatVersion)
		}
		a.info.CreatedMs = int64(binary.BigEndian.Uint64(plain[4:]))
		return nil
	case mainBlock, blobBlock:
		return a.records(kind, plain)
	}
	return altered("a block of kind %q", kind)
}

func (a *archiveReader) records(kind byte, plain []byte) error {
	for len(plain) > 0 {
		key, rest, ok := field(plain)
		value, rest, ok2 := field(rest)
		if !ok || !ok2 || len(key) == 0 || len(value) == 0 {
			return altered("a record is cut short")
		}
		if kind == a.kind && bytes.Compare(key, a.last) <= 0 || kind == mainBlock && a.kind == blobBlock {
			return altered("key %q is out of order", key)
		}
		a.kind, a.last = kind, append(a.last[:0], key...)
		a.info.count(kind, len(key)+len(value))
		if a.record != nil {
			if err := a.record(kind, key, value); err != nil {
				return err
			}
		}
		plain = rest
	}
	return nil
}

func field(b []byte) (f, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return nil, nil, false
	}
	return b[size : size+int(n)], b[size+int(n):], true
}

func (a *archiveReader) trailer(t []byte) error {
	if len(t) != trailerBytes {
		return altered("trailer of %d bytes", len(t))
	}
	for i, n := range []uint64{a.info.MainRecords, a.info.MainBytes, a.info.BlobRecords, a.info.BlobBytes} {
		if said := binary.BigEndian.Uint64(t[8*i:]); said != n {
			return altered("the trailer counts %d where there are %d", said, n)
		}
	}
	copy(a.info.SHA256[:], t[32:])
	if !bytes.Equal(a.sum.Sum(nil), t[32:]) {
		return altered("the hash in the trailer does not match")
	}
	if n, err := io.ReadFull(a.r, make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return altered("something follows its end")
	}
	return nil
}
