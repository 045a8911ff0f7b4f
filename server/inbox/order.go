package inbox

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"beseda/protocol"
)

// key is a conversation's place in an order: by rank, then by tie. The greatest is on top. Its number is tie's
// magnitude: of conversations that wait equally long the smaller number is on top, of others the greater one.
type key struct {
	rank int64
	tie  int64
}

func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.rank, o.rank), cmp.Compare(k.tie, o.tie))
}

func (k key) number() protocol.Number {
	if k.tie < 0 {
		return protocol.Number(-k.tie)
	}
	return protocol.Number(k.tie)
}

// byActivity is where the time of the newest message puts a conversation.
func byActivity(e *entry) key { return key{e.lastAt, int64(e.number)} }

// byWait puts the longest wait on top. Time passing moves none of them past another.
func byWait(e *entry) key { return key{-e.awaiting(), -int64(e.number)} }

// greatest is above every key.
var greatest = key{math.MaxInt64, math.MaxInt64}

// maxChunk is how many keys stand together: what comes or goes moves no more than these.
const maxChunk = 512

// order is a list of keys, ascending, in chunks of at most maxChunk, none of them empty.
type order struct {
	chunks [][]key
}

// fill takes keys in that need no order.
func (o *order) fill(keys []key) {
	slices.SortFunc(keys, key.compare)
	o.chunks = nil
	for chunk := range slices.Chunk(keys, maxChunk) {
		o.chunks = append(o.chunks, slices.Clone(chunk))
	}
}

// find is the chunk that k stands in, or would, and its index there.
func (o *order) find(k key) (chunk, at int) {
	chunk, _ = slices.BinarySearchFunc(o.chunks, k, func(c []key, k key) int { return c[len(c)-1].compare(k) })
	if chunk == len(o.chunks) {
		if chunk == 0 {
			return 0, 0
		}
		chunk--
	}
	at, _ = slices.BinarySearchFunc(o.chunks[chunk], k, key.compare)
	return chunk, at
}

func (o *order) insert(k key) {
	c, at := o.find(k)
	if c == len(o.chunks) || c == len(o.chunks)-1 && at == maxChunk { // most come on top
		o.chunks = append(o.chunks, append(make([]key, 0, maxChunk), k))
		return
	}
	if len(o.chunks[c]) == maxChunk {
		upper := append(make([]key, 0, maxChunk), o.chunks[c][maxChunk/2:]...)
		o.chunks[c] = o.chunks[c][:maxChunk/2]
		o.chunks = slices.Insert(o.chunks, c+1, upper)
		if at > maxChunk/2 {
			c, at = c+1, at-maxChunk/2
		}
	}
	o.chunks[c] = slices.Insert(o.chunks[c], at, k)
}

func (o *order) remove(k key) {
	if len(o.chunks) == 0 {
		return
	}
	c, at := o.find(k)
	if at == len(o.chunks[c]) || o.chunks[c][at] != k {
		return
	}
	if o.chunks[c] = slices.Delete(o.chunks[c], at, at+1); len(o.chunks[c]) == 0 {
		o.chunks = slices.Delete(o.chunks, c, c+1)
	}
}

// down walks from the top.
func (o *order) down() iter.Seq[key] { return o.below(greatest) }

// below walks down from what stands under k.
func (o *order) below(k key) iter.Seq[key] {
	return func(yield func(key) bool) {
		if len(o.chunks) == 0 {
			return
		}
		c, at := o.find(k)
		for ; c >= 0; c-- {
			for _, k := range slices.Backward(o.chunks[c][:at]) {
				if !yield(k) {
					return
				}
			}
			if c > 0 {
				at = len(o.chunks[c-1])
			}
		}
	}
}

// ordered is a set of conversations: all of them by activity, and those that wait by how long. By processing, these
// stand on top and the others below.
type ordered struct {
	activity, waiting order
}

func (o *ordered) fill(entries iter.Seq[*entry]) {
	var activity, waiting []key
	for e := range entries {
		activity = append(activity, byActivity(e))
		if e.awaiting() != 0 {
			waiting = append(waiting, byWait(e))
		}
	}
	o.activity.fill(activity)
	o.waiting.fill(waiting)
}

func (o *ordered) insert(e *entry) {
	o.activity.insert(byActivity(e))
	if e.awaiting() != 0 {
		o.waiting.insert(byWait(e))
	}
}

func (o *ordered) remove(e *entry) {
	o.activity.remove(byActivity(e))
	if e.awaiting() != 0 {
		o.waiting.remove(byWait(e))
	}
}

// down walks a set in an order, from the top, or from below one that is of it. The mutex is held.
func (in *Inbox) down(o *ordered, by protocol.Order, below *entry) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		processing := by == protocol.OrderProcessing
		from := greatest
		if processing && (below == nil || below.awaiting() != 0) {
			if below != nil {
				from, below = byWait(below), nil
			}
			for k := range o.waiting.below(from) {
				if !yield(in.entry(k.number())) {
					return
				}
			}
			from = greatest
		}
		if below != nil {
			from = byActivity(below)
		}
		for k := range o.activity.below(from) {
			e := in.entry(k.number())
			if !(processing && e.awaiting() != 0) && !yield(e) {
				return
			}
		}
	}
}
