package inbox

import (
	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// neighbours are the nearest live conversations of the thread before and after one that pass; 0 for none. The mutex is
// held.
func (in *Inbox) neighbours(e *entry, passes func(*entry) bool) (before, after protocol.Number) {
	for other := range in.inThread(e.thread) {
		switch {
		case other == e || !passes(other):
		case other.number < e.number:
			return other.number, after
		default:
			after = other.number
		}
	}
	return 0, after
}

func anyOf(*entry) bool { return true }

// Near lists the true neighbours of a conversation: those whose links change where it begins, ends, or is seen by
// others.
func (in *Inbox) Near(n protocol.Number) (near []protocol.Number) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	e := in.entry(n)
	if e == nil {
		return nil
	}
	before, after := in.neighbours(e, anyOf)
	for _, one := range []protocol.Number{before, after} {
		if one != 0 {
			near = append(near, one)
		}
	}
	return near
}

// relate adds to a row what depends on who looks: neighbours, and what they may do here.
func (in *Inbox) relate(row *protocol.Row, v *Viewer, f *face) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	_, row.Marked = v.marked[row.Number]
	row.MayWrite = team.MayWrite(v.member, f.held)
	row.MayAssign = team.MayAssign(v.member, f.held)
	row.MayEnd = row.MayWrite && v.member.May(protocol.RightClose)
	row.MayDelete = v.member.May(protocol.RightDelete)
	row.MayBlock = v.member.May(protocol.RightBlock)
	if row.MayWrite {
		row.HoldMs = f.holdMs
	}
	e := in.entry(row.Number)
	if e == nil {
		return
	}
	row.Previous, row.Next = in.neighbours(e, func(other *entry) bool { return v.may(other) })
	for other := range in.inThread(e.thread) {
		row.Started += one(v.may(other))
	}
	if !row.MayWrite || row.Status == protocol.Closed {
		return
	}
	if before, _ := in.neighbours(e, anyOf); before != 0 {
		if p := in.entry(before); p.contact == e.contact && v.may(p) {
			row.MergeInto = before
		}
	}
}

// Reread takes the positions and marks of all viewers in one conversation from the store, where a split or a merge set
// them and gave it other items. It comes after Update.
func (in *Inbox) Reread(r store.Reader, n protocol.Number) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	e := in.entry(n)
	if e != nil {
		e.dropTail()
	}
	for v := range in.viewers {
		own, known, err := conversation.ReadBy(r, v.id, n)
		if err != nil {
			return err
		}
		v.turn(e, func() {
			if known && own.Delivered != 0 { // otherwise it is a mark alone
				v.reads[n] = own.Read
			}
			if v.mark(n, own.Marked); v.told != nil {
				v.told[n] = told{mark: true, position: true}
			}
		})
	}
	return nil
}
