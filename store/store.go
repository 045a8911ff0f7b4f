package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

var (
	// ErrNotFound is returned by Get for a key that has no value.
	ErrNotFound = errors.New("not found")
	// ErrFull is returned by Commit while the disk is below its watermark: nothing was stored, reading works.
	ErrFull = errors.New("storage is full")
	// ErrTooBig is returned by Commit for a batch or a single record over Limits: nothing was stored.
	ErrTooBig = errors.New("batch is over the store's limits")
	// ErrEmpty is returned by Commit for a write without a key, or one that puts an empty value (an empty value is
	// how lost bytes look, so none is ever stored; a nil one deletes): nothing was stored.
	ErrEmpty = errors.New("empty key or value")
	// ErrInUse is returned on opening a folder that another process has open.
	ErrInUse = errors.New("store is already open")
	// ErrNewer is returned on opening a folder written by a newer Beseda.
	ErrNewer = errors.New("store was written by a newer version")
	// ErrBroken is returned by Commit once a write has failed: what is on disk is known again only after opening.
	ErrBroken = errors.New("an earlier write failed; the store takes no more until it is opened again")
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("store is closed")
)

// CorruptError reports a record whose bytes cannot be trusted.
type CorruptError struct {
	Key    []byte
	Reason string
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("corrupt record at %q: %s", e.Key, e.Reason)
}

// Range is a span of keys [From, To) in key order, or backwards from just below To with Reverse. An empty From begins
// with the first key, an empty To ends after the last; From at or above To is an empty range.
type Range struct {
	From, To []byte
	Reverse  bool
}

// Prefix is the range of all keys that begin with p.
func Prefix(p []byte) Range {
	to := append([]byte(nil), p...)
	for i := len(to) - 1; i >= 0; i-- {
		if to[i]++; to[i] != 0 {
			return Range{From: p, To: to[:i+1]}
		}
	}
	return Range{From: p} // all 0xff: to the end
}

// Entry is a key with its value. Both belong to the reader and are valid only until the next step of the iteration.
type Entry struct{ Key, Value []byte }

// Reader reads one snapshot. Not safe for concurrent use; several scans may be under way at once, one inside another.
type Reader interface {
	// Get returns the value at key, which the caller may keep but not change; ErrNotFound, *CorruptError.
	Get(key []byte) ([]byte, error)
	// Scan walks a range; an error ends it, as the last pair. Its bounds are not kept.
	Scan(Range) iter.Seq2[Entry, error]
}

// Tx is a Reader that sees its own writes. Key and value belong to the Tx after the call.
type Tx interface {
	Reader
	Put(key, value []byte) error
	Delete(key []byte) error
}

// Store is an engine: badgerdb for life, memory for tests. Safe for concurrent use.
type Store interface {
	// View runs fn on a snapshot, which is gone when fn returns. fn's error is returned as it is; ErrClosed.
	View(fn func(Reader) error) error
	// Commit stores the whole batch durably, or nothing of it: when it returns nil the bytes are on disk.
	// ErrFull, ErrTooBig, ErrEmpty, ErrBroken, ErrClosed. Later writes of a batch win over earlier ones to the same key.
	// The batch and its bytes are the caller's again when it returns. An empty batch stores nothing.
	Commit(batch []Write) error
	Limits() Limits
	// Full tells whether Commit would answer ErrFull now. It is cheap enough to be asked before every command.
	Full() bool
	// Purge returns nil when no file of the store holds a byte of what was deleted or overwritten before it was called;
	// reading and writing go on meanwhile. A View that began before the deletion holds it back: then, as after any other
	// error, it is called again later. ErrFull, ErrClosed, and that of ctx.
	Purge(ctx context.Context) error
	// Close waits for what is under way; then View and Commit answer ErrClosed. Closing twice is no error.
	Close() error
}
