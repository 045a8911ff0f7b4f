package desk_test

import (
	"testing"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/badgerdb"
)

// onEachStore runs a test in an office over every store, with how many rounds of something small are quick there.
func onEachStore(t *testing.T, run func(t *testing.T, o *office, rounds int)) {
	t.Helper()
	rounds, durable := 1000, 1000
	if raced {
		rounds, durable = 200, 40
	}
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		run(t, newOffice(t, nil), rounds)
	})
	t.Run("badgerdb", func(t *testing.T) {
		t.Parallel()
		run(t, newOffice(t, openBadger(t, t.TempDir())), durable)
	})
}

// openBadger opens the durable store in a folder, until the end of the test.
func openBadger(t *testing.T, dir string) store.Store {
	t.Helper()
	db, err := badgerdb.Open(dir, badgerdb.Options{Ballast: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// thread is the one that a conversation is of.
func (o *office) thread(n protocol.Number) (thread store.Thread) {
	o.t.Helper()
	conv := o.conv(n)
	o.read(func(r store.Reader) (err error) {
		thread, err = store.Threads.Get(r, store.Text(conv.Thread))
		return err
	})
	return thread
}
