//go:build tinygo && !console

package protocol

// forTeam: the visitor's widget does without what only the team gets.
const forTeam = false

// A program holds every type that a field of another leads to, with its methods: here these fields lead nowhere, and
// nobody reads or writes them.
type (
	teamWelcome bool
	teamVisitor bool
	teamRow     bool
	teamDraft   bool
)

func (z *teamWelcome) fields(*coder) {}
func (z *teamVisitor) fields(*coder) {}
func (z *teamRow) fields(*coder)     {}
func (z *teamDraft) fields(*coder)   {}
