package inbox

import (
	"math/rand/v2"
	"slices"
	"testing"

	"beseda/protocol"
)

// TestALongOrderIsASortedList puts thousands of keys in and takes them out at random, and compares with a sorted slice.
func TestALongOrderIsASortedList(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	fresh := func(n int) key {
		return byActivity(&entry{number: protocol.Number(n), lastAt: int64(n/10 + rnd.IntN(1000))})
	}
	var o order
	var plain []key
	for n := range 2000 {
		plain = append(plain, fresh(n+1))
	}
	o.fill(slices.Clone(plain))
	slices.SortFunc(plain, key.compare)
	for n := 2001; n < 12000; n++ {
		if grows := n < 7000; len(plain) == 0 || (rnd.IntN(3) > 0) == grows {
			k := fresh(n)
			at, _ := slices.BinarySearchFunc(plain, k, key.compare)
			plain = slices.Insert(plain, at, k)
			o.insert(k)
		} else {
			at := rnd.IntN(len(plain))
			o.remove(plain[at])
			o.remove(plain[at]) // it is gone: nothing happens
			plain = slices.Delete(plain, at, at+1)
		}
		if n%500 != 0 {
			continue
		}
		down := slices.Collect(o.down())
		slices.Reverse(down)
		if !slices.Equal(plain, down) {
			t.Fatalf("after %d the order has %d keys, the list %d, or they stand elsewhere", n, len(down), len(plain))
		}
		k := fresh(n + 1)
		at, _ := slices.BinarySearchFunc(plain, k, key.compare)
		below := slices.Collect(o.below(k))
		slices.Reverse(below)
		if !slices.Equal(plain[:at], below) {
			t.Fatalf("after %d there are %d below a key, not %d", n, len(below), at)
		}
		for _, c := range o.chunks {
			if len(c) == 0 || len(c) > maxChunk {
				t.Fatalf("a chunk has %d keys", len(c))
			}
		}
	}
}
