// Package state is what the visitor's widget knows, and the rules by which events change it.
//
// Update is the only writer: it takes one event of the page, changes State and asks for effects. It never draws, never
// waits, reads no clock (events carry it) and touches no JavaScript. Package view reads State and changes nothing. Both
// run on the page's one goroutine.
//
//	event ─▶ State.Update ─┬─ host      the loader: records, theme, page, shown or not
//	                       ├─ line      frames in and commands out, by package link
//	                       ├─ item      what was said, its order, paging
//	                       ├─ unsent    own messages on their way
//	                       ├─ compose   what is being written, with its files
//	                       └─ settle    what follows from all of it: receipts, unread, records, timers
//
// Invariants: a message is in Items or in Unsent, never in both. Items are in the order of their positions, without a
// gap and each once. A message is never shown further than it is: Sending until the server answered. Nothing is said to
// be read before the widget is shown, the page visible and focused, and the end of the log in view. The visitor's key is
// handed to the loader only once they acted.
package state
