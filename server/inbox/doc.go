// Package inbox is the list of a workspace in memory: which conversations there are, in which order, who may see them
// and what is unread for whom. It is rebuilt from the conversation rows at start and follows every commit; it is no
// source of truth: what a row shows is read from the store when somebody looks, kept for the others who look, and
// dropped when the conversation changes. Whoever changes what a row shows calls Update, or Touch where the conversation
// itself stays as it is, or Contact where it is a contact's.
//
// Each viewer looks through a lens, a filter with an order, and has figures: how many there are of the list, with which
// tags, in which saved views, unread. They are counted once and follow every change from then on:
//
//	Update ─▶ entry: old, next ─▶ which facets differ ─▶ each viewer: what asks about none of them stays as it is
//	                                                     └▶ figures, and what left the list since somebody was told
//
// The order is that of the whole house, kept once for all conversations and once for the active ones; a list is what a
// walk down it finds to pass.
//
// There may be a million conversations, at some 150 bytes each: entries stand by number in slabs, those of a thread are
// linked, and what many have in common, as who may read them or which tags their contact bears, is there once.
//
// The engine's committer calls Update and Advance; any goroutine reads. One mutex guards all of it: every call is short.
package inbox
