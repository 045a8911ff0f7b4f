package engine

import (
	"iter"
	"slices"
	"sort"

	"beseda/store"
)

// Scan merges the writes into the base's order. What is written during the scan is seen where its key was there when
// the scan began, and may be missed where it was not.
func (o *overlay) Scan(rng store.Range) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		own := o.within(rng)
		if len(own) == 0 {
			o.base.Scan(rng)(yield)
			return
		}
		next, stop := iter.Pull2(o.base.Scan(rng))
		defer stop()
		entry, err, ok := next()
		for ok || len(own) > 0 {
			if ok && err != nil {
				yield(entry, err)
				return
			}
			switch o.compare(own, entry.Key, ok, rng.Reverse) {
			case baseFirst:
				if !yield(entry, nil) {
					return
				}
				entry, err, ok = next()
				continue
			case same: // ours replaces the base's
				entry, err, ok = next()
			}
			w := o.writes[own[0]]
			own = own[1:]
			if w.Value != nil && !yield(store.Entry{Key: []byte(w.key), Value: w.Value}, nil) {
				return
			}
		}
	}
}

const (
	ownFirst = iota
	same
	baseFirst
)

// compare tells which side's next key comes first. One of them has a next key.
func (o *overlay) compare(own []int, base []byte, ok, reverse bool) int {
	switch {
	case !ok:
		return ownFirst
	case len(own) == 0:
		return baseFirst
	}
	key := o.writes[own[0]].key
	switch {
	case key == string(base):
		return same
	case (key < string(base)) != reverse:
		return ownFirst
	}
	return baseFirst
}

// within is the places of the writes in a range, in its direction; the slice is the caller's.
func (o *overlay) within(rng store.Range) []int {
	if len(o.writes) == 0 {
		return nil
	}
	order := o.sorted()
	at := func(key []byte) int {
		return sort.Search(len(order), func(i int) bool { return o.writes[order[i]].key >= string(key) })
	}
	from, to := at(rng.From), len(order)
	if len(rng.To) > 0 {
		to = at(rng.To)
	}
	if from >= to {
		return nil
	}
	own := slices.Clone(order[from:to])
	if rng.Reverse {
		slices.Reverse(own)
	}
	return own
}
