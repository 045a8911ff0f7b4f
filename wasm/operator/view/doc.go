// Package view draws the console: state.State in, builder calls out. It decides nothing, changes nothing and keeps
// nothing, so that what is on screen follows from the state alone. It runs after every Update, on the page's goroutine.
//
// A page of it:
//
//	Draw ─┬─ gate            sign-in
//	      └─ shell ─┬─ rail, tab bar
//	                ├─ inbox    head, rows
//	                ├─ talk     head, log (messages, ribbon lines), desk
//	                ├─ panel    what is known of the visitor
//	                ├─ pages    team with groups, channels, a channel's form with its preview, tags, quick replies, account, rules, events, audit
//	                └─ window, toast
//
// Text that people wrote has dir="auto" on an element of its own, paths and links stand in <bdi dir="ltr">, and every
// icon that means something has its words beside it or in its name.
package view
