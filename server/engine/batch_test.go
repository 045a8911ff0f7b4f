package engine_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

// hold makes the next commit wait until release, and submits commands behind it, which therefore wait together.
// Their answers come in order of submission.
func (h *house) together(commands ...engine.Command) (answers []protocol.Accepted, errs []error) {
	h.t.Helper()
	entered, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	h.store.before(func([]store.Write) error {
		once.Do(func() {
			close(entered)
			<-release
		})
		return nil
	})
	var done sync.WaitGroup
	done.Add(1 + len(commands))
	err := h.Submit(h.t.Context(), says("", "", written("first", "x")), func(protocol.Accepted, error) { done.Done() })
	if err != nil {
		h.t.Fatal(err)
	}
	<-entered
	answers, errs = make([]protocol.Accepted, len(commands)), make([]error, len(commands))
	for i, c := range commands {
		err := h.Submit(h.t.Context(), c, func(a protocol.Accepted, err error) {
			answers[i], errs[i] = a, err
			done.Done()
		})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	close(release)
	done.Wait()
	return answers, errs
}

func TestCommandsThatWaitTogetherShareOneCommit(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	var commands []engine.Command
	for i := range 500 {
		commands = append(commands, says("ann", "", written(fmt.Sprint("c", i), "x")))
	}
	answers, errs := h.together(commands...)
	for i := range commands {
		if errs[i] != nil || answers[i].Position != protocol.Position(i+2) {
			t.Fatalf("command %d got position %d, %v", i, answers[i].Position, errs[i])
		}
	}
	if n := h.store.commits.Load(); n != 2 {
		t.Errorf("%d commits, want 2: the one that was held up, and one for all who waited", n)
	}
	if n := len(h.log()); n != 501 {
		t.Errorf("%d events stored, want 501", n)
	}
}

func TestARefusedCommandLeavesNoTrace(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	answers, errs := h.together(
		says("ann", "1", written("a", "1")),
		refuses("ann", "2", protocol.CodeConflict),
		says("ann", "3", written("b", "1"), protocol.Frame{Kind: kindPoison}), // fails at its second event
		says("ann", "4", written("a", "2")),
		engine.Command{Author: "ann", ID: "5", Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{
				Events:  []protocol.Frame{written("c", "1")},
				Private: []store.Write{{Key: cell("secretly"), Value: []byte("derived tables follow the log")}},
			}, nil
		}},
		engine.Command{Author: "ann", ID: "6", Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{Events: []protocol.Frame{
				written("d", "1"), {Kind: protocol.KindMessageSent}, // an item that belongs to no conversation
			}}, nil
		}},
		says("ann", "7", written("e", "1")),
	)
	for i, refused := range []bool{false, true, true, false, true, true, false} {
		if (errs[i] != nil) != refused {
			t.Errorf("command %d: %v", i+1, errs[i])
		}
		if refused && answers[i] != (protocol.Accepted{}) {
			t.Errorf("command %d is refused and answered %+v", i+1, answers[i])
		}
	}
	want := []string{"1 at 1000000: first = x", "2 at 1000000: a = 1", "3 at 1000000: a = 2", "4 at 1000000: e = 1"}
	if diff := cmp.Diff(want, h.log()); diff != "" {
		t.Error("log:", diff)
	}
	if diff := cmp.Diff(want, h.heard()); diff != "" {
		t.Error("heard:", diff)
	}
	if diff := cmp.Diff(map[string]string{"za": "2", "ze": "1", "zfirst": "x"}, h.cells()); diff != "" {
		t.Error("cells:", diff)
	}
}

func TestACommandSeesAllBeforeIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	grow := engine.Command{Decide: func(r store.Reader, _ int64, _ func() string) (store.Outcome, error) {
		text, err := r.Get(cell("a"))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return store.Outcome{}, err
		}
		return store.Outcome{Events: []protocol.Frame{written("a", string(text)+"x")}}, nil
	}}
	h.together(grow, grow, grow)
	h.mustDo(grow) // and those of the batches before
	h.mustDo(grow)
	if got := h.cells()["za"]; got != "xxxxx" {
		t.Errorf("a = %q, want five", got)
	}
}

func TestABatchOverTheLimitsOfTheStoreIsSplitAndNothingIsLost(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]store.Limits{
		"by keys":             {MaxKeys: 12, MaxBytes: 1 << 20, MaxKey: 200, MaxValue: 4000},
		"by bytes":            {MaxKeys: 1000, MaxBytes: 4000, MaxKey: 200, MaxValue: 4000},
		"one command at once": {MaxKeys: 6, MaxBytes: 1 << 20, MaxKey: 200, MaxValue: 4000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, memory.NewLimited(limits))
			var commands []engine.Command
			want := map[string]string{"zfirst": "x"}
			for i := range 100 { // 1 to 3 events each: log row and cell, and the answer
				var events []protocol.Frame
				for j := range 1 + i%2 {
					events = append(events, written(fmt.Sprint(i, ".", j), fmt.Sprintf("%0*d", 1+i, i)))
					want[fmt.Sprint("z", i, ".", j)] = fmt.Sprintf("%0*d", 1+i, i)
				}
				commands = append(commands, says("ann", protocol.CommandID(fmt.Sprint(i)), events...))
			}
			answers, errs := h.together(commands...)
			last := protocol.Position(1)
			for i := range commands {
				if last += protocol.Position(1 + i%2); errs[i] != nil || answers[i].Position != last {
					t.Fatalf("command %d: position %d (want %d), %v", i, answers[i].Position, last, errs[i])
				}
			}
			if diff := cmp.Diff(want, h.cells()); diff != "" {
				t.Error(diff)
			}
			if n := len(h.log()); n != 151 {
				t.Errorf("%d events, want 151", n)
			}
		})
	}
}

