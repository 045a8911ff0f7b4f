package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"beseda/store"
)

// RunBlobs asserts the contract of store.Blobs. open makes an empty store that dates content by the clock and closes it
// with the test. Where it has a method SetFull(bool), a full disk is tried as well.
func RunBlobs(t *testing.T, open func(t *testing.T, c *Clock) store.Blobs) {
	t.Helper()
	for _, part := range []struct {
		name string
		test func(*testing.T, store.Blobs, *Clock)
	}{
		{"content of every size comes back under its hash", blobSizes},
		{"content is read from any place", blobSeeks},
		{"the same content is kept once", blobOnce},
		{"an unknown address is not found", blobMisses},
		{"the limit is kept and leaves nothing", blobLimit},
		{"the head is shown and decides", blobHead},
		{"a source that fails leaves nothing", blobSourceFails},
		{"a context that ends leaves nothing", blobContext},
		{"a sweep takes what is old and unwanted", blobSweep},
		{"content put again while a sweep asks is kept", blobSweepRace},
		{"many at once", blobConcurrency},
		{"a full store reads, refuses and recovers", blobFull},
		{"a closed store says so", blobClosed},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			c := &Clock{now: time.UnixMilli(1_700_000_000_000)}
			part.test(t, open(t, c), c)
		})
	}
}

func blobSizes(t *testing.T, b store.Blobs, _ *Clock) {
	sizes := []int{0, 1, store.HeadBytes, store.ChunkBytes - 1, store.ChunkBytes, store.ChunkBytes + 1, 3*store.ChunkBytes + 17}
	var all [][]byte
	for _, size := range sizes {
		all = append(all, content(size))
		keep(t, b, content(size))
	}
	for _, data := range all {
		wantBlob(t, b, data)
	}
	wantAll(t, b, all...)
	one := content(2*store.ChunkBytes + 5)
	info, err := b.Put(t.Context(), iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(one))), 1<<30, nil)
	check(t, err)
	if info.Size != int64(len(one)) {
		t.Errorf("a source that gives little at a time is kept with %d bytes", info.Size)
	}
	wantBlob(t, b, one)
}

func blobSeeks(t *testing.T, b store.Blobs, _ *Clock) {
	data := content(2*store.ChunkBytes + 100)
	info := keep(t, b, data)
	r, _, err := b.Open(info.Hash)
	check(t, err)
	defer r.Close()
	for _, at := range []int64{store.ChunkBytes - 3, 0, 2*store.ChunkBytes + 99, store.ChunkBytes, 5, int64(len(data)) - 10} {
		if got, err := r.Seek(at-int64(len(data)), io.SeekEnd); got != at || err != nil {
			t.Fatalf("Seek = %d, %v, want %d", got, err, at)
		}
		got := make([]byte, min(10, int64(len(data))-at))
		_, err := io.ReadFull(r, got)
		check(t, err)
		if !bytes.Equal(got, data[at:at+int64(len(got))]) {
			t.Errorf("the bytes at %d are wrong", at)
		}
		if now, _ := r.Seek(0, io.SeekCurrent); now != at+int64(len(got)) {
			t.Errorf("after reading %d at %d the place is %d", len(got), at, now)
		}
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("Seek before the beginning is no error")
	}
	_, err = r.Seek(10, io.SeekEnd)
	check(t, err)
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("Read after the end = %d, %v", n, err)
	}
}

func blobOnce(t *testing.T, b store.Blobs, _ *Clock) {
	data := content(store.ChunkBytes + 1)
	first, second := keep(t, b, data), keep(t, b, data)
	if first != second {
		t.Errorf("the same content has two addresses: %v and %v", first, second)
	}
	wantAll(t, b, data)
	wantBlob(t, b, data)
}

