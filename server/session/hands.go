package session

import (
	"runtime/debug"
	"sync/atomic"

	"beseda/protocol"
)

// maxParked is how many goroutines wait for the next message to handle.
const maxParked = 64

// hands handle what readers have read, while the reader waits. So a reader's stack stays as small as reading needs,
// which is most of what an idle connection costs; the deep ones of handling are few, and used again.
type hands struct {
	work   chan *intake
	parked atomic.Int32
	quit   chan struct{}
}

func newHands() hands { return hands{work: make(chan *intake), quit: make(chan struct{})} }

// handle returns when a message is handled, with the reason to end the connection if there is one.
func (h *hands) handle(in *intake) error {
	select {
	case h.work <- in:
	default:
		go h.serve(in)
	}
	return <-in.handled
}

func (h *hands) serve(in *intake) {
	for {
		in.handled <- in.handle()
		if h.parked.Add(1) > maxParked {
			h.parked.Add(-1)
			return
		}
		select {
		case in = <-h.work:
			h.parked.Add(-1)
		case <-h.quit:
			return
		}
	}
}

// handle handles the message and survives it.
func (in *intake) handle() (why error) {
	defer func() {
		if p := recover(); p != nil {
			in.session.Log.Error("panic in a session", "err", p, "stack", string(debug.Stack()))
			why = protocol.Refuse(protocol.CodeInternal, "")
		}
	}()
	return in.session.message(in.buffer.Bytes())
}
