package engine

import (
	"errors"

	"beseda/store"
)

// recentBytes bounds each of the two generations of what is kept: some thousand conversations under way, with their
// threads and visitors.
const recentBytes = 8 << 20

// entryBytes is what a kept record costs beside key and value.
const entryBytes = 96

// recent keeps records that were read or written lately, since every message of a conversation reads the same few again:
// the derived ones and operators' positions. Nobody but this engine changes those, so what is kept is what is stored. It
// belongs to the writer.
//
// There are two generations: what is used moves to the young one, and when that is full the old one is forgotten.
type recent struct {
	young, old map[string][]byte // a nil value: it is known that there is none
	size       int               // of the young one
	limit      int               // of each, in bytes
}

// over makes a reader that looks here first.
func (c *recent) over(base store.Reader) store.Reader { return recentReader{base, c} }

type recentReader struct {
	store.Reader
	recent *recent
}

func (r recentReader) Get(key []byte) ([]byte, error) {
	if !keeps(key) {
		return r.Reader.Get(key)
	}
	value, ok := r.recent.get(key)
	if !ok {
		var err error
		if value, err = r.Reader.Get(key); err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		r.recent.put(string(key), value)
	}
	if value == nil {
		return nil, store.ErrNotFound
	}
	return value, nil
}

// keeps tells which records are worth it: those that are read again and that only the writer writes. Log and items are
// read by scans, and by others.
func keeps(key []byte) bool {
	if len(key) == 0 {
		return false
	}
	switch key[0] {
	case store.Log.Prefix, store.Items.Prefix:
		return false
	case store.OperatorReads.Prefix:
		return true
	}
	return store.Derived(key)
}

func (c *recent) get(key []byte) (value []byte, ok bool) {
	if value, ok = c.young[string(key)]; ok {
		return value, true
	}
	if value, ok = c.old[string(key)]; ok {
		c.put(string(key), value)
	}
	return value, ok
}

func (c *recent) put(key string, value []byte) {
	if c.young == nil || c.size > c.limit {
		c.young, c.old, c.size = make(map[string][]byte), c.young, 0
	}
	before, had := c.young[key]
	if !had {
		c.size += len(key) + entryBytes
	}
	c.size += len(value) - len(before)
	c.young[key] = value
}

// follow takes in what became durable.
func (c *recent) follow(writes []write) {
	for _, w := range writes {
		if keeps([]byte(w.key)) {
			c.put(w.key, w.value)
		}
	}
}
