package session

import (
	"sync"
	"time"

	"beseda/protocol"
)

// heldFor is how long later messages wait for a refused one to come again, beyond the time it was told to wait.
const heldFor = 20 * time.Second

// order keeps the messages of one connection in order: where one is refused for a while, all later ones are refused
// with it, until it was sent again or its author gave up. The reader and the engine use it.
type order struct {
	mu    sync.Mutex
	id    protocol.CommandID // the message that the others wait for; "" for none
	as    protocol.Refused
	until time.Time
}

// hold begins the waiting, where r says that trying again may help and nothing is waited for already.
func (o *order) hold(id protocol.CommandID, r protocol.Refused, now time.Time) {
	if r.Code != protocol.CodeRateLimited && r.Code != protocol.CodeStorageFull {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.id != "" && o.id != id && now.Before(o.until) {
		return
	}
	o.id, o.as, o.until = id, r, now.Add(time.Duration(r.RetryMs)*time.Millisecond+heldFor)
}

// turn tells whether a message may come now, and otherwise how it is refused. The one that was waited for ends the
// waiting.
func (o *order) turn(id protocol.CommandID, now time.Time) (protocol.Refused, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.id == "" || o.id == id || !now.Before(o.until) {
		o.id = ""
		return protocol.Refused{}, true
	}
	return o.as, false
}
