package store

import (
	"context"
	"io"
)

// BlobInfo describes stored content.
type BlobInfo struct {
	// Hash is SHA-256 in base64url without padding: the content's address.
	Hash string
	Size int64
}

// Blobs keeps content by its address, in chunks of 256 KiB, never whole in memory. Safe for concurrent use.
type Blobs interface {
	// Put streams content in; more than limit bytes ends with a *LimitError and leaves nothing. head, if not nil, is
	// called once with the first bytes (up to 3 KiB, fewer only where the content is shorter) and may refuse by an
	// error, or lower the limit by returning a smaller one.
	Put(ctx context.Context, r io.Reader, limit int64, head func([]byte) (int64, error)) (BlobInfo, error)
	// Open reads content; ErrNotFound. The ReadSeekCloser is for one goroutine.
	Open(hash string) (io.ReadSeekCloser, BlobInfo, error)
	// Sweep removes content that keep does not want and that is older than age milliseconds; returns how many.
	Sweep(ctx context.Context, nowMs, ageMs int64, keep func(hash string) bool) (int, error)
	Full() bool
	Close() error
}

// LimitError says that content was over the limit.
type LimitError struct{ Limit int64 }

func (e *LimitError) Error() string { return "content is over the limit" }
