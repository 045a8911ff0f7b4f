package engine_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"beseda/protocol"
	"beseda/store"
)

func TestAStoreThatFailedForGoodIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		told bool
	}{
		"it takes nothing until it is opened again": {store.ErrBroken, true},
		"it is full":              {store.ErrFull, false},
		"it failed for some time": {errors.New("input/output error"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, nil)
				h.store.before(func([]store.Write) error { return c.err })
				for _, id := range []protocol.CommandID{"1", "2"} { // told twice, closed once
					if _, err := h.Do(t.Context(), says("ann", id, written("a", "1"))); err == nil {
						t.Error("accepted by a store that stored nothing")
					}
				}
				synctest.Wait()
				select {
				case <-h.Broken():
					if !c.told {
						t.Error("told, though it may go on")
					}
				default:
					if c.told {
						t.Error("not told")
					}
				}
			})
		})
	}
}
