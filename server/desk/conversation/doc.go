// Package conversation is the life of conversations: threads, the numbered conversations in them, their items, waits,
// timers and receipts. It decides where a message belongs, who may change what, and what happens by itself; it never
// sends anything, and knows no clock but the time it is given.
//
//	thread ──< conversation = ranges of positions of its thread ──< item (message, note or ribbon line) at a position
//
// Two axes, five states; closed is always completed:
//
//	            open     pending    closed
//	active      A/open   A/pending    –        inbox
//	completed   C/open   C/pending  C/closed   general list
//
// A decision reads policies and rows and returns events (state.go, inbound.go, outbound.go and what is named after a
// command); Apply writes what follows from each event alone, and Deadlines arms what the rows say. A split or a merge
// edits ranges and moves nothing: a number that was merged stays as a tombstone that leads to the survivor.
//
// Invariants, checked after every step of the random tests: a thread has at most one active conversation; every item
// belongs to exactly one conversation; numbers are unique in the workspace, ascend, and are never used again; closed
// implies completed; a tombstone holds nothing and leads to a smaller number; every change of an axis has one event with
// an author; receipts never move back. Everything here runs on the engine's writer goroutine, or in readers.
package conversation
