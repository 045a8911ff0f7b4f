package badgerdb

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"
	"time"

	"beseda/store"
)

// Blobs is the durable store.Blobs: a Badger of its own.
//
//	'b' sha256(32)             → blobRecord: content that is whole
//	'c' run(16) index(4)       → a chunk
//	'p' run(16)                → 1: chunks that no blob record may name: being put, or being removed
//
// Chunks are written as they arrive, under a run made up for this one upload, because the address is known only at the
// end; the blob's record is written with the last of them. Whatever a crash leaves has a 'p' and is swept.
type Blobs struct {
	k      *keeper
	now    func() time.Time
	newRun func() run

	mu   sync.Mutex // held to finish a put and to begin a removal, so that they see each other
	busy map[run]struct{}
}

var _ store.Blobs = (*Blobs)(nil)

// run names the chunks of one upload.
type run [16]byte

func newBlobs(k *keeper, now func() time.Time) *Blobs {
	return &Blobs{
		k: k, now: now, busy: map[run]struct{}{},
		newRun: func() (r run) {
			_, _ = rand.Read(r[:]) // never fails
			return r
		},
	}
}

func blobKey(sum [32]byte) []byte { return append([]byte{'b'}, sum[:]...) }
func pendingKey(r run) []byte     { return append([]byte{'p'}, r[:]...) }
func chunkKey(r run, index uint32) []byte {
	return binary.BigEndian.AppendUint32(append([]byte{'c'}, r[:]...), index)
}

// blobRecord says where content is.
type blobRecord struct {
	run   run
	size  int64
	putMs int64
}

// chunks is how many there are.
func (b blobRecord) chunks() int64 { return (b.size + store.ChunkBytes - 1) / store.ChunkBytes }

const (
	blobRecordVersion = 1
	blobRecordBytes   = 1 + 16 + 8 + 8
)

func (b blobRecord) encode() []byte {
	out := append(make([]byte, 0, blobRecordBytes), blobRecordVersion)
	out = append(out, b.run[:]...)
	out = binary.BigEndian.AppendUint64(out, uint64(b.size))
	return binary.BigEndian.AppendUint64(out, uint64(b.putMs))
}

func decodeBlobRecord(key, value []byte) (blobRecord, error) {
	if len(value) != blobRecordBytes || value[0] != blobRecordVersion {
		return blobRecord{}, &store.CorruptError{Key: append([]byte(nil), key...), Reason: "unreadable record of a blob"}
	}
	return blobRecord{
		run:   run(value[1:17]),
		size:  int64(binary.BigEndian.Uint64(value[17:])),
		putMs: int64(binary.BigEndian.Uint64(value[25:])),
	}, nil
}

func (b *Blobs) record(sum [32]byte) (rec blobRecord, err error) {
	err = b.k.view(func(r *reader) error {
		value, err := r.Get(blobKey(sum))
		if err != nil {
			return err
		}
		rec, err = decodeBlobRecord(blobKey(sum), value)
		return err
	})
	return rec, err
}

// Put streams content in, one durable chunk after another.
func (b *Blobs) Put(ctx context.Context, r io.Reader, limit int64, head func([]byte) (int64, error)) (store.BlobInfo, error) {
	if b.Full() {
		return store.BlobInfo{}, store.ErrFull
	}
	rn := b.newRun()
	b.begin(rn)
	defer b.end(rn)
	var chunks uint32
	info, err := store.Ingest(ctx, r, limit, head, func(chunk []byte) error {
		batch := []store.Write{{Key: chunkKey(rn, chunks), Value: chunk}}
		if chunks == 0 {
			batch = append(batch, store.Write{Key: pendingKey(rn), Value: []byte{1}})
		}
		if err := b.k.commit(batch); err != nil {
			return err
		}
		chunks++
		return nil
	})
	kept := false
	if err == nil {
		kept, err = b.finish(rn, chunks, info)
	}
	if !kept && chunks > 0 {
		// What cannot be removed now has its 'p' and is swept.
		if dropErr := b.drop(rn); dropErr != nil && err == nil && !errors.Is(dropErr, store.ErrFull) {
			err = dropErr
		}
	}
	if err != nil {
		return store.BlobInfo{}, err
	}
	return info, nil
}

// finish makes the content whole. Content that is there already stays where it is and only counts as put now; kept is
// then false.
func (b *Blobs) finish(rn run, chunks uint32, info store.BlobInfo) (kept bool, err error) {
	sum, _ := store.ParseAddress(info.Hash)
	b.mu.Lock()
	defer b.mu.Unlock()
	rec, err := b.record(sum)
	switch {
	case errors.Is(err, store.ErrNotFound):
		rec, kept = blobRecord{run: rn, size: info.Size}, true
	case err != nil:
		return false, err
	}
	rec.putMs = b.now().UnixMilli()
	batch := []store.Write{{Key: blobKey(sum), Value: rec.encode()}}
	if kept && chunks > 0 {
		batch = append(batch, store.Write{Key: pendingKey(rn)})
	}
	return kept, b.k.commit(batch)
}

// Open reads content. Nothing is held between two reads, so a slow peer costs nothing and Close does not wait for it.
func (b *Blobs) Open(hash string) (io.ReadSeekCloser, store.BlobInfo, error) {
	sum, ok := store.ParseAddress(hash)
	if !ok {
		return nil, store.BlobInfo{}, store.ErrNotFound
	}
	rec, err := b.record(sum)
	if err != nil {
		return nil, store.BlobInfo{}, err
	}
	return &blobReader{blobs: b, sum: sum, rec: rec}, store.BlobInfo{Hash: hash, Size: rec.size}, nil
}

// All lists what is whole, on one snapshot.
func (b *Blobs) All() iter.Seq2[store.BlobInfo, error] {
	return func(yield func(store.BlobInfo, error) bool) {
		stopped := false
		err := b.k.view(func(r *reader) error {
			rng := store.Prefix([]byte{'b'})
			for {
				err := scanBlobs(r, rng, func(sum [32]byte, rec blobRecord) bool {
					stopped = !yield(store.BlobInfo{Hash: store.Address(sum), Size: rec.size}, nil)
					return !stopped
				})
				var corrupt *store.CorruptError
				if !errors.As(err, &corrupt) || !yield(store.BlobInfo{}, err) {
					return err
				}
				rng.From = append(corrupt.Key, 0) // a scan ends at a record that cannot be trusted; go on behind it
			}
		})
		var corrupt *store.CorruptError
		if err != nil && !stopped && !errors.As(err, &corrupt) {
			yield(store.BlobInfo{}, fmt.Errorf("list blobs: %w", err))
		}
	}
}

// scanBlobs visits the records of whole content in a range of 'b', by address, until visit answers false.
func scanBlobs(r *reader, rng store.Range, visit func(sum [32]byte, rec blobRecord) bool) error {
	for e, err := range r.Scan(rng) {
		if err != nil {
			return err
		}
		if len(e.Key) != 33 {
			return &store.CorruptError{Key: append([]byte(nil), e.Key...), Reason: "no address of a blob"}
		}
		rec, err := decodeBlobRecord(e.Key, e.Value)
		if err != nil {
			return err
		}
		if !visit([32]byte(e.Key[1:]), rec) {
			return nil
		}
	}
	return nil
}

// Full tells whether the disk is below its watermark.
func (b *Blobs) Full() bool { return b.k.disk.full() }

// Close closes the blobs alone; closing the DB does it too.
func (b *Blobs) Close() error { return b.k.close() }

func (b *Blobs) begin(r run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.busy[r] = struct{}{}
}

func (b *Blobs) end(r run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.busy, r)
}
