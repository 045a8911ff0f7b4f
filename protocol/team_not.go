//go:build tinygo && !console

package protocol

// forTeam: the visitor's widget does without what only the team gets.
const forTeam = false
