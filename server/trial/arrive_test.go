package trial

import (
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// arrivals is how often an operator comes in.
const arrivals = 300

// The list that a welcome shows is kept in memory and is newer than the snapshot that its rows are read from.
func TestAnOperatorComesInWhileConversationsBegin(t *testing.T) {
	t.Parallel()
	h := settle(t, folder(t))
	s := &strays{house: h}
	var ends []func()
	over := make(chan struct{})
	for range 3 {
		ends = append(ends, s.flow(t.Context(), over))
	}
	for range arrivals {
		l := h.dial(line.Options{Cookie: h.ann.cookie})
		if _, err := l.Hello(bounded(t, minute), protocol.Hello{}); err != nil {
			t.Fatalf("an operator is told: %v", err)
		}
		l.Close()
	}
	close(over)
	for _, end := range ends {
		end()
	}
	found := h.read()
	found.whole(t)
	if stored, _ := s.agree(t, found); stored < arrivals {
		t.Errorf("only %d conversations began meanwhile: this proved little", stored)
	}
}
