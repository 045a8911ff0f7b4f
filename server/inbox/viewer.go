package inbox

import (
	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Viewer is the list as one connected operator sees it: their read positions and marks, what that makes unread, what
// the list is narrowed to, and the figures of it. Its state is guarded by the inbox.
type Viewer struct {
	id     protocol.OperatorID
	bot    bool
	member team.Member       // as the rules have it; nobody where the account is not active
	whole  bool              // they read all there is
	floor  protocol.Position // where reading begins in conversations without a position of one's own
	reads  map[protocol.Number]protocol.Position
	marked map[protocol.Number]struct{} // as unread, by hand
	told   map[protocol.Number]told     // of which marks and positions it was told before Recall; nil after
	unread map[protocol.Number]struct{} // those that the header counts: see waits
	active int
	all    int
	lens   lens
	sorted sorting // as was told
	views  []*counted
	stale  bool // a figure is another one than was told
}

// told is what of one conversation a viewer was told that replaces what is stored: its mark, or its position as well. A
// position that only advanced does so over any older one.
type told struct {
	mark, position bool
}

// newViewer is somebody who has read nothing, and looks at what is active.
func newViewer(o *store.Operator) *Viewer {
	return &Viewer{
		id: o.ID, bot: o.Bot, floor: o.CreatedPos,
		reads:  make(map[protocol.Number]protocol.Position),
		marked: make(map[protocol.Number]struct{}),
		told:   make(map[protocol.Number]told),
		unread: make(map[protocol.Number]struct{}),
		lens:   lens{filter: compile(&protocol.Filter{Activities: []protocol.Activity{protocol.Active}}, nil)},
	}
}

// Open starts a viewer for an operator, who has read nothing as far as it is known; Recall says what. It follows every
// change until Shut. Its list is that of a welcome: what is active.
func (in *Inbox) Open(o store.Operator) *Viewer {
	v := newViewer(&o)
	in.mu.Lock()
	defer in.mu.Unlock()
	v.be(in.rules.members[v.id])
	v.views = in.viewsOf(v)
	for e := range in.each() {
		v.follow(nil, e, everything)
	}
	in.viewers[v] = struct{}{}
	return v
}

// Recall takes the operator's stored positions and marks in, once. r is younger than the viewer, so that no step of theirs
// falls between; what the viewer was told meanwhile is younger than r.
func (in *Inbox) Recall(r store.Reader, v *Viewer) error {
	stored := make(map[protocol.Number]store.Receipt)
	for e, err := range r.Scan(store.OperatorReads.Under(store.Text(v.id))) {
		if err != nil {
			return err
		}
		receipt, err := store.OperatorReads.Decode(e.Key, e.Value)
		if err != nil {
			return err
		}
		stored[store.LastNum[protocol.Number](e.Key)] = receipt
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	for n, own := range stored {
		told := v.told[n]
		v.turn(in.entry(n), func() {
			old, ok := v.reads[n]
			if own.Delivered != 0 && !told.position && (!ok || own.Read > old) { // otherwise it is a mark alone
				v.reads[n] = own.Read
			}
			if own.Marked && !told.mark {
				v.marked[n] = struct{}{}
			}
		})
	}
	v.told = nil
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

// be takes in what a viewer may do now. Who may read what somebody else has, of a channel that others serve, after it was
// taken from them, may read all there is, and need not be asked about each.
func (v *Viewer) be(m team.Member) {
	v.member = m
	nobody := protocol.OperatorID("-")
	v.whole = v.sees(team.Held{Assignee: nobody, Former: []protocol.OperatorID{v.id},
		Access: team.Access{Team: []protocol.OperatorID{nobody}, AssignedOnly: true}})
}

// may asks the access rule about a conversation of the list.
func (v *Viewer) may(e *entry) bool { return v.whole || v.sees(e.held.Held) }

// sees asks the access rule; who is nobody sees nothing.
func (v *Viewer) sees(h team.Held) bool { return v.member.ID != "" && team.MayRead(v.member, h) }

// follow adapts to a conversation's change, in these facets, and tells whether it was taken from this viewer. old is
// nil for one that is new, next for one that is no more.
func (v *Viewer) follow(old, next *entry, what facets) (lost bool) {
	before, after := old != nil && v.may(old), next != nil && v.may(next)
	v.adapt(old, next, before, after, what)
	return before && !after
}

// adapt is follow for who has asked the access rule.
func (v *Viewer) adapt(old, next *entry, before, after bool, what facets) {
	v.count(step{
		old: old, next: next, before: before, after: after, what: what,
		was: before && v.isUnread(old), is: after && v.isUnread(next),
	})
}

// isUnread tells whether a conversation has something unread for this viewer, or is marked so.
func (v *Viewer) isUnread(e *entry) bool {
	if e.lastVisitor > v.readPos(e.number) {
		return true
	}
	_, marked := v.marked[e.number]
	return marked
}

func (v *Viewer) readPos(n protocol.Number) protocol.Position {
	if p, ok := v.reads[n]; ok {
		return p
	}
	return v.floor
}

// turn changes what a viewer has read of a conversation, or how they marked it, and adapts to that. e may be nil.
func (v *Viewer) turn(e *entry, change func()) {
	if e == nil || !v.may(e) {
		change()
		return
	}
	was := v.isUnread(e)
	change()
	is := v.isUnread(e)
	if was != is {
		v.count(step{old: e, next: e, before: true, after: true, was: was, is: is})
	}
	v.head(e.number, is && v.waits(e)) // a mark may make the difference where it was unread anyway
}

// Advance notes that an operator has read a conversation up to a position, on all of that operator's devices. A first
// position counts even below the floor: somebody given a conversation that waited before they came has that to read.
func (in *Inbox) Advance(operator protocol.OperatorID, n protocol.Number, read protocol.Position) {
	in.own(operator, n, func(v *Viewer) {
		if old, ok := v.reads[n]; !ok || read > old {
			v.reads[n] = read
		}
	})
}

// Mark notes that an operator marked a conversation as unread, or that the mark has ended.
func (in *Inbox) Mark(operator protocol.OperatorID, n protocol.Number, on bool) {
	in.own(operator, n, func(v *Viewer) {
		v.mark(n, on)
	})
}

// mark notes what is stored of a mark now, and that this is newer than what Recall finds.
func (v *Viewer) mark(n protocol.Number, on bool) {
	if delete(v.marked, n); on {
		v.marked[n] = struct{}{}
	}
	if v.told != nil {
		v.told[n] = told{mark: true, position: v.told[n].position}
	}
}

func (in *Inbox) own(operator protocol.OperatorID, n protocol.Number, change func(*Viewer)) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for v := range in.viewers {
		if v.id == operator {
			v.turn(in.entry(n), func() { change(v) })
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
