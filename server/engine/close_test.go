package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"beseda/protocol"
	"beseda/store"
)

func TestCloseAnswersEverybody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		release := make(chan struct{})
		h.store.before(func([]store.Write) error { <-release; return nil })
		var stored, turnedAway atomic.Int64
		var writers sync.WaitGroup
		for i := range 3000 { // more than wait in the queue
			writers.Go(func() {
				_, err := h.Do(context.Background(), says("ann", protocol.CommandID(fmt.Sprint(i)), written("a", "1")))
				switch {
				case err == nil:
					stored.Add(1)
				case codeOf(err) == protocol.CodeGoingAway:
					turnedAway.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		var closers sync.WaitGroup
		closers.Go(h.Close)
		closers.Go(h.Close)
		close(release)
		writers.Wait()
		closers.Wait()
		if stored.Load() == 0 || stored.Load()+turnedAway.Load() != 3000 {
			t.Errorf("%d stored, %d turned away", stored.Load(), turnedAway.Load())
		}
		if n := int64(len(h.log())); n != stored.Load() {
			t.Errorf("%d events stored, %d commands answered so", n, stored.Load())
		}
		if _, err := h.do(says("ann", "late", written("a", "1"))); codeOf(err) != protocol.CodeGoingAway {
			t.Errorf("after Close: %v", err)
		}
	})
}

func TestACommandWhoseAskerLeftMayStillHappenOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		release := make(chan struct{})
		h.store.before(func([]store.Write) error { <-release; return nil })
		ctx, leave := context.WithCancel(t.Context())
		left := make(chan error)
		go func() {
			_, err := h.Do(ctx, says("ann", "1", written("a", "1")))
			left <- err
		}()
		synctest.Wait()
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		close(release)
		if a := h.mustDo(says("ann", "1", written("a", "2"))); a.Position != 1 {
			t.Errorf("asked again with the same id: %+v", a)
		}
		if got := h.cells()["za"]; got != "1" {
			t.Errorf("a = %q", got)
		}
	})
}
