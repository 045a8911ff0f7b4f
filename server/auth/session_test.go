package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store"
)

const day = 24 * time.Hour

func TestSessionIsFoundByItsToken(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, made := h.begin(ann)
	got, err := h.Sessions.Check(token)
	if err != nil {
		t.Fatal(err)
	}
	want := Session{
		ID: made.ID, Operator: ann, Device: "Firefox 145 · Linux", Address: "192.0.2.1",
		CreatedAt: h.clock.now(), LastAt: h.clock.now(), ExpiresAt: h.clock.now().Add(SessionLife),
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("session (-want +got):\n%s", diff)
	}
	h.reopen()
	if _, err := h.Sessions.Check(token); err != nil {
		t.Errorf("after a restart: %v", err)
	}
}

func TestSessionTokenIsNotKept(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, made := h.begin(ann)
	if len(token) != 43 {
		t.Errorf("the token has %d characters, want 43: 256 bits", len(token))
	}
	if strings.Contains(fmt.Sprintf("%+v", h.secrets(kindSession)), string(token)) {
		t.Error("the token stands in the store")
	}
	if _, err := h.Sessions.Check(Hidden(made.ID)); code(err) != protocol.CodeUnauthorized {
		t.Errorf("what stands in the store opens: %v", err)
	}
}

func TestSessionIsRefusedForWhatIsNoToken(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _ := h.begin(ann)
	flipped := []byte(token)
	flipped[0] ^= 1
	for name, try := range map[string]Hidden{
		"nothing":                "",
		"one character less":     token[:42],
		"one character more":     token + "A",
		"another token":          Hidden(strings.Repeat("A", 43)),
		"one bit flipped":        Hidden(flipped),
		"other trailing bits":    token[:42] + Hidden(rune(nextBase64(token[42]))),
		"with padding":           token + "=",
		"with a line break":      token[:20] + "\n" + token[20:],
		"bytes that are no text": Hidden(strings.Repeat("\xff", 43)),
		"a key of another table": "../../operators",
		"a bot token's shape":    BotPrefix + token,
	} {
		_, err := h.Sessions.Check(try)
		if code(err) != protocol.CodeUnauthorized {
			t.Errorf("%s: answered %v", name, err)
		}
	}
}

// nextBase64 changes the bits of a last character that carry nothing.
func nextBase64(c byte) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return alphabet[(strings.IndexByte(alphabet, c)+1)%64]
}

func TestSessionEndsInTime(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		use  []time.Duration // steps, with a use after each
		want protocol.Code   // at the last one
	}{
		"used every day it lives on":             {repeat(day, 59), "ok"},
		"used every day it ends after sixty":     {repeat(day, 60), protocol.CodeUnauthorized},
		"unused for less than fourteen days":     {[]time.Duration{14*day - time.Second}, "ok"},
		"unused for fourteen days":               {[]time.Duration{14 * day}, protocol.CodeUnauthorized},
		"used, then unused for almost fourteen":  {[]time.Duration{10 * day, 14*day - 1}, "ok"},
		"used, then unused for fourteen":         {[]time.Duration{10 * day, 14 * day}, protocol.CodeUnauthorized},
		"the clock goes back an hour":            {[]time.Duration{-time.Hour}, "ok"},
		"the clock goes back to a year ago":      {[]time.Duration{-365 * day}, protocol.CodeUnauthorized},
		"back a year and right again":            {[]time.Duration{-365 * day, 365 * day}, "ok"},
		"the clock jumps ahead a year":           {[]time.Duration{365 * day}, protocol.CodeUnauthorized},
		"back an hour does not stretch the life": {append(append([]time.Duration{-time.Hour}, repeat(day, 60)...), time.Hour), protocol.CodeUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			token, _ := h.begin(ann)
			var err error
			for _, step := range row.use {
				h.clock.move(step)
				_, err = h.Sessions.Check(token)
			}
			want(t, err, row.want)
		})
	}
}

func repeat(d time.Duration, n int) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}

