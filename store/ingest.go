package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

const (
	// ChunkBytes is the size of a blob's pieces; only the last may be shorter.
	ChunkBytes = 256 << 10
	// HeadBytes is how much of a blob its head function sees.
	HeadBytes = 3 << 10
)

// Address is the hash under which content with this SHA-256 is kept.
func Address(sum [sha256.Size]byte) string { return base64.RawURLEncoding.EncodeToString(sum[:]) }

// ParseAddress is the way back; false for a text that is no address.
func ParseAddress(hash string) (sum [sha256.Size]byte, ok bool) {
	if len(hash) != base64.RawURLEncoding.EncodedLen(sha256.Size) {
		return sum, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(hash)
	if err != nil {
		return sum, false
	}
	return [sha256.Size]byte(raw), true
}

// Ingest is the part of Blobs.Put that is the same in every engine: it reads r to its end in pieces of ChunkBytes,
// shows the head, keeps to the limit and hashes. chunk gets each piece in order, which is its own to read only until
// it returns; content that is empty has none. When Ingest fails, chunk may have been called already.
func Ingest(ctx context.Context, r io.Reader, limit int64, head func([]byte) (int64, error), chunk func([]byte) error) (BlobInfo, error) {
	var (
		sum  = sha256.New()
		size int64
		buf  = make([]byte, ChunkBytes)
		last bool
	)
	for n := 0; !last; n++ {
		if err := ctx.Err(); err != nil {
			return BlobInfo{}, err
		}
		got, err := fill(r, buf)
		if last = errors.Is(err, io.EOF); err != nil && !last {
			return BlobInfo{}, fmt.Errorf("read content: %w", err)
		}
		if n == 0 && head != nil {
			lower, err := head(buf[:min(got, HeadBytes)])
			if err != nil {
				return BlobInfo{}, err
			}
			limit = min(limit, lower)
		}
		if size += int64(got); size > limit {
			return BlobInfo{}, &LimitError{Limit: limit}
		}
		if got == 0 {
			break
		}
		sum.Write(buf[:got])
		if err := chunk(buf[:got]); err != nil {
			return BlobInfo{}, err
		}
	}
	return BlobInfo{Hash: Address([sha256.Size]byte(sum.Sum(nil))), Size: size}, nil
}

// fill reads until buf is full or r ends. It is not io.ReadFull, which answers io.ErrUnexpectedEOF at the end of
// content: that is also what a connection lost in the middle of an upload says, and half a file must not be kept.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var got int
		got, err = r.Read(buf[n:])
		n += got
	}
	return n, err
}
