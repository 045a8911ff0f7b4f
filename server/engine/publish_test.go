package engine_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

func TestNobodyHearsOfAnEventBeforeItIsDurableNorIsAnsweredBeforeItIsHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var order []string
		base := &probe{Store: memory.New()}
		release := make(chan struct{})
		base.before(func([]store.Write) error {
			order = append(order, "commit begins")
			<-release
			order = append(order, "commit ends")
			return nil
		})
		e, err := engine.New(engine.Config{
			Store: base, Workspace: store.Main, Domain: toy{}, Now: time.Now, NewID: func() string { return "id" },
			Published: func(frames []protocol.Frame, r store.Reader) {
				text, err := r.Get(cell("a"))
				order = append(order, "heard "+string(text))
				if err != nil || len(frames) != 2 || frames[1].Kind != protocol.KindTypingStarted {
					t.Errorf("%v, %v", frames, err)
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		c := engine.Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{
				Events:  []protocol.Frame{written("a", "1")},
				Notices: []protocol.Frame{{Kind: protocol.KindTypingStarted}},
			}, nil
		}}
		err = e.Submit(t.Context(), c, func(protocol.Accepted, error) { order = append(order, "answered") })
		if err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"commit begins"}, order); diff != "" {
			t.Error("while the commit is under way:", diff)
		}
		close(release)
		synctest.Wait()
		if diff := cmp.Diff([]string{"commit begins", "commit ends", "heard 1", "answered"}, order); diff != "" {
			t.Error("after it:", diff)
		}
	})
}

func TestANoticeAloneIsHeardAndNotStored(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.mustDo(engine.Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
		return store.Outcome{Notices: []protocol.Frame{{Kind: protocol.KindTypingStarted}}}, nil
	}})
	if diff := cmp.Diff([]string{"0 at 0: typing.started"}, h.heard()); diff != "" {
		t.Error(diff)
	}
	if n := h.store.commits.Load(); n != 0 {
		t.Errorf("%d commits for nothing", n)
	}
}

func TestAFailedCommitIsAsIfNothingHadBeenSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		code protocol.Code
	}{
		"a full disk is told":       {store.ErrFull, protocol.CodeStorageFull},
		"any other failure is ours": {errors.New("input/output error"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, nil)
				failing := true
				h.store.before(func([]store.Write) error {
					if failing {
						return c.err
					}
					return nil
				})
				both := make(chan error, 2)
				done := func(_ protocol.Accepted, err error) { both <- err }
				for _, cmd := range []engine.Command{
					says("ann", "1", written("a", "1")),
					{Author: "ann", ID: "2", Decide: func(r store.Reader, _ int64, _ func() string) (store.Outcome, error) {
						if _, err := r.Get(cell("a")); err == nil { // true only on top of what will be lost
							return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "a")
						}
						return store.Outcome{Events: []protocol.Frame{written("b", "1")}}, nil
					}},
				} {
					if err := h.Submit(t.Context(), cmd, done); err != nil {
						t.Fatal(err)
					}
				}
				for range 2 {
					if err := <-both; err == nil || codeOf(err) != c.code {
						t.Errorf("answered %v, want code %q", err, c.code)
					}
				}
				if len(h.heard()) > 0 || len(h.cells()) > 0 {
					t.Errorf("heard %v, stored %v", h.heard(), h.cells())
				}
				failing = false
				if a := h.mustDo(says("ann", "1", written("a", "1"))); a.Position != 1 {
					t.Errorf("the next batch begins at %d, want 1", a.Position)
				}
				if diff := cmp.Diff(h.log(), h.heard()); diff != "" {
					t.Error("stored and heard differ:", diff)
				}
			})
		})
	}
}

