package storetest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"beseda/store"
)

// Clock is what RunBlobs moves: open hands its Now to the store.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the time on the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves it.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// content is n bytes that differ from place to place.
func content(n int) []byte {
	out := make([]byte, n)
	state := uint32(n) + 1
	for i := range out {
		state = state*1664525 + 1013904223
		out[i] = byte(state >> 24)
	}
	return out
}

func keep(t *testing.T, b store.Blobs, data []byte) store.BlobInfo {
	t.Helper()
	info, err := b.Put(t.Context(), bytes.NewReader(data), int64(len(data)), nil)
	check(t, err)
	if want := (store.BlobInfo{Hash: store.Address(sha256.Sum256(data)), Size: int64(len(data))}); info != want {
		t.Fatalf("Put = %+v, want %+v", info, want)
	}
	return info
}

func wantBlob(t *testing.T, b store.Blobs, data []byte) {
	t.Helper()
	r, info, err := b.Open(store.Address(sha256.Sum256(data)))
	check(t, err)
	defer func() { check(t, r.Close()) }()
	got, err := io.ReadAll(r)
	check(t, err)
	if !bytes.Equal(got, data) || info.Size != int64(len(data)) {
		t.Errorf("%d bytes come back as %d, of which Open said %d", len(data), len(got), info.Size)
	}
}

func wantGone(t *testing.T, b store.Blobs, data []byte) {
	t.Helper()
	if _, _, err := b.Open(store.Address(sha256.Sum256(data))); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Open = %v, want ErrNotFound", err)
	}
}

// wantAll asserts what All lists.
func wantAll(t *testing.T, b store.Blobs, all ...[]byte) {
	t.Helper()
	want := map[store.BlobInfo]bool{}
	for _, data := range all {
		want[store.BlobInfo{Hash: store.Address(sha256.Sum256(data)), Size: int64(len(data))}] = true
	}
	for info, err := range b.All() {
		check(t, err)
		if !want[info] {
			t.Errorf("All lists %+v, which is not there or was listed already", info)
		}
		delete(want, info)
	}
	if len(want) > 0 {
		t.Errorf("All leaves out %v", want)
	}
}
