package protocol

// EventsRead asks for the workspace's events, newest first: those that the asker may see and that pass every filter
// which is set.
type EventsRead struct {
	// Types are kinds; empty for all but receipts and visits.
	Types []Kind `msg:"types,omitempty" json:"types,omitempty" validate:"max=60,dive,max=40"`
	// Actors are sorts of authors, ActorIDs certain ones.
	Actors   []ActorKind `msg:"actors,omitempty" json:"actors,omitempty" validate:"max=6,dive,oneof=visitor operator bot rule timer api"`
	ActorIDs []string    `msg:"actor_ids,omitempty" json:"actor_ids,omitempty" validate:"max=50,dive,id"`
	// Since and Until are unix milliseconds, both included; 0 for no bound.
	Since        int64  `msg:"since,omitempty" json:"since,omitempty"`
	Until        int64  `msg:"until,omitempty" json:"until,omitempty"`
	Conversation Number `msg:"conversation,omitempty" json:"conversation,omitempty"`
	// Before continues a list: the Before of the answer before; 0 from the newest.
	Before Position `msg:"before,omitempty" json:"before,omitempty"`
	Limit  int      `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// Events answers it.
type Events struct {
	// Events are newest first. Of a message or note they hold how its text begins, cut with an ellipsis after 120 code
	// points, and of files the first.
	Events []Frame `msg:"events,omitempty" json:"events,omitempty"`
	// Before continues below these, also where there are none among so many looked at.
	Before Position `msg:"before,omitempty" json:"before,omitempty"`
	// More: older ones are to be looked at.
	More bool `msg:"more,omitempty" json:"more,omitempty"`
}
