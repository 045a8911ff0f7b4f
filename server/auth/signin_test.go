package auth

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

func try(email string, password Hidden, from string) Attempt {
	return Attempt{Email: Hidden(email), Password: password, Address: netip.MustParseAddr(from), Device: "Firefox 145 · Linux"}
}

func signable(t *testing.T) *house {
	h := open(t)
	for _, id := range []protocol.OperatorID{ann, bob, bot} {
		if err := h.Passwords.Set(t.Context(), id, right); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		email    string
		password Hidden
		before   func(*house)
		want     protocol.Code
	}{
		"with the right password":             {"ann@example.com", right, nil, "ok"},
		"with the address in another case":    {" Ann@Example.COM ", right, nil, "ok"},
		"with a wrong password":               {"ann@example.com", wrong, nil, protocol.CodeUnauthorized},
		"with no password":                    {"ann@example.com", "", nil, protocol.CodeUnauthorized},
		"with an unknown address":             {"eve@example.com", right, nil, protocol.CodeUnauthorized},
		"with no address":                     {"", right, nil, protocol.CodeUnauthorized},
		"with an endless address":             {strings.Repeat("a", 1<<20) + "@example.com", right, nil, protocol.CodeUnauthorized},
		"with a zero byte in the address":     {"ann@example.com\x00", right, nil, protocol.CodeUnauthorized},
		"as a bot":                            {"bot@example.com", right, nil, protocol.CodeUnauthorized},
		"after deactivation":                  {"ann@example.com", right, func(h *house) { h.state(ann, protocol.OperatorDeactivatedState) }, protocol.CodeUnauthorized},
		"before the invitation was used":      {"ann@example.com", right, func(h *house) { h.state(ann, protocol.OperatorInvitedState) }, protocol.CodeUnauthorized},
		"with an address of a lost operator":  {"lost@example.com", right, func(h *house) { h.lostEmail() }, protocol.CodeUnauthorized},
		"with a password that is only stored": {"ann@example.com", right, func(h *house) { h.plant(kindPassword, string(ann), store.Secret{Owner: string(ann), Hash: "x"}) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := signable(t)
			if row.before != nil {
				row.before(h)
			}
			token, s, err := h.SignIn(context.Background(), try(row.email, row.password, "192.0.2.1"))
			if row.want == "" {
				if err == nil || code(err) == protocol.CodeUnauthorized {
					t.Errorf("a broken record looks like a wrong password: %v", err)
				}
				return
			}
			want(t, err, row.want)
			if row.want != "ok" {
				if token != "" || s != (Session{}) {
					t.Errorf("refused, yet gave %q and %+v", string(token), s)
				}
				return
			}
			if got, err := h.Sessions.Check(token); err != nil || got.Operator != ann || got.Address != "192.0.2.1" {
				t.Errorf("session %+v, %v", got, err)
			}
		})
	}
}

// lostEmail keeps an address that points to an operator who is not there.
func (h *house) lostEmail() {
	value, err := store.Emails.Encode(store.Reference{ID: "nobody"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.commit(store.Emails.Key(store.Text("lost@example.com")), value)
}

func TestSignInRefusalsAreTheSameInWords(t *testing.T) {
	t.Parallel()
	h := signable(t)
	_, _, unknown := h.SignIn(t.Context(), try("eve@example.com", right, "192.0.2.1"))
	_, _, mistyped := h.SignIn(t.Context(), try("ann@example.com", wrong, "192.0.2.1"))
	if unknown == nil || mistyped == nil || unknown.Error() != mistyped.Error() {
		t.Errorf("%v, %v", unknown, mistyped)
	}
	for _, secret := range []string{"eve@example.com", "ann@example.com", string(right), string(wrong)} {
		if strings.Contains(fmt.Sprint(unknown, mistyped), secret) {
			t.Errorf("the refusal repeats %s", secret)
		}
	}
}

func TestSignInIsTriedFiveTimes(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		tries func(i int) Attempt
		other Attempt // which passes all the same
	}{
		"per account, from anywhere": {
			func(i int) Attempt { return try("ann@example.com", wrong, fmt.Sprintf("192.0.2.%d", i)) },
			try("bob@example.com", right, "192.0.2.1"),
		},
		"per account, however it is written": {
			func(i int) Attempt {
				return try(strings.Repeat(" ", i)+"ANN@example.com", wrong, fmt.Sprintf("192.0.2.%d", i))
			},
			try("bob@example.com", right, "192.0.2.1"),
		},
		"per address, for anybody": {
			func(i int) Attempt { return try(fmt.Sprintf("%d@example.com", i), wrong, "192.0.2.1") },
			try("ann@example.com", right, "192.0.2.2"),
		},
		"per network of IPv6": {
			func(i int) Attempt {
				return try(fmt.Sprintf("%d@example.com", i), wrong, fmt.Sprintf("2001:db8::%d", i))
			},
			try("ann@example.com", right, "2001:db8:0:1::1"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := signable(t)
			for i := range 5 {
				_, _, err := h.SignIn(context.Background(), row.tries(i))
				want(t, err, protocol.CodeUnauthorized)
			}
			sixth := row.tries(5)
			if strings.TrimSpace(strings.ToLower(string(sixth.Email))) == "ann@example.com" {
				sixth.Password = right // the right password comes too late
			}
			_, _, err := h.SignIn(context.Background(), sixth)
			want(t, err, protocol.CodeRateLimited)
			var e *LimitedError
			if !errors.As(err, &e) || e.RetryAfter != 5*time.Minute {
				t.Errorf("told to come back: %v", err)
			}
			if _, _, err := h.SignIn(context.Background(), row.other); err != nil {
				t.Errorf("the neighbour: %v", err)
			}
			h.clock.move(5 * time.Minute)
			_, _, err = h.SignIn(context.Background(), try("ann@example.com", right, "192.0.2.1"))
			want(t, err, "ok")
		})
	}
}

func TestWholeOfficeMaySignInFromOneAddress(t *testing.T) {
	t.Parallel()
	h := signable(t)
	for i := range 50 {
		if _, _, err := h.SignIn(t.Context(), try("ann@example.com", right, "192.0.2.1")); err != nil {
			t.Fatalf("sign-in %d: %v", i+1, err)
		}
	}
}

func TestOwnSignInsDoNotWipeTheTriesAtOthers(t *testing.T) {
	t.Parallel()
	h := signable(t)
	refused := 0
	for range 12 { // one who knows one password guesses another's
		_, _, err := h.SignIn(t.Context(), try("bob@example.com", right, "192.0.2.1"))
		if code(err) == protocol.CodeRateLimited {
			refused++
			continue
		}
		_, _, err = h.SignIn(t.Context(), try("ann@example.com", wrong, "192.0.2.1"))
		if code(err) == protocol.CodeRateLimited {
			refused++
		}
	}
	if refused != 7 {
		t.Errorf("%d of 12 guesses were refused, want 7", refused)
	}
}

func TestSignInThatCouldNotBeJudgedIsNoTry(t *testing.T) {
	t.Parallel()
	h := signable(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range hashesInFlight {
		h.Passwords.running <- struct{}{}
	}
	for range 10 {
		if _, _, err := h.SignIn(ctx, try("ann@example.com", right, "192.0.2.1")); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	for range hashesInFlight {
		<-h.Passwords.running
	}
	_, _, err := h.SignIn(t.Context(), try("ann@example.com", right, "192.0.2.1"))
	want(t, err, "ok")
}
