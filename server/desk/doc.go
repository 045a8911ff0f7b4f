// Package desk is the domain: Decide turns a command into events or a coded refusal, Apply turns an event into view
// changes. Both are pure: they see a reader, the caller, a time and a source of ids, never a transaction's retries, a
// token or the network. Each noun has a package of its own; this one holds the tables that lead to them.
//
//	call          who asks, when, with which ids
//	team          operators, groups with their rights, who serves which channel, and the one access rule
//	channel       the configured ways in
//	contact       visitors and the people behind them
//	conversation  threads, conversations, items, waits, timers, receipts
//	policy        the settings of conversations, and which are in force in a channel
//	quickreply    saved texts
//	view          saved filters of the list
//	eventlist     the log for those who may see it
//	audit         what was done to the workspace itself, sealed
//
// Everything here runs on the engine's writer goroutine, or in tests.
package desk
