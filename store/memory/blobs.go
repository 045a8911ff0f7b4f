package memory

import (
	"bytes"
	"context"
	"io"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"beseda/store"
	"beseda/store/internal/gate"
)

// Blobs is a store.Blobs in memory. NewBlobs makes one.
type Blobs struct {
	now  func() time.Time
	full atomic.Bool
	gate gate.Gate

	mu   sync.Mutex
	kept map[string]blob
}

type blob struct {
	content []byte // never changed
	putMs   int64
}

var _ store.Blobs = (*Blobs)(nil)

// NewBlobs makes an empty store of blobs; now gives the time at which content was put, for Sweep.
func NewBlobs(now func() time.Time) *Blobs { return &Blobs{now: now, kept: map[string]blob{}} }

// Purge has nothing to do: there are no files.
func (b *Blobs) Purge(ctx context.Context) error {
	if !b.gate.Enter() {
		return store.ErrClosed
	}
	defer b.gate.Leave()
	return ctx.Err()
}

// SetFull makes the store answer as a full disk does, or ends that.
func (b *Blobs) SetFull(full bool) { b.full.Store(full) }

// Full is what SetFull said last.
func (b *Blobs) Full() bool { return b.full.Load() }

// Put keeps content.
func (b *Blobs) Put(ctx context.Context, r io.Reader, limit int64, head func([]byte) (int64, error)) (store.BlobInfo, error) {
	if !b.gate.Enter() {
		return store.BlobInfo{}, store.ErrClosed
	}
	defer b.gate.Leave()
	var content []byte
	info, err := store.Ingest(ctx, r, limit, head, func(chunk []byte) error {
		if b.Full() {
			return store.ErrFull
		}
		content = append(content, chunk...)
		return nil
	})
	if err != nil {
		return store.BlobInfo{}, err
	}
	if b.Full() {
		return store.BlobInfo{}, store.ErrFull
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept[info.Hash] = blob{content: content, putMs: b.now().UnixMilli()}
	return info, nil
}

// Open reads content.
func (b *Blobs) Open(hash string) (io.ReadSeekCloser, store.BlobInfo, error) {
	if !b.gate.Enter() {
		return nil, store.BlobInfo{}, store.ErrClosed
	}
	defer b.gate.Leave()
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.kept[hash]
	if !ok {
		return nil, store.BlobInfo{}, store.ErrNotFound
	}
	return reading{bytes.NewReader(found.content)}, store.BlobInfo{Hash: hash, Size: int64(len(found.content))}, nil
}

// reading is content being read; there is nothing to close.
type reading struct{ *bytes.Reader }

func (reading) Close() error { return nil }

// Sweep removes what keep does not want.
func (b *Blobs) Sweep(ctx context.Context, nowMs, ageMs int64, keep func(hash string) bool) (int, error) {
	if !b.gate.Enter() {
		return 0, store.ErrClosed
	}
	defer b.gate.Leave()
	removed := 0
	for _, hash := range b.addresses() {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		if b.old(hash, nowMs-ageMs) && !keep(hash) && b.remove(hash, nowMs-ageMs) {
			removed++
		}
	}
	return removed, ctx.Err()
}

// All lists what is kept now.
func (b *Blobs) All() iter.Seq2[store.BlobInfo, error] {
	return func(yield func(store.BlobInfo, error) bool) {
		if !b.gate.Enter() {
			yield(store.BlobInfo{}, store.ErrClosed)
			return
		}
		defer b.gate.Leave()
		for _, hash := range b.addresses() {
			b.mu.Lock()
			found, ok := b.kept[hash]
			b.mu.Unlock()
			if ok && !yield(store.BlobInfo{Hash: hash, Size: int64(len(found.content))}, nil) {
				return
			}
		}
	}
}

// Close ends the store; what it held is gone with it.
func (b *Blobs) Close() error {
	b.gate.Close()
	return nil
}

func (b *Blobs) addresses() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(b.kept))
}

func (b *Blobs) old(hash string, beforeMs int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.kept[hash]
	return ok && found.putMs < beforeMs
}

// remove looks at the age again: the content may have been put anew while keep was asked.
func (b *Blobs) remove(hash string, beforeMs int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.kept[hash]
	if !ok || found.putMs >= beforeMs {
		return false
	}
	delete(b.kept, hash)
	return true
}
