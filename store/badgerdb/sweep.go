package badgerdb

import (
	"context"
	"errors"
	"fmt"

	"beseda/store"
)

// Sweep removes content that keep does not want, and what uploads that never ended have left.
func (b *Blobs) Sweep(ctx context.Context, nowMs, ageMs int64, keep func(hash string) bool) (int, error) {
	if err := b.sweepPending(ctx); err != nil {
		return 0, err
	}
	before := nowMs - ageMs
	var old [][32]byte
	err := b.k.view(func(r *reader) error {
		return scanBlobs(r, store.Prefix([]byte{'b'}), func(sum [32]byte, rec blobRecord) bool {
			if rec.putMs < before {
				old = append(old, sum)
			}
			return ctx.Err() == nil
		})
	})
	if err != nil {
		return 0, fmt.Errorf("sweep blobs: %w", err)
	}
	removed := 0
	for _, sum := range old {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		if keep(store.Address(sum)) {
			continue
		}
		gone, err := b.remove(sum, before)
		if err != nil {
			return removed, fmt.Errorf("sweep blob %s: %w", store.Address(sum), err)
		}
		if gone {
			removed++
		}
	}
	return removed, ctx.Err()
}

// sweepPending removes the chunks of runs that nobody is at work on.
func (b *Blobs) sweepPending(ctx context.Context) error {
	left, err := b.abandoned()
	if err != nil {
		return fmt.Errorf("sweep unfinished uploads: %w", err)
	}
	for _, rn := range left {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.drop(rn); err != nil {
			return fmt.Errorf("sweep an unfinished upload: %w", err)
		}
	}
	return nil
}

// abandoned lists runs with a 'p' that are not busy. The lock is taken before the snapshot, so that a run which is not
// busy has ended before it, and its 'p' would be gone had it ended well.
func (b *Blobs) abandoned() (left []run, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	err = b.k.view(func(r *reader) error {
		for _, key := range r.keys(store.Prefix([]byte{'p'})) {
			if len(key) != 17 {
				return &store.CorruptError{Key: key, Reason: "no run of chunks"}
			}
			if _, busy := b.busy[run(key[1:])]; !busy {
				left = append(left, run(key[1:]))
			}
		}
		return nil
	})
	return left, err
}

// remove takes content away, unless it was put again while keep was asked. From the first batch on it is gone for
// everybody; the chunks follow.
func (b *Blobs) remove(sum [32]byte, before int64) (bool, error) {
	rn, gone, err := b.unlink(sum, before)
	if !gone || err != nil {
		return false, err
	}
	defer b.end(rn)
	return true, b.drop(rn)
}

func (b *Blobs) unlink(sum [32]byte, before int64) (run, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	rec, err := b.record(sum)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return run{}, false, nil
	case err != nil:
		return run{}, false, err
	case rec.putMs >= before:
		return run{}, false, nil
	}
	batch := []store.Write{{Key: blobKey(sum)}}
	if rec.size > 0 {
		batch = append(batch, store.Write{Key: pendingKey(rec.run), Value: []byte{1}})
	}
	if err := b.k.commit(batch); err != nil {
		return run{}, false, err
	}
	b.busy[rec.run] = struct{}{}
	return rec.run, true, nil
}

// drop removes the chunks of a run, and its 'p' with the last of them.
func (b *Blobs) drop(rn run) error {
	var keys [][]byte
	err := b.k.view(func(r *reader) error {
		keys = r.keys(store.Prefix(append([]byte{'c'}, rn[:]...)))
		return nil
	})
	if err != nil {
		return err
	}
	keys = append(keys, pendingKey(rn))
	for len(keys) > 0 {
		n := min(len(keys), limits.MaxKeys)
		batch := make([]store.Write, n)
		for i, key := range keys[:n] {
			batch[i] = store.Write{Key: key}
		}
		if err := b.k.commit(batch); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}
