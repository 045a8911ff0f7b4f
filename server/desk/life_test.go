package desk_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
)

// The examples ("A:") about the life of a conversation that the desk alone can show, each under its id. Their #41 is #1
// here, and their clock starts at noon.

// talk is Kira's conversation #1 that Ann has answered.
func talk(t *testing.T, policies ...string) *office {
	t.Helper()
	o := newOffice(t, nil)
	if len(policies) > 0 {
		o.sets(policies...)
	}
	o.kira.must(o.kira.says("m1"))
	o.ann.must(o.ann.replies(1, "m2"))
	return o
}

// kinds are the events of a conversation after a position, in words.
func (o *office) tells(n protocol.Number, after protocol.Position) (out []string) {
	o.t.Helper()
	for _, ev := range o.events(after) {
		if ev.Conversation == n {
			who := ev.Actor.Name
			if ev.Actor.Kind != protocol.ActorOperator {
				who = string(ev.Actor.Kind)
			}
			out = append(out, string(ev.Kind)+" by "+who)
		}
	}
	return out
}

func (o *office) wants(what string, got, want any) {
	o.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("%s, want - got +\n%s", what, diff)
	}
}

func TestCLO02AReturningCustomerReopensIt(t *testing.T) {
	t.Parallel()
	o := talk(t, "preset", "amo")
	o.ann.must(o.ann.sets(1, protocol.Closed))
	o.pass(time.Hour)
	before := o.last()
	o.kira.must(o.kira.says("m3"))
	o.wants("events", o.tells(1, before), []string{"conversation.reopened by visitor", "message.sent by visitor"})
	o.wants("state", o.now(1), "A/open")
	o.wants("assignee", o.conv(1).Assignee, o.ann.id())
	o.wants("unread", o.unread(o.ann, 1), 1)
}

func TestCLO04ACustomersMessageOpensItForWhoeverHasItNow(t *testing.T) {
	t.Parallel()
	o := talk(t, "preset", "retail")
	o.ann.must(o.ann.closes(1))
	o.eve.must(o.eve.assigns(1, o.bob))
	o.wants("still", o.now(1), "C/closed")
	o.kira.must(o.kira.says("m3"))
	o.wants("state", o.now(1), "A/open")
	o.wants("assignee", o.conv(1).Assignee, o.bob.id())
	o.wants("Bob's unread", o.unread(o.bob, 1), 1)
}

func TestCLO05AnOperatorsMessageOpensItAndANoteDoesNot(t *testing.T) {
	t.Parallel()
	o := talk(t, "preset", "retail")
	o.ann.must(o.ann.closes(1))
	o.ann.must(o.ann.notes(1, "asked twice"))
	o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
	o.wants("still", o.now(1), "C/closed")
	before := o.last()
	o.ann.must(o.ann.replies(1, "One more thing"))
	o.wants("events", o.tells(1, before)[0], "conversation.reopened by Ann")
	o.wants("state", o.now(1), "A/open")
}

func TestCLO08TheDifferenceIsASetting(t *testing.T) {
	t.Parallel()
	for preset, want := range map[string]string{"amo": "reopened #1", "omni": "new #2", "retail": "reopened #1"} {
		t.Run(preset, func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			o.ann.must(o.ann.closes(1))
			o.sets("preset", preset, "record.rule", "off")
			o.wants("past conversations stay", o.now(1), "C/closed")
			got := "new #"
			if n := o.kira.must(o.kira.says("m3")).Conversation; n == 1 {
				got = "reopened #1"
			} else {
				got += n.String()
			}
			o.wants("a message after closing", got, want)
		})
	}
}

func TestCLO09OpeningAndClosingAreRecordedWithTheirAuthor(t *testing.T) {
	t.Parallel()
	o := talk(t, "preset", "retail")
	o.kira.must(o.kira.reads(0, o.last(), 0)) // she is there
	before := o.last()
	o.pass(24 * time.Hour)
	o.kira.must(o.kira.says("m3"))
	o.wants("the ribbon", o.tells(1, before), []string{
		"conversation.closed by timer", "conversation.reopened by visitor", "message.sent by visitor"})
}

