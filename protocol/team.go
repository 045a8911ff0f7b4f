//go:build !tinygo || console

package protocol

// forTeam: this build reads and writes what only the team gets.
const forTeam = true
