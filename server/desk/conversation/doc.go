// Package conversation is threads, the numbered conversations in them, their items, and receipts. It decides where a
// message belongs and who may write; it never sends anything.
//
//	thread ──< conversation = ranges of positions of its thread ──< item (message or ribbon line) at a position
//
// Invariants: a thread has at most one active conversation; every item belongs to exactly one conversation; numbers
// are unique in the workspace and ascend; closed implies completed; receipts never move back.
package conversation
