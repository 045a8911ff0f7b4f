package auth

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

const chosen = Hidden("quite another sentence")

// seated is Ann at one device, with her password.
func seated(t *testing.T) (h *house, here Session) {
	t.Helper()
	h = open(t)
	if err := h.Passwords.Set(t.Context(), ann, right); err != nil {
		t.Fatal(err)
	}
	_, here = h.begin(ann)
	return h, here
}

func change(s Session, current, next Hidden, address string) Change {
	return Change{Session: s, Current: current, New: next, Address: netip.MustParseAddr(address)}
}

func (h *house) knows(password Hidden) bool {
	h.t.Helper()
	ok, err := h.Passwords.Check(h.t.Context(), ann, password)
	if err != nil {
		h.t.Fatal(err)
	}
	return ok
}

func TestPasswordIsChanged(t *testing.T) {
	t.Parallel()
	full := func(h *house) { h.store.SetFull(true) }
	for name, row := range map[string]struct {
		current, next Hidden
		before        func(h *house)
		want          string // the refusal, "full", or "" where it is changed
	}{
		"with the current one":                  {right, chosen, nil, ""},
		"to the same one":                       {right, right, nil, ""},
		"not with a wrong one":                  {wrong, chosen, nil, "invalid field=current"},
		"not without one":                       {"", chosen, nil, "invalid field=current"},
		"not to a short one":                    {right, "short", nil, "invalid field=new min=10"},
		"not to none":                           {right, "", nil, "invalid field=new min=10"},
		"not to an endless one":                 {right, Hidden(strings.Repeat("x", 1<<12)), nil, "too_long field=new limit=200"},
		"not to half a letter":                  {right, "\xff longer than ten", nil, "invalid field=new"},
		"not by somebody deactivated":           {right, chosen, func(h *house) { h.state(ann, protocol.OperatorDeactivatedState) }, "unauthorized"},
		"not from a session that has ended":     {right, chosen, func(h *house) { h.endAll() }, "unauthorized"},
		"not where there was no password":       {right, chosen, func(h *house) { h.forgetPassword() }, "invalid field=current"},
		"not where the disk is too full for it": {right, chosen, full, "full"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, here := seated(t)
			other, _ := h.begin(ann)
			if row.before != nil {
				row.before(h)
			}
			err := h.ChangePassword(t.Context(), change(here, row.current, row.next, "192.0.2.1"))
			switch row.want {
			case "":
				if err != nil || !h.knows(row.next) {
					t.Errorf("%v; the new one is known: %v", err, h.knows(row.next))
				}
				return
			case "full":
				if !errors.Is(err, store.ErrFull) {
					t.Errorf("on a full disk: %v", err)
				}
				if _, err := h.Sessions.Check(other); err != nil {
					t.Errorf("the old password stands, yet another session ended: %v", err)
				}
			default:
				var r *protocol.Refusal
				if !errors.As(err, &r) || r.Error() != row.want {
					t.Errorf("%v, want %s", err, row.want)
				}
			}
			if h.knows(chosen) {
				t.Error("refused, and changed")
			}
		})
	}
}

func (h *house) endAll() {
	h.t.Helper()
	if err := h.Sessions.EndAll(ann); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) forgetPassword() {
	h.t.Helper()
	if err := h.vault.drop(kindPassword, []string{string(ann)}); err != nil {
		h.t.Fatal(err)
	}
}

func TestChangedPasswordEndsAllElseOfItsOwner(t *testing.T) {
	t.Parallel()
	h, here := seated(t)
	_, there := h.begin(ann)
	bobs, _ := h.begin(bob)
	link, _, err := h.Links.Invite(ann)
	if err != nil {
		t.Fatal(err)
	}
	bobsLink, _, err := h.Links.Invite(bob)
	if err != nil {
		t.Fatal(err)
	}
	stays, release := h.Watch.Bind(t.Context(), here)
	defer release()
	ends, release := h.Watch.Bind(t.Context(), there)
	defer release()
	if err := h.ChangePassword(t.Context(), change(here, right, chosen, "192.0.2.1")); err != nil {
		t.Fatal(err)
	}
	if h.knows(right) {
		t.Error("the old password still works")
	}
	if stays.Err() != nil {
		t.Error("what stands on this session ended")
	}
	if ends.Err() == nil {
		t.Error("what stands on another session goes on")
	}
	list, err := h.Sessions.List(ann)
	if err != nil || len(list) != 1 || list[0].ID != here.ID {
		t.Errorf("sessions %v, %v", list, err)
	}
	_, err = h.Links.Look(link)
	want(t, err, protocol.CodeNotFound)
	if _, err := h.Sessions.Check(bobs); err != nil {
		t.Errorf("Bob's session: %v", err)
	}
	if _, err := h.Links.Look(bobsLink); err != nil {
		t.Errorf("Bob's link: %v", err)
	}
}

func TestCurrentPasswordIsTriedFiveTimes(t *testing.T) {
	t.Parallel()
	h, here := seated(t)
	for range 5 {
		err := h.ChangePassword(t.Context(), change(here, wrong, chosen, "192.0.2.1"))
		want(t, err, protocol.CodeInvalid)
	}
	err := h.ChangePassword(t.Context(), change(here, right, chosen, "192.0.2.1"))
	want(t, err, protocol.CodeRateLimited)
	err = h.ChangePassword(t.Context(), change(here, right, chosen, "192.0.2.99"))
	want(t, err, protocol.CodeRateLimited) // counted by account too
	_, _, err = h.SignIn(t.Context(), try("ann@example.com", right, "192.0.2.98"))
	want(t, err, protocol.CodeRateLimited) // both ways to guess are one count
	h.clock.move(5 * time.Minute)
	want(t, h.ChangePassword(t.Context(), change(here, right, chosen, "192.0.2.1")), "ok")
}

func TestWhatIsNoGuessCountsAsNone(t *testing.T) {
	t.Parallel()
	h, here := seated(t)
	for range 10 {
		want(t, h.ChangePassword(t.Context(), change(here, wrong, "short", "192.0.2.1")), protocol.CodeInvalid)
		want(t, h.ChangePassword(t.Context(), change(here, right, right, "192.0.2.1")), "ok")
	}
	want(t, h.ChangePassword(t.Context(), change(here, right, chosen, "192.0.2.1")), "ok")
}
