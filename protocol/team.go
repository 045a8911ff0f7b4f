//go:build !tinygo || console

package protocol

// forTeam: this build reads and writes what only the team gets.
const forTeam = true

// What frames that visitors get too hold for the team alone.
type (
	teamWelcome = OperatorWelcome
	teamVisitor = Visitor
	teamRow     = Row
	teamDraft   = Draft
)
