package engine

import (
	"bytes"
	"iter"
	"maps"
	"slices"

	"beseda/store"
)

// entryOverhead is what a store spends per write beside key and value, generously.
const entryOverhead = 32

// overlay is a transaction in memory: writes over a reader. A nil value marks a deletion.
type overlay struct {
	base   store.Reader
	writes map[string][]byte
	sorted []string // the keys of writes in order, rebuilt when a scan needs them
	fresh  bool     // sorted is up to date
	size   int
}

func newOverlay(base store.Reader) *overlay {
	return &overlay{base: base, writes: make(map[string][]byte)}
}

func (o *overlay) Get(key []byte) ([]byte, error) {
	if value, ok := o.writes[string(key)]; ok {
		if value == nil {
			return nil, store.ErrNotFound
		}
		return value, nil
	}
	return o.base.Get(key)
}

func (o *overlay) Put(key, value []byte) error { o.write(key, value); return nil }

func (o *overlay) Delete(key []byte) error { o.write(key, nil); return nil }

func (o *overlay) write(key, value []byte) {
	old, had := o.writes[string(key)]
	if !had {
		o.size += len(key) + entryOverhead
		o.fresh = false
	}
	o.size += len(value) - len(old)
	o.writes[string(key)] = value
}

// over tells whether a batch should end here. The store refuses what is over its limits, so this stays well below:
// the next command may add a message with attachments and a new conversation.
func (o *overlay) over(l store.Limits) bool {
	return len(o.writes) >= l.MaxKeys*3/4 || o.size >= l.MaxBytes*3/4
}

func (o *overlay) mergeInto(target *overlay) {
	for k, v := range o.writes {
		target.write([]byte(k), v)
	}
}

// batch is the writes in key order, so that two runs store the same bytes in the same order.
func (o *overlay) batch(w store.Workspace) []store.Write {
	out := make([]store.Write, 0, len(o.writes))
	for _, k := range o.keys() {
		out = append(out, store.ScopeWrite(w, store.Write{Key: []byte(k), Value: o.writes[k]}))
	}
	return out
}

func (o *overlay) keys() []string {
	if !o.fresh {
		o.sorted = slices.Sorted(maps.Keys(o.writes))
		o.fresh = true
	}
	return o.sorted
}

// Scan merges the writes into the base's order.
func (o *overlay) Scan(rng store.Range) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		own := o.within(rng)
		next, stop := iter.Pull2(o.base.Scan(rng))
		defer stop()
		entry, err, ok := next()
		for ok || len(own) > 0 {
			if ok && err != nil {
				yield(entry, err)
				return
			}
			order := -1 // own first
			switch {
			case !ok:
			case len(own) == 0:
				order = 1
			default:
				order = bytes.Compare([]byte(own[0]), entry.Key)
				if rng.Reverse {
					order = -order
				}
			}
			if order > 0 {
				if !yield(entry, nil) {
					return
				}
				entry, err, ok = next()
				continue
			}
			key := own[0]
			own = own[1:]
			if order == 0 { // ours replaces the base's
				entry, err, ok = next()
			}
			if value := o.writes[key]; value != nil && !yield(store.Entry{Key: []byte(key), Value: value}, nil) {
				return
			}
		}
	}
}

// within returns the keys of the range in its direction.
func (o *overlay) within(rng store.Range) []string {
	keys := o.keys()
	from, _ := slices.BinarySearch(keys, string(rng.From))
	to := len(keys)
	if len(rng.To) > 0 {
		to, _ = slices.BinarySearch(keys, string(rng.To))
	}
	if from >= to {
		return nil
	}
	keys = keys[from:to]
	if rng.Reverse {
		keys = slices.Clone(keys)
		slices.Reverse(keys)
	}
	return keys
}