func blobMisses(t *testing.T, b store.Blobs, _ *Clock) {
	wantGone(t, b, []byte("never"))
	for _, hash := range []string{"", "x", strings.Repeat("!", 43), strings.Repeat("A", 44)} {
		if _, _, err := b.Open(hash); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Open(%q) = %v, want ErrNotFound", hash, err)
		}
	}
}

func blobLimit(t *testing.T, b store.Blobs, _ *Clock) {
	for _, size := range []int{1, store.ChunkBytes, 2*store.ChunkBytes + 1} {
		data := content(size)
		_, err := b.Put(t.Context(), bytes.NewReader(data), int64(size-1), nil)
		var over *store.LimitError
		if !errors.As(err, &over) || over.Limit != int64(size-1) {
			t.Errorf("Put of %d = %v, want a limit of %d", size, err, size-1)
		}
		wantGone(t, b, data)
	}
	wantAll(t, b)
	keep(t, b, content(store.ChunkBytes)) // exactly the limit
}

func blobHead(t *testing.T, b store.Blobs, _ *Clock) {
	for _, size := range []int{0, 10, store.HeadBytes, store.HeadBytes + 1, store.ChunkBytes + 1} {
		data, calls := content(size), 0
		_, err := b.Put(t.Context(), iotest.OneByteReader(bytes.NewReader(data)), 1<<30, func(head []byte) (int64, error) {
			calls++
			if !bytes.Equal(head, data[:min(size, store.HeadBytes)]) {
				t.Errorf("the head of %d bytes has %d", size, len(head))
			}
			return 1 << 30, nil
		})
		check(t, err)
		if calls != 1 {
			t.Errorf("head was called %d times for %d bytes", calls, size)
		}
	}
	refused := errors.New("refused")
	_, err := b.Put(t.Context(), bytes.NewReader(content(20)), 100, func([]byte) (int64, error) { return 100, refused })
	if err != refused {
		t.Errorf("Put = %v, want the head's error", err)
	}
	for name, c := range map[string]struct{ limit, head, want int64 }{
		"lower": {100, 19, 19}, "higher": {19, 100, 19},
	} {
		_, err := b.Put(t.Context(), bytes.NewReader(content(20)), c.limit, func([]byte) (int64, error) { return c.head, nil })
		var over *store.LimitError
		if !errors.As(err, &over) || over.Limit != c.want {
			t.Errorf("%s limit from the head: %v, want %d", name, err, c.want)
		}
	}
	wantGone(t, b, content(20))
}

func blobSourceFails(t *testing.T, b store.Blobs, _ *Clock) {
	// io.ErrUnexpectedEOF is what a request cut off in the middle answers.
	for _, fail := range []error{io.ErrUnexpectedEOF, errors.New("line lost")} {
		for _, size := range []int{0, 10, store.ChunkBytes, store.ChunkBytes + 10} {
			data := content(size)
			_, err := b.Put(t.Context(), io.MultiReader(bytes.NewReader(data), iotest.ErrReader(fail)), 1<<30, nil)
			if !errors.Is(err, fail) {
				t.Errorf("Put of %d = %v, want %v", size, err, fail)
			}
			wantGone(t, b, data)
		}
	}
	wantAll(t, b)
}

