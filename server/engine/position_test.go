package engine_test

import (
	"errors"
	"testing"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

// What Position names is in every snapshot taken after it, and nothing that is still being stored, or was lost, is named.
func TestThePositionIsOfWhatEverybodySees(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	positions := func(want protocol.Position) {
		t.Helper()
		at := h.Position()
		var seen protocol.Position
		if err := h.Read(func(r store.Reader) (err error) {
			seen, err = engine.LastPosition(r)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if at != want || seen != want {
			t.Errorf("position %d, stored is %d; want %d", at, seen, want)
		}
	}
	positions(0)
	h.mustDo(says("ann", "1", written("a", "1"), written("a", "2")))
	positions(2)
	broken := errors.New("broken")
	h.store.before(func([]store.Write) error {
		positions(2)
		return broken
	})
	if _, err := h.do(says("ann", "2", written("a", "3"))); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	positions(2)
	h.store.before(func([]store.Write) error { return nil })
	h.mustDo(says("ann", "2", written("a", "3")))
	positions(3)
	h.restart()
	positions(3)
}
