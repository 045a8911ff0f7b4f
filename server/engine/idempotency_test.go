package engine_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
)

func TestARepeatedCommandGetsTheAnswerOfTheFirstTime(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, h *house, reopen func()) {
		first := h.mustDo(says("ann", "1", written("a", "1")))
		h.mustDo(says("ann", "2", written("a", "2")))
		if got := h.mustDo(says("ann", "1", written("a", "3"))); got != first {
			t.Errorf("repeated: %+v, want %+v", got, first)
		}
		reopen()
		if got := h.mustDo(says("ann", "1", written("a", "4"))); got != first {
			t.Errorf("after a restart: %+v, want %+v", got, first)
		}
		if got := h.mustDo(says("bob", "1", written("b", "1"))); got == first {
			t.Error("another author's id is another command")
		}
		h.mustDo(says("ann", "", written("c", "1")))
		h.mustDo(says("ann", "", written("c", "2")))
		if diff := cmp.Diff(map[string]string{"za": "2", "zb": "1", "zc": "2"}, h.cells()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOneIdHandedInManyTimesAtOnceHappensOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	var commands []engine.Command
	for range 50 {
		commands = append(commands, says("ann", "same", written("a", "1")))
	}
	answers, errs := h.together(commands...) // all of them in one batch
	var wg sync.WaitGroup
	for range 20 { // and more, as they come
		wg.Go(func() {
			a, err := h.do(commands[0])
			if err != nil || a.Position != 2 {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
	wg.Wait()
	for i, a := range answers {
		if errs[i] != nil || a.Position != 2 {
			t.Fatalf("answer %d: %+v, %v", i, a, errs[i])
		}
	}
	if diff := cmp.Diff([]string{"1 at 1000000: first = x", "2 at 1000000: a = 1"}, h.log()); diff != "" {
		t.Error(diff)
	}
}

func TestARefusedIdMayComeAgainAndSucceed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	if _, err := h.do(refuses("ann", "1", protocol.CodeBlocked)); codeOf(err) != protocol.CodeBlocked {
		t.Fatal(err)
	}
	if a := h.mustDo(says("ann", "1", written("a", "1"))); a.Position != 1 {
		t.Errorf("position %d, want 1", a.Position)
	}
}

func TestACommandThatChangesNothingIsRememberedToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	if a := h.mustDo(says("ann", "1")); a != (protocol.Accepted{}) {
		t.Errorf("%+v, want nothing", a)
	}
	h.restart()
	h.mustDo(says("ann", "1", written("a", "too late")))
	if log := h.log(); len(log) != 0 {
		t.Errorf("stored %v", log)
	}
}

func TestAnIdHasNoWayIntoAnothersMemory(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	for i, c := range []struct {
		author string
		id     protocol.CommandID
	}{{"ann", "1"}, {"an", "n1"}, {"ann1", "1"}, {"ann", "11"}, {"ann", "1\x00"}} {
		a := h.mustDo(says(c.author, c.id, written(fmt.Sprint(i), "x")))
		if a.Position != protocol.Position(i+1) {
			t.Errorf("%q %q was taken for another: %+v", c.author, c.id, a)
		}
	}
}
