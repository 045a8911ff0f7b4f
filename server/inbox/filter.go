package inbox

import (
	"slices"

	"beseda/protocol"
)

// facets are what filters ask about; a change that touches none of a filter's needs no asking.
type facets uint8

const (
	ofAssignee facets = 1 << iota
	ofTags
	ofActivity
	ofStatus
	ofLast
	ofReply
	ofUnread
)

// changed tells which facets two states of a conversation differ in; all where there is only one. What is unread differs
// from viewer to viewer, and its facet is never here.
func changed(old, next *entry) (f facets) {
	if old == nil || next == nil {
		return ^facets(0)
	}
	if old.held.Assignee != next.held.Assignee {
		f |= ofAssignee
	}
	if old.marks != next.marks {
		f |= ofTags
	}
	if old.active != next.active {
		f |= ofActivity
	}
	if old.status != next.status {
		f |= ofStatus
	}
	if old.side != next.side {
		f |= ofLast
	}
	if (old.wait == nil) != (next.wait == nil) {
		f |= ofReply
	}
	return f
}

// filter is a protocol.Filter made ready to be asked often.
type filter struct {
	asks       facets
	assignees  set[protocol.OperatorID] // bots among them
	unassigned bool
	channels   set[protocol.ChannelID]
	named      []protocol.TagID // the tags that were asked for
	tags       []protocol.TagID // those of them that there are
	untagged   bool
	pinned     bool
	activities uint8  // 1 active, 2 completed; 0 for any, here and below
	statuses   states //
	last       sides  //
	reply      protocol.Reply
	unread     bool
}

// compile makes a filter ready, for these tags.
func compile(f *protocol.Filter, tags map[protocol.TagID]string) *filter {
	out := &filter{
		assignees: setOf(slices.Concat(f.Assignees, f.Bots)), unassigned: f.Unassigned, channels: setOf(f.Channels),
		named: slices.Clone(f.Tags), tags: living(f.Tags, tags), untagged: f.Untagged, pinned: f.Pinned, reply: f.Reply, unread: f.Unread,
	}
	for _, a := range f.Activities {
		out.activities |= activity(a == protocol.Active)
	}
	for _, s := range f.Statuses {
		out.statuses |= stateOf(s)
	}
	if f.Last != "" {
		out.last = sideOf(f.Last)
	}
	for facet, asked := range map[facets]bool{
		ofAssignee: f.Unassigned || !out.assignees.empty(), ofTags: len(out.tags) > 0 || f.Untagged || f.Pinned,
		ofActivity: out.activities != 0, ofStatus: out.statuses != 0, ofLast: out.last != 0, ofReply: f.Reply != "", ofUnread: f.Unread,
	} {
		if asked {
			out.asks |= facet
		}
	}
	return out
}

// among is a filter as it is among these tags, and whether that is another one: what a tag asked for goes with it.
func (f *filter) among(tags map[protocol.TagID]string) (next *filter, other bool) {
	now := living(f.named, tags)
	if slices.Equal(now, f.tags) {
		return f, false
	}
	out := *f
	if out.tags = now; len(now) > 0 || f.untagged || f.pinned {
		out.asks |= ofTags
	} else {
		out.asks &^= ofTags
	}
	return &out, true
}

// living are those of some tags that there are.
func living(ids []protocol.TagID, tags map[protocol.TagID]string) (out []protocol.TagID) {
	for _, id := range ids {
		if _, lives := tags[id]; lives {
			out = append(out, id)
		}
	}
	return out
}

func activity(active bool) uint8 {
	if active {
		return 1
	}
	return 2
}

// passes tells whether a conversation is of it, for somebody who may read it and for whom it is unread or not.
func (f *filter) passes(e *entry, unread bool) bool {
	switch {
	case f.activities != 0 && f.activities&activity(e.active) == 0,
		f.statuses != 0 && f.statuses&e.status == 0,
		f.last != 0 && f.last != e.side,
		f.reply != "" && (f.reply == protocol.ReplyOwed) != (e.wait != nil),
		f.unread && !unread,
		!f.channels.empty() && !f.channels.has(e.held.channel),
		f.untagged && e.marks != nil:
		return false
	case f.unassigned && e.held.Assignee == "":
	case (f.unassigned || !f.assignees.empty()) && !f.assignees.has(e.held.Assignee):
		return false
	}
	return !(f.pinned || len(f.tags) > 0) || e.marks.bear(f.tags, f.pinned)
}

// set is of ids: asked one by one while they are few.
type set[ID ~string] struct {
	few  []ID
	many map[ID]struct{}
}

const fewIDs = 8

func setOf[ID ~string](ids []ID) (s set[ID]) {
	if len(ids) <= fewIDs {
		s.few = slices.Clone(ids)
		return s
	}
	s.many = make(map[ID]struct{}, len(ids))
	for _, id := range ids {
		s.many[id] = struct{}{}
	}
	return s
}

func (s *set[ID]) empty() bool { return len(s.few) == 0 && len(s.many) == 0 }

func (s *set[ID]) has(id ID) bool {
	if s.many != nil {
		_, ok := s.many[id]
		return ok
	}
	return slices.Contains(s.few, id)
}
