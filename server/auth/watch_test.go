package auth

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestRevocationEndsWhatStandsOnIt(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		do func(t *testing.T, h *house, one Session, token Hidden)
		// one and two are Ann's sessions, three is Bob's.
		ended [3]bool
	}{
		"ending a session ends that one": {
			do:    func(t *testing.T, h *house, one Session, _ Hidden) { want(t, h.Sessions.End(ann, one.ID), "ok") },
			ended: [3]bool{true, false, false},
		},
		"signing in again in the same browser ends the old one": {
			do: func(t *testing.T, h *house, _ Session, token Hidden) {
				_, _, err := h.Sessions.Begin(ann, Origin{Previous: token})
				want(t, err, "ok")
			},
			ended: [3]bool{true, false, false},
		},
		"ending all ends the operator's and nobody else's": {
			do:    func(t *testing.T, h *house, _ Session, _ Hidden) { want(t, h.Sessions.EndAll(ann), "ok") },
			ended: [3]bool{true, true, false},
		},
		"a full disk saves nobody": {
			do: func(t *testing.T, h *house, _ Session, _ Hidden) {
				h.store.SetFull(true)
				if h.Sessions.EndAll(ann) == nil {
					t.Error("EndAll did not tell that the disk is full")
				}
			},
			ended: [3]bool{true, true, false},
		},
		"a refused revocation ends nothing": {
			do:    func(t *testing.T, h *house, one Session, _ Hidden) { want(t, h.Sessions.End(bob, one.ID), "not_found") },
			ended: [3]bool{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			token, one := h.begin(ann)
			_, two := h.begin(ann)
			_, three := h.begin(bob)
			var bounds [3]context.Context
			for i, s := range []Session{one, two, three} {
				ctx, release := h.Watch.Bind(t.Context(), s)
				defer release()
				bounds[i] = ctx
			}
			row.do(t, h, one, token)
			for i, ctx := range bounds {
				if ended := ctx.Err() != nil; ended != row.ended[i] {
					t.Errorf("session %d ended: %v, want %v", i+1, ended, row.ended[i])
				}
				if row.ended[i] && !errors.Is(context.Cause(ctx), ErrRevoked) {
					t.Errorf("session %d ended because %v", i+1, context.Cause(ctx))
				}
			}
		})
	}
}

func TestBindingToWhatHasEndedIsOverAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, s := h.begin(ann)
	want(t, h.Sessions.End(ann, s.ID), "ok")
	ctx, release := h.Watch.Bind(t.Context(), s)
	defer release()
	if !errors.Is(context.Cause(ctx), ErrRevoked) {
		t.Errorf("ended because %v", context.Cause(ctx))
	}
}

func TestBindingNeverMissesARevocation(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 200 {
		_, s := h.begin(ann)
		var wg sync.WaitGroup
		var ctx context.Context
		var release func()
		wg.Go(func() { ctx, release = h.Watch.Bind(t.Context(), s) })
		wg.Go(func() { _ = h.Sessions.End(ann, s.ID) })
		wg.Wait()
		if ctx.Err() == nil {
			t.Fatal("bound to a session that is gone")
		}
		release()
	}
	if n := len(h.Watch.bounds) + len(h.Watch.held); n != 0 {
		t.Errorf("%d bindings are left behind", n)
	}
}

func TestReleaseLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, s := h.begin(ann)
	one, releaseOne := h.Watch.Bind(t.Context(), s)
	two, releaseTwo := h.Watch.Bind(t.Context(), s)
	releaseOne()
	releaseOne()
	if one.Err() == nil || two.Err() != nil || !h.Watch.bound(s.ID) {
		t.Error("one release touched the other binding")
	}
	releaseTwo()
	if h.Watch.bound(s.ID) || len(h.Watch.bounds) != 0 {
		t.Error("bindings are left behind")
	}
}
