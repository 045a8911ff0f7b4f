// Package session is one WebSocket: it alone knows frames on the wire and the socket library. It greets (hello,
// welcome), turns frames into commands, and drains the listener's outbox into the socket. It decides nothing about
// conversations.
//
//	        reader goroutine, by one of the hands            writer goroutine, while there is something to write
//	socket ─wire→ frames → protocol.Decode → table ─┬→ engine.Submit ──▶ hub → outbox ─Take→ coalesced write ─wire→ socket
//	                                                └→ answered here (pages, watching, typing, ping)
//
// What the socket library leaves open is done by wire, between it and the connection: half frames end after ten
// seconds, silence after a little more than a minute, a peer that does not read after ten seconds, and control frames
// are counted.
//
// Messages of one connection keep their order: where one is refused for a while (rate_limited, storage_full), later
// ones are refused too until the first was sent again.
//
// Goroutines: one reads, waits while its message is handled (see hands), and is the only one that ends a connection:
// whatever the reason, the listener is closed, which wakes the reader; it waits for the writer, says goodbye and leaves
// the hub, within endTime. One writes, started by the outbox's wake and gone when it is empty, so that an idle connection
// has a reader only. done callbacks of commands run on the engine's committer and only push into the outbox.
package session
