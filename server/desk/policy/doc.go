// Package policy is the settings of the state machine: a closed table of keys, what values each may have, presets, and
// which values are in force in a channel. It decides nothing about conversations and keeps nothing in memory: every
// decision reads what holds at its moment, so that a change never reaches back.
//
//	value in force in a channel = the channel's own, else the workspace's own, else the default of the table
//
// Invariants: values are stored in one spelling; every channel's values in force obey the table's rules together,
// whichever scope was changed last. Everything here runs on the engine's writer goroutine, or in readers; tables are
// never changed.
package policy
