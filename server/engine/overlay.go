package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"beseda/store"
)

const (
	// workspaceLen is what store.ScopeWrite adds to a key.
	workspaceLen = 4
	// writeOverhead is what a store spends on a write beside key and value, generously: workspace, version, checksum.
	writeOverhead = 64
)

// errBatchFull says that a transaction does not fit beside what the batch holds already: it comes with the next one.
var errBatchFull = errors.New("batch is full")

// overlay is a store.Tx in memory: the writes of a batch over a snapshot. A command's writes lie on top, since the
// last mark, until keep or rollback.
//
//	base ◀── writes: kept ... kept | mark | the command's
//	            ▲                               ▲
//	          index: key → place              undo: how to take it back
type overlay struct {
	base   store.Reader
	limits store.Limits
	index  map[string]int // key → its place in writes
	writes []write        // in the order in which keys were first written
	order  []int          // the places of a prefix of writes, in key order: only a scan asks for it
	size   int
	undo   []change
	shared bool // finished: several goroutines read it
}

// write is the newest value at a key; a nil one is a deletion.
type write struct {
	key string
	store.Row
}

// change takes back one write: the value that stood at a place, or, if fresh, the place itself.
type change struct {
	place int
	value []byte
	fresh bool
}

// newOverlay begins one that will hold about so many keys.
func newOverlay(base store.Reader, limits store.Limits, about int) *overlay {
	return &overlay{base: base, limits: limits, index: make(map[string]int, about), writes: make([]write, 0, about)}
}

// above is the finished overlay over another base, for reading. Both may be read by different goroutines.
func (o *overlay) above(base store.Reader) store.Reader {
	return &overlay{base: base, limits: o.limits, index: o.index, writes: o.writes, order: slices.Clip(o.order), shared: true}
}

// Get reads the newest value.
func (o *overlay) Get(key []byte) ([]byte, error) {
	if place, ok := o.index[string(key)]; ok {
		if value := o.writes[place].Value; value != nil {
			return value, nil
		}
		return nil, store.ErrNotFound
	}
	return o.base.Get(key)
}

// Row is Get for a record that is decoded once.
func (o *overlay) Row(key []byte) (*store.Row, error) {
	place, ok := o.index[string(key)]
	switch {
	case !ok:
		return rowOf(o.base, key)
	case o.writes[place].Value == nil:
		return nil, store.ErrNotFound
	case o.shared:
		return &store.Row{Value: o.writes[place].Value}, nil
	}
	return &o.writes[place].Row, nil
}

// rowOf is the row that a reader keeps, or one that nobody does.
func rowOf(r store.Reader, key []byte) (*store.Row, error) {
	if k, ok := r.(store.Keeper); ok {
		return k.Row(key)
	}
	value, err := r.Get(key)
	return &store.Row{Value: value}, err
}

// Put refuses here what the store would refuse with the whole batch, and the neighbours in it.
func (o *overlay) Put(key, value []byte) error {
	if len(value) == 0 {
		return fmt.Errorf("put at %q: %w", key, store.ErrEmpty)
	}
	return o.write(key, value)
}

func (o *overlay) Delete(key []byte) error { return o.write(key, nil) }

func (o *overlay) write(key, value []byte) error {
	switch {
	case len(key) == 0:
		return fmt.Errorf("write without a key: %w", store.ErrEmpty)
	case len(key)+workspaceLen > o.limits.MaxKey:
		return fmt.Errorf("key of %d bytes: %w", len(key), store.ErrTooBig)
	case len(value) > o.limits.MaxValue:
		return fmt.Errorf("value of %d bytes at %q: %w", len(value), key, store.ErrTooBig)
	}
	place, had := o.index[string(key)]
	if !had {
		place = len(o.writes)
		k := string(key)
		o.index[k] = place
		o.writes = append(o.writes, write{key: k})
		o.size += len(key) + writeOverhead
	}
	old := o.writes[place].Value
	o.undo = append(o.undo, change{place: place, value: old, fresh: !had})
	o.size += len(value) - len(old)
	o.writes[place].Row = store.Row{Value: value}
	return nil
}

// keep makes what was written since the last keep or rollback part of the batch.
func (o *overlay) keep() {
	clear(o.undo)
	o.undo = o.undo[:0]
}

// rollback drops it instead: no trace remains.
func (o *overlay) rollback() {
	for _, c := range slices.Backward(o.undo) {
		w := &o.writes[c.place]
		o.size += len(c.value) - len(w.Value)
		w.Row = store.Row{Value: c.value}
		if !c.fresh {
			continue
		}
		o.size -= len(w.key) + writeOverhead
		delete(o.index, w.key)
		*w = write{}
		o.writes = o.writes[:c.place] // places are taken back last first
	}
	if len(o.order) > len(o.writes) {
		o.order = slices.DeleteFunc(o.order, func(place int) bool { return place >= len(o.writes) })
	}
	o.keep()
}

// changed tells whether anything was written since the last keep or rollback.
func (o *overlay) changed() bool { return len(o.undo) > 0 }

// fits tells whether the store takes all this in one batch.
func (o *overlay) fits() bool {
	return len(o.writes) <= o.limits.MaxKeys && o.size <= o.limits.MaxBytes
}

// filled tells whether a batch should end here: most of what comes next would not fit, and be decided twice.
func (o *overlay) filled() bool {
	return len(o.writes) > 0 && (len(o.writes) >= o.limits.MaxKeys*3/5 || o.size >= o.limits.MaxBytes*3/5)
}

// batch is the writes as the store takes them. The keys share one allocation.
func (o *overlay) batch(w store.Workspace) []store.Write {
	length := 0
	for i := range o.writes {
		length += len(o.writes[i].key) + workspaceLen
	}
	keys, out := make([]byte, 0, length), make([]store.Write, len(o.writes))
	for i := range o.writes {
		from := len(keys)
		keys = append(store.AppendScope(keys, w), o.writes[i].key...)
		out[i] = store.Write{Key: keys[from:len(keys):len(keys)], Value: o.writes[i].Value}
	}
	return out
}

// sorted is the places of all writes in key order. New ones are merged into the order of the last time: a batch may
// scan once per command, and sorting all of it each time would cost more than everything else.
func (o *overlay) sorted() []int {
	n := len(o.order)
	if n == len(o.writes) {
		return o.order
	}
	for place := n; place < len(o.writes); place++ {
		o.order = append(o.order, place)
	}
	byKey := func(a, b int) int { return cmp.Compare(o.writes[a].key, o.writes[b].key) }
	fresh := slices.Clone(o.order[n:])
	slices.SortFunc(fresh, byKey)
	for at := len(o.order) - 1; len(fresh) > 0; at-- { // from the back, so that nothing is overwritten unread
		last := len(fresh) - 1
		if n > 0 && byKey(o.order[n-1], fresh[last]) > 0 {
			n--
			o.order[at] = o.order[n]
			continue
		}
		o.order[at] = fresh[last]
		fresh = fresh[:last]
	}
	return o.order
}
