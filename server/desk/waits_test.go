package desk_test

import (
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// timed are the events of a kind, by how many milliseconds after the office opened they are stamped.
func (o *office) timed(kind protocol.Kind, from int64) (out []time.Duration) {
	o.t.Helper()
	for _, ev := range o.events(0) {
		if ev.Kind == kind {
			out = append(out, time.Duration(ev.At-from)*time.Millisecond)
		}
	}
	return out
}

func TestSLA01ALimitIsKeptAndValidated(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "300s")
	o.restart()
	o.kira.must(o.kira.says("hello"))
	conv := o.conv(1)
	o.wants("the limit in force", conv.LimitAt-conv.Wait.Since, int64(300_000))
	_, err := o.eve.do(protocol.KindPolicyChange, &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "sla.limit", Value: "7s"}}})
	o.wants("7 s", answer(err), "invalid field=sla.limit")
}

func TestSLA02TheEventIsCreatedWhenTheLimitPassesAlsoAfterARestartOnce(t *testing.T) {
	t.Parallel()
	for _, restarted := range []bool{false, true} {
		o := newOffice(t, nil)
		o.sets("sla.limit", "5m")
		noon := o.clock.Load()
		o.kira.must(o.kira.says("hello"))
		o.pass(4*time.Minute + 59*time.Second)
		o.wants("at 12:04:59", o.exceeded(), []string(nil))
		if restarted {
			o.engine.Close()
			o.clock.Add(60_000)
			o.open()
			o.restart()
		} else {
			o.pass(time.Second)
		}
		o.wants("stamped", o.timed(protocol.KindReplyTimeExceeded, noon), []time.Duration{5 * time.Minute})
	}
}

func TestSLA02ItCountsOnWhenTheConversationIsCompleted(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "20m")
	noon := o.clock.Load()
	o.kira.must(o.kira.says("hello"))
	o.pass(time.Hour) // completed as open at 12:10
	o.wants("state", o.now(1), "C/open")
	o.wants("exceeded", o.timed(protocol.KindReplyTimeExceeded, noon), []time.Duration{20 * time.Minute})
}

func TestSLA03OncePerWait(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "5m", "autocomplete.after", "off")
	noon := o.clock.Load()
	o.eve.must(o.eve.run("", &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "sla.warn", Value: "1m"}}}))
	for _, what := range []func(){
		func() { o.kira.must(o.kira.says("12:00")) },
		func() { o.kira.must(o.kira.says("12:03")); o.eve.must(o.eve.assigns(1, o.ann)) }, // restarts nothing
		func() { o.kira.must(o.kira.says("12:06")); o.robot.must(o.robot.replies(1, "beep")) },
	} {
		what()
		o.pass(3 * time.Minute)
	}
	o.pass(time.Minute)
	o.ann.must(o.ann.replies(1, "12:10"))
	o.pass(10 * time.Minute)
	o.kira.must(o.kira.says("12:20"))
	o.pass(10 * time.Minute)
	o.wants("exceeded", o.timed(protocol.KindReplyTimeExceeded, noon), []time.Duration{5 * time.Minute, 25 * time.Minute})
	o.wants("warned", o.timed(protocol.KindReplyTimeWarned, noon), []time.Duration{time.Minute, 21 * time.Minute})
}

func TestSLA03FromTheLastMessageWhereThePolicySaysSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "5m", "sla.clock", "last_visitor")
	noon := o.clock.Load()
	for range 3 {
		o.kira.must(o.kira.says("hm"))
		o.pass(3 * time.Minute)
	}
	o.pass(10 * time.Minute)
	o.wants("exceeded", o.timed(protocol.KindReplyTimeExceeded, noon), []time.Duration{11 * time.Minute})
	o.kira.must(o.kira.says("in the same wait")) // once for it
	o.pass(10 * time.Minute)
	o.wants("exceeded", len(o.exceeded()), 1)
}

func TestSLA03WhatElseEndsAWait(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*office){
		"pending":         func(o *office) { o.ann.must(o.ann.sets(1, protocol.Pending)) },
		"closed":          func(o *office) { o.ann.must(o.ann.closes(1)) },
		"closed by her":   func(o *office) { o.kira.must(o.kira.closes(1)) },
		"no reply needed": func(o *office) { o.ann.must(o.ann.waives(1)) },
		"a reply":         func(o *office) { o.ann.must(o.ann.replies(1, "yes")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			o.sets("sla.limit", "5m")
			o.kira.must(o.kira.says("hello"))
			o.pass(2 * time.Minute)
			end(o)
			o.pass(10 * time.Minute)
			o.wants("exceeded", o.exceeded(), []string(nil))
		})
	}
}

func TestSLA03ASplitOrMergeNeverRepeatsIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "5m", "sla.warn", "1m")
	o.kira.must(o.kira.says("q1"))
	o.pass(6 * time.Minute) // warned and exceeded for q1
	o.ann.must(o.ann.completes(1, protocol.Open))
	q2 := o.kira.must(o.kira.says("q2")).Position
	o.ann.must(o.ann.replies(1, "to q2"))
	o.kira.must(o.kira.says("q3"))
	o.pass(6 * time.Minute) // and for q3
	o.wants("before", o.exceeded(), []string{"#1", "#1"})
	o.ann.must(o.ann.splits(1, q2)) // q1 waits again, q3 goes on waiting
	o.flush()
	o.wants("after a split", o.exceeded(), []string{"#1", "#1"})
	o.ann.must(o.ann.merges(2, 1))
	o.pass(time.Hour)
	o.wants("after a merge", o.exceeded(), []string{"#1", "#1"})
}

func TestSLA03WhatASplitFindsDueFiresAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("q1"))
	o.eve.must(o.eve.assigns(1, o.ann))
	o.ann.must(o.ann.completes(1, protocol.Open))
	q2 := o.kira.must(o.kira.says("q2")).Position
	o.pass(6 * time.Minute)
	o.sets("sla.limit", "5m") // arms nothing
	o.pass(time.Minute)
	o.wants("before", o.exceeded(), []string(nil))
	at := o.clock.Load()
	o.ann.must(o.ann.splits(1, q2))
	o.flush()
	o.wants("for both waits, by number", o.exceeded(), []string{"#1", "#2"})
	o.wants("stamped with the command's time", o.timed(protocol.KindReplyTimeExceeded, at), []time.Duration{0, 0})
}

func TestSLA04NoReplyNeededEndsTheWait(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "5m")
	o.kira.must(o.kira.says("hello"))
	o.pass(2 * time.Minute)
	before := o.last()
	o.ann.must(o.ann.waives(1))
	o.wants("events", o.tells(1, before), []string{"receipt.advanced by Ann", "reply.waived by Ann"})
	o.pass(time.Hour)
	o.wants("exceeded", o.exceeded(), []string(nil))
}

func TestNRN02ItReadsForTheActorAndShowsTheVisitorSo(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.kira.must(o.kira.says("m3"))
	m4 := o.kira.must(o.kira.says("m4")).Position
	o.wants("unread", o.unread(o.ann, 1), 2)
	o.ann.must(o.ann.waives(1))
	o.wants("Ann's unread", o.unread(o.ann, 1), 0)
	o.wants("Eve's unread", o.unread(o.eve, 1) > 0, true) // personal
	if conv := o.conv(1); conv.TeamRead < m4 || conv.Wait != nil {
		t.Errorf("the team read to %d of %d, waits %+v", conv.TeamRead, m4, conv.Wait)
	}
}

func TestNRN04TheNextMessageCountsAgain(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.kira.must(o.kira.says("m3"))
	o.ann.must(o.ann.waives(1))
	o.kira.must(o.kira.says("m4"))
	o.wants("unread", o.unread(o.ann, 1), 1)
	if o.conv(1).Wait == nil {
		t.Error("it does not wait")
	}
}

func TestREA01AReactionIsANoteWhereTheMessageIs(t *testing.T) {
	t.Parallel()
	o := talk(t)
	m2 := o.conv(1).LastMessage
	o.ann.must(o.ann.closes(1))
	o.kira.must(o.kira.says("m3")) // #2 is active
	o.ann.must(o.ann.reads(1, o.conv(1).LastPosition, o.conv(1).LastPosition))
	before, row := o.last(), o.conv(2)
	o.kira.must(o.kira.reacts(0, m2))
	o.wants("#1 has the note", o.tells(1, before), []string{"reaction.added by visitor"})
	o.wants("#2 has nothing", o.conv(2), row)
	o.wants("unread", o.unread(o.ann, 1), 1)
	if conv := o.conv(1); conv.Wait != nil || o.now(1) != "C/closed" {
		t.Errorf("%s, waits %+v", o.now(1), conv.Wait)
	}
}

func TestREA02NothingIsCreated(t *testing.T) {
	t.Parallel()
	o := talk(t, "inbound.closed", "reopen")
	o.ann.must(o.ann.closes(1))
	o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
	if w := checkInvariants(t, o); len(w.conversations) != 1 || o.now(1) != "C/closed" {
		t.Errorf("%d conversations, #1 is %s", len(w.conversations), o.now(1))
	}
}

func TestREA03WithdrawingAddsANoteAndErasesNothing(t *testing.T) {
	t.Parallel()
	o := talk(t)
	m2, before := o.conv(1).LastMessage, o.last()
	o.kira.must(o.kira.reacts(0, m2))
	o.kira.must(o.kira.reacts(0, m2)) // one per emoji and person
	o.kira.must(o.kira.withdraws(0, m2))
	o.kira.must(o.kira.withdraws(0, m2))
	o.ann.must(o.ann.reacts(1, m2))
	o.wants("the notes", o.tells(1, before), []string{"reaction.added by visitor", "reaction.withdrawn by visitor", "reaction.added by Ann"})
	o.read(func(r store.Reader) error {
		n := 0
		for v, err := range store.Reactions.Scan(r, store.Reactions.Under()) {
			if err != nil {
				return err
			}
			if !v.Reaction.Withdrawn {
				n++
			}
		}
		o.wants("there now", n, 1)
		return nil
	})
}

func TestREAWhoMayReactToWhat(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.lev.must(o.lev.says("another's"))
	m2, levs, line := o.conv(1).LastMessage, o.conv(2).LastMessage, o.itemsOf(1)[0].Position
	for _, tc := range []struct {
		name string
		do   func() error
		want string
	}{
		{"a visitor to another's message", func() error { return by(o.kira.reacts(0, levs)) }, "not_found"},
		{"a visitor to a line", func() error { return by(o.kira.reacts(0, line)) }, "not_found"},
		{"a visitor whom nobody knows", func() error { return by(o.mia.reacts(0, m2)) }, "not_found"},
		{"an operator without the right to write", func() error { return by(o.bob.reacts(1, m2)) }, "forbidden"},
		{"an operator to another conversation's message", func() error { return by(o.ann.reacts(1, levs)) }, "not_found"},
	} {
		if got := answer(tc.do()); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestASG08ReassignmentStandsInTheRibbon(t *testing.T) {
	t.Parallel()
	o := talk(t)
	before := o.last()
	o.eve.must(o.eve.assigns(1, o.bob))
	for _, ev := range o.events(before) {
		if ev.Kind.IsItem() && o.words(&ev) == "conversation.assigned #1 by Eve: Ann → Bob" {
			return
		}
	}
	t.Errorf("told %v", o.since(before))
}
