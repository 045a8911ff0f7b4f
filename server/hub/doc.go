// Package hub is who listens. It takes what the engine published and puts it into the outbox of each listener whom it
// concerns; it keeps presence and typing, which are not stored. It knows rights (by asking the inbox) and no sockets:
// package session drains the outboxes.
//
//	engine ─Publish→ hub ─┬→ listener's outbox: frames, in order      ─Take→ session → socket
//	                      └→ listener's dirty rows, coalesced 50 ms   ─┘
//
// Rights are asked twice: when something is queued, and again when it is taken, since an entry may have waited while
// the access went away. Whoever loses a conversation has its queued entries purged and is told that it is gone.
//
// A listener whose outbox grows over protocol.MaxOutboxBytes is closed with slow_consumer; nobody waits for it.
//
// Goroutines: Publish runs on the engine's writer, everything else on any. One mutex guards the hub's maps, one each
// listener's outbox; the first may be held when the second is taken, never the other way round; wake is called with the first held, so it must
// not call back.
package hub