func TestCMP02CompletedIsNotClosed(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for i, status := range []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		v := o.visitor(string(status))
		n := v.must(v.says("hello")).Conversation
		o.eve.must(o.eve.completes(n, status))
		o.wants("state", o.now(protocol.Number(i+1)), "C/"+string(status))
	}
}

func TestCMP04TheThreeChoicesAreOneTransition(t *testing.T) {
	t.Parallel()
	for _, status := range []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			before := o.last()
			o.ann.must(o.ann.completes(1, status))
			kind := "conversation.completed"
			if status == protocol.Closed {
				kind = "conversation.closed"
			}
			o.wants("events", o.tells(1, before), []string{kind + " by Ann"})
			o.wants("state", o.now(1), "C/"+string(status))
		})
	}
}

func TestCMP04AMessageThatWasNotSeenIsShownFirst(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		do   func(o *office, last protocol.Position) error
	}{
		{"ending the chat", func(o *office, last protocol.Position) error {
			return by(o.ann.do(protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: protocol.Pending, Last: last}))
		}},
		{"setting pending", func(o *office, last protocol.Position) error {
			return by(o.ann.do(protocol.KindStatusChange, &protocol.StatusChange{Conversation: 1, Status: protocol.Pending, Last: last}))
		}},
		{"closing", func(o *office, last protocol.Position) error {
			return by(o.ann.do(protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1, Last: last}))
		}},
		{"no reply needed", func(o *office, last protocol.Position) error {
			return by(o.ann.do(protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: 1, Last: last}))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			seen := o.conv(1).LastPosition
			o.kira.must(o.kira.says("wait, one more"))
			before := o.last()
			if got := answer(tc.do(o, seen)); got != "conflict new_message" {
				t.Errorf("answered %q", got)
			}
			o.wants("events", o.tells(1, before), []string(nil))
			if err := tc.do(o, o.conv(1).LastPosition); err != nil { // a second confirmation goes through
				t.Error(err)
			}
		})
	}
}

func TestCMP04ANoteOfAColleagueIsNoMessageToHaveSeen(t *testing.T) {
	t.Parallel()
	o := talk(t)
	seen := o.conv(1).LastPosition
	o.bob.must(o.bob.notes(1, "psst"))
	o.ann.must(o.ann.do(protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: protocol.Open, Last: seen}))
}

func TestCMP05EachWayOfCompletingNamesItsCause(t *testing.T) {
	t.Parallel()
	for want, do := range map[string]func(*office){
		"conversation.completed by timer": func(o *office) { o.pass(10 * time.Minute) },
		"conversation.completed by Ann":   func(o *office) { o.ann.must(o.ann.completes(1, protocol.Open)) },
		"conversation.closed by visitor":  func(o *office) { o.kira.must(o.kira.closes(1)) },
		"conversation.completed by bot":   func(o *office) { o.robot.must(o.robot.completes(1, protocol.Pending)) },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			before := o.last()
			do(o)
			got := o.tells(1, before)
			o.wants("event", got[len(got)-1], want)
		})
	}
}

func TestCMP06ACompletedConversationRemainsUsable(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Pending))
	o.ann.must(o.ann.notes(1, "will call"))
	o.ann.must(o.ann.names(1, "Boots"))
	o.wants("after a note and a subject", o.now(1), "C/pending")
	o.ann.must(o.ann.replies(1, "m3"))
	o.wants("after a reply", o.now(1), "A/open")
	if o.conv(1).Offer != nil {
		t.Error("a reply offers no split")
	}
}

func TestSTA01ANewMessageMakesItOpen(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.sets(1, protocol.Pending))
	before := o.last()
	o.kira.must(o.kira.says("m3"))
	o.wants("events", o.tells(1, before), []string{"status.set by visitor", "message.sent by visitor"})
	o.wants("state", o.now(1), "A/open")
}

