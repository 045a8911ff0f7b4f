// Package state is what the console knows, and the rules by which events change it.
//
// Update is the only writer: it takes one event of the page, changes State and asks for effects. It never draws, never
// waits, reads no clock (events carry it) and touches no JavaScript. Package view reads State and changes nothing. Both
// run on the page's one goroutine.
//
//	event ─▶ State.Update ─┬─ gate      who sits here: sign-in, sign-out
//	                       ├─ line      frames in and commands out, by package link
//	                       ├─ list      rows of the list, their order, paging
//	                       ├─ talk      an open conversation: items, receipts, typing
//	                       ├─ draft     what is being written, with its files
//	                       ├─ note      what the team writes for itself; reaction, subject
//	                       ├─ life      ends, statuses, holds and waits; countdown: what time does to them
//	                       ├─ chain     neighbours, splits, merges; above: what is shown in place
//	                       ├─ ruleform  how conversations behave; rulecheck: the server's rules once more
//	                       ├─ events    the list of what happened; filter: its address
//	                       ├─ report    how much is done, and by whom
//	                       ├─ team, channel, account    the pages beside the inbox
//	                       └─ settle    what follows from all of it: title, receipts, notifications, timers
//
// Invariants: a message is in Items or in Unsent, never in both. What an operator loses access to leaves every field
// at once, but for what they wrote themselves and did not send. Nothing is said to be read before this page is
// visible, focused and shows its end.
package state