func TestSessionUseIsWrittenEveryFiveMinutesAtMost(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, made := h.begin(ann)
	last := func() string { return h.secrets(kindSession)[made.ID].Facts[factLast] }
	before := last()
	h.clock.move(5*time.Minute - time.Millisecond)
	if _, err := h.Sessions.Check(token); err != nil || last() != before {
		t.Errorf("written before five minutes were over: %v", err)
	}
	h.clock.move(time.Millisecond)
	if _, err := h.Sessions.Check(token); err != nil || last() == before {
		t.Errorf("not written after five minutes: %v", err)
	}
	before = last()
	h.clock.move(-time.Hour)
	if _, err := h.Sessions.Check(token); err != nil || last() != before {
		t.Errorf("written backwards: %v", err)
	}
}

func TestSessionIsGoodWhileTheDiskIsFull(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _ := h.begin(ann)
	h.clock.move(time.Hour)
	h.store.SetFull(true)
	if _, err := h.Sessions.Check(token); err != nil {
		t.Errorf("a full disk turned somebody away: %v", err)
	}
}

func TestSessionBeginsThoughTheDiskIsFull(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, _ := h.begin(ann)
	h.store.SetFull(true)
	token, made, err := h.Sessions.Begin(ann, Origin{Previous: old})
	if err != nil {
		t.Fatalf("a full disk turned somebody away: %v", err)
	}
	if found, err := h.Sessions.Check(token); err != nil || found.ID != made.ID {
		t.Errorf("the session is %v, %v", found, err)
	}
	_, err = h.Sessions.Check(old)
	want(t, err, protocol.CodeUnauthorized)
	if list, err := h.Sessions.List(ann); err != nil || len(list) != 1 || list[0].ID != made.ID {
		t.Errorf("lists %v, %v", list, err)
	}

	h.store.SetFull(false)
	h.clock.move(time.Hour)
	if found, err := h.Sessions.Check(token); err != nil || found.LastAt.Equal(h.clock.now()) {
		t.Errorf("an hour later: %v, %v", found, err)
	}
	if list, err := h.Sessions.List(ann); err != nil || len(list) != 1 || !list[0].LastAt.Equal(h.clock.now()) {
		t.Errorf("its use was not noted: %v, %v", list, err)
	}
	if err := h.Sweep(); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	_, err = h.Sessions.Check(token)
	want(t, err, protocol.CodeUnauthorized)
}

func TestSessionThatBeganOnAFullDiskEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		full bool // still, when it ends
		end  func(h *house, token Hidden, made Session) error
	}{
		"alone": {false, func(h *house, _ Hidden, made Session) error { return h.Sessions.End(ann, made.ID) }},
		"alone, while the disk is still full": {true, func(h *house, _ Hidden, made Session) error {
			if err := h.Sessions.End(ann, made.ID); !errors.Is(err, store.ErrFull) {
				return fmt.Errorf("End answered %w", err)
			}
			return nil
		}},
		"with all others": {false, func(h *house, _ Hidden, _ Session) error { return h.Sessions.EndAll(ann) }},
		"with its time": {false, func(h *house, _ Hidden, _ Session) error {
			h.clock.move(SessionLife)
			return h.Sweep()
		}},
		"with the next in the same browser": {true, func(h *house, token Hidden, _ Session) error {
			_, _, err := h.Sessions.Begin(ann, Origin{Previous: token})
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.store.SetFull(true)
			token, made, err := h.Sessions.Begin(ann, Origin{})
			if err != nil {
				t.Fatal(err)
			}
			h.store.SetFull(c.full)
			if err := c.end(h, token, made); err != nil {
				t.Fatal(err)
			}
			_, err = h.Sessions.Check(token)
			want(t, err, protocol.CodeUnauthorized)
			if list, err := h.Sessions.List(ann); err != nil || slices.ContainsFunc(list, func(x Session) bool { return x.ID == made.ID }) {
				t.Errorf("lists %v, %v", list, err)
			}
		})
	}
}

