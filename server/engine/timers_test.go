package engine_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

func arms(kind uint8, subject uint64, due int64) engine.Command {
	return says("", "", alarmEvent(kindArmed, store.Deadline{Kind: kind, Subject: subject, Due: due}))
}

// happened is the log without positions, and without the arming.
func (h *house) happened() []string {
	h.t.Helper()
	var out []string
	for _, line := range h.log() {
		if _, what, _ := strings.Cut(line, " "); !strings.Contains(what, string(kindArmed)) {
			out = append(out, what)
		}
	}
	return out
}

func TestTimersRunInOrderBeforeACommandOfTheSameTimeOrLater(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil) // it is 1 000 000
	h.mustDo(arms(2, 1, 1_000_300))
	h.mustDo(arms(1, 9, 1_000_300))
	h.mustDo(arms(1, 2, 1_000_300))
	h.mustDo(arms(3, 3, 1_000_100))
	h.mustDo(arms(1, 4, 1_000_301))
	h.clock.Store(1_000_300)
	h.mustDo(says("", "", written("a", "1")))
	want := []string{
		"at 1000100: alarm.rang 3/3 due 1000100",
		"at 1000300: alarm.rang 1/2 due 1000300",
		"at 1000300: alarm.rang 1/9 due 1000300",
		"at 1000300: alarm.rang 2/1 due 1000300",
		"at 1000300: a = 1",
	}
	if diff := cmp.Diff(want, h.happened()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(h.log(), h.heard()); diff != "" {
		t.Error("stored and heard differ:", diff)
	}
}

func TestATimerArmedByACommandRunsBeforeTheNextCommandOfItsBatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.together(
		arms(1, 1, 1_000_000), // due at once
		says("", "", written("a", "1")),
		arms(1, 2, 1_000_001), // not yet
		says("", "", written("a", "2")),
	)
	want := []string{
		"at 1000000: first = x",
		"at 1000000: alarm.rang 1/1 due 1000000",
		"at 1000000: a = 1",
		"at 1000000: a = 2",
	}
	if diff := cmp.Diff(want, h.happened()); diff != "" {
		t.Error(diff)
	}
}

func TestTimersFireByThemselves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.Close()
		h.open(time.Now)
		start := time.Now()
		due := func(d time.Duration) int64 { return start.Add(d).UnixMilli() }
		h.mustDo(arms(1, 1, due(3*time.Hour)))
		h.mustDo(arms(1, 2, due(2*time.Hour)))
		h.mustDo(arms(1, 3, due(time.Hour)))
		h.mustDo(arms(1, 3, due(4*time.Hour))) // later than first said
		h.mustDo(arms(1, 2, due(time.Minute))) // earlier
		h.mustDo(arms(1, 1, 0))                // not at all
		time.Sleep(5 * time.Hour)
		synctest.Wait()
		want := []string{
			fmt.Sprintf("at %d: alarm.rang 1/2 due %[1]d", due(time.Minute)),
			fmt.Sprintf("at %d: alarm.rang 1/3 due %[1]d", due(4*time.Hour)),
		}
		if diff := cmp.Diff(want, h.happened()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAMovedClockIsNoticedAtOnceWhenToldAndWithinAMinuteWhenNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.mustDo(arms(1, 1, 2_000_000))
		h.mustDo(arms(1, 2, 3_000_000))
		h.clock.Store(2_500_000)
		h.Wake()
		synctest.Wait()
		if diff := cmp.Diff([]string{"at 2000000: alarm.rang 1/1 due 2000000"}, h.happened()); diff != "" {
			t.Error(diff)
		}
		h.clock.Store(3_500_000)
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := h.happened(); len(got) != 2 {
			t.Errorf("%q", got)
		}
	})
}

func TestTimersSurviveARestartAndFireBeforeAnybodyIsServed(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, h *house, reopen func()) {
		h.mustDo(arms(1, 1, 1_000_500))
		h.mustDo(arms(1, 2, 1_002_000))
		h.clock.Store(1_001_000)
		reopen()
		if diff := cmp.Diff([]string{"at 1000500: alarm.rang 1/1 due 1000500"}, h.happened()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"y001/000002"}, keysOf(h.cells())); diff != "" {
			t.Error("still armed:", diff)
		}
	})
}

