package inbox

import (
	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Viewer is the list as one connected operator sees it: their read positions, and what that makes unread. Its state
// is guarded by the inbox.
type Viewer struct {
	id     protocol.OperatorID
	bot    bool
	member team.Member       // as the rules have it; nobody where the account is not active
	floor  protocol.Position // where reading begins in conversations without a position of one's own
	reads  map[protocol.Number]protocol.Position
	unread map[protocol.Number]struct{} // active conversations with something unread
	active int
	all    int
}

// Counts are the figures above the list.
type Counts struct{ Unread, Active, All int }

// Open starts a viewer for an operator, who has read nothing as far as it is known; Recall says what. It follows every
// change until Shut.
func (in *Inbox) Open(o store.Operator) *Viewer {
	v := &Viewer{
		id: o.ID, bot: o.Bot, floor: o.CreatedPos,
		reads:  make(map[protocol.Number]protocol.Position),
		unread: make(map[protocol.Number]struct{}),
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	v.member = in.rules.members[v.id]
	for _, e := range in.entries {
		v.follow(nil, e)
	}
	in.viewers[v] = struct{}{}
	return v
}

// Recall takes the operator's stored positions in. r is younger than the viewer, so that no step of theirs falls
// between.
func (in *Inbox) Recall(r store.Reader, v *Viewer) error {
	stored := make(map[protocol.Number]protocol.Position)
	for e, err := range r.Scan(store.OperatorReads.Under(store.Text(v.id))) {
		if err != nil {
			return err
		}
		receipt, err := store.OperatorReads.Decode(e.Key, e.Value)
		if err != nil {
			return err
		}
		stored[store.LastNum[protocol.Number](e.Key)] = receipt.Read
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	for n, read := range stored {
		in.advance(v, n, read)
	}
	return nil
}

// Shut ends a viewer.
func (in *Inbox) Shut(v *Viewer) {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.viewers, v)
}

// Viewers is how many are open.
func (in *Inbox) Viewers() int {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return len(in.viewers)
}

// Operator is who looks.
func (v *Viewer) Operator() protocol.OperatorID { return v.id }

// Bot tells whether that is one.
func (v *Viewer) Bot() bool { return v.bot }

// sees asks the access rule; who is nobody sees nothing.
func (v *Viewer) sees(h team.Held) bool { return v.member.ID != "" && team.MayRead(v.member, h) }

// follow adapts to a conversation's change and tells whether it was taken from this viewer.
func (v *Viewer) follow(old, next *entry) (lost bool) {
	before, after := old != nil && v.sees(old.held), v.sees(next.held)
	v.adapt(old, next, before, after)
	return before && !after
}

func (v *Viewer) adapt(old, next *entry, before, after bool) {
	v.all += one(after) - one(before)
	v.active += one(after && next.active) - one(before && old.active)
	v.mark(next, after)
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
		if v.id == operator {
			in.advance(v, n, read)
		}
	}
}

// advance moves a viewer's position forward. A first position counts even below the floor: somebody given a
// conversation that waited before they came has that to read.
func (in *Inbox) advance(v *Viewer, n protocol.Number, read protocol.Position) {
	if old, ok := v.reads[n]; ok && read <= old {
		return
	}
	v.reads[n] = read
	if e := in.entries[n]; e != nil {
		v.mark(e, v.sees(e.held))
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
