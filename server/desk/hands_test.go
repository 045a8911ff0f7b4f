package desk_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"beseda/protocol"
)

// TestManyHandsAtOnceBreakNoInvariant lets everybody do anything to three threads at the same time, some of it twice at
// once under one id, while hours pass. What is stored then obeys §2, is told by the log to the last change, and is what
// the log makes of an empty store.
func TestManyHandsAtOnceBreakNoInvariant(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, o *office, rounds int) {
		before, began := look(t, o), o.last()
		var accepted, twice atomic.Int64
		var hands sync.WaitGroup
		for hand := range uint64(8) {
			hands.Go(func() {
				c := newChaos(o, hand)
				for range rounds {
					if o.clock.Add(int64(c.rnd.IntN(3)) * 700); c.rnd.IntN(40) == 0 {
						o.clock.Add(pick[int64](c, 120_000, 481_000, 600_000))
					}
					who, kind, body := c.command()
					id := protocol.CommandID(o.newID())
					times := 1 + c.rnd.IntN(5)/4
					answers, errs := make([]protocol.Accepted, times), make([]error, times)
					var sent sync.WaitGroup
					for i := range times {
						sent.Go(func() { answers[i], errs[i] = who.repeat(id, kind, body) })
					}
					sent.Wait()
					for _, err := range errs {
						if err == nil {
							accepted.Add(1)
						} else if !errors.As(err, new(*protocol.Refusal)) {
							t.Errorf("%s by %s: %v", kind, who.name, err)
						}
					}
					if times == 2 && errs[0] == nil && errs[1] == nil { // a refused one may succeed the second time
						twice.Add(1)
						if answers[0] != answers[1] {
							t.Errorf("%s under one id was answered %+v and %+v", kind, answers[0], answers[1])
						}
					}
				}
			})
		}
		hands.Wait()
		o.flush()
		after, events := checkInvariants(t, o), o.events(began)
		checkStep(t, before, after, events)
		ids := map[string]bool{}
		for _, ev := range events { // one id, one command
			if key := fmt.Sprint(ev.ID, " ", ev.Kind, " ", ev.Conversation); ev.Kind == protocol.KindMessageSent {
				if ids[key] {
					t.Errorf("stored twice: %s", key)
				}
				ids[key] = true
			}
		}
		checkReplay(t, o)
		if len(ids) == 0 || twice.Load() == 0 || accepted.Load() < int64(rounds) {
			t.Errorf("%d accepted, %d twice, %d messages: too little came about", accepted.Load(), twice.Load(), len(ids))
		}
	})
}
