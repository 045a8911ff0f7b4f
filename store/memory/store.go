package memory

import (
	"bytes"
	"context"
	"hash/maphash"
	"iter"
	"sync"
	"sync/atomic"

	"beseda/store"
	"beseda/store/internal/gate"
)

// Store is a store.Store in memory. The zero value is not ready; New makes one.
type Store struct {
	limits store.Limits
	seed   maphash.Seed
	root   atomic.Pointer[node]
	full   atomic.Bool
	gate   gate.Gate
	commit sync.Mutex
}

var _ store.Store = (*Store)(nil)

// New makes an empty store with the limits of the durable one.
func New() *Store {
	return NewLimited(store.Limits{MaxKeys: 7864, MaxBytes: 754974, MaxKey: 32 << 10, MaxValue: 256 << 10})
}

// NewLimited makes an empty store with limits of its own, to try what happens at them.
func NewLimited(limits store.Limits) *Store {
	return &Store{limits: limits, seed: maphash.MakeSeed()}
}

// SetFull makes the store answer as a full disk does, or ends that.
func (s *Store) SetFull(full bool) { s.full.Store(full) }

// Full is what SetFull said last.
func (s *Store) Full() bool { return s.full.Load() }

// Limits bound a batch.
func (s *Store) Limits() store.Limits { return s.limits }

// View runs fn on the tree that is current now.
func (s *Store) View(fn func(store.Reader) error) error {
	if !s.gate.Enter() {
		return store.ErrClosed
	}
	defer s.gate.Leave()
	r := &reader{root: s.root.Load()}
	defer r.end()
	return fn(r)
}

// Commit stores the whole batch or nothing.
func (s *Store) Commit(batch []store.Write) error {
	if !s.gate.Enter() {
		return store.ErrClosed
	}
	defer s.gate.Leave()
	if s.full.Load() {
		return store.ErrFull
	}
	if err := s.limits.Check(batch); err != nil {
		return err
	}
	s.commit.Lock()
	defer s.commit.Unlock()
	root := s.root.Load()
	for _, w := range batch {
		if w.Value == nil {
			root = root.remove(w.Key)
			continue
		}
		root = root.put(&node{key: bytes.Clone(w.Key), value: bytes.Clone(w.Value), rank: rank(s.seed, w.Key)})
	}
	s.root.Store(root)
	return nil
}

// Purge has nothing to do: there are no files.
func (s *Store) Purge(ctx context.Context) error {
	if !s.gate.Enter() {
		return store.ErrClosed
	}
	defer s.gate.Leave()
	return ctx.Err()
}

// Close ends the store; what it held is gone with it.
func (s *Store) Close() error {
	s.gate.Close()
	return nil
}

// reader reads one tree.
type reader struct {
	root  *node
	ended bool
}

// end makes use after View a panic: it is a programmer's error that Badger answers with garbage.
func (r *reader) end() { r.ended = true }

func (r *reader) check() {
	if r.ended {
		panic("memory: a Reader was used after its View returned")
	}
}

func (r *reader) Get(key []byte) ([]byte, error) {
	r.check()
	value, ok := r.root.get(key)
	if !ok {
		return nil, store.ErrNotFound
	}
	return bytes.Clone(value), nil
}

func (r *reader) Scan(rng store.Range) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		r.check()
		var lent []byte // the one buffer that key and value are lent from
		r.root.walk(rng.From, rng.To, rng.Reverse, func(n *node) bool {
			for i := range lent {
				lent[i] = 0xdb
			}
			lent = append(append(lent[:0], n.key...), n.value...)
			k := len(n.key)
			return yield(store.Entry{Key: lent[:k:k], Value: lent[k:len(lent):len(lent)]}, nil)
		})
	}
}
