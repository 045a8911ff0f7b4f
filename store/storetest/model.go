package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"beseda/store"
)

// model does random work on the store and on a map, and compares what both say, also through snapshots taken long ago.
func model(t *testing.T, s store.Store) {
	for _, seed := range []uint64{1, 2} {
		w := &work{s: s, rnd: rand.New(rand.NewPCG(seed, 0)), held: map[string]string{}}
		view(t, s, func(r store.Reader) { // the second seed begins with what the first has left
			for e, err := range r.Scan(store.Range{}) {
				check(t, err)
				w.held[string(e.Key)] = string(e.Value)
			}
		})
		w.run(t, 40, 2)
	}
}

type work struct {
	s    store.Store
	rnd  *rand.Rand
	held map[string]string
}

// run commits batches; on each depth a view stays open over the work below it.
func (w *work) run(t *testing.T, batches, depth int) {
	for i := range batches {
		w.commit(t)
		if i%10 == 0 && depth > 0 {
			view(t, w.s, func(r store.Reader) {
				then := maps.Clone(w.held)
				w.compare(t, r, then)
				w.run(t, batches/4, depth-1)
				w.compare(t, r, then)
			})
		}
	}
	view(t, w.s, func(r store.Reader) { w.compare(t, r, w.held) })
}

func (w *work) commit(t *testing.T) {
	var batch []store.Write
	for range 1 + w.rnd.IntN(30) {
		write := store.Write{Key: []byte(w.key())}
		if w.rnd.IntN(4) > 0 {
			write.Value = bytes.Repeat([]byte{byte(w.rnd.IntN(256))}, 1+w.rnd.IntN(200))
		}
		batch = append(batch, write)
		if write.Value == nil {
			delete(w.held, string(write.Key))
		} else {
			w.held[string(write.Key)] = string(write.Value)
		}
	}
	commit(t, w.s, batch)
}

// key is short and from few letters, so that keys repeat and begin like one another.
func (w *work) key() string {
	key := make([]byte, 1+w.rnd.IntN(4))
	for i := range key {
		key[i] = "\x00\x01ab\xfe\xff"[w.rnd.IntN(6)]
	}
	return string(key)
}

func (w *work) compare(t *testing.T, r store.Reader, held map[string]string) {
	t.Helper()
	sorted := slices.Sorted(maps.Keys(held))
	for range 8 {
		rng := store.Range{Reverse: w.rnd.IntN(2) == 0}
		if w.rnd.IntN(3) > 0 {
			rng.From = []byte(w.key())
		}
		if w.rnd.IntN(3) > 0 {
			rng.To = []byte(w.key())
		}
		var entries []string
		for _, key := range sorted {
			if key >= string(rng.From) && (len(rng.To) == 0 || key < string(rng.To)) {
				entries = append(entries, key+"="+held[key])
			}
		}
		if rng.Reverse {
			slices.Reverse(entries)
		}
		diff(t, entries, scan(t, r, rng))

		key := w.key()
		value, err := r.Get([]byte(key))
		if kept, ok := held[key]; ok && (err != nil || string(value) != kept) || !ok && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Get(%q) = %q, %v, want %q", key, value, err, kept)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// concurrency lets writers move an amount between keys, each writer among its own, while readers add them up.
func concurrency(t *testing.T, s store.Store) {
	const writers, readers, rounds, keys = 4, 4, 25, 5
	var writing, reading sync.WaitGroup
	done := make(chan struct{})
	key := func(writer, i int) []byte { return fmt.Appendf(nil, "w%d/%d", writer, i) }
	for n := range writers {
		var batch []store.Write
		for i := range keys {
			batch = append(batch, store.Write{Key: key(n, i), Value: []byte{100}})
		}
		commit(t, s, batch)
	}
	for n := range writers {
		writing.Go(func() {
			amounts := bytes.Repeat([]byte{100}, keys)
			for i := range rounds {
				from, to := i%keys, (i+1+n)%keys
				amounts[from]--
				amounts[to]++
				if err := s.Commit([]store.Write{
					{Key: key(n, from), Value: []byte{amounts[from]}}, {Key: key(n, to), Value: []byte{amounts[to]}},
				}); err != nil {
					t.Errorf("commit: %v", err)
				}
			}
		})
	}
	for range readers {
		reading.Go(func() {
			for more := true; more; {
				select {
				case <-done:
					more = false // once more after the last commit
				default:
				}
				err := s.View(func(r store.Reader) error {
					for n := range writers {
						sum := 0
						for e, err := range r.Scan(store.Prefix(fmt.Appendf(nil, "w%d/", n))) {
							if err != nil {
								return err
							}
							sum += int(e.Value[0])
						}
						if sum != 100*keys {
							return fmt.Errorf("writer %d has %d in all: half a batch was seen", n, sum)
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writing.Wait()
	close(done)
	reading.Wait()
}