func TestSessionIsRevokedThoughTheDiskIsFull(t *testing.T) {
	t.Parallel()
	h := open(t)
	one, first := h.begin(ann)
	two, _ := h.begin(ann)
	h.store.SetFull(true)
	if err := h.Sessions.End(ann, first.ID); !errors.Is(err, store.ErrFull) {
		t.Errorf("End answered %v", err)
	}
	_, err := h.Sessions.Check(one)
	want(t, err, protocol.CodeUnauthorized)
	if list, err := h.Sessions.List(ann); err != nil || len(list) != 1 {
		t.Errorf("lists %d sessions, %v", len(list), err)
	}
	if err := h.Sessions.EndAll(ann); !errors.Is(err, store.ErrFull) {
		t.Errorf("EndAll answered %v", err)
	}
	_, err = h.Sessions.Check(two)
	want(t, err, protocol.CodeUnauthorized)

	h.store.SetFull(false)
	if err := h.Sweep(); err != nil {
		t.Fatal(err)
	}
	h.reopen() // forgets what it only remembered
	for _, token := range []Hidden{one, two} {
		_, err := h.Sessions.Check(token)
		want(t, err, protocol.CodeUnauthorized)
	}
	if left := h.secrets(kindSession); len(left) != 0 {
		t.Errorf("left in the store: %s", keys(left))
	}
}

func TestSessionIsRotatedAtSignIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, before := h.begin(ann)
	other, _ := h.begin(ann)
	fresh, after, err := h.Sessions.Begin(ann, Origin{Previous: old})
	if err != nil {
		t.Fatal(err)
	}
	if fresh == old || after.ID == before.ID {
		t.Error("the token stayed the same")
	}
	for name, row := range map[string]struct {
		token Hidden
		want  protocol.Code
	}{"the browser's old one": {old, protocol.CodeUnauthorized}, "the new one": {fresh, "ok"}, "another browser's": {other, "ok"}} {
		if _, err := h.Sessions.Check(row.token); code(err) != row.want {
			t.Errorf("%s: %v, want %s", name, err, row.want)
		}
	}
	// A token somebody planted in the browser before sign-in is never adopted.
	planted := Hidden(strings.Repeat("B", 43))
	got, _, err := h.Sessions.Begin(bob, Origin{Previous: planted})
	if err != nil || got == planted {
		t.Errorf("a planted token: %v", err)
	}
}

func TestSessionsAreListedAndEndedByTheirOwner(t *testing.T) {
	t.Parallel()
	h := open(t)
	oldest, _ := h.begin(ann)
	h.clock.move(time.Hour)
	_, newest := h.begin(ann)
	bobs, bobSession := h.begin(bob)
	list, err := h.Sessions.List(ann)
	if err != nil || len(list) != 2 || list[0].ID != newest.ID {
		t.Fatalf("list: %v, %v", list, err)
	}
	want(t, h.Sessions.End(ann, bobSession.ID), protocol.CodeNotFound)
	want(t, h.Sessions.End(ann, "nothing"), protocol.CodeNotFound)
	want(t, h.Sessions.End(ann, ""), protocol.CodeNotFound)
	want(t, h.Sessions.End(ann, newest.ID), "ok")
	want(t, h.Sessions.End(ann, newest.ID), protocol.CodeNotFound)
	for _, token := range []Hidden{oldest, bobs} {
		if _, err := h.Sessions.Check(token); err != nil {
			t.Errorf("another session ended too: %v", err)
		}
	}
	h.clock.move(14 * day)
	if list, err := h.Sessions.List(ann); err != nil || len(list) != 0 {
		t.Errorf("lists sessions that are over: %v, %v", list, err)
	}
}

func TestSessionsOfOneOperatorAreBounded(t *testing.T) {
	t.Parallel()
	h := open(t)
	first, _ := h.begin(ann)
	for range maxSessions {
		h.clock.move(time.Second)
		h.begin(ann)
	}
	if n := len(h.secrets(kindSession)); n != maxSessions {
		t.Errorf("%d are kept, want %d", n, maxSessions)
	}
	_, err := h.Sessions.Check(first)
	want(t, err, protocol.CodeUnauthorized)
}

func TestSessionIsWorthNothingWithoutAnActiveOperator(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, state := range []protocol.OperatorState{protocol.OperatorDeactivatedState, protocol.OperatorInvitedState, ""} {
		token, _ := h.begin(ann)
		h.state(ann, state)
		_, err := h.Sessions.Check(token)
		want(t, err, protocol.CodeUnauthorized)
		_, _, err = h.Sessions.Begin(ann, Origin{})
		want(t, err, protocol.CodeUnauthorized)
		h.state(ann, protocol.OperatorActive)
	}
	for _, nobody := range []protocol.OperatorID{"", "nobody", bot} {
		_, _, err := h.Sessions.Begin(nobody, Origin{})
		want(t, err, protocol.CodeUnauthorized)
	}
}

