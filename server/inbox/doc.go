// Package inbox is the list of a workspace in memory: which conversations there are, in which order, who may see them
// and what is unread for whom. It is rebuilt from the conversation rows at start and follows every commit; it is no
// source of truth and holds no texts: a row's words are read from the store when somebody looks at it.
//
// The engine's committer calls Update and Advance; any goroutine reads. One mutex guards all of it: every call is short.
package inbox
