package store

import (
	"context"
	"io"
	"iter"
)

// BlobInfo describes stored content.
type BlobInfo struct {
	// Hash is SHA-256 in base64url without padding: the content's address.
	Hash string
	Size int64
}

// Blobs keeps content by its address, in chunks of ChunkBytes, never whole in memory. Safe for concurrent use.
type Blobs interface {
	// Put streams content in; more than limit bytes ends with a *LimitError and leaves nothing. head, if not nil, is
	// called once with the first bytes (up to HeadBytes, fewer only where the content is shorter) and may refuse by an
	// error, which is returned as it is, or lower the limit by returning a smaller one. The bytes are lent.
	// Content that is already there is kept once, and counts as put now. ErrFull, ErrClosed.
	Put(ctx context.Context, r io.Reader, limit int64, head func([]byte) (int64, error)) (BlobInfo, error)
	// Open reads content; ErrNotFound. The ReadSeekCloser is for one goroutine. Reading bytes that are not those that
	// were put ends with a *CorruptError; content swept while it is read ends with ErrNotFound.
	Open(hash string) (io.ReadSeekCloser, BlobInfo, error)
	// Sweep removes content that keep does not want and that was put more than ageMs before nowMs; returns how many.
	// keep is called for content of that age only, from this goroutine, and may read other stores.
	Sweep(ctx context.Context, nowMs, ageMs int64, keep func(hash string) bool) (int, error)
	// Purge does for what Sweep removed what Store.Purge does for records.
	Purge(ctx context.Context) error
	// All lists what is kept, by address. A *CorruptError is about one blob and does not end the list; any other does.
	All() iter.Seq2[BlobInfo, error]
	// Full tells whether Put would answer ErrFull now.
	Full() bool
	Close() error
}

// LimitError says that content was over the limit.
type LimitError struct{ Limit int64 }

func (e *LimitError) Error() string { return "content is over the limit" }
