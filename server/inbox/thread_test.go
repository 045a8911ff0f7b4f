package inbox

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"beseda/protocol"
)

// TestThreadsAreSortedLists has conversations come and go at random, in threads of which some share the bytes that they
// are found by, and compares with a list for each.
func TestThreadsAreSortedLists(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(4, 4))
	var ids []bits
	for _, shape := range []string{"01J000000%d000000000000AAAA", "01J000000000000000000AAA%d0"} {
		for n := range 4 {
			ids = append(ids, bitsOf(protocol.ThreadID(fmt.Sprintf(shape, n))))
		}
	}
	if ids[0].short() != ids[1].short() || ids[4].short() == ids[5].short() {
		t.Fatal("the ids are not what this test is about")
	}
	in := &Inbox{latest: latest{}}
	plain := map[bits]map[protocol.Number]bool{}
	for _, id := range ids {
		plain[id] = map[protocol.Number]bool{}
	}
	for step := range 3000 {
		n := protocol.Number(1 + rnd.IntN(60))
		if e := in.entry(n); e != nil {
			in.leave(e)
			delete(plain[e.thread], n)
			*e = entry{}
		} else {
			e = in.entries.place(n)
			e.number, e.thread = n, ids[rnd.IntN(len(ids))]
			in.join(e)
			plain[e.thread][n] = true
		}
		for _, id := range ids {
			var got []protocol.Number
			for e := range in.inThread(id) {
				got = append(got, e.number)
			}
			want := slices.Sorted(maps.Keys(plain[id]))
			if slices.Reverse(want); !slices.Equal(want, got) {
				t.Fatalf("step %d: %v, want %v", step, got, want)
			}
		}
	}
	for _, id := range ids {
		for n := range plain[id] {
			in.leave(in.entry(n))
			*in.entry(n) = entry{}
		}
	}
	if len(in.latest) != 0 {
		t.Errorf("nothing is there, and %v is left", in.latest)
	}
}
