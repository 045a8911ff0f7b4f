package engine

import (
	"errors"

	"beseda/store"
)

// recentBytes bounds each of the two generations of what is kept: some thousand conversations under way, with their
// threads and visitors.
const recentBytes = 8 << 20

const (
	// entryBytes is what a kept record costs beside key and value.
	entryBytes = 136
	// decodedFactor is how often its value counts: what it decodes to is kept beside it.
	decodedFactor = 3
)

// recent keeps records that were read or written lately, since every message of a conversation reads the same few again:
// the derived ones and operators' positions. Nobody but this engine changes those, so what is kept is what is stored. It
// belongs to the writer.
//
// There are two generations: what is used moves to the young one, and when that is full the old one is forgotten.
type recent struct {
	young, old map[string]*store.Row // one without a value: it is known that there is none
	size       int                   // of the young one
	limit      int                   // of each, in bytes
}

// over makes a reader that looks here first.
func (c *recent) over(base store.Reader) store.Reader { return recentReader{base, c} }

type recentReader struct {
	store.Reader
	recent *recent
}

func (r recentReader) Get(key []byte) ([]byte, error) {
	row, err := r.Row(key)
	if err != nil {
		return nil, err
	}
	return row.Value, nil
}

func (r recentReader) Row(key []byte) (*store.Row, error) {
	if !keeps(key) {
		return rowOf(r.Reader, key)
	}
	row := r.recent.get(key)
	if row == nil {
		value, err := r.Reader.Get(key)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		row = &store.Row{Value: value}
		r.recent.put(string(key), row)
	}
	if row.Value == nil {
		return nil, store.ErrNotFound
	}
	return row, nil
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

// get is nil where nothing is known of a key.
func (c *recent) get(key []byte) *store.Row {
	if row := c.young[string(key)]; row != nil {
		return row
	}
	row := c.old[string(key)]
	if row != nil {
		c.put(string(key), row)
	}
	return row
}

func (c *recent) put(key string, row *store.Row) {
	if c.young == nil || c.size > c.limit {
		c.young, c.old, c.size = make(map[string]*store.Row), c.young, 0
	}
	if before := c.young[key]; before != nil {
		c.size -= decodedFactor * len(before.Value)
	} else {
		c.size += len(key) + entryBytes
	}
	c.size += decodedFactor * len(row.Value)
	c.young[key] = row
}

// follow takes in what became durable.
func (c *recent) follow(writes []write) {
	for _, w := range writes {
		if keeps([]byte(w.key)) {
			row := w.Row
			c.put(w.key, &row)
		}
	}
}
