package hub

import (
	"maps"
	"slices"
	"time"

	"beseda/protocol"
)

// Staff is who of the team is there at a moment, and since when the others are not.
type Staff struct {
	// Online are connected, or gone for less than four seconds; bots are among them. They come in no order.
	Online []protocol.OperatorID
	// Left is when others went; who is in neither has not been there since Began, when this hub began.
	Left       map[protocol.OperatorID]time.Time
	Began, Now time.Time
}

// Staff takes a picture of who is there.
func (h *Hub) Staff() Staff {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Staff{
		Online: slices.Collect(maps.Keys(h.operators)), Left: maps.Clone(h.left), Began: h.began, Now: h.now(),
	}
}

// Away is for how long somebody has been offline, in milliseconds; 0 for who is online.
func (s Staff) Away(id protocol.OperatorID) int64 {
	if slices.Contains(s.Online, id) {
		return 0
	}
	since, known := s.Left[id]
	if !known {
		since = s.Began
	}
	return max(0, s.Now.Sub(since).Milliseconds())
}

// Arrivals tells that somebody of the team has come since it was last read.
func (h *Hub) Arrivals() <-chan struct{} { return h.arrivals }

// came and went note presence for who asks later. The mutex is held.
func (h *Hub) came(id protocol.OperatorID) {
	delete(h.left, id)
	select {
	case h.arrivals <- struct{}{}:
	default:
	}
}

func (h *Hub) went(id protocol.OperatorID) { h.left[id] = h.now() }
