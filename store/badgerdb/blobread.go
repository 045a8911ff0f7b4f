package badgerdb

import (
	"errors"
	"fmt"
	"io"

	"beseda/store"
)

// blobReader reads one blob, a chunk at a time, each on a snapshot of its own.
type blobReader struct {
	blobs  *Blobs
	sum    [32]byte
	rec    blobRecord
	at     int64
	chunk  []byte // the one that was read last
	index  int64  // of chunk
	closed bool
}

var errBlobClosed = errors.New("blob is closed")

func (r *blobReader) Read(p []byte) (int, error) {
	switch {
	case r.closed:
		return 0, errBlobClosed
	case r.at >= r.rec.size:
		return 0, io.EOF
	case len(p) == 0:
		return 0, nil
	}
	if index := r.at / store.ChunkBytes; r.chunk == nil || index != r.index {
		if err := r.load(index); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.chunk[r.at%store.ChunkBytes:])
	r.at += int64(n)
	return n, nil
}

func (r *blobReader) load(index int64) error {
	r.chunk = nil
	var chunk []byte
	err := r.blobs.k.view(func(v *reader) (err error) {
		chunk, err = v.Get(chunkKey(r.rec.run, uint32(index)))
		return err
	})
	want := min(store.ChunkBytes, r.rec.size-index*store.ChunkBytes)
	switch {
	case errors.Is(err, store.ErrNotFound):
		if now, err := r.blobs.record(r.sum); err != nil || now.run != r.rec.run {
			return store.ErrNotFound // swept while it was read
		}
		return r.corrupt(index, "chunk is missing")
	case err != nil:
		return fmt.Errorf("blob %s: %w", store.Address(r.sum), err)
	case int64(len(chunk)) != want:
		return r.corrupt(index, fmt.Sprintf("chunk has %d bytes, not %d", len(chunk), want))
	}
	r.chunk, r.index = chunk, index
	return nil
}

func (r *blobReader) corrupt(index int64, reason string) error {
	return &store.CorruptError{Key: chunkKey(r.rec.run, uint32(index)), Reason: "blob " + store.Address(r.sum) + ": " + reason}
}

func (r *blobReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.rec.size
	default:
		return 0, fmt.Errorf("seek: whence %d is unknown", whence)
	}
	if offset < 0 {
		return 0, errors.New("seek: before the beginning")
	}
	r.at = offset
	return offset, nil
}

func (r *blobReader) Close() error {
	r.closed, r.chunk = true, nil
	return nil
}
