package desk_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"beseda/protocol"
)

// channels are the channels of an office, each with policies of its own.
type channels struct {
	ids    []protocol.ChannelID
	values []refPolicy
	own    []map[string]bool // which of them are the channel's own, the others being the defaults
}

// choices are values that sequences choose between, those of the table's short words and times that a step may meet.
var choices = map[string][]string{
	"inbound.closed":                {"new", "reopen", "reopen_within:5m", "reopen_within:10m"},
	"inbound.open":                  {"reactivate", "reactivate", "reactivate", "new"},
	"inbound.pending":               {"reactivate", "reactivate", "reactivate", "new"},
	"outbound.completed":            {"reactivate", "keep"},
	"outbound.closed":               {"reopen", "new", "keep", "forbid"},
	"complete.statuses":             {"open,pending,closed", "open,pending,closed", "closed", "pending,closed"},
	"autocomplete.after":            {"10m", "10m", "5m", "1h", "off"},
	"autocomplete.status":           {"by_last_author", "by_last_author", "closed", "pending", "open"},
	"autocomplete.unassigned_after": {"same", "same", "off", "8m", "1h"},
	"autocomplete.warn_before":      {"2m", "2m", "0s", "4m"},
	"autocomplete.hold_for":         {"5m", "1m", "0s"},
	"split.enabled":                 {"true", "true", "true", "false"},
	"access.read":                   {"team", "team", "assigned"},
	"reassign.previous_can_read":    {"false", "true"},
	"claim_on_reply":                {"true", "true", "false"},
	"bot.ends_wait":                 {"false", "true"},
	"sla.clock":                     {"first_unanswered", "last_visitor"},
	"sla.warn":                      {"off", "30s", "1m", "5m"},
	"sla.limit":                     {"off", "2m", "10m"},
	"reaction.restarts_timer":       {"true", "false"},
	"offline_delivery":              {"queue", "fail_after:1m", "fail_after:10s", "fail_after:10m"},
}

