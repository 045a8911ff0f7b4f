package engine_test

import (
	"testing"

	"beseda/store"
	"beseda/store/badgerdb"
	"beseda/store/memory"
)

// eachStore runs a test over every store; reopen restarts house and store as a process does.
func eachStore(t *testing.T, run func(t *testing.T, h *house, reopen func())) {
	t.Helper()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, memory.New())
		run(t, h, h.restart)
	})
	t.Run("badgerdb", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		db := openBadger(t, dir)
		h := newHouse(t, db)
		t.Cleanup(func() { h.Close(); closeStore(t, h.store.Store) })
		run(t, h, func() {
			t.Helper()
			h.Close()
			closeStore(t, h.store.Store)
			h.store = &probe{Store: openBadger(t, dir)}
			h.restart()
		})
	})
}

func openBadger(t *testing.T, dir string) store.Store {
	t.Helper()
	db, err := badgerdb.Open(dir, badgerdb.Options{Ballast: -1})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func closeStore(t *testing.T, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
