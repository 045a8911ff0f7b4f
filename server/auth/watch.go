package auth

import (
	"context"
	"errors"
	"sync"

	"beseda/protocol"
)

// ErrRevoked is the cause of a context that Watch.Bind ended: the proof it stood on holds no more.
var ErrRevoked = errors.New("session was revoked")

// Watch tells those who stand on a proof when it stops to hold: sockets and downloads.
type Watch struct {
	live func(operator protocol.OperatorID, session string) error

	mu     sync.Mutex
	bounds map[protocol.OperatorID]map[uint64]binding
	held   map[string]int // session → how many are bound to it
	next   uint64
}

type binding struct {
	session string
	end     context.CancelCauseFunc
}

func newWatch(live func(protocol.OperatorID, string) error) *Watch {
	return &Watch{live: live, bounds: map[protocol.OperatorID]map[uint64]binding{}, held: map[string]int{}}
}

// Bind makes a context that ends, with cause ErrRevoked, when the session does; at once, if it has ended since it was
// checked. A session somebody is bound to counts as in use. release must be called.
func (w *Watch) Bind(ctx context.Context, s Session) (bound context.Context, release func()) {
	bound, end := context.WithCancelCause(ctx)
	w.mu.Lock()
	w.next++
	key := w.next
	if w.bounds[s.Operator] == nil {
		w.bounds[s.Operator] = map[uint64]binding{}
	}
	w.bounds[s.Operator][key] = binding{session: s.ID, end: end}
	w.held[s.ID]++
	w.mu.Unlock()

	// Only after it is known to revoked: so no revocation falls between check and binding.
	if err := w.live(s.Operator, s.ID); err != nil {
		end(ErrRevoked)
	}
	var once sync.Once
	return bound, func() {
		once.Do(func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			delete(w.bounds[s.Operator], key)
			if len(w.bounds[s.Operator]) == 0 {
				delete(w.bounds, s.Operator)
			}
			if w.held[s.ID]--; w.held[s.ID] <= 0 {
				delete(w.held, s.ID)
			}
			end(context.Canceled)
		})
	}
}

// bound tells whether anybody stands on a session now.
func (w *Watch) bound(session string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.held[session] > 0
}

// revoked ends what stands on a session, or on any of the operator's.
func (w *Watch) revoked(operator protocol.OperatorID, session string) {
	w.mu.Lock()
	var ends []context.CancelCauseFunc
	for _, b := range w.bounds[operator] {
		if session == "" || b.session == session {
			ends = append(ends, b.end)
		}
	}
	w.mu.Unlock()
	for _, end := range ends {
		end(ErrRevoked)
	}
}
