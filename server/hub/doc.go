// Package hub is who listens. It takes what the engine published and puts it into the outbox of each listener whom it
// concerns; it keeps presence and typing, which are not stored. It knows rights (by asking the inbox) and no sockets:
// package session drains the outboxes.
//
//	engine ─Publish→ hub ─┬→ listener's outbox: frames, in order      ─Take→ session → socket
//	                      └→ listener's dirty rows, coalesced 50 ms   ─┘
//
// Invariants:
//
//   - Rights are asked twice: when something is queued, and again when it is taken, since an entry may have waited
//     while the access went away. What a batch takes away is gone before the first of its frames is handed out.
//   - Whoever loses a conversation has its queued entries purged and is told that it is gone.
//   - A listener hears everything after its welcome, once and in order; what the welcome holds is not sent again.
//   - What others cause is bounded: a listener with more than protocol.MaxOutboxBytes of it is closed with
//     slow_consumer, and nobody waits for it. What it asks for and causes itself is bounded by Await.
//   - Somebody is online from their first connection on until four seconds after their last.
//
// Goroutines: Publish runs on the engine's committer, everything else on any. One mutex guards the hub's maps, one each
// listener's outbox. Order of locks: the hub's, then the inbox's or a listener's. wake is called with the hub's held,
// so it must neither block nor call back.
package hub
