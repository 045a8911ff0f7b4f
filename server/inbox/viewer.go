package inbox

import (
	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Viewer is the list as one connected operator sees it: their read positions, and what that makes unread. Its state
// is guarded by the inbox.
type Viewer struct {
	member team.Member
	floor  protocol.Position // where reading begins in conversations without a position of one's own
	reads  map[protocol.Number]protocol.Position
	unread map[protocol.Number]struct{} // active conversations with something unread
	active int
	all    int
}

// Counts are the figures above the list.
type Counts struct{ Unread, Active, All int }

// Open starts a viewer from the operator's stored positions; it follows every change until Shut.
func (in *Inbox) Open(r store.Reader, o store.Operator) (*Viewer, error) {
	v := &Viewer{
		member: team.MemberOf(o), floor: o.CreatedPos,
		reads:  make(map[protocol.Number]protocol.Position),
		unread: make(map[protocol.Number]struct{}),
	}
	rng := store.OperatorReads.Under(store.Text(o.ID))
	for e, err := range r.Scan(rng) {
		if err != nil {
			return nil, err
		}
		receipt, err := store.OperatorReads.Decode(e.Key, e.Value)
		if err != nil {
			return nil, err
		}
		v.reads[store.LastNum[protocol.Number](e.Key)] = receipt.Read
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, e := range in.entries {
		v.follow(nil, e)
	}
	in.viewers[v] = struct{}{}
	return v, nil
}

// Shut ends a viewer.
func (in *Inbox) Shut(v *Viewer) {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.viewers, v)
}

// Member is who looks.
func (v *Viewer) Member() team.Member { return v.member }

// follow adapts to a conversation's change and tells whether it was taken from this viewer.
func (v *Viewer) follow(old, next *entry) (lost bool) {
	before := old != nil && team.MayRead(v.member, old.held)
	after := team.MayRead(v.member, next.held)
	v.all += one(after) - one(before)
	v.active += one(after && next.active) - one(before && old.active)
	v.mark(next, after)
	return before && !after
}

func (v *Viewer) mark(e *entry, visible bool) {
	if visible && e.active && e.lastVisitor > v.readPos(e.number) {
		v.unread[e.number] = struct{}{}
	} else {
		delete(v.unread, e.number)
	}
}

func (v *Viewer) readPos(n protocol.Number) protocol.Position {
	if p, ok := v.reads[n]; ok {
		return p
	}
	return v.floor
}

// Advance notes that an operator has read a conversation up to a position, on all of that operator's devices.
func (in *Inbox) Advance(operator protocol.OperatorID, n protocol.Number, read protocol.Position) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for v := range in.viewers {
		if v.member.ID != operator || read <= v.readPos(n) {
			continue
		}
		v.reads[n] = read
		if e := in.entries[n]; e != nil {
			v.mark(e, team.MayRead(v.member, e.held))
		}
	}
}

// ReadPos is up to where a viewer has read a conversation.
func (in *Inbox) ReadPos(v *Viewer, n protocol.Number) protocol.Position {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return v.readPos(n)
}

// Counts are the figures of a viewer's list.
func (in *Inbox) Counts(v *Viewer) Counts {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return Counts{Unread: len(v.unread), Active: v.active, All: v.all}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
