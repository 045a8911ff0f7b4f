package engine_test

import (
	"testing"

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
}
