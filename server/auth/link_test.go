package auth

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

func joined(context.Context, Link) error { return nil }

func TestInvitationIsUsedOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.state(bob, protocol.OperatorInvitedState)
	token, expires, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	if !expires.Equal(h.clock.now().Add(7 * day)) {
		t.Errorf("expires %v", expires)
	}
	for range 2 { // looking uses nothing up
		link, err := h.Links.Look(token)
		if err != nil || link.Kind != LinkInvite || link.Operator != bob || link.Name != "Bob" || string(link.Email) != "bob@example.com" {
			t.Fatalf("look: %+v, %v", link, err)
		}
	}
	var with Link
	link, err := h.Links.Redeem(t.Context(), token, right, func(_ context.Context, l Link) error { with = l; return nil })
	if err != nil || link != with || link.Operator != bob {
		t.Fatalf("redeem: %+v, %+v, %v", link, with, err)
	}
	if ok, err := h.Passwords.Check(t.Context(), bob, right); !ok || err != nil {
		t.Errorf("the password was not set: %v, %v", ok, err)
	}
	_, err = h.Links.Look(token)
	want(t, err, protocol.CodeNotFound)
	_, err = h.Links.Redeem(t.Context(), token, wrong, func(context.Context, Link) error { t.Error("joined twice"); return nil })
	want(t, err, protocol.CodeNotFound)
}

func TestLinkTokenIsNotKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	left := h.secrets(kindLink)
	if strings.Contains(keys(left), string(token)) || len(left) != 1 {
		t.Errorf("kept: %s", keys(left))
	}
	for hash := range left {
		_, err := h.Links.Look(Hidden(hash))
		want(t, err, protocol.CodeNotFound)
	}
}

func TestOfManyWhoRedeemOneWins(t *testing.T) {
	t.Parallel()
	for range 20 {
		h := open(t)
		token, _, err := h.Links.Invite(bob)
		if err != nil {
			t.Fatal(err)
		}
		var joins, won, refused atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := h.Links.Redeem(context.Background(), token, right, func(context.Context, Link) error { joins.Add(1); return nil })
				switch code(err) {
				case "ok":
					won.Add(1)
				case protocol.CodeNotFound:
					refused.Add(1)
				default:
					t.Errorf("answered %v", err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 || refused.Load() != 7 || joins.Load() != 1 {
			t.Fatalf("%d won, %d were refused, %d joined", won.Load(), refused.Load(), joins.Load())
		}
	}
}

func TestLinkIsHeldWhileItIsUsed(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Links.Redeem(t.Context(), token, right, func(ctx context.Context, _ Link) error {
		_, second := h.Links.Redeem(ctx, token, wrong, func(context.Context, Link) error {
			t.Error("two joined by one link")
			return nil
		})
		want(t, second, protocol.CodeNotFound)
		return nil
	})
	want(t, err, "ok")
	if ok, err := h.Passwords.Check(t.Context(), bob, right); !ok || err != nil {
		t.Errorf("the winner's password: %v, %v", ok, err)
	}
}

func TestLinkStaysGoodWhereItCouldNotBeUsed(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Links.Redeem(t.Context(), token, "short", func(context.Context, Link) error { t.Error("joined without a password"); return nil })
	want(t, err, protocol.CodeInvalid)
	_, err = h.Links.Redeem(t.Context(), token, right, func(context.Context, Link) error {
		return protocol.Refuse(protocol.CodeStorageFull, "")
	})
	want(t, err, protocol.CodeStorageFull)
	h.store.SetFull(true)
	if _, err = h.Links.Redeem(t.Context(), token, right, joined); !errors.Is(err, store.ErrFull) {
		t.Errorf("on a full disk: %v", err)
	}
	h.store.SetFull(false)
	if ok, _ := h.Passwords.Check(t.Context(), bob, right); ok {
		t.Error("the password was set all the same")
	}
	_, err = h.Links.Redeem(t.Context(), token, right, joined)
	want(t, err, "ok")
}

func TestLinkReplacedWhileItIsUsedIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Links.Redeem(t.Context(), token, right, func(context.Context, Link) error {
		_, _, err := h.Links.Invite(bob)
		return err
	})
	want(t, err, protocol.CodeNotFound)
	if ok, _ := h.Passwords.Check(t.Context(), bob, right); ok {
		t.Error("a replaced link set the password")
	}
}

func TestLinkEndsAndIsReplaced(t *testing.T) {
	t.Parallel()
	invite := func(h *house) (Hidden, time.Time, error) { return h.Links.Invite(bob) }
	first := func(h *house) (Hidden, time.Time, error) { return h.Links.First("01J0000000000000000000F1RS") }
	for name, row := range map[string]struct {
		make func(*house) (Hidden, time.Time, error)
		then func(*testing.T, *house)
		want protocol.Code
	}{
		"an invitation lives almost seven days":      {invite, wait(7*day - time.Second), "ok"},
		"and no longer":                              {invite, wait(7 * day), protocol.CodeNotFound},
		"the first link lives almost an hour":        {first, wait(time.Hour - time.Second), "ok"},
		"and no longer ":                             {first, wait(time.Hour), protocol.CodeNotFound},
		"a clock set back a day does not stretch it": {first, wait(-day), protocol.CodeNotFound},
		"a clock a minute off ends nothing":          {invite, wait(-time.Minute), "ok"},
		"a new invitation replaces it": {invite, func(t *testing.T, h *house) {
			_, _, err := h.Links.Invite(bob)
			want(t, err, "ok")
		}, protocol.CodeNotFound},
		"another's invitation does not": {invite, func(t *testing.T, h *house) {
			_, _, err := h.Links.Invite(ann)
			want(t, err, "ok")
		}, "ok"},
		"a new first link replaces the first": {first, func(t *testing.T, h *house) {
			_, _, err := h.Links.First("01J0000000000000000000F2RS")
			want(t, err, "ok")
		}, protocol.CodeNotFound},
		"the first link ends when somebody has a password": {first, func(t *testing.T, h *house) {
			want(t, h.Passwords.Set(context.Background(), ann, right), "ok")
		}, protocol.CodeNotFound},
		"an invitation does not": {invite, func(t *testing.T, h *house) {
			want(t, h.Passwords.Set(context.Background(), ann, right), "ok")
		}, "ok"},
		"deactivation ends it": {invite, func(t *testing.T, h *house) {
			h.state(bob, protocol.OperatorDeactivatedState)
		}, protocol.CodeNotFound},
		"deactivation ends it for good": {invite, func(t *testing.T, h *house) {
			h.state(bob, protocol.OperatorDeactivatedState)
			want(t, h.Sessions.EndAll(bob), "ok")
			h.state(bob, protocol.OperatorActive)
		}, protocol.CodeNotFound},
		"a restart does not": {invite, func(_ *testing.T, h *house) { h.reopen() }, "ok"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			token, _, err := row.make(h)
			if err != nil {
				t.Fatal(err)
			}
			row.then(t, h)
			_, err = h.Links.Look(token)
			want(t, err, row.want)
			_, err = h.Links.Redeem(context.Background(), token, right, joined)
			want(t, err, row.want)
		})
	}
}