func TestSTA02PendingStaysPending(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.kira.must(o.kira.says("m3"))
	o.ann.must(o.ann.completes(1, protocol.Pending))
	if o.conv(1).Wait != nil {
		t.Error("it waits")
	}
	o.pass(30 * 24 * time.Hour)
	o.wants("after 30 days", o.now(1), "C/pending")
}

func TestSTA04ClosedByHandFromWhereItStands(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	before := o.last()
	o.ann.must(o.ann.closes(1)) // the list sends the same
	o.wants("event", o.tells(1, before), []string{"conversation.closed by Ann"})
	o.wants("state", o.now(1), "C/closed")
}

func TestSTA07ClosedByTheCustomer(t *testing.T) {
	t.Parallel()
	o := talk(t)
	before := o.last()
	o.kira.must(o.kira.closes(1))
	o.wants("event", o.tells(1, before), []string{"conversation.closed by visitor"})
	o.wants("state", o.now(1), "C/closed")
	if !o.conv(1).Solved {
		t.Error("the visitor's own list does not say who ended it")
	}
	if _, err := o.lev.closes(1); answer(err) != "not_found" {
		t.Errorf("another visitor is answered %v", err)
	}
}

func TestSTA08ClosedImpliesCompleted(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.robot.must(o.robot.sets(1, protocol.Closed))
	o.wants("state", o.now(1), "C/closed")
}

func TestAUT01TenIdleMinutes(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.pass(9*time.Minute + 59*time.Second)
	o.wants("at 12:09:59", o.now(1), "A/open")
	o.pass(2 * time.Second)
	o.wants("at 12:10:01", o.now(1), "C/pending")
	for _, ev := range o.events(0) {
		if ev.Kind == protocol.KindConversationCompleted && ev.At != o.clock.Load()-1000 {
			t.Errorf("stamped %d, due at %d", ev.At, o.clock.Load()-1000)
		}
	}
}

func TestAUT01WhatCameDueWhileNobodyWasThereIsDoneAtStart(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.pass(5 * time.Minute)
	o.engine.Close()
	o.clock.Add((15 * time.Minute).Milliseconds())
	o.open() // everything due is stored before it returns
	o.wants("after the start", o.now(1), "C/pending")
	before := o.last()
	o.restart()
	o.wants("it is done once", o.last(), before)
}

func TestAUT01AnyMessageRestartsIt(t *testing.T) {
	t.Parallel()
	o := talk(t)
	for _, write := range []func(){
		func() { o.kira.must(o.kira.says("again")) },
		func() { o.ann.must(o.ann.replies(1, "again")) },
		func() { o.robot.must(o.robot.replies(1, "beep")) },
		func() { o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage)) },
	} {
		o.pass(6 * time.Minute)
		o.wants("six minutes after a message", o.now(1), "A/open")
		write()
	}
	o.pass(6 * time.Minute)
	o.bob.must(o.bob.notes(1, "a note does not"))
	o.pass(4 * time.Minute)
	o.wants("ten minutes after the last", o.now(1), "C/pending")
}

func TestAUT01EveryReturnToActiveStartsIt(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.pass(time.Hour)
	o.ann.must(o.ann.reopens(1))
	o.pass(9 * time.Minute)
	o.wants("nine minutes after reopening", o.now(1), "A/open")
	o.pass(time.Minute)
	o.wants("ten", o.now(1), "C/pending")
}

func TestAUT02CustomerWroteLastSoOpen(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.pass(time.Minute)
	o.kira.must(o.kira.says("", o.kira.uploads("boot.png", protocol.AttachmentImage))) // a file is a message
	o.pass(10 * time.Minute)
	o.wants("state", o.now(1), "C/open")
}

func TestAUT03OperatorWroteLastSoPending(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("11:59"))
	o.pass(time.Minute)
	o.ann.must(o.ann.replies(1, "12:00"))
	o.pass(time.Minute)
	o.ann.must(o.ann.notes(1, "12:01"))
	o.pass(9 * time.Minute)
	o.wants("at 12:10:00", o.now(1), "C/pending")
}

