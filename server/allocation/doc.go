// Package allocation is the allocation bot: it gives conversations that wait to operators who are online, where policies
// say so. It decides who; whether that may still be is decided by the desk, in the transaction. It keeps nothing: after a
// restart it looks at what waits, and everybody who is not there counts as away since the start.
//
// One goroutine runs Run; Noticed is called on the engine's committer and never blocks.
package allocation