func TestALargeCommandBehindSmallOnesComesWithTheNextBatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t, memory.NewLimited(store.Limits{MaxKeys: 20, MaxBytes: 1 << 20, MaxKey: 200, MaxValue: 4000}))
	var large []protocol.Frame
	for i := range 9 { // 19 keys with the answer
		large = append(large, written(fmt.Sprint("large", i), "x"))
	}
	answers, errs := h.together(
		says("ann", "1", written("a", "1")),
		says("ann", "2", large...),
		says("ann", "3", written("a", "2")),
	)
	for i, want := range []protocol.Position{2, 11, 12} {
		if errs[i] != nil || answers[i].Position != want {
			t.Errorf("command %d: %+v, %v; want position %d", i+1, answers[i], errs[i], want)
		}
	}
	if n := h.store.commits.Load(); n != 4 {
		t.Errorf("%d commits, want 4: the one held up, and one for each", n)
	}
}

// TestWhateverTheLimitsNothingIsLostAndNothingOvertakesATimer finds the limits between one timer and two by going
// through them all.
func TestWhateverTheLimitsNothingIsLostAndNothingOvertakesATimer(t *testing.T) {
	t.Parallel()
	tried := 0
	for limit := 200; limit < 1200; limit += 10 {
		h := newHouse(t, memory.NewLimited(store.Limits{MaxKeys: 100, MaxBytes: limit, MaxKey: 100, MaxValue: 1000}))
		if _, err := h.do(arms(1, 1, 1_000_100)); errors.Is(err, store.ErrTooBig) {
			continue
		}
		tried++
		h.mustDo(arms(1, 2, 1_000_100))
		h.mustDo(arms(1, 3, 1_000_100))
		h.clock.Store(1_000_100)
		h.mustDo(says("", "", written("a", "1")))
		want := []string{
			"at 1000100: alarm.rang 1/1 due 1000100", "at 1000100: alarm.rang 1/2 due 1000100",
			"at 1000100: alarm.rang 1/3 due 1000100", "at 1000100: a = 1",
		}
		if diff := cmp.Diff(want, h.happened()); diff != "" {
			t.Fatalf("at most %d bytes: %s", limit, diff)
		}
	}
	if tried < 50 {
		t.Errorf("only %d limits were large enough for anything", tried)
	}
}

func TestACommandThatNoBatchCanHoldIsRefusedAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, memory.NewLimited(store.Limits{MaxKeys: 12, MaxBytes: 1 << 20, MaxKey: 60, MaxValue: 200}))
	var many []protocol.Frame
	for i := range 20 {
		many = append(many, written(fmt.Sprint(i), "x"))
	}
	long := fmt.Sprintf("%0300d", 1)
	_, errs := h.together(
		says("ann", "1", written("a", "1")),
		says("ann", "2", many...),
		says("ann", "3", written("long", long)),
		says("ann", protocol.CommandID(long), written("b", "1")),
		says("ann", "4", written("c", "1")),
	)
	for i, want := range []error{nil, store.ErrTooBig, store.ErrTooBig, store.ErrTooBig, nil} {
		if !errors.Is(errs[i], want) {
			t.Errorf("command %d: %v, want %v", i, errs[i], want)
		}
	}
	if diff := cmp.Diff([]string{"za", "zc", "zfirst"}, keysOf(h.cells())); diff != "" {
		t.Error(diff)
	}
}

func TestPositionsStayContiguousThroughRefusalsAndRestarts(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	for round := range 3 {
		var writers sync.WaitGroup
		for w := range 8 {
			writers.Go(func() {
				for i := range 40 {
					c := says(fmt.Sprint("w", w), protocol.CommandID(fmt.Sprint(round, "-", i)), written(fmt.Sprint(w), "x"))
					if i%3 == 0 {
						c = says("", "", written("lost", "x"), protocol.Frame{Kind: kindPoison})
					}
					if _, err := h.do(c); (err != nil) != (i%3 == 0) {
						t.Errorf("writer %d, command %d: %v", w, i, err)
					}
				}
			})
		}
		writers.Wait()
		h.restart()
	}
	if n := len(h.log()); n != 3*8*26 { // log itself sees to the positions
		t.Errorf("%d events, want %d", n, 3*8*26)
	}
}

func TestTheAnswerNamesTheLastEventAndWhatItBelongsTo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	message := protocol.Frame{Kind: protocol.KindMessageSent, Thread: "T", Conversation: 7}
	other := protocol.Frame{Kind: protocol.KindMessageSent, Thread: "U", Conversation: 8}
	c := says("ann", "1", written("a", "1"), other, message)
	decide := c.Decide
	c.Decide = func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		out, err := decide(r, now, newID)
		out.Made = newID()
		return out, err
	}
	got := h.mustDo(c)
	want := protocol.Accepted{Position: 3, Conversation: 7, Thread: "T", Made: "id"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