// TestWhatWasDecidedOnTopOfALostBatchIsLostWithIt holds one commit up, lets others be decided on top of it, and fails it.
func TestWhatWasDecidedOnTopOfALostBatchIsLostWithIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, nil)
		h.mustDo(says("ann", "0", written("a", "0")))
		release := make(chan error)
		h.store.before(func([]store.Write) error { return <-release })
		answers := make(chan error, 3)
		submit := func(c engine.Command) {
			if err := h.Submit(t.Context(), c, func(_ protocol.Accepted, err error) { answers <- err }); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		submit(says("ann", "1", written("a", "1"), alarmEvent(kindArmed, store.Deadline{Kind: 1, Subject: 1, Due: 1_000_100})))
		submit(engine.Command{Author: "ann", ID: "2", Decide: func(r store.Reader, _ int64, _ func() string) (store.Outcome, error) {
			text, err := r.Get(cell("a"))
			if err != nil || string(text) != "1" {
				t.Errorf("decided on %q, %v", text, err)
			}
			for e, err := range r.Scan(store.Prefix([]byte("z"))) {
				if err != nil || string(e.Value) != "1" {
					t.Errorf("scanned %q, %v", e.Value, err)
				}
			}
			return store.Outcome{Events: []protocol.Frame{written("a", "2"), alarmEvent(kindArmed, store.Deadline{Kind: 1, Subject: 2, Due: 1_000_100})}}, nil
		}})
		submit(refuses("ann", "3", protocol.CodeConflict))
		if len(answers) > 0 {
			t.Error("somebody was answered before anything was durable")
		}
		release <- store.ErrFull
		for range 3 {
			if err := <-answers; codeOf(err) != protocol.CodeStorageFull {
				t.Errorf("answered %v", err)
			}
		}
		h.store.before(func([]store.Write) error { return nil })
		h.clock.Store(1_000_200)
		time.Sleep(time.Minute) // nothing was armed
		if a := h.mustDo(says("ann", "2", written("b", "2"))); a.Position != 2 {
			t.Errorf("the next event is at %d, want 2", a.Position)
		}
		want := []string{"1 at 1000000: a = 0", "2 at 1000200: b = 2"}
		if diff := cmp.Diff(want, h.log()); diff != "" {
			t.Error("log:", diff)
		}
		if diff := cmp.Diff(want, h.heard()); diff != "" {
			t.Error("heard:", diff)
		}
	})
}

func TestAFullDiskRefusesWritesAndStillAnswersWhatItKnows(t *testing.T) {
	t.Parallel()
	base := memory.New()
	h := newHouse(t, base)
	first := h.mustDo(says("ann", "1", written("a", "1")))
	base.SetFull(true)
	commits := h.store.commits.Load()
	if _, err := h.do(says("ann", "2", written("a", "2"))); codeOf(err) != protocol.CodeStorageFull {
		t.Errorf("a write: %v", err)
	}
	if got, err := h.do(says("ann", "1", written("a", "3"))); err != nil || got != first {
		t.Errorf("a repetition: %+v, %v", got, err)
	}
	if _, err := h.do(says("", "")); err != nil {
		t.Errorf("a command that writes nothing: %v", err)
	}
	if _, err := h.do(refuses("ann", "3", protocol.CodeForbidden)); codeOf(err) != protocol.CodeForbidden {
		t.Errorf("a refusal: %v", err)
	}
	if n := h.store.commits.Load() - commits; n != 0 {
		t.Errorf("%d commits were tried on a full disk", n)
	}
	base.SetFull(false)
	h.mustDo(says("ann", "2", written("a", "2")))
	if got := h.cells()["za"]; got != "2" {
		t.Errorf("a = %q after the disk was freed", got)
	}
}

func TestAListenerThatPanicsCostsNobodyTheirAnswer(t *testing.T) {
	t.Parallel()
	e, err := engine.New(engine.Config{
		Store: memory.New(), Workspace: store.Main, Domain: toy{}, Now: time.Now, NewID: func() string { return "id" },
		Published: func([]protocol.Frame, store.Reader) { panic("listener") },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for i := range 3 {
		a, err := e.Do(t.Context(), says("", "", written("a", "1")))
		if err != nil || a.Position != protocol.Position(i+1) {
			t.Fatalf("%+v, %v", a, err)
		}
	}
	if err := e.Submit(t.Context(), says("", ""), func(protocol.Accepted, error) { panic("asker") }); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Do(t.Context(), says("", "", written("a", "2"))); err != nil {
		t.Fatal(err)
	}
}

func TestEventsAreHeardInTheOrderOfTheLog(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	var wanted []engine.Command
	for range 300 {
		wanted = append(wanted, says("ann", "", written("a", "1"), written("b", "1")))
	}
	h.together(wanted...)
	if log, heard := h.log(), h.heard(); !slices.Equal(log, heard) || len(log) != 601 {
		t.Errorf("%d stored, %d heard, or in another order", len(log), len(heard))
	}
}
