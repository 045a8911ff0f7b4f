package inbox

import (
	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// rules is what the access rule asks beside a conversation's own row: what its channel says, who is a bot, and what
// people may. It is read anew where one of them changes.
type rules struct {
	access  map[protocol.ChannelID]team.Access
	newest  map[protocol.ChannelID]bool  // waits count from their newest message
	limits  bool                         // somewhere there is a limit for answering
	given   map[protocol.ChannelID]given // where the allocation bot gives conversations out
	bots    map[protocol.OperatorID]bool
	members map[protocol.OperatorID]team.Member // of active accounts
}

func readRules(r store.Reader) (rules, error) {
	out := rules{
		access: map[protocol.ChannelID]team.Access{}, newest: map[protocol.ChannelID]bool{}, given: map[protocol.ChannelID]given{},
		bots: map[protocol.OperatorID]bool{}, members: map[protocol.OperatorID]team.Member{},
	}
	for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
		if err != nil {
			return out, err
		}
		if out.access[ch.Channel.ID], err = team.AccessIn(r, ch.Channel.ID); err != nil {
			return out, err
		}
		p, err := policy.Of(r, ch.Channel.ID)
		if err != nil {
			return out, err
		}
		out.newest[ch.Channel.ID] = p.LastVisitor
		out.limits = out.limits || p.ReplyLimit > 0
		if p.AllocateNew || p.AllocateAbsent > 0 {
			out.given[ch.Channel.ID] = given{fresh: p.AllocateNew, absent: p.AllocateAbsent}
		}
	}
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return out, err
		}
		if o.Bot {
			out.bots[o.ID] = true
		}
		if o.State != protocol.OperatorActive {
			continue
		}
		if out.members[o.ID], err = team.MemberOf(r, &o); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (s *rules) held(who protocol.OperatorID, former []protocol.OperatorID, channel protocol.ChannelID) *held {
	return &held{
		Held:    team.Held{Assignee: who, Former: former, Access: s.access[channel], Bot: s.bots[who]},
		channel: channel, newest: s.newest[channel],
	}
}

// mayRead asks the access rule; an account that is not active may nothing.
func (s *rules) mayRead(who protocol.OperatorID, h team.Held) bool {
	m, active := s.members[who]
	return active && team.MayRead(m, h)
}

// maxGained is how many of the newest rows, active and completed each, a viewer is shown at once who may see more than
// before: what is below is asked for in pages anyway.
const maxGained = protocol.InboxPage

// Ruled is whose sight other rules have changed.
type Ruled struct {
	// Lost is what somebody no longer sees, in no order.
	Lost map[*Viewer][]protocol.Number
	// Gained is what somebody sees now and did not before.
	Gained map[*Viewer][]protocol.Number
	// Members are the people who may do other things now than before, with or without effect on what they see.
	Members map[protocol.OperatorID]bool
}

// Rule takes in that policies, channels, teams, groups or accounts are others now, by the event at a position.
func (in *Inbox) Rule(r store.Reader, at protocol.Position) (Ruled, error) {
	out := Ruled{
		Lost: map[*Viewer][]protocol.Number{}, Gained: map[*Viewer][]protocol.Number{},
		Members: map[protocol.OperatorID]bool{},
	}
	next, err := readRules(r)
	if err != nil {
		return out, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	before := in.rules
	in.rules, in.held = next, make(map[holder]*held)
	for v := range in.viewers {
		if next.members[v.id] != v.member {
			out.Members[v.id] = true
		}
	}
	in.forget(at) // who reads the state of before keeps nothing of it
	shown := map[*Viewer][2]int{}
	for _, n := range in.newestFirst() {
		e := in.entry(n)
		old := *e
		e.held = in.hold(old.held.Assignee, old.held.Former, old.held.channel)
		in.move(&old, e)
		same := e.held.Bot == old.held.Bot && before.access[e.held.channel].Same(e.held.Access)
		if same && len(out.Members) == 0 {
			continue
		}
		for v := range in.viewers {
			if same && !out.Members[v.id] {
				continue
			}
			saw, sees := v.may(&old), next.mayRead(v.id, e.held.Held)
			v.adapt(&old, e, saw, sees, 0)
			switch counts := shown[v]; {
			case saw && !sees:
				out.Lost[v] = append(out.Lost[v], e.number)
			case sees && !saw && v.lens.gains(e, v.isUnread(e)) && counts[one(e.active)] < maxGained:
				out.Gained[v] = append(out.Gained[v], e.number)
				counts[one(e.active)]++
				shown[v] = counts
			}
		}
	}
	for v := range in.viewers {
		v.be(next.members[v.id])
		v.stale = v.stale || v.sorted != in.sorting(v)
	}
	return out, nil
}

// newestFirst are all conversations by activity.
func (in *Inbox) newestFirst() []protocol.Number {
	numbers := make([]protocol.Number, 0, len(in.entries)*slab)
	for k := range in.all.activity.down() {
		numbers = append(numbers, k.number())
	}
	return numbers
}
