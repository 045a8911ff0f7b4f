package state

import (
	"math/rand/v2"
	"slices"
	"testing"

	"beseda/protocol"
)

// TestTheListShownIsWhatIsHeldInOrder folds random pages and changes, and compares with a plain sort.
func TestTheListShownIsWhatIsHeldInOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		var l List
		l.first(&protocol.Inbox{})
		held := map[protocol.Number]protocol.Row{}
		for range 60 {
			row := protocol.Row{Number: protocol.Number(1 + r.IntN(20)), LastAt: int64(r.IntN(50)), Activity: protocol.Active}
			if r.IntN(4) == 0 {
				row.Activity = protocol.Completed
			}
			in := &protocol.Inbox{Rows: []protocol.Row{row}}
			if r.IntN(6) > 0 {
				held[row.Number] = row
			} else {
				gone := protocol.Number(1 + r.IntN(20))
				in = &protocol.Inbox{Gone: []protocol.Number{gone}}
				delete(held, gone)
			}
			l.All = r.IntN(2) == 0
			l.take(in)
		}
		var want []protocol.Number
		for n, row := range held {
			if l.All || row.Activity == protocol.Active {
				want = append(want, n)
			}
		}
		slices.SortFunc(want, func(a, b protocol.Number) int {
			x, y := held[a], held[b]
			if x.LastAt != y.LastAt {
				return int(y.LastAt - x.LastAt)
			}
			return int(b) - int(a)
		})
		if !slices.Equal(l.Shown, want) && len(l.Shown)+len(want) > 0 {
			t.Fatalf("seed %d: shown %v, want %v", seed, l.Shown, want)
		}
	}
}
