package engine

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"beseda/store"
)

// TestTimersKnowWhatIsFirst compares random arming, keeping and restoring with a map that is looked through.
func TestTimersKnowWhatIsFirst(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(seed, 3))
			var timers timers
			now, final := map[timerKey]int64{}, map[timerKey]int64{}
			marked, atMark := 0, map[timerKey]int64{}
			for range 2000 {
				switch rnd.IntN(40) {
				case 0:
					marked, atMark = timers.mark(), maps.Clone(now)
				case 1:
					timers.keep(marked)
					final, marked = atMark, 0
					atMark = maps.Clone(final)
				case 2:
					timers.restore()
					now, marked = maps.Clone(final), 0
					atMark = maps.Clone(final)
				default:
					d := store.Deadline{Kind: uint8(rnd.IntN(3)), Subject: uint64(rnd.IntN(8)), Due: int64(rnd.IntN(20))}
					timers.arm(d)
					if now[timerKey{d.Kind, d.Subject}] = d.Due; d.Due == 0 {
						delete(now, timerKey{d.Kind, d.Subject})
					}
				}
				checkFirst(t, &timers, now)
			}
		})
	}
}

func checkFirst(t *testing.T, timers *timers, armed map[timerKey]int64) {
	t.Helper()
	var want store.Deadline
	for key, due := range armed {
		d := store.Deadline{Due: due, Kind: key.kind, Subject: key.subject}
		if got := timers.due(key.kind, key.subject); got != due {
			t.Fatalf("%+v is armed for %d, want %d", key, got, due)
		}
		if want.Due == 0 || d.Due < want.Due || d.Due == want.Due &&
			(d.Kind < want.Kind || d.Kind == want.Kind && d.Subject < want.Subject) {
			want = d
		}
	}
	got, ok := timers.first()
	if got.Deadline != want || ok != (len(armed) > 0) || len(timers.heap) != len(armed) {
		t.Fatalf("first is %+v of %d, want %+v of %d", got.Deadline, len(timers.heap), want, len(armed))
	}
}
