package badgerdb

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"beseda/store"
)

// BenchmarkCommit is the bare group commit that the engine's figures are ratios of: writers hand events of 3 keys and
// 300 bytes to one goroutine, which commits whatever waits as one batch and answers. One operation is one event, durable.
func BenchmarkCommit(b *testing.B) {
	for _, writers := range []int{64, 256, 500} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			db, err := Open(b.TempDir(), Options{Ballast: -1})
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			benchmarkCommit(b, db, writers)
		})
	}
}

type benchEvent struct {
	writes [3]store.Write
	done   chan error
}

func benchmarkCommit(b *testing.B, s store.Store, writers int) {
	events := make(chan *benchEvent, writers)
	go commitAll(events, s)
	var (
		next      atomic.Int64
		latencies = make([][]time.Duration, writers)
		ended     = make(chan error, writers)
	)
	b.ResetTimer()
	for w := range writers {
		go func() {
			rnd := rand.New(rand.NewPCG(uint64(w), 1))
			e := &benchEvent{done: make(chan error, 1)}
			for {
				n := next.Add(1)
				if n > int64(b.N) {
					ended <- nil
					return
				}
				e.fill(uint64(n), rnd)
				began := time.Now()
				events <- e
				if err := <-e.done; err != nil {
					ended <- err
					return
				}
				latencies[w] = append(latencies[w], time.Since(began))
			}
		}()
	}
	for range writers {
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	close(events)
	all := slices.Sorted(slices.Values(slices.Concat(latencies...)))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
}

// commitAll commits everything that waits, up to the limits, again and again.
func commitAll(events <-chan *benchEvent, s store.Store) {
	var (
		batch   []store.Write
		waiting []*benchEvent
		max     = s.Limits().MaxKeys / 3
	)
	for e := range events {
		batch, waiting = append(batch[:0], e.writes[:]...), append(waiting[:0], e)
		for more := true; more && len(waiting) < max; {
			select {
			case e, ok := <-events:
				if more = ok; ok {
					batch, waiting = append(batch, e.writes[:]...), append(waiting, e)
				}
			default:
				more = false
			}
		}
		err := s.Commit(batch)
		for _, e := range waiting {
			e.done <- err
		}
	}
}

var benchText = []byte(strings.Repeat("Good afternoon! Is the blue one still in stock, and how long does delivery take? ", 10))

// fill makes an event: a row of the log, an item with its text, a conversation that is written again and again.
func (e *benchEvent) fill(n uint64, rnd *rand.Rand) {
	key := func(table byte, parts ...uint64) []byte {
		k := []byte{0, 0, 0, 1, table}
		for _, p := range parts {
			k = binary.BigEndian.AppendUint64(k, p)
		}
		return k
	}
	room := rnd.Uint64N(500)
	text := benchText[rnd.IntN(400):][:200]
	e.writes = [3]store.Write{
		{Key: key('l', n), Value: benchText[:40]},
		{Key: key('i', room, n), Value: text},
		{Key: key('c', room), Value: text[:60]},
	}
}

// BenchmarkReadPage reads the newest 50 of a thread, beside one point read, in a store of a hundred thousand items.
func BenchmarkReadPage(b *testing.B) {
	db, err := Open(b.TempDir(), Options{Ballast: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const items, rooms = 100_000, 500
	key := func(room, n int) []byte { return fmt.Appendf(nil, "\x00\x00\x00\x01i%05d\x00%08d", room, n) }
	var batch []store.Write
	for n := range items {
		batch = append(batch, store.Write{Key: key(n%rooms, n), Value: benchText[n%400:][:200]})
		if len(batch) == 2000 || n == items-1 {
			if err := db.Commit(batch); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	b.Run("point", func(b *testing.B) {
		for i := range b.N {
			n := i * 7919 % items
			if err := db.View(func(r store.Reader) error { _, err := r.Get(key(n%rooms, n)); return err }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("page of 50", func(b *testing.B) {
		for i := range b.N {
			err := db.View(func(r store.Reader) error {
				rng, n := store.Prefix(key(i%rooms, 0)[:11]), 0
				rng.Reverse = true
				for _, err := range r.Scan(rng) {
					if err != nil {
						return err
					}
					if n++; n == 50 {
						return nil
					}
				}
				return fmt.Errorf("only %d items", n)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
