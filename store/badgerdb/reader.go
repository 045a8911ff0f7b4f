package badgerdb

import (
	"bytes"
	"errors"
	"fmt"
	"iter"

	"github.com/dgraph-io/badger/v4"

	"beseda/store"
)

// reader is a snapshot. Its key buffer makes it unsafe for concurrent use, as store.Reader allows.
type reader struct {
	txn *badger.Txn
	key []byte
}

func (r *reader) Get(key []byte) ([]byte, error) {
	r.key = append(append(r.key[:0], dataSpace), key...)
	return get(r.txn, r.key)
}

func get(txn *badger.Txn, badgerKey []byte) ([]byte, error) {
	item, err := txn.Get(badgerKey)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("get %q: %w", badgerKey[1:], err)
	}
	sealed, err := item.ValueCopy(nil)
	if err != nil {
		return nil, fmt.Errorf("get %q: %w", badgerKey[1:], err)
	}
	return unseal(badgerKey, sealed)
}

func (r *reader) Scan(rng store.Range) iter.Seq2[store.Entry, error] {
	from := append([]byte{dataSpace}, rng.From...)
	to := append([]byte{dataSpace}, rng.To...)
	if len(rng.To) == 0 {
		to[0]++
	}
	return func(yield func(store.Entry, error) bool) {
		if bytes.Compare(from, to) >= 0 {
			return
		}
		it := r.txn.NewIterator(badger.IteratorOptions{
			Prefix:  common(from, to), // lets Badger leave out tables
			Reverse: rng.Reverse,
		})
		defer it.Close()
		if rng.Reverse {
			it.Seek(to)
			if it.Valid() && bytes.Equal(it.Item().Key(), to) {
				it.Next()
			}
		} else {
			it.Seek(from)
		}
		for ; it.Valid(); it.Next() {
			item := it.Item()
			key := item.Key()
			if bytes.Compare(key, from) < 0 || bytes.Compare(key, to) >= 0 {
				return
			}
			var entry store.Entry
			err := item.Value(func(sealed []byte) error {
				value, err := unseal(key, sealed)
				entry = store.Entry{Key: key[1:len(key):len(key)], Value: value}
				return err
			})
			if err != nil {
				yield(store.Entry{}, err)
				return
			}
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// common is the longest prefix of both.
func common(a, b []byte) []byte {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n:n]
}

// keys lists the keys of a range without looking at the values, which may be unreadable.
func (r *reader) keys(rng store.Range) [][]byte {
	from := append([]byte{dataSpace}, rng.From...)
	to := append([]byte{dataSpace}, rng.To...)
	it := r.txn.NewIterator(badger.IteratorOptions{Prefix: common(from, to)})
	defer it.Close()
	var keys [][]byte
	for it.Seek(from); it.Valid() && bytes.Compare(it.Item().Key(), to) < 0; it.Next() {
		keys = append(keys, bytes.Clone(it.Item().Key()[1:]))
	}
	return keys
}
