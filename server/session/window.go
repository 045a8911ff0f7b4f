package session

import "sync"

// maxUnderWay is how many commands of one connection the engine has at a time: what they cause fits into the outbox
// of their own author, and nobody fills the engine's queue alone.
const maxUnderWay = 16

// window counts a connection's commands that the engine has. The reader enters, the engine's committer leaves.
type window struct {
	mu    sync.Mutex
	under int
	room  chan struct{} // closed when there is room; nil while nobody waits
}

// enter returns when there is room for one more.
func (w *window) enter() {
	for {
		w.mu.Lock()
		if w.under < maxUnderWay {
			w.under++
			w.mu.Unlock()
			return
		}
		if w.room == nil {
			w.room = make(chan struct{})
		}
		room := w.room
		w.mu.Unlock()
		<-room
	}
}

func (w *window) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.under--
	if w.room != nil {
		close(w.room)
		w.room = nil
	}
}
