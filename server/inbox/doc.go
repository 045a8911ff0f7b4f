// Package inbox is the list of a workspace in memory: which conversations there are, in which order, who may see them
// and what is unread for whom. It is rebuilt from the conversation rows at start and follows every commit; it is no
// source of truth: what a row shows is read from the store when somebody looks, kept for the others who look, and
// dropped when the conversation changes. Whoever changes what a row shows calls Update, or Touch where the conversation
// itself stays as it is.
//
// The engine's committer calls Update and Advance; any goroutine reads. One mutex guards all of it: every call is short.
package inbox