// newChannels makes some, and chooses until the table lets the values stand together.
func newChannels(o *office, rnd *rand.Rand) *channels {
	c := &channels{}
	for range 12 {
		made := o.eve.must(o.eve.run("", &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Shop", Color: "#0a7d4f"}}))
		id := protocol.ChannelID(made.Made)
		values, own := defaults(), map[string]bool{}
		for {
			cmd := &protocol.PolicyChange{Channel: id}
			for _, key := range slices.Sorted(maps.Keys(choices)) {
				if value := choices[key][rnd.IntN(len(choices[key]))]; value != values[key] {
					cmd.Values = append(cmd.Values, protocol.PolicyValue{Key: key, Value: value})
				}
			}
			if _, err := o.eve.run("", cmd); err == nil {
				for _, v := range cmd.Values {
					values[v.Key], own[v.Key] = v.Value, true
				}
				break
			}
		}
		c.ids, c.values, c.own = append(c.ids, id), append(c.values, values), append(c.own, own)
	}
	return c
}

// defaults are the column "Beseda default" of §3, as far as these tests choose.
func defaults() refPolicy {
	return refPolicy{
		"inbound.closed": "new", "inbound.open": "reactivate", "inbound.pending": "reactivate", "outbound.completed": "reactivate",
		"outbound.closed": "reopen", "complete.statuses": "open,pending,closed", "autocomplete.after": "10m",
		"autocomplete.status": "by_last_author", "autocomplete.unassigned_after": "same", "autocomplete.warn_before": "2m",
		"autocomplete.hold_for": "5m", "split.enabled": "true", "access.read": "team", "reassign.previous_can_read": "false",
		"claim_on_reply": "true", "bot.ends_wait": "false", "sla.clock": "first_unanswered", "sla.warn": "off", "sla.limit": "off",
		"reaction.restarts_timer": "true", "offline_delivery": "queue",
	}
}

func (c *channels) pick(rnd *rand.Rand) (id protocol.ChannelID, values refPolicy, own map[string]bool) {
	i := rnd.IntN(len(c.ids))
	return c.ids[i], c.values[i], c.own[i]
}

// act chooses one thing, does it on both sides, and says what it was and how both answered.
func (s *story) act() (what deed, got, want string) {
	m, o := s.model, s.o
	who := s.staff[s.rnd.IntN(len(s.staff))]
	n := s.number()
	last := s.seen(n)
	s.moved = false
	status := pickOf(s.rnd, protocol.Open, protocol.Pending, protocol.Closed)
	team := func(name string, cmd protocol.Body, model func() string) (deed, string, string) {
		m.by = who.name
		if m.people[who.id()].bot {
			m.by = "bot"
		}
		_, err := who.run("", cmd)
		want := "unauthorized"
		if !m.people[who.id()].off {
			want = model()
		}
		return deed{name: name, who: "by " + who.name, n: n, cmd: cmd}, answer(err), want
	}
	visitor := func(name string, cmd protocol.Body, model func() string) (deed, string, string) {
		m.by = "visitor"
		_, err := s.kira.run("", cmd)
		return deed{name: name, n: n, cmd: cmd}, answer(err), model()
	}
	switch k := s.rnd.IntN(47); {
	case k >= 46:
		s.moved = true
		return team("erases", &protocol.ConversationDelete{Conversation: n}, func() string { return m.erases(who.id(), n) })
	case k >= 40:
		return s.contact(visitor, team, who, n)
	case k < 9 || !m.known && k < 36:
		return visitor("says", &protocol.MessageSend{Text: "x"}, m.says)
	case k < 14:
		return team("replies", &protocol.MessageSend{Conversation: n, Text: "x"}, func() string { return m.replies(who.id(), n) })
	case k < 15:
		if !m.known {
			break
		}
		return team("starts", &protocol.ConversationStart{Thread: s.thread(), Text: "x"}, func() string { return m.starts(who.id()) })
	case k < 17:
		return team("completes", &protocol.ConversationComplete{Conversation: n, Status: status, Last: last},
			func() string { return m.completes(who.id(), n, status, last) })
	case k < 20:
		return team("setsStatus", &protocol.StatusChange{Conversation: n, Status: status, Last: last},
			func() string { return m.setsStatus(who.id(), n, status, last) })
	case k < 21:
		return visitor("visitorCloses", &protocol.ConversationClose{Conversation: n}, func() string { return m.visitorCloses(n) })
	case k < 22:
		return team("reopens", &protocol.ConversationReopen{Conversation: n}, func() string { return m.reopens(who.id(), n) })
	case k < 23:
		return team("postpones", &protocol.CompletionPostpone{Conversation: n}, func() string { return m.postpones(who.id(), n) })
	case k < 24:
		return team("waives", &protocol.ReplyWaive{Conversation: n, Last: last}, func() string { return m.waives(who.id(), n, last) })
	case k < 25:
		return team("notes", &protocol.NoteAdd{Conversation: n, Text: "x"}, func() string { return m.notes(who.id(), n) })
	case k < 26:
		subject := pickOf(s.rnd, "", "Refund", "Refund of order 17")
		return team("names", &protocol.SubjectChange{Conversation: n, Subject: subject}, func() string { return m.names(who.id(), n, subject) })
	case k < 29:
		to := pickOf(s.rnd, "", o.eve.id(), o.ann.id(), o.bob.id(), o.robot.id())
		s.moved = true
		return team("assigns", &protocol.ConversationAssign{Conversation: n, Assignee: to}, func() string { return m.assigns(who.id(), n, to) })
	case k < 30:
		return s.react(visitor, team, who, n)
	case k < 31:
		at := position(0)
		if len(m.items) > 0 {
			at = m.items[s.rnd.IntN(len(m.items))].at
		}
		return team("reads", &protocol.ReceiptAdvance{Conversation: n, Delivered: at, Read: at / 2 * 2},
			func() string { return m.reads(who.id(), n, at, at/2*2) })
	case k < 34:
		from := position(1)
		for _, c := range m.convs {
			if c.splitFrom != 0 && s.rnd.IntN(5) > 0 {
				n, from = c.number, c.splitFrom
			}
		}
		s.moved = true
		return team("splits", &protocol.MessagesSplit{Conversation: n, From: from}, func() string { return m.splits(who.id(), n, from) })
	case k < 37:
		into := s.number()
		if c := m.conv(n); c != nil && c.mergedInto == 0 && s.rnd.IntN(5) > 0 {
			if p := m.before(c); p != nil {
				into = p.number
			}
		}
		s.moved = true
		return team("merges", &protocol.ConversationMerge{Conversation: n, Into: into}, func() string { return m.merges(who.id(), n, into) })
	case k < 38:
		whom := pickOf(s.rnd, o.ann, o.bob, o.robot)
		who = o.eve
		if s.rnd.IntN(3) == 0 {
			return team("deactivates", &protocol.OperatorDeactivate{Operator: whom.id()}, func() string { return m.deactivates(whom.id()) })
		}
		return team("activates", &protocol.OperatorActivate{Operator: whom.id()}, func() string { return m.activates(whom.id()) })
	}
	return s.setPolicy()
}

// setPolicy changes one key of the channel. Whether values stand together is another test's question.
func (s *story) setPolicy() (what deed, got, want string) {
	m := s.model
	key := pickOf(s.rnd, slices.Sorted(maps.Keys(choices))...)
	value := pickOf(s.rnd, choices[key]...)
	_, err := s.o.eve.run("", &protocol.PolicyChange{Channel: s.kira.call.Channel, Values: []protocol.PolicyValue{{Key: key, Value: value}}})
	got, what = answer(err), deed{name: "sets", cmd: key + " " + value}
	if strings.HasPrefix(got, "invalid field=") {
		return what, got, got
	}
	if m.policy[key] != value || !s.own[key] {
		m.by = s.o.eve.name
		m.last++
		m.events = append(m.events, refEvent{protocol.KindPolicySet, 0, m.by})
		s.own[key] = true
		m.sets(key, value)
	}
	return what, got, ""
}

type asked func(name string, cmd protocol.Body, model func() string) (deed, string, string)

func (s *story) react(visitor, team asked, who person, n number) (deed, string, string) {
	m := s.model
	at := position(7)
	if len(m.items) > 0 {
		at = m.items[s.rnd.IntN(len(m.items))].at
	}
	for _, i := range m.items {
		if i.message() && s.rnd.IntN(3) == 0 {
			at = i.at
			if s.rnd.IntN(3) > 0 {
				n = i.conv
			}
		}
	}
	on := s.rnd.IntN(3) > 0
	whose := operator("")
	ask := visitor
	if s.rnd.IntN(2) == 0 {
		whose, ask = who.id(), team
	}
	mark := fmt.Sprint(whose, at)
	var cmd protocol.Body = &protocol.ReactionAdd{Conversation: n, Position: at, Emoji: "👍"}
	if !on {
		cmd = &protocol.ReactionWithdraw{Conversation: n, Position: at, Emoji: "👍"}
	}
	return ask("reacts", cmd, func() string {
		refused := m.reacts(whose, n, at, s.has[mark], on)
		if refused == "" {
			s.has[mark] = on
		}
		return refused
	})
}

// number is one of the thread's, or none.
func (s *story) number() number {
	if len(s.model.convs) == 0 || s.rnd.IntN(30) == 0 {
		return s.model.next + 5
	}
	// Mostly one of the newest.
	return s.model.convs[len(s.model.convs)-1-min(s.rnd.IntN(len(s.model.convs)), s.rnd.IntN(4))].number
}

// seen is what an operator may have seen of a conversation last: all of it, not all, or 0 for who looks at nothing.
func (s *story) seen(n number) position {
	c := s.model.conv(n)
	if c == nil {
		return 0
	}
	switch s.rnd.IntN(4) {
	case 0:
		return 0
	case 1:
		return max(1, s.model.lastOf(c)-2)
	}
	return s.model.lastOf(c)
}

func (s *story) thread() (id protocol.ThreadID) {
	return s.o.conv(s.model.convs[0].number).Thread
}

func pickOf[T any](rnd *rand.Rand, from ...T) T { return from[rnd.IntN(len(from))] }

// code is an answer without what it says of this case alone.
func code(answer string) string {
	for _, word := range []string{"conflict active", "conflict merged_into", "invalid"} {
		if strings.HasPrefix(answer, word) {
			return word
		}
	}
	return answer
}
