package store

import "beseda/protocol"

// Outcome is what a decision asks to be stored and told.
type Outcome struct {
	// Events are facts to store; Position and, where zero, At are filled in by the engine.
	Events []protocol.Frame
	// Private writes touch only tables that are not derived from the log: a reader's own position, an upload.
	Private []Write
	// Overwrites take erased content out of derived tables, see EraseItem: the log says the same from then on, so that a
	// replay comes to it without them.
	Overwrites []Write
	// Notices are published after the commit and never stored.
	Notices []protocol.Frame
	// Made is the id of what the command created, for its answer.
	Made string
}

// Deadline is a moment kept on a record, at which the domain does something by itself.
type Deadline struct {
	// Due is unix milliseconds; 0 disarms.
	Due int64
	// Kind orders deadlines that are due together, before Subject.
	Kind uint8
	// Subject is what it belongs to: a conversation's number.
	Subject uint64
}