func TestSessionOfSomebodyDeactivatedDoesNotComeBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _ := h.begin(ann)
	h.state(ann, protocol.OperatorDeactivatedState) // and the process died before EndAll
	h.reopen()
	if err := h.Sweep(); err != nil {
		t.Fatal(err)
	}
	h.state(ann, protocol.OperatorActive)
	_, err := h.Sessions.Check(token)
	want(t, err, protocol.CodeUnauthorized)
}

func TestSessionRecordThatIsIncompleteOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	now := h.clock.now().UnixMilli()
	later := now + int64(SessionLife/time.Millisecond)
	last := map[string]string{factLast: fmt.Sprint(now)}
	for name, rec := range map[string]store.Secret{
		"empty":               {},
		"without owner":       {At: now, ExpiresAt: later, Facts: last},
		"without expiry":      {Owner: string(ann), At: now, Facts: last},
		"without use":         {Owner: string(ann), At: now, ExpiresAt: later},
		"with use of no time": {Owner: string(ann), At: now, ExpiresAt: later, Facts: map[string]string{factLast: "now"}},
		"of nobody":           {Owner: "nobody", At: now, ExpiresAt: later, Facts: last},
		"of a bot":            {Owner: string(bot), At: now, ExpiresAt: later, Facts: last},
	} {
		token, hash, err := h.vault.token()
		if err != nil {
			t.Fatal(err)
		}
		h.plant(kindSession, hash, rec)
		if _, err := h.Sessions.Check(Hidden(token)); code(err) != protocol.CodeUnauthorized {
			t.Errorf("%s: answered %v", name, err)
		}
	}
	token, hash, _ := h.vault.token()
	h.commit(secretKey(kindSession, hash), []byte{1, 0xc1, 0xc1})
	var corrupt *store.CorruptError
	if _, err := h.Sessions.Check(Hidden(token)); !errors.As(err, &corrupt) {
		t.Errorf("a record that cannot be read: answered %v", err)
	}
}

func TestSessionMarkDoesNotBringBackWhatWasRevoked(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 50 {
		token, s := h.begin(ann)
		h.clock.move(time.Hour)
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = h.Sessions.Check(token) })
		wg.Go(func() { _ = h.Sessions.End(ann, s.ID) })
		wg.Wait()
		if _, err := h.Sessions.Check(token); code(err) != protocol.CodeUnauthorized {
			t.Fatalf("it came back: %v", err)
		}
	}
}

func TestSweepDropsWhatIsOverAndMarksWhatIsInUse(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, idle := h.begin(ann)
	inUse, bound := h.begin(bob)
	ctx, release := h.Watch.Bind(t.Context(), bound)
	defer release()
	for range 20 { // a socket that stays for twenty days, and nobody asks for anything else
		h.clock.move(day)
		if err := h.Sweep(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Sessions.Check(inUse); err != nil || ctx.Err() != nil {
		t.Errorf("a session with a socket on it went idle: %v, %v", err, ctx.Err())
	}
	if _, there := h.secrets(kindSession)[idle.ID]; there {
		t.Error("an idle session is still kept")
	}
	for range 40 {
		h.clock.move(day)
		if err := h.Sweep(); err != nil {
			t.Fatal(err)
		}
	}
	if ctx.Err() == nil {
		t.Error("a socket outlived its session's sixty days")
	}
}

func TestDeviceAndAddressAreCut(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, _, err := h.Sessions.Begin(ann, Origin{Device: strings.Repeat("щ", 300) + "\xff", Address: strings.Repeat("1", 300)})
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.Sessions.Check(token)
	if err != nil {
		t.Fatal(err)
	}
	if s.Device != strings.Repeat("щ", 100) || len(s.Address) != 64 {
		t.Errorf("kept %d and %d bytes", len(s.Device), len(s.Address))
	}
}