func TestAUT03ABotsTextCountsWhereItEndsTheWait(t *testing.T) {
	t.Parallel()
	for ends, want := range map[string]string{"false": "C/open", "true": "C/pending"} {
		t.Run(ends, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			o.sets("bot.ends_wait", ends)
			o.kira.must(o.kira.says("hello"))
			o.robot.must(o.robot.replies(1, "beep"))
			o.pass(10 * time.Minute)
			o.wants("state", o.now(1), want)
		})
	}
}

func TestAUT04AWarningBeforehandThatAMessageTakesBack(t *testing.T) {
	t.Parallel()
	o := talk(t)
	deadline := o.clock.Load() + (10 * time.Minute).Milliseconds()
	o.pass(8 * time.Minute)
	conv := o.conv(1)
	if !conv.Announced || conv.Deadline != deadline {
		t.Errorf("announced %v, deadline %d, want %d", conv.Announced, conv.Deadline, deadline)
	}
	var told []int64
	for _, ev := range o.events(0) {
		if ev.Kind == protocol.KindCompletionAnnounced {
			told = append(told, decoded[protocol.CompletionAnnounced](t, &ev).Deadline)
		}
	}
	o.wants("told once", told, []int64{deadline})
	o.pass(30 * time.Second)
	o.kira.must(o.kira.says("still here"))
	if o.conv(1).Announced {
		t.Error("it is announced still")
	}
}

func TestAUT05HoldGivesFiveMinutesAndAMessageNeverShortensIt(t *testing.T) {
	t.Parallel()
	o := talk(t)
	deadline := o.conv(1).Deadline
	if _, err := o.ann.holds(1); answer(err) != "conflict" {
		t.Errorf("before the warning: %v", err)
	}
	o.pass(9*time.Minute + 30*time.Second)
	if _, err := o.bob.holds(1); answer(err) != "forbidden" {
		t.Errorf("by Bob: %v", err)
	}
	before := o.last()
	o.ann.must(o.ann.holds(1))
	o.wants("the new deadline", o.conv(1).Deadline, deadline+(5*time.Minute).Milliseconds())
	o.wants("logged", o.tells(1, before), []string{"completion.postponed by Ann"})
	o.pass(31 * time.Second)
	o.wants("at 12:10:01", o.now(1), "A/open")
	if _, err := o.ann.holds(1); answer(err) != "conflict" {
		t.Errorf("before the next warning: %v", err)
	}
	o.pass(3 * time.Minute)
	o.ann.must(o.ann.holds(1)) // repeated, at 12:13:01
	o.ann.must(o.ann.replies(1, "m3"))
	o.wants("not shortened", o.conv(1).Deadline, max(o.clock.Load()+(10*time.Minute).Milliseconds(), deadline+(10*time.Minute).Milliseconds()))
}

func TestAUTOffNeverCompletes(t *testing.T) {
	t.Parallel()
	o := talk(t, "autocomplete.after", "off")
	o.pass(365 * 24 * time.Hour)
	o.wants("after a year", o.now(1), "A/open")
}

func TestAUTSwitchedOffItDoesNotFireAndOnAgainItCountsFromTheNextArming(t *testing.T) {
	t.Parallel()
	for _, restarted := range []bool{false, true} {
		t.Run(fmt.Sprint("restarted ", restarted), func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			o.pass(5 * time.Minute)
			o.sets("autocomplete.after", "off")
			o.pass(10 * time.Minute) // found off when due
			o.sets("autocomplete.after", "10m")
			if restarted {
				o.restart()
			}
			o.bob.must(o.bob.notes(1, "an event that arms nothing"))
			o.pass(time.Hour)
			o.wants("an hour later", o.now(1), "A/open")
			o.kira.must(o.kira.says("armed by this"))
			o.pass(10 * time.Minute)
			o.wants("ten minutes after a message", o.now(1), "C/open")
		})
	}
}

