// Package audit is the log of what was done to the workspace itself: accounts, groups, teams, channels, policies, tags,
// blocks, erasures, exports and what is shared. It changes nothing of these; it seals their events as they are written,
// and lists them for administrators.
package audit
