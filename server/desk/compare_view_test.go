package desk_test

import (
	"bytes"
	"maps"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// view is what both sides know of a conversation.
type view struct {
	Number                         number
	Active                         bool
	Status                         protocol.Status
	Since, Closed                  int64
	Assignee                       operator
	Former                         []operator
	Subject                        string
	SplitFrom                      position
	SplitStatus                    protocol.Status
	Deadline, AnnounceAt           int64
	Announced                      bool
	Waits                          position
	WaitsSince, WarnAt, LimitAt    int64
	FailAt                         int64
	Merged                         number
	Erased                         bool
	Last, LastMessage, LastVisitor position
	Team                           refRead
}

func (s *story) modelView(c *refConv) view {
	if c.erased {
		return view{Number: c.number, Erased: true}
	}
	if c.mergedInto != 0 {
		return view{Number: c.number, Merged: c.mergedInto}
	}
	m := s.model
	v := view{Number: c.number, Active: c.active, Status: c.status, Since: c.statusSince, Closed: c.closedAt,
		Assignee: c.assignee, Former: slices.Sorted(maps.Keys(c.former)), Subject: c.subject, SplitFrom: c.splitFrom,
		Deadline: c.deadline, AnnounceAt: c.announceAt, Announced: c.announced, WarnAt: c.warnAt, LimitAt: c.limitAt, FailAt: c.failAt,
		Last: m.lastOf(c), LastMessage: m.newestOf(c, (*refItem).message), LastVisitor: m.newestOf(c, (*refItem).unread), Team: c.team}
	if c.splitFrom != 0 {
		v.SplitStatus = c.splitStatus
	}
	if first := m.awaiting(c); first != nil {
		v.Waits, v.WaitsSince = first.at, first.time
	}
	return v
}

func (s *story) storedView(c *store.Conversation) view {
	if c.ErasedAt != 0 {
		return view{Number: c.Number, Erased: true}
	}
	if c.MergedInto != 0 {
		return view{Number: c.Number, Merged: c.MergedInto}
	}
	v := view{Number: c.Number, Active: c.Activity == protocol.Active, Status: c.Status, Since: c.StatusSince, Closed: c.ClosedAt,
		Assignee: c.Assignee, Former: slices.Sorted(slices.Values(c.Former)), Subject: c.Subject, Deadline: c.Deadline,
		AnnounceAt: c.AnnounceAt, Announced: c.Announced, Last: c.LastPosition, LastMessage: c.LastMessage, LastVisitor: c.LastVisitor,
		Team: refRead{c.TeamDelivered, c.TeamRead}}
	now := s.o.clock.Load()
	if c.Deadline <= now { // what came due while it was off stands there, and does nothing
		v.Deadline, v.AnnounceAt, v.Announced = 0, 0, false
	}
	if c.AnnounceAt <= now {
		v.AnnounceAt = 0
	}
	if c.FailAt > now {
		v.FailAt = c.FailAt
	}
	if c.Offer != nil {
		v.SplitFrom, v.SplitStatus = c.Offer.From, c.Offer.Status
	}
	if c.Wait != nil {
		v.Waits, v.WaitsSince = c.Wait.From, c.Wait.Since
		if !c.Wait.Warned && c.WarnAt > now {
			v.WarnAt = c.WarnAt
		}
		if !c.Wait.Exceeded && c.LimitAt > now {
			v.LimitAt = c.LimitAt
		}
	}
	return v
}

// row is a conversation as it was last found, and what that says.
type row struct {
	bytes  []byte
	stored store.Conversation
}

// row reads a conversation; most are as they were a step ago.
func (s *story) row(r store.Reader, n number) (*store.Conversation, error) {
	key := store.Conversations.Key(store.Num(n))
	value, err := r.Get(key)
	if err != nil {
		return nil, err
	}
	if old, ok := s.rows[n]; ok && bytes.Equal(old.bytes, value) {
		return &old.stored, nil
	}
	conv, err := store.Conversations.Decode(key, value)
	s.rows[n] = row{value, conv}
	return &conv, err
}
