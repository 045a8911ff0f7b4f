package store

import "fmt"

// Write is one change of a batch: a put, or, with a nil Value, a delete.
type Write struct{ Key, Value []byte }

// writeOverhead covers what an engine keeps per record beside key and value: version, checksum, flags.
const writeOverhead = 32

// Size is what a write counts against Limits.MaxBytes.
func (w Write) Size() int { return len(w.Key) + len(w.Value) + writeOverhead }

// Limits bound one batch: how many writes, the sum of their sizes, and the longest key and value of a single one.
type Limits struct{ MaxKeys, MaxBytes, MaxKey, MaxValue int }

// Check tells whether a batch may be committed: nil, ErrTooBig or ErrEmpty. Engines call it before they touch anything.
func (l Limits) Check(batch []Write) error {
	if len(batch) > l.MaxKeys {
		return fmt.Errorf("%d keys of at most %d: %w", len(batch), l.MaxKeys, ErrTooBig)
	}
	size := 0
	for _, w := range batch {
		switch {
		case len(w.Key) == 0:
			return fmt.Errorf("write without a key: %w", ErrEmpty)
		case w.Value != nil && len(w.Value) == 0:
			return fmt.Errorf("put at %q: %w", w.Key, ErrEmpty)
		case len(w.Key) > l.MaxKey:
			return fmt.Errorf("key of %d bytes of at most %d: %w", len(w.Key), l.MaxKey, ErrTooBig)
		case len(w.Value) > l.MaxValue:
			return fmt.Errorf("value of %d bytes of at most %d at %q: %w", len(w.Value), l.MaxValue, w.Key, ErrTooBig)
		}
		size += w.Size()
	}
	if size > l.MaxBytes {
		return fmt.Errorf("%d bytes of at most %d: %w", size, l.MaxBytes, ErrTooBig)
	}
	return nil
}
