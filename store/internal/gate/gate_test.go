package gate

import (
	"testing"
	"testing/synctest"
)

func TestClosingWaitsForThoseInsideAndTurnsAwayTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var g Gate
		for range 2 {
			if !g.Enter() {
				t.Fatal("an open gate turns calls away")
			}
		}
		closed := false
		go func() {
			if !g.Close() {
				t.Error("the first to close is told that it was not")
			}
			closed = true
		}()
		synctest.Wait()
		if g.Enter() {
			t.Error("a call inside gets in again while the gate is being closed: Close would wait for ever longer")
		}
		g.Leave()
		synctest.Wait()
		if closed {
			t.Error("closed with a call inside")
		}
		g.Leave()
		synctest.Wait()
		if !closed {
			t.Error("not closed though nobody is inside")
		}
		if g.Close() {
			t.Error("the second to close is told that it was the first")
		}
	})
}
