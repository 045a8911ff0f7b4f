// Package desk is the domain: Decide turns a command into events or a coded refusal, Apply turns an event into view
// changes. Both are pure: they see a reader, the caller, a time and a source of ids, never a transaction's retries, a
// token or the network. Each noun has a package of its own; this one holds the tables that lead to them.
//
//	call          who asks, when, with which ids
//	team          operators, roles, and the one access rule: MayRead, MayWrite
//	channel       the configured ways in
//	contact       visitors and the people behind them
//	conversation  thread, conversation, items, receipts, routing
//
// Everything here runs on the engine's writer goroutine, or in tests.
package desk
