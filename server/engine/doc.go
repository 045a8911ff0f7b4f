// Package engine turns commands into durable events: Do runs a decision on an overlay over a snapshot, commits a batch
// of them with one fsync, publishes, and only then replies. It knows no business rules, no network and no rights: the
// Domain (package desk) decides and applies.
//
//	Do ──▶ waiting ──▶ writer, one per workspace
//	                     opens a batch; for each command, at time t:
//	                       timers due by t, oldest first, each stamped with its due time
//	                       seen this id of this author before? the answer of then
//	                       decide on overlay(batch) over overlay(batch being committed) over snapshot
//	                       each event: next position, log row, item row, Domain.Apply
//	                       refused or failed? what it wrote is rolled back, nothing remains
//	                     the batch before is durable, nobody waits: hand over ──▶ committer
//	                                                                               one Commit (fsync)
//	                                                                               Published: views, listeners
//	                                                                               replies
//	                     ◀── landed: timers, positions and caches follow what is stored
//
// While a batch is being written the next one is decided on top of it. If it is lost, so is what stands on it: everybody
// in both is told, timers are armed as before, and positions are given again.
//
// Invariants: positions are contiguous from 1; nothing is published before it is durable, and nobody is answered before
// it is published; a command that was accepted once is answered the same for protocol.CommandMemory; a batch never
// exceeds the store's limits; what fails in one command or timer, a panic too, costs that one alone.
//
// Goroutines: Do, Submit and Read may be called from any. Decide, Apply, Deadlines and Fire run on the writer's, one at
// a time; Published and the callbacks of Submit on the committer's, one at a time, while the writer goes on.
package engine