func TestMoreTimersThanABatchHoldsFireAllTheSame(t *testing.T) {
	t.Parallel()
	h := newHouse(t, memory.NewLimited(store.Limits{MaxKeys: 20, MaxBytes: 1 << 20, MaxKey: 200, MaxValue: 4000}))
	var want []string
	for i := range uint64(100) {
		h.mustDo(arms(1, i, 1_000_001+int64(i)/2))
		want = append(want, fmt.Sprintf("at %d: alarm.rang 1/%d due %[1]d", 1_000_001+i/2, i))
	}
	h.clock.Store(2_000_000)
	h.mustDo(says("", "", written("a", "1"))) // nothing may overtake them
	if diff := cmp.Diff(append(want, "at 2000000: a = 1"), h.happened()); diff != "" {
		t.Error(diff)
	}
}

func TestAStaleTimerDoesNothing(t *testing.T) {
	t.Parallel()
	base := memory.New()
	h := newHouse(t, base)
	h.mustDo(arms(1, 1, 1_000_500))
	h.Close()
	// Somebody changed what is stored: the index of the next engine agrees, but the row moves before it fires.
	h.open(func() time.Time { return time.UnixMilli(h.clock.Load()) })
	err := base.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: alarm(1, 1), Value: []byte("1000900")})})
	if err != nil {
		t.Fatal(err)
	}
	h.clock.Store(1_000_600)
	commits := h.store.commits.Load()
	if _, err := h.do(says("", "")); err != nil {
		t.Fatal(err)
	}
	if got := h.happened(); len(got) != 0 || h.store.commits.Load() != commits {
		t.Errorf("a stale timer did %q", got)
	}
}

func TestATimerThatCannotFireStopsNobodyAndIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]uint8{"its row is corrupt": kindBroken, "it is refused": kindRefused, "it panics": kindPanicky} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			h.mustDo(arms(kind, 1, 1_000_100))
			h.mustDo(arms(200, 2, 1_000_100))
			h.clock.Store(1_000_200)
			h.mustDo(says("", "", written("a", "1")))
			want := []string{"at 1000100: alarm.rang 200/2 due 1000100", "at 1000200: a = 1"}
			if diff := cmp.Diff(want, h.happened()); diff != "" {
				t.Error(diff)
			}
			h.restart() // it is looked at once more, and the house still opens
			h.mustDo(says("", "", written("a", "2")))
		})
	}
}

func TestATimerThatCouldNotReadIsTriedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.Close()
		h.open(time.Now)
		due := time.Now().Add(time.Hour).UnixMilli()
		h.mustDo(arms(1, 1, due))
		h.mustDo(arms(1, 2, due+1))
		h.Close()
		h.open(time.Now) // with nothing in memory
		tried := 0
		h.store.reading(func(key []byte) error {
			if strings.HasSuffix(string(key), string(alarm(1, 1))) {
				tried++
				return errors.New("input/output error")
			}
			return nil
		})
		time.Sleep(time.Hour + time.Minute)
		synctest.Wait()
		h.mustDo(says("", "", written("a", "1"))) // nobody has to wait for it
		if diff := cmp.Diff([]string{
			fmt.Sprintf("at %d: alarm.rang 1/2 due %[1]d", due+1), fmt.Sprintf("at %d: a = 1", time.Now().UnixMilli()),
		}, h.happened()); diff != "" {
			t.Error(diff)
		}
		if tried < 3 || tried > 10 { // after 1 s, 2 s, 4 s and so on
			t.Errorf("tried %d times in a minute", tried)
		}
		h.store.reading(func([]byte) error { return nil })
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		got := h.happened()
		if len(got) != 3 || !strings.HasSuffix(got[2], fmt.Sprintf("alarm.rang 1/1 due %d", due)) || got[2] < got[1] {
			t.Errorf("%q", got)
		}
	})
}

func TestATimerThatArmsItselfForTheSameTimeIsStopped(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.mustDo(arms(kindStubborn, 1, 1_000_100))
	h.clock.Store(1_000_200)
	h.mustDo(says("", "", written("a", "1")))
	want := []string{"at 1000100: alarm.rang 66/1 due 1000100", "at 1000200: a = 1"}
	if diff := cmp.Diff(want, h.happened()); diff != "" {
		t.Error(diff)
	}
}

func TestAFailedCommitArmsItsTimersAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.mustDo(arms(1, 1, 1_000_100))
		h.mustDo(arms(1, 2, 1_000_900))
		h.restart()
		failures := 0
		h.store.before(func([]store.Write) error {
			failures++
			return errors.New("input/output error")
		})
		h.clock.Store(1_000_200)
		// The timer of 100 has to fire first, and the command would arm 2 for another time: both are lost together.
		if _, err := h.do(arms(1, 2, 1_000_300)); err == nil {
			t.Fatal("the commit failed and the command was accepted")
		}
		time.Sleep(time.Minute) // due timers are tried again, but not in a loop
		synctest.Wait()
		if failures < 10 || failures > 100 {
			t.Errorf("tried %d times in a minute", failures)
		}
		h.store.before(func([]store.Write) error { return nil })
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if diff := cmp.Diff([]string{"at 1000100: alarm.rang 1/1 due 1000100"}, h.happened()); diff != "" {
			t.Error(diff)
		}
		h.clock.Store(1_000_400)
		h.Wake()
		synctest.Wait()
		if got := h.happened(); len(got) != 1 {
			t.Errorf("what never became durable rang: %q", got)
		}
		h.clock.Store(1_000_900)
		h.Wake()
		synctest.Wait()
		if got := h.happened(); len(got) != 2 {
			t.Errorf("%q, want the timer of 900 too", got)
		}
	})
}

func TestAFullDiskHoldsTimersBackUntilThereIsRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		base := memory.New()
		h := newHouse(t, base)
		h.mustDo(arms(1, 1, 1_000_100))
		base.SetFull(true)
		h.clock.Store(1_000_200)
		if _, err := h.do(says("", "", written("a", "1"))); codeOf(err) != protocol.CodeStorageFull {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		base.SetFull(false)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if diff := cmp.Diff([]string{"at 1000100: alarm.rang 1/1 due 1000100"}, h.happened()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASteadyStreamOfCommandsDoesNotStarveTimers(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.mustDo(arms(1, 1, 1_000_100))
	var commands []engine.Command
	for i := range 900 {
		c := says("", "", written("a", "1"))
		if i == 450 { // time passes while the batch waits
			c.Decide = func(store.Reader, int64, func() string) (store.Outcome, error) {
				h.clock.Store(1_000_100)
				return store.Outcome{Events: []protocol.Frame{written("a", "2")}}, nil
			}
		}
		commands = append(commands, c)
	}
	h.together(commands...)
	h.mustDo(says("", "", written("a", "3")))
	got := h.happened()
	at := slices.Index(got, "at 1000100: alarm.rang 1/1 due 1000100")
	if at < 1 || !strings.HasSuffix(got[at-1], "a = 2") || len(got) != 903 {
		t.Errorf("rang at place %d of %d, not as soon as it was due", at, len(got))
	}
}

func TestWhatWasArmedOnTopOfABatchThatLandedIsRestoredWhenItsOwnIsLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.mustDo(arms(1, 1, 1_000_500))
		outcome := make(chan error)
		h.store.before(func([]store.Write) error { return <-outcome })
		answers := make(chan error, 3)
		// The others stand on top of the first.
		for _, c := range []engine.Command{arms(1, 2, 1_000_600), arms(1, 1, 1_000_650), arms(1, 1, 0)} {
			if err := h.Submit(t.Context(), c, func(_ protocol.Accepted, err error) { answers <- err }); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		outcome <- nil
		if err := <-answers; err != nil {
			t.Fatal(err)
		}
		outcome <- errors.New("input/output error")
		for range 2 {
			if err := <-answers; err == nil {
				t.Fatal("the second batch was lost and its command accepted")
			}
		}
		h.store.before(func([]store.Write) error { return nil })
		h.clock.Store(1_000_700)
		h.Wake()
		synctest.Wait()
		time.Sleep(2 * time.Second) // they rest after a failure
		want := []string{
			"at 1000500: alarm.rang 1/1 due 1000500", // never disarmed
			"at 1000600: alarm.rang 1/2 due 1000600",
		}
		if diff := cmp.Diff(want, h.happened()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTimersArePunctualAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.Close()
		h.open(time.Now)
		h.store.before(func([]store.Write) error { return store.ErrFull })
		if _, err := h.do(says("", "", written("a", "1"))); err == nil {
			t.Fatal("accepted")
		}
		h.store.before(func([]store.Write) error { return nil })
		due := time.Now().Add(100 * time.Millisecond)
		h.mustDo(arms(1, 1, due.UnixMilli()))
		time.Sleep(101 * time.Millisecond)
		synctest.Wait()
		if got := h.happened(); len(got) != 1 {
			t.Errorf("%q, want the alarm", got)
		}
	})
}
