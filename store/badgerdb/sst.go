package badgerdb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	boptions "github.com/dgraph-io/badger/v4/options"

	"github.com/cespare/xxhash/v2"
	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/klauspost/compress/snappy"
	"google.golang.org/protobuf/proto"
)

// A table of Badger, read from its end; its index names the blocks. A block is compressed as a whole.
//
//	block… index indexLen(4) checksum checksumLen(4)
//	block: entry… entryOffset(4)… entries(4) checksum checksumLen(4)     checksum: over all before it

var errChecksum = errors.New("checksum does not match")

// verifyTable reads one table file through. The error says what is wrong and where.
func verifyTable(path string, compression boptions.CompressionType) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	index, start, err := readIndex(f, info.Size())
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	var (
		offset fb.BlockOffset
		buf    []byte
		plain  []byte
		end    int64
	)
	for i := range index.OffsetsLength() {
		if !index.Offsets(&offset, i) {
			return fmt.Errorf("block %d: not in the index", i)
		}
		from, n := int64(offset.Offset()), int64(offset.Len())
		if from != end || from+n > start {
			return fmt.Errorf("block %d: at %d+%d, expected from %d and below %d", i, from, n, end, start)
		}
		end = from + n
		if buf, err = readAt(f, buf, from, n); err != nil {
			return fmt.Errorf("block %d at %d: %w", i, from, err)
		}
		block := buf
		if compression == boptions.Snappy {
			if block, err = snappy.Decode(plain[:cap(plain)], buf); err != nil {
				return fmt.Errorf("block %d at %d: %w", i, from, err)
			}
			plain = block
		}
		if err := verifyTail(block); err != nil {
			return fmt.Errorf("block %d at %d: %w", i, from, err)
		}
	}
	if end != start {
		return fmt.Errorf("%d bytes between the last block and the index", start-end)
	}
	return nil
}

// readIndex returns a table's index, whose checksum is right, and where it begins.
func readIndex(f io.ReaderAt, size int64) (*fb.TableIndex, int64, error) {
	checksum, at, err := readBack(f, size)
	if err != nil {
		return nil, 0, err
	}
	data, start, err := readBack(f, at)
	if err != nil {
		return nil, 0, err
	}
	if err := verifySum(data, checksum); err != nil {
		return nil, 0, err
	}
	return fb.GetRootAsTableIndex(data, 0), start, nil
}

// readBack reads what stands before its own length, which ends at end; it returns where it begins.
func readBack(f io.ReaderAt, end int64) (data []byte, start int64, err error) {
	if end < 4 {
		return nil, 0, errors.New("too short")
	}
	length, err := readAt(f, nil, end-4, 4)
	if err != nil {
		return nil, 0, err
	}
	n := int64(binary.BigEndian.Uint32(length))
	if n > end-4 {
		return nil, 0, fmt.Errorf("length %d at %d is beyond the file", n, end-4)
	}
	start = end - 4 - n
	data, err = readAt(f, nil, start, n)
	return data, start, err
}

// verifyTail checks a block, whose checksum is at its end.
func verifyTail(block []byte) error {
	if len(block) < 8 {
		return errors.New("too short")
	}
	end := len(block) - 4
	n := int(binary.BigEndian.Uint32(block[end:]))
	if n > end-4 {
		return errors.New("length of the checksum is beyond the block")
	}
	return verifySum(block[:end-n], block[end-n:end])
}

func verifySum(data, checksum []byte) error {
	var want pb.Checksum
	if err := proto.Unmarshal(checksum, &want); err != nil {
		return fmt.Errorf("checksum: %w", err)
	}
	var got uint64
	switch want.Algo {
	case pb.Checksum_CRC32C:
		got = uint64(crc32.Checksum(data, castagnoli))
	case pb.Checksum_XXHash64:
		got = xxhash.Sum64(data)
	default:
		return fmt.Errorf("checksum of unknown kind %d", want.Algo)
	}
	if got != want.Sum {
		return errChecksum
	}
	return nil
}

func readAt(f io.ReaderAt, buf []byte, from, n int64) ([]byte, error) {
	if int64(cap(buf)) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	if got, err := f.ReadAt(buf, from); int64(got) < n {
		return nil, err
	}
	return buf, nil
}
