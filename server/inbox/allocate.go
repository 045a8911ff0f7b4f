package inbox

import (
	"slices"

	"beseda/protocol"
)

// given is what the allocation bot gives out in a channel: what nobody ever had, and what waits for somebody who has been
// offline for so many milliseconds; 0 for never.
type given struct {
	fresh  bool
	absent int64
}

// Allocable is a conversation that waits for an answer and that the allocation bot is to give to somebody.
type Allocable struct {
	Number protocol.Number
	// Assignee is who has it and is away; empty for nobody.
	Assignee protocol.OperatorID
	// Among are those of them who are online and may be given it, at least one, in the order in which they were asked
	// about. It must not be changed.
	Among []protocol.OperatorID
}

// Allocates tells whether conversations are given out anywhere.
func (in *Inbox) Allocates() bool {
	in.mu.RLock()
	defer in.mu.RUnlock()
	return len(in.rules.given) > 0
}

// Allocable lists the conversations that somebody online can be given now, the longest wait first, at most so many. away
// tells for how many milliseconds somebody has been offline, 0 for who is not; it is called with the inbox's mutex held.
// Of what nobody has, nobody is given what they had before: somebody put it back.
func (in *Inbox) Allocable(online []protocol.OperatorID, away func(protocol.OperatorID) int64, limit int) (out []Allocable) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	among := map[protocol.ChannelID][]protocol.OperatorID{}
	for id := range in.rules.given {
		among[id] = in.serving(id, online)
	}
	for k := range in.all.waiting.down() {
		if len(out) == limit {
			break
		}
		e := in.entry(k.number())
		g, who := in.rules.given[e.held.channel], among[e.held.channel]
		if e.held.Assignee == "" {
			who = without(who, e.held.Former)
		}
		if len(who) > 0 && in.allocates(g, e.held.Assignee, away) {
			out = append(out, Allocable{Number: e.number, Assignee: e.held.Assignee, Among: who})
		}
	}
	return out
}

// allocates tells whether what somebody has, or nobody, is given out.
func (in *Inbox) allocates(g given, assignee protocol.OperatorID, away func(protocol.OperatorID) int64) bool {
	switch {
	case assignee == "":
		return g.fresh
	case g.absent == 0 || in.rules.bots[assignee]:
		return false
	}
	gone := away(assignee)
	return gone > 0 && gone >= g.absent
}

// serving are those who may be given conversations of a channel: people with an active account, of its team. The mutex is
// held.
func (in *Inbox) serving(id protocol.ChannelID, online []protocol.OperatorID) (who []protocol.OperatorID) {
	for _, one := range online {
		if m, active := in.rules.members[one]; active && !m.Bot && in.rules.access[id].Serves(one) {
			who = append(who, one)
		}
	}
	return who
}

func without(all, some []protocol.OperatorID) []protocol.OperatorID {
	if !slices.ContainsFunc(all, func(id protocol.OperatorID) bool { return slices.Contains(some, id) }) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(id protocol.OperatorID) bool { return slices.Contains(some, id) })
}

// Busy counts how many active conversations each of the team has.
func (in *Inbox) Busy() map[protocol.OperatorID]int {
	in.mu.RLock()
	defer in.mu.RUnlock()
	busy := map[protocol.OperatorID]int{}
	for k := range in.active.activity.down() {
		if who := in.entry(k.number()).held.Assignee; who != "" {
			busy[who]++
		}
	}
	return busy
}
