package inbox

import (
	"cmp"
	"slices"

	"beseda/protocol"
)

// key is a conversation's place: by the time of its last message, then by number.
type key struct {
	at     int64
	number protocol.Number
}

func (k key) compare(o key) int {
	if c := cmp.Compare(k.at, o.at); c != 0 {
		return c
	}
	return cmp.Compare(k.number, o.number)
}

// order is a list of keys, oldest first: what changes is nearly always near the end, so moving it costs little.
type order []key

func (o order) sort() { slices.SortFunc(o, key.compare) }

// find is the index of k, or where it would stand.
func (o order) find(k key) int {
	i, _ := slices.BinarySearchFunc(o, k, key.compare)
	return i
}

func (o *order) insert(k key) { *o = slices.Insert(*o, o.find(k), k) }

func (o *order) remove(k key) {
	if i := o.find(k); i < len(*o) && (*o)[i] == k {
		*o = slices.Delete(*o, i, i+1)
	}
}
