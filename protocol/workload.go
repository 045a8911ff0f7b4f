package protocol

// WorkloadRead asks how many conversations each operator handles.
type WorkloadRead struct{}

// Workload answers it: for administrators and bots everybody who has any, for an operator their own line only.
type Workload struct {
	// Operators are in the order of their numbers, the highest first.
	Operators []OperatorWorkload `msg:"operators,omitempty" json:"operators,omitempty"`
	// Conversations is how many there are that the asker may read, whoever has them.
	Conversations int `msg:"conversations" json:"conversations"`
}

// OperatorWorkload counts the conversations of which an operator or bot is the assignee now: those at work, and those
// that they had last. A merged one counts in what it became.
type OperatorWorkload struct {
	Operator      OperatorID `msg:"operator" json:"operator"`
	Conversations int        `msg:"conversations" json:"conversations"`
	Active        int        `msg:"active,omitempty" json:"active,omitempty"` // of them, at work now
}