func blobContext(t *testing.T, b store.Blobs, _ *Clock) {
	ctx, cancel := context.WithCancel(t.Context())
	data := content(2 * store.ChunkBytes)
	_, err := b.Put(ctx, bytes.NewReader(data), 1<<30, func([]byte) (int64, error) { cancel(); return 1 << 30, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want Canceled", err)
	}
	wantGone(t, b, data)
	if _, err := b.Sweep(ctx, 0, 0, func(string) bool { return true }); !errors.Is(err, context.Canceled) {
		t.Errorf("Sweep = %v, want Canceled", err)
	}
}

func blobSweep(t *testing.T, b store.Blobs, c *Clock) {
	old, wanted, again, young := content(store.ChunkBytes+1), content(2), content(3), content(4)
	keep(t, b, old)
	keep(t, b, wanted)
	keep(t, b, again)
	c.Advance(time.Hour)
	keep(t, b, young)
	keep(t, b, again) // counts as put now

	asked := map[string]bool{}
	n, err := b.Sweep(t.Context(), c.Now().UnixMilli(), time.Minute.Milliseconds(), func(hash string) bool {
		asked[hash] = true
		return hash == store.Address(sha256.Sum256(wanted))
	})
	check(t, err)
	if n != 1 || len(asked) != 2 {
		t.Errorf("Sweep removed %d and asked for %d, want 1 and 2", n, len(asked))
	}
	wantGone(t, b, old)
	wantAll(t, b, wanted, again, young)
	keep(t, b, old)
	wantBlob(t, b, old)
}

func blobSweepRace(t *testing.T, b store.Blobs, c *Clock) {
	data := content(store.ChunkBytes + 9)
	keep(t, b, data)
	c.Advance(time.Hour)
	n, err := b.Sweep(t.Context(), c.Now().UnixMilli(), 1, func(string) bool {
		keep(t, b, data)
		return false
	})
	check(t, err)
	if n != 0 {
		t.Errorf("Sweep removed %d", n)
	}
	wantBlob(t, b, data)
}

func blobConcurrency(t *testing.T, b store.Blobs, c *Clock) {
	var wg sync.WaitGroup
	shared := content(store.ChunkBytes + 3)
	for n := range 4 {
		wg.Go(func() {
			for i := range 4 {
				own := content(1000*n + i + 10)
				for _, data := range [][]byte{own, shared} {
					if _, err := b.Put(t.Context(), bytes.NewReader(data), 1<<30, nil); err != nil {
						t.Errorf("Put: %v", err)
					}
				}
			}
		})
	}
	wg.Go(func() {
		for range 5 {
			if _, err := b.Sweep(t.Context(), c.Now().UnixMilli(), 1000, func(string) bool { return false }); err != nil {
				t.Errorf("Sweep: %v", err)
			}
		}
	})
	wg.Wait()
	all := [][]byte{shared}
	for n := range 4 {
		for i := range 4 {
			all = append(all, content(1000*n+i+10))
		}
	}
	for _, data := range all {
		wantBlob(t, b, data)
	}
	wantAll(t, b, all...)
}

func blobFull(t *testing.T, b store.Blobs, _ *Clock) {
	f, ok := b.(interface{ SetFull(bool) })
	if !ok {
		t.Skip("this store cannot be made full")
	}
	before, during := content(10), content(store.ChunkBytes+10)
	keep(t, b, before)
	f.SetFull(true)
	if _, err := b.Put(t.Context(), bytes.NewReader(during), 1<<30, nil); !errors.Is(err, store.ErrFull) || !b.Full() {
		t.Errorf("Put = %v, Full = %v, want ErrFull", err, b.Full())
	}
	wantBlob(t, b, before)
	f.SetFull(false)
	_, err := b.Put(t.Context(), bytes.NewReader(during), 1<<30, func([]byte) (int64, error) { f.SetFull(true); return 1 << 30, nil })
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("Put that meets the full disk on its way = %v, want ErrFull", err)
	}
	f.SetFull(false)
	wantGone(t, b, during)
	keep(t, b, during)
	wantAll(t, b, before, during)
}

func blobClosed(t *testing.T, b store.Blobs, _ *Clock) {
	info := keep(t, b, content(10))
	check(t, b.Close())
	check(t, b.Close())
	_, putErr := b.Put(t.Context(), strings.NewReader("x"), 1, nil)
	_, _, openErr := b.Open(info.Hash)
	_, sweepErr := b.Sweep(t.Context(), 0, 0, func(string) bool { return true })
	var allErr error
	for _, allErr = range b.All() {
	}
	for name, err := range map[string]error{"Put": putErr, "Open": openErr, "Sweep": sweepErr, "All": allErr} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s = %v, want ErrClosed", name, err)
		}
	}
}
