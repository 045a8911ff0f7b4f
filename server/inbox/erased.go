package inbox

import "beseda/server/desk/team"

// Allows asks the access rule for a viewer about a conversation that is in no list any more.
func (in *Inbox) Allows(v *Viewer, held team.Held) bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return v.sees(held)
}
