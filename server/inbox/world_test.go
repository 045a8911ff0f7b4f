package inbox

import (
	"cmp"
	"maps"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

var people = []store.Operator{
	{ID: "01J0000000000000000000ANN0", Role: protocol.RoleAdmin, State: protocol.OperatorActive, CreatedPos: 1},
	{ID: "01J0000000000000000000B0B0", Role: protocol.RoleOperator, State: protocol.OperatorActive, CreatedPos: 40},
	{ID: "01J000000000000000000CAR10", Role: protocol.RoleOperator, State: protocol.OperatorActive, CreatedPos: 2},
	{ID: "01J0000000000000000000B0T0", Role: protocol.RoleOperator, Bot: true, State: protocol.OperatorActive, CreatedPos: 3},
}

var tags = []protocol.TagID{"01J0000000000000000000TAG1", "01J0000000000000000000TAG2", "01J0000000000000000000TAG3"}

// world is the same list kept in the plainest way: all conversations, asked one by one.
type world struct {
	conversations map[protocol.Number]store.Conversation
	contacts      []store.Contact
	channels      []protocol.ChannelID
	reads         map[protocol.OperatorID]map[protocol.Number]store.Receipt
	tags          map[protocol.TagID]bool
	views         map[protocol.ViewID]protocol.View
	limits        bool
	newest        bool // the wait counts from its newest message
	assigned      bool // what somebody has is read by nobody else
	former        bool // who had it goes on reading
}

func newWorld() *world {
	w := &world{
		conversations: map[protocol.Number]store.Conversation{}, reads: map[protocol.OperatorID]map[protocol.Number]store.Receipt{},
		channels: []protocol.ChannelID{"01J00000000000000000CHAN01", "01J00000000000000000CHAN02"},
		tags:     map[protocol.TagID]bool{}, views: map[protocol.ViewID]protocol.View{},
		contacts: []store.Contact{
			{ID: "01J000000000000000000K1RA0", Threads: []protocol.ThreadID{"01J0000000000000000000THR0", "01J0000000000000000000THR2"}},
			{ID: "01J00000000000000000000EV0", Threads: []protocol.ThreadID{"01J0000000000000000000THR1"}},
			{ID: "01J00000000000000000000M1A", Threads: []protocol.ThreadID{"01J0000000000000000000THR3"}},
		},
	}
	for _, o := range people {
		w.reads[o.ID] = map[protocol.Number]store.Receipt{}
	}
	for _, tag := range tags {
		w.tags[tag] = true
	}
	return w
}

// place is where a conversation lies for good.
func (w *world) place(n protocol.Number) (protocol.ThreadID, protocol.ContactID, protocol.ChannelID) {
	threads := []protocol.ThreadID{"01J0000000000000000000THR0", "01J0000000000000000000THR1", "01J0000000000000000000THR2", "01J0000000000000000000THR3"}
	thread := threads[n%4]
	for _, c := range w.contacts {
		if slices.Contains(c.Threads, thread) {
			return thread, c.ID, w.channels[n%2]
		}
	}
	panic("nobody's thread")
}

func (w *world) reads1(o store.Operator, c *store.Conversation) bool {
	m := team.Member{ID: o.ID, Admin: o.Role == protocol.RoleAdmin, Bot: o.Bot}
	held := team.Held{Assignee: c.Assignee, Former: c.Former, Bot: c.Assignee == people[3].ID}
	held.Access.AssignedOnly, held.Access.FormerMayRead = w.assigned, w.former
	return team.MayRead(m, held)
}

func (w *world) unread(o store.Operator, c *store.Conversation) bool {
	own := w.reads[o.ID][c.Number]
	if own.Delivered == 0 { // there is no position, at most a mark
		own.Read = o.CreatedPos
	}
	return own.Marked || c.LastVisitor > own.Read
}

func (w *world) counts(o store.Operator) (unread, active, all int) {
	for _, c := range w.conversations {
		if !w.reads1(o, &c) {
			continue
		}
		all++
		if c.Activity == protocol.Active {
			active++
		}
		heads := c.Activity == protocol.Active || w.reads[o.ID][c.Number].Marked || c.Assignee == o.ID
		unread += one(heads && w.unread(o, &c))
	}
	return unread, active, all
}

// borne are a contact's tags that there still are.
func (w *world) borne(id protocol.ContactID) (all []protocol.ContactTag) {
	for _, c := range w.contacts {
		if c.ID == id {
			for _, t := range c.Tags {
				if w.tags[t.Tag] {
					all = append(all, t)
				}
			}
		}
	}
	return all
}

func (w *world) passes(o store.Operator, f *protocol.Filter, c *store.Conversation) bool {
	if !w.reads1(o, c) {
		return false
	}
	if responsible := slices.Concat(f.Assignees, f.Bots); len(responsible) > 0 || f.Unassigned {
		if c.Assignee == "" && !f.Unassigned || c.Assignee != "" && !slices.Contains(responsible, c.Assignee) {
			return false
		}
	}
	borne := w.borne(c.Contact)
	for _, tag := range f.Tags {
		if w.tags[tag] && !slices.ContainsFunc(borne, func(t protocol.ContactTag) bool { return t.Tag == tag && (t.Pinned || !f.Pinned) }) {
			return false
		}
	}
	pinned := slices.ContainsFunc(borne, func(t protocol.ContactTag) bool { return t.Pinned })
	side := protocol.SideTeam
	if c.LastActor.Kind == protocol.ActorVisitor {
		side = protocol.SideVisitor
	}
	reply := protocol.ReplyGiven
	if c.Wait != nil {
		reply = protocol.ReplyOwed
	}
	return (len(f.Channels) == 0 || slices.Contains(f.Channels, c.Channel)) &&
		(!f.Untagged || len(borne) == 0) && (!f.Pinned || pinned) &&
		(len(f.Activities) == 0 || slices.Contains(f.Activities, c.Activity)) &&
		(len(f.Statuses) == 0 || slices.Contains(f.Statuses, c.Status)) &&
		(f.Last == "" || f.Last == side) && (f.Reply == "" || f.Reply == reply) && (!f.Unread || w.unread(o, c))
}

func (w *world) since(c *store.Conversation) int64 {
	switch {
	case c.Wait == nil:
		return 0
	case w.newest:
		return c.Wait.Last
	}
	return c.Wait.Since
}

func (w *world) sorting(look *protocol.InboxLook) sorting {
	if w.limits && look.Order != protocol.OrderActivity {
		return sorting{protocol.OrderProcessing, true}
	}
	return sorting{protocol.OrderActivity, w.limits}
}

func (w *world) list(o store.Operator, look *protocol.InboxLook) (numbers []protocol.Number) {
	var list []store.Conversation
	for _, c := range w.conversations {
		if w.passes(o, &look.Filter, &c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b store.Conversation) int {
		if w.sorting(look).order == protocol.OrderProcessing {
			switch x, y := w.since(&a), w.since(&b); {
			case x != 0 && y != 0:
				return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Number, b.Number))
			case x != 0:
				return -1
			case y != 0:
				return 1
			}
		}
		return cmp.Or(cmp.Compare(b.LastAt, a.LastAt), cmp.Compare(b.Number, a.Number))
	})
	for _, c := range list {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

func (w *world) picks(list []protocol.Number) (all []protocol.Pick) {
	for _, n := range slices.Sorted(slices.Values(list)) {
		all = append(all, protocol.Pick{Number: n, Last: w.conversations[n].LastPosition})
	}
	return all
}

func (w *world) tagCounts(list []protocol.Number, pinned bool) map[protocol.TagID]int {
	counts := map[protocol.TagID]int{}
	for _, n := range list {
		for _, t := range w.borne(w.conversations[n].Contact) {
			if t.Pinned || !pinned {
				counts[t.Tag]++
			}
		}
	}
	return counts
}

// pinned are the tags that are pinned somewhere, in a list of pinned ones.
func (w *world) pinned(o store.Operator, f *protocol.Filter) map[protocol.TagID]bool {
	all := map[protocol.TagID]bool{}
	for _, c := range w.conversations {
		for _, t := range w.borne(c.Contact) {
			if t.Pinned && f.Pinned && w.reads1(o, &c) {
				all[t.Tag] = true
			}
		}
	}
	return all
}

func (w *world) viewCounts(o store.Operator) map[protocol.ViewID]int {
	counts := map[protocol.ViewID]int{}
	if o.Bot {
		return counts
	}
	for _, id := range protocol.BuiltInViews {
		f, _ := protocol.BuiltInFilter(id, o.ID)
		counts[id] = len(w.list(o, &protocol.InboxLook{Filter: f}))
	}
	for id, v := range maps.All(w.views) {
		if v.Shared || v.Owner == o.ID {
			counts[id] = len(w.list(o, &protocol.InboxLook{Filter: v.Filter}))
		}
	}
	return counts
}