func TestAUTUnassignedOnesHaveTheirOwnTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("autocomplete.unassigned_after", "1h")
	o.kira.must(o.kira.says("hello"))
	o.pass(50 * time.Minute)
	o.wants("unassigned", o.now(1), "A/open")
	o.eve.must(o.eve.assigns(1, o.ann)) // arms it anew from now
	o.pass(9 * time.Minute)
	o.wants("nine minutes assigned", o.now(1), "A/open")
	o.eve.must(o.eve.assigns(1, o.bob)) // between two assignees the time stays
	o.pass(time.Minute)
	o.wants("ten", o.now(1), "C/open")
}

func TestRTE01To04TheLastStatusDecides(t *testing.T) {
	t.Parallel()
	for status, want := range map[protocol.Status]string{
		protocol.Open: "#1 with the offer", protocol.Pending: "#1 with the offer", protocol.Closed: "#2 without",
	} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			o.ann.must(o.ann.completes(1, status))
			row := o.conv(1)
			a := o.kira.must(o.kira.says("m3"))
			got := "#" + a.Conversation.String() + " without"
			if offer := o.conv(a.Conversation).Offer; offer != nil && offer.From == a.Position {
				got = "#" + a.Conversation.String() + " with the offer"
			}
			o.wants("the message", got, want)
			o.wants("it is", o.now(a.Conversation), "A/open")
			if status == protocol.Closed {
				o.wants("#1 is untouched", o.conv(1), row)
			} else {
				o.wants("unread", o.unread(o.ann, 1), 1)
			}
		})
	}
}

func TestRTE05OnlyTheVeryLastCounts(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.ann.must(o.ann.starts(o.conv(1).Thread, "about your order"))
	o.ann.must(o.ann.closes(2))
	o.ann.must(o.ann.notes(1, "touched today"))
	a := o.kira.must(o.kira.says("m3"))
	o.wants("the message is in", a.Conversation, protocol.Number(3))
	o.wants("#1 stays", o.now(1), "C/open")
}

func TestRTE05AnActiveOneTakesItWhateverItsNumber(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.ann.must(o.ann.starts(o.conv(1).Thread, "about your order"))
	o.ann.must(o.ann.closes(2))
	o.ann.must(o.ann.reopens(1))
	a := o.kira.must(o.kira.says("m3"))
	o.wants("the message is in", a.Conversation, protocol.Number(1))
}

func TestRTE06OlderOnesLiveAsTasks(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.ann.must(o.ann.starts(o.conv(1).Thread, "about your order"))
	o.ann.must(o.ann.notes(1, "a task"))
	had := o.texts(1)
	for range 10 {
		o.kira.must(o.kira.says("hm"))
	}
	o.wants("#1 has", o.texts(1), had)
	o.wants("and is", o.now(1), "C/open")
}

