package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/store"
)

// Inbound is what becomes of a visitor's message: state-machine §4. L is the conversation that it is measured by.
type Inbound struct {
	// Create: it begins a conversation; L, if there is one, stays as it is.
	Create bool
	// To is L's state with the message in it.
	To State
	// Split: the message may be given a number of its own.
	Split bool
}

// Target is the record that a conversation would be attached to: a deal, a buyer, or none. There are no records yet, so
// it is always none; what chooses one goes where recordOf is handed in.
type Target struct{ Record string }

// noRecord chooses none, as the record rule off does.
func noRecord() Target { return Target{} }

// RouteInbound decides by the last state, the policies, the record and the time since closing, and by nothing else. l
// is nil for a thread without conversations; earlier tells that l holds a message; chosen is asked only where a
// conversation might be created.
func RouteInbound(l *store.Conversation, p *policy.Policy, earlier bool, now int64, chosen func() Target) Inbound {
	switch {
	case l == nil:
		_ = chosen()
		return Inbound{Create: true}
	case l.Activity == protocol.Active:
		return Inbound{To: ActiveOpen}
	case l.Status == protocol.Open && p.InboundOpen, l.Status == protocol.Pending && p.InboundPending:
		return Inbound{To: ActiveOpen, Split: p.Split && earlier}
	case l.Status != protocol.Closed:
		_ = chosen()
		return Inbound{Create: true}
	}
	same := chosen() == Target{} // the closed one's record, which is none as well
	if same && reopens(p, now-l.ClosedAt) {
		return Inbound{To: ActiveOpen}
	}
	return Inbound{Create: true}
}

// reopens tells whether a message so long after closing opens what was closed.
func reopens(p *policy.Policy, since int64) bool {
	return p.InboundClosed == policy.Reopen || p.InboundClosed == policy.ReopenWithin && since <= p.Within
}

// current is the conversation that a thread's next message is measured by: the active one, otherwise the newest live
// one by number; nil where there is none.
func current(r store.Reader, thread *store.Thread) (*store.Conversation, error) {
	if thread.Active != 0 {
		conv, err := store.Conversations.Get(r, store.Num(thread.Active))
		return &conv, err
	}
	for _, n := range slices.Backward(thread.Numbers) {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil || !conv.Tombstone() {
			return &conv, err
		}
	}
	return nil, nil
}

// nextNumber is one more than the highest ever given, tombstones included, so that no number comes twice.
func nextNumber(r store.Reader) (protocol.Number, error) {
	rng := store.Conversations.Under()
	rng.Reverse = true
	for conv, err := range store.Conversations.Scan(r, rng) {
		return conv.Number + 1, err
	}
	return 1, nil
}
