// Package engine turns commands into durable events: Do runs a decision on an overlay over a snapshot, commits a batch
// of them with one fsync, publishes, and only then replies. It knows no business rules, no network and no rights: the
// Domain (package desk) decides and applies.
//
//	Do ──▶ waiting ──▶ writer goroutine, one per workspace
//	                     for each command of the batch, at time t:
//	                       timers due by t, oldest first, each stamped with its due time
//	                       seen this id of this author before? the answer of then
//	                       decide on overlay(command) over overlay(batch) over snapshot
//	                       refused? the command's overlay is dropped, nothing remains
//	                       each event: next position, log row, item row, Domain.Apply
//	                     one Commit (fsync) for the batch
//	                     Published: memory views, then listeners
//	                     replies
//
// Invariants: positions are contiguous from 1; nothing is published before it is durable; a command that was accepted
// once is answered the same for protocol.CommandMemory; a batch never exceeds the store's limits.
//
// Goroutines: Do and Read may be called from any; Decide, Apply, Fire and Published run on the writer's, one at a time.
package engine
