package badgerdb

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A backup is one file of blocks, each with a checksum, ended by a trailer with counts and the hash of all before it.
//
//	file:    magic(16) block…                  the last block is the trailer, and nothing follows it
//	block:   kind(1) stored(4) plain(4) crc32c(4) payload    checksum: over kind, lengths and payload;
//	                                           stored < plain: the payload is compressed with zstd
//	'h'      format(4) createdMs(8)            first
//	'm' 'b'  { keyLen(uvarint) key valueLen(uvarint) value }…   records of main, then of blobs, in key order
//	't'      mainRecords(8) mainBytes(8) blobRecords(8) blobBytes(8) sha256(32)
const (
	archiveMagic   = "beseda backup 1\n"
	blockHeadBytes = 1 + 4 + 4 + 4
	blockBytes     = 1 << 20              // a block is closed when it has so many
	maxBlockBytes  = blockBytes + 512<<10 // and so it never has more
	trailerBytes   = 8 + 8 + 8 + 8 + sha256.Size
)

const (
	headBlock    byte = 'h'
	mainBlock    byte = 'm'
	blobBlock    byte = 'b'
	trailerBlock byte = 't'
)

// BackupInfo says what is in a backup.
type BackupInfo struct {
	CreatedMs   int64 // unix milliseconds
	MainRecords uint64
	MainBytes   uint64 // of keys and values
	BlobRecords uint64
	BlobBytes   uint64
	SHA256      [sha256.Size]byte // of the file without its trailer
}

// ErrNoBackup is returned for a file that is no whole, unaltered backup.
var ErrNoBackup = errors.New("not a whole and unaltered backup")

func altered(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNoBackup, fmt.Sprintf(format, args...))
}

// archiveWriter writes a backup.
type archiveWriter struct {
	w     io.Writer
	sum   hash.Hash
	enc   *zstd.Encoder
	kind  byte   // of the block being filled
	plain []byte // its records
	pack  []byte
	info  BackupInfo
}

func newArchiveWriter(w io.Writer, createdMs int64) (*archiveWriter, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, err
	}
	a := &archiveWriter{sum: sha256.New(), enc: enc, info: BackupInfo{CreatedMs: createdMs}}
	a.w = io.MultiWriter(w, a.sum)
	if _, err := io.WriteString(a.w, archiveMagic); err != nil {
		return nil, err
	}
	head := binary.BigEndian.AppendUint32(nil, formatVersion)
	return a, a.block(headBlock, binary.BigEndian.AppendUint64(head, uint64(createdMs)))
}

// add writes a record of main or blobs; all of main come first.
func (a *archiveWriter) add(kind byte, key, value []byte) error {
	if kind != a.kind || len(a.plain) >= blockBytes {
		if err := a.flush(); err != nil {
			return err
		}
		a.kind = kind
	}
	a.plain = append(binary.AppendUvarint(a.plain, uint64(len(key))), key...)
	a.plain = append(binary.AppendUvarint(a.plain, uint64(len(value))), value...)
	a.info.count(kind, len(key)+len(value))
	return nil
}

func (i *BackupInfo) count(kind byte, size int) {
	if kind == mainBlock {
		i.MainRecords, i.MainBytes = i.MainRecords+1, i.MainBytes+uint64(size)
	} else {
		i.BlobRecords, i.BlobBytes = i.BlobRecords+1, i.BlobBytes+uint64(size)
	}
}

func (a *archiveWriter) flush() error {
	if len(a.plain) == 0 {
		return nil
	}
	err := a.block(a.kind, a.plain)
	a.plain = a.plain[:0]
	return err
}

// close writes the trailer.
func (a *archiveWriter) close() (BackupInfo, error) {
	if err := a.flush(); err != nil {
		return BackupInfo{}, err
	}
	copy(a.info.SHA256[:], a.sum.Sum(nil))
	var t []byte
	for _, n := range []uint64{a.info.MainRecords, a.info.MainBytes, a.info.BlobRecords, a.info.BlobBytes} {
		t = binary.BigEndian.AppendUint64(t, n)
	}
	return a.info, a.block(trailerBlock, append(t, a.info.SHA256[:]...))
}

func (a *archiveWriter) block(kind byte, plain []byte) error {
	payload := plain
	if kind == mainBlock { // files of visitors are mostly compressed already
		if a.pack = a.enc.EncodeAll(plain, a.pack[:0]); len(a.pack) < len(plain) {
			payload = a.pack
		}
	}
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(payload)))
	head = binary.BigEndian.AppendUint32(head, uint32(len(plain)))
	crc := crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, payload)
	if _, err := a.w.Write(binary.BigEndian.AppendUint32(head, crc)); err != nil {
		return err
	}
	_, err := a.w.Write(payload)
	return err
}