func wait(d time.Duration) func(*testing.T, *house) {
	return func(_ *testing.T, h *house) { h.clock.move(d) }
}

func TestNewPasswordByLinkEndsEarlierSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, s := h.begin(bob)
	ctx, release := h.Watch.Bind(t.Context(), s)
	defer release()
	link, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Links.Redeem(t.Context(), link, right, joined); err != nil {
		t.Fatal(err)
	}
	_, err = h.Sessions.Check(token)
	want(t, err, protocol.CodeUnauthorized)
	if ctx.Err() == nil {
		t.Error("the socket stayed open")
	}
}

func TestLinkOfNobodyOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	if _, _, err := h.Links.First(""); err == nil {
		t.Error("made a link for nobody")
	}
	later := h.clock.now().Add(time.Hour).UnixMilli()
	now := h.clock.now().UnixMilli()
	for name, rec := range map[string]store.Secret{
		"empty":          {},
		"without owner":  {At: now, ExpiresAt: later, Facts: map[string]string{factKind: "first"}},
		"without kind":   {Owner: string(bob), At: now, ExpiresAt: later},
		"of no kind":     {Owner: string(bob), At: now, ExpiresAt: later, Facts: map[string]string{factKind: "other"}},
		"without expiry": {Owner: string(bob), At: now, Facts: map[string]string{factKind: "invite"}},
		"for a bot":      {Owner: string(bot), At: now, ExpiresAt: later, Facts: map[string]string{factKind: "invite"}},
		"for nobody":     {Owner: "nobody", At: now, ExpiresAt: later, Facts: map[string]string{factKind: "invite"}},
	} {
		token, hash, err := h.vault.token()
		if err != nil {
			t.Fatal(err)
		}
		h.plant(kindLink, hash, rec)
		if _, err := h.Links.Look(Hidden(token)); code(err) != protocol.CodeNotFound {
			t.Errorf("%s: answered %v", name, err)
		}
	}
	for _, token := range []Hidden{"", "A", Hidden(strings.Repeat("A", 43)), Hidden(strings.Repeat("\x00", 43))} {
		_, err := h.Links.Look(token)
		want(t, err, protocol.CodeNotFound)
		_, err = h.Links.Redeem(t.Context(), token, right, joined)
		want(t, err, protocol.CodeNotFound)
	}
}

func TestSweepDropsLateLinks(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, id := range []protocol.OperatorID{ann, bob} {
		if _, _, err := h.Links.Invite(id); err != nil {
			t.Fatal(err)
		}
		h.clock.move(day)
	}
	h.clock.move(5*day + time.Hour)
	if err := h.Sweep(); err != nil {
		t.Fatal(err)
	}
	if left := h.secrets(kindLink); len(left) != 1 {
		t.Errorf("%d links are kept, want Bob's alone", len(left))
	}
}