func TestRTE07PerChannel(t *testing.T) {
	t.Parallel()
	o := talk(t)
	made := o.eve.must(o.eve.do(protocol.KindChannelCreate, &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Second", Color: "#112233"}}))
	there := o.visitor("Kira in V")
	there.call.Channel = protocol.ChannelID(made.Made)
	there.must(there.says("in V"))
	o.ann.must(o.ann.closes(1))
	row := o.conv(2)
	a := o.kira.must(o.kira.says("in W"))
	o.wants("a new one in W", a.Conversation, protocol.Number(3))
	o.wants("V's is untouched", o.conv(2), row)
}

func TestCHNAPolicyOfAChannelIsItsOwn(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.eve.must(o.eve.do(protocol.KindPolicyChange, &protocol.PolicyChange{Channel: o.channel,
		Values: []protocol.PolicyValue{{Key: "inbound.closed", Value: "reopen"}}}))
	o.ann.must(o.ann.closes(1))
	o.wants("in the channel", o.kira.must(o.kira.says("m3")).Conversation, protocol.Number(1))
	o.ann.must(o.ann.closes(1))
	o.eve.must(o.eve.do(protocol.KindPolicyChange, &protocol.PolicyChange{Channel: o.channel, Unset: []string{"inbound.closed"}}))
	o.wants("as the workspace", o.kira.must(o.kira.says("m4")).Conversation, protocol.Number(2))
}

func TestPoliciesAreRefusedWithTheNameOfTheKey(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	set := func(p person, channel protocol.ChannelID, key, value string) string {
		return answer(by(p.do(protocol.KindPolicyChange, &protocol.PolicyChange{Channel: channel, Values: []protocol.PolicyValue{{Key: key, Value: value}}})))
	}
	o.wants("by Ann", set(o.ann, "", "inbound.open", "new"), "forbidden right=settings")
	o.wants("a key that is none", set(o.eve, "", "inbound.maybe", "new"), "invalid field=values rule=key")
	o.wants("a value that is none", set(o.eve, "", "sla.limit", "7s"), "invalid field=sla.limit")
	o.wants("a channel that is none", set(o.eve, protocol.ChannelID(o.newID()), "sla.limit", "off"), "not_found")
	o.wants("a channel's", set(o.eve, o.channel, "autocomplete.warn_before", "5m"), "")
	o.wants("the workspace's, which the channel's would not go with", set(o.eve, "", "autocomplete.after", "5m"),
		"invalid field=autocomplete.warn_before channel="+string(o.channel))
	before := o.last()
	o.wants("what is in force already", set(o.eve, o.channel, "autocomplete.warn_before", "300s"), "")
	o.wants("is no event", o.last(), before)
}

func TestSUB01TheSubjectIsEditableAndTheLastWriteWins(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("Where is my order?"))
	o.wants("by default", o.conv(1).Title, "Where is my order?")
	o.ann.must(o.ann.names(1, "  Refund of order 17\n"))
	o.wants("trimmed", o.conv(1).Subject, "Refund of order 17")
	o.bob.must(o.bob.names(1, "Refund"))
	o.wants("the last write", o.conv(1).Subject, "Refund")
	before := o.last()
	o.bob.must(o.bob.names(1, "Refund"))
	o.wants("the same again", o.last(), before)
	o.ann.must(o.ann.names(1, ""))
	o.wants("empty restores the default", o.conv(1).Subject, "")
	if _, err := o.ann.names(1, string(slices.Repeat([]rune("я"), 256))); answer(err) != "too_long field=subject rule=max limit=255" {
		t.Errorf("256 characters: %v", err)
	}
}

func TestSTT01EachConversationCountsAndAMergedOneDoesNot(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for day := range 3 {
		n := o.kira.must(o.kira.says(fmt.Sprint("day ", day))).Conversation
		o.ann.must(o.ann.replies(n, "yes"))
		if day < 2 {
			o.ann.must(o.ann.closes(n))
		}
		o.pass(time.Minute)
	}
	count := func() (hers, anns int) {
		for _, conv := range look(t, o).conversations {
			if conv.MergedInto == 0 {
				hers++
				if conv.Assignee == o.ann.id() {
					anns++
				}
			}
		}
		return hers, anns
	}
	if hers, anns := count(); hers != 3 || anns != 3 {
		t.Errorf("Kira has %d, Ann handled %d", hers, anns)
	}
	o.ann.must(o.ann.merges(3, 2))
	if hers, anns := count(); hers != 2 || anns != 2 {
		t.Errorf("after a merge Kira has %d, Ann handled %d", hers, anns)
	}
}

func TestRIB02CloseOpenAndReassignLinesInTheirOrder(t *testing.T) {
	t.Parallel()
	o := talk(t, "inbound.closed", "reopen")
	before := o.last()
	o.ann.must(o.ann.closes(1))
	o.pass(time.Minute)
	o.kira.must(o.kira.says("m3"))
	o.pass(time.Minute)
	o.eve.must(o.eve.assigns(1, o.bob))
	o.wants("the ribbon", o.tells(1, before), []string{"conversation.closed by Ann", "conversation.reopened by visitor",
		"message.sent by visitor", "conversation.assigned by Eve"})
	o.wants("the visitor's", o.texts(1), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
}
