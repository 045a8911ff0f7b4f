package desk_test

import (
	"fmt"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// reactivated is Kira's #1 that Ann completed as pending, active again by m3.
func reactivated(t *testing.T, policies ...string) (o *office, m3 protocol.Position) {
	t.Helper()
	o = talk(t, policies...)
	o.ann.must(o.ann.completes(1, protocol.Pending))
	return o, o.kira.must(o.kira.says("m3")).Position
}

func TestSPL01OfferedAfterReactivationOnly(t *testing.T) {
	t.Parallel()
	o := talk(t)
	if o.conv(1).Offer != nil {
		t.Error("offered on one that was never completed")
	}
	o.ann.must(o.ann.completes(1, protocol.Open))
	m3 := o.kira.must(o.kira.says("m3")).Position
	if offer := o.conv(1).Offer; offer == nil || offer.From != m3 || offer.Status != protocol.Open {
		t.Errorf("the offer is %+v", offer)
	}
	o.ann.must(o.ann.closes(1))
	if n := o.kira.must(o.kira.says("m4")).Conversation; n != 2 || o.conv(2).Offer != nil {
		t.Errorf("#%d offers %+v", n, o.conv(n).Offer)
	}
	o.sets("inbound.closed", "reopen")
	o.ann.must(o.ann.closes(2))
	if o.kira.must(o.kira.says("m5")); o.conv(2).Offer != nil {
		t.Error("offered on one that was closed and reopened")
	}
}

func TestSPL01NotOfferedWithoutAnEarlierMessageOrWhereItIsOff(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.ann.must(o.ann.splits(1, m3)) // #1 keeps m1 and m2
	o.ann.must(o.ann.closes(2))
	o.sets("split.enabled", "false")
	o.ann.must(o.ann.sets(2, protocol.Open))
	if o.kira.must(o.kira.says("m4")); o.conv(2).Offer != nil {
		t.Error("offered where it is off")
	}
}

func TestSPL02TheNewMessagesGetANumberOfTheirOwn(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.ann.must(o.ann.replies(1, "m4"))
	before := o.last()
	a := o.ann.must(o.ann.splits(1, m3))
	o.wants("the answer leads to", a.Conversation, protocol.Number(2))
	o.wants("#1", o.texts(1), []string{"visitor: m1", "Ann: m2"})
	o.wants("#2", o.texts(2), []string{"visitor: m3", "Ann: m4"})
	o.wants("events of #1", o.tells(1, before), []string{"conversation.split by Ann"})
	o.wants("events of #2", o.tells(2, before), []string{"conversation.started by Ann"})
	o.wants("states", o.now(1)+" "+o.now(2), "C/pending A/open")
	checkInvariants(t, o)
}

func TestSPL03TheOfferLivesUntilCompletion(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.pass(5 * time.Minute)
	o.restart()
	o.eve.must(o.eve.assigns(1, o.bob))
	if offer := o.conv(1).Offer; offer == nil || offer.From != m3 {
		t.Errorf("after a restart and another operator: %+v", offer)
	}
	o.pass(10 * time.Minute)
	if o.conv(1).Offer != nil {
		t.Error("completed, and it is there still")
	}
	if _, err := o.eve.splits(1, m3); answer(err) != "conflict" {
		t.Errorf("splitting is answered %v", err)
	}
}

func TestSPL04AfterCompletionTheExchangeBelongsToTheOldOne(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	m4 := o.kira.must(o.kira.says("m4")).Position
	if _, err := o.ann.splits(1, m3); answer(err) != "conflict changed" {
		t.Errorf("the offer of before: %v", err)
	}
	o.ann.must(o.ann.splits(1, m4))
	o.wants("#1", o.texts(1), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
	o.wants("#2", o.texts(2), []string{"visitor: m4"})
}

func TestSPL05EverythingFromTheMessageOnGoesAlong(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.kira.must(o.kira.reads(0, m3, m3))
	file := o.ann.uploads("price.pdf", protocol.AttachmentOther)
	m4 := o.ann.must(o.ann.replies(1, "m4", file)).Position
	o.bob.must(o.bob.notes(1, "psst"))
	o.kira.must(o.kira.reacts(0, m4))
	o.ann.must(o.ann.names(1, "Boots"))
	reads, had := o.conv(1).TeamRead, o.unread(o.bob, 1)
	o.ann.must(o.ann.splits(1, m3))
	var kinds []protocol.Kind
	for _, ev := range o.itemsOf(2) {
		kinds = append(kinds, ev.Kind)
	}
	o.wants("#2 holds", kinds, []protocol.Kind{protocol.KindMessageSent, protocol.KindMessageSent, protocol.KindNoteAdded,
		protocol.KindReactionAdded, protocol.KindSubjectSet, protocol.KindConversationStarted})
	items := o.itemsOf(1)
	o.wants("#1 ends with", []protocol.Kind{items[len(items)-2].Kind, items[len(items)-1].Kind},
		[]protocol.Kind{protocol.KindConversationReactivated, protocol.KindConversationSplit})
	o.read(func(r store.Reader) error {
		at, err := store.Attachments.Get(r, store.Text(file))
		o.wants("the file hangs where it hung", at.Position, m4)
		return err
	})
	o.wants("receipts", o.conv(2).TeamRead, reads)
	o.wants("Bob's unread, here and there", o.unread(o.bob, 1)+o.unread(o.bob, 2), had)
	checkInvariants(t, o)
}

func TestSPL05AnOlderQuestionThatOnlyWhatWentAlongAnsweredWaitsAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("sla.limit", "5m")
	o.kira.must(o.kira.says("q1"))
	since := o.clock.Load()
	o.eve.must(o.eve.assigns(1, o.ann))
	o.ann.must(o.ann.completes(1, protocol.Open)) // not answered: it waits
	o.pass(time.Minute)
	q2 := o.kira.must(o.kira.says("q2")).Position
	o.ann.must(o.ann.replies(1, "to q2"))
	if o.conv(1).Wait != nil {
		t.Error("a reply did not end the wait")
	}
	o.ann.must(o.ann.splits(1, q2))
	if w := o.conv(1).Wait; w == nil || w.Since != since {
		t.Errorf("#1 waits %+v, since %d", w, since)
	}
	if w := o.conv(2).Wait; w != nil {
		t.Errorf("#2 waits %+v", w)
	}
	o.pass(4 * time.Minute)
	o.wants("its limit passes", o.exceeded(), []string{"#1"})
}

func TestSPL06TheOldOneReturnsToWhatItWas(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	o.ann.must(o.ann.names(1, "Boots"))
	o.pass(9 * time.Minute)
	o.ann.must(o.ann.holds(1))
	row := o.conv(1)
	o.bob.must(o.bob.reads(1, row.LastPosition, row.LastPosition))
	o.ann.must(o.ann.splits(1, m3))
	x, y := o.conv(1), o.conv(2)
	o.wants("#1", o.now(1), "C/pending")
	o.wants("#2", o.now(2), "A/open")
	o.wants("the subject stays", []string{x.Subject, y.Subject}, []string{"Boots", ""})
	o.wants("assignees", []protocol.OperatorID{x.Assignee, y.Assignee}, []protocol.OperatorID{o.ann.id(), o.ann.id()})
	o.wants("times", []int64{x.Deadline, x.HeldUntil, y.Deadline, y.HeldUntil}, []int64{0, 0, row.Deadline, row.HeldUntil})
	o.wants("former", y.Former, x.Former)
	o.wants("Bob has read it", o.unread(o.bob, 2), 0)
	if x.ClosedAt != 0 {
		t.Error("the return counts as closing")
	}
}

func TestSPL07NotWithoutTheRight(t *testing.T) {
	t.Parallel()
	o, m3 := reactivated(t)
	if _, err := o.bob.splits(1, m3); answer(err) != "forbidden" {
		t.Errorf("answered %v", err)
	}
}

func TestMRG01TheCurrentIsMergedIntoThePrevious(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.closes(1))
	o.kira.must(o.kira.says("m3"))
	before := o.last()
	o.ann.must(o.ann.merges(2, 1))
	o.wants("#1", o.texts(1), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
	o.wants("#2", o.now(2), "merged into #1")
	o.wants("the event", o.tells(1, before), []string{"conversation.merged by Ann"})
	checkInvariants(t, o)
}

func TestMRG02TheSurvivorHasTheStateOfTheMergedAndItsAssignee(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.closes(1))
	o.kira.must(o.kira.says("m3"))
	o.ann.must(o.ann.assigns(2, o.bob))
	o.ann.must(o.ann.names(1, "Boots"))
	o.bob.must(o.bob.names(2, "Other"))
	deadline := o.conv(2).Deadline
	o.eve.must(o.eve.merges(2, 1))
	x := o.conv(1)
	o.wants("state", o.now(1), "A/open")
	o.wants("assignee", x.Assignee, o.bob.id())
	o.wants("former", x.Former, []protocol.OperatorID{o.ann.id()})
	o.wants("subject", x.Subject, "Boots")
	o.wants("deadline", x.Deadline, deadline)
	o.wants("Bob's unread", o.unread(o.bob, 1), 2) // nothing became read: m1 neither
	if x.Wait == nil {
		t.Error("a merge ended the wait")
	}
}

func TestMRG02WhatIsActiveStaysActive(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.ann.must(o.ann.starts(o.conv(1).Thread, "about your order"))
	o.ann.must(o.ann.completes(2, protocol.Pending))
	o.ann.must(o.ann.reopens(1))
	o.ann.must(o.ann.merges(2, 1))
	o.wants("state", o.now(1), "A/open")
}

func TestMRG02AWaitIsNotEndedAlsoWhereTheSurvivorBecomesPending(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("q1"))
	since := o.clock.Load()
	o.eve.must(o.eve.assigns(1, o.ann))
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.pass(time.Minute)
	o.ann.must(o.ann.starts(o.conv(1).Thread, "about your order"))
	o.ann.must(o.ann.completes(2, protocol.Pending))
	o.ann.must(o.ann.merges(2, 1))
	o.wants("state", o.now(1), "C/pending")
	if w := o.conv(1).Wait; w == nil || w.Since != since {
		t.Errorf("waits %+v, since %d", w, since)
	}
}

func TestMRG03TheOldNumberStillResolves(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.closes(1))
	m3 := o.kira.must(o.kira.says("m3")).Position
	o.ann.must(o.ann.merges(2, 1))
	o.wants("where it begins", o.conv(2).MergedAt, m3-1) // its first item is the line of its start
	a := o.ann.must(o.ann.replies(2, "from a composer that is still open on #2"))
	o.wants("a reply goes to", a.Conversation, protocol.Number(1))
	o.ann.must(o.ann.notes(2, "so does a note"))
	o.wants("notes", len(o.itemsOf(2)), 0)
	for name, do := range map[string]func() error{
		"closing":               func() error { return by(o.ann.closes(2)) },
		"assigning":             func() error { return by(o.ann.assigns(2, o.bob)) },
		"reopening":             func() error { return by(o.ann.reopens(2)) },
		"a subject":             func() error { return by(o.ann.names(2, "Boots")) },
		"merging":               func() error { return by(o.ann.merges(2, 1)) },
		"the visitor's closing": func() error { return by(o.kira.closes(2)) },
	} {
		if got := answer(do()); got != "conflict merged_into=1" {
			t.Errorf("%s is answered %q", name, got)
		}
	}
	o.eve.must(o.eve.assigns(1, o.bob))
	if got := answer(by(o.ann.closes(2))); got != "forbidden" { // who may not know of #1 is told nothing of it
		t.Errorf("to a former assignee: %q", got)
	}
	o.eve.must(o.eve.closes(1))
	o.wants("the number is not given again", o.kira.must(o.kira.says("m5")).Conversation, protocol.Number(3))
}

func TestMRG03AChainLeadsToItsEnd(t *testing.T) {
	t.Parallel()
	o := talk(t)
	for n := protocol.Number(1); n < 4; n++ {
		o.eve.must(o.eve.closes(n))
		o.kira.must(o.kira.says(fmt.Sprint("of #", n+1)))
	}
	o.eve.must(o.eve.merges(4, 3))
	o.eve.must(o.eve.merges(3, 2))
	o.eve.must(o.eve.merges(2, 1))
	o.wants("a reply to #4 goes to", o.eve.must(o.eve.replies(4, "here")).Conversation, protocol.Number(1))
	checkInvariants(t, o)
}

func TestMRG04Guards(t *testing.T) {
	t.Parallel()
	o := talk(t)
	for _, tc := range []struct {
		name string
		do   func() error
		want string
	}{
		{"no predecessor", func() error { return by(o.ann.merges(1, 0)) }, "invalid field=into rule=required"},
		{"no predecessor, whatever was seen", func() error { return by(o.ann.merges(1, 7)) }, "conflict"},
		{"without the right", func() error { return by(o.bob.merges(1, 7)) }, "forbidden"},
		{"one that is none", func() error { return by(o.ann.merges(9, 1)) }, "not_found"},
	} {
		if got := answer(tc.do()); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	o.lev.must(o.lev.says("another contact"))
	if got := answer(by(o.eve.merges(2, 1))); got != "conflict" {
		t.Errorf("another contact's: %q", got)
	}
}

// itemsOf are all items of a conversation.
func (o *office) itemsOf(n protocol.Number) (items []protocol.Frame) {
	o.t.Helper()
	conv := o.conv(n)
	o.read(func(r store.Reader) (err error) {
		items, _, err = conversationItems(r, &conv)
		return err
	})
	return items
}

// exceeded are the conversations whose limit passed, in their order.
func (o *office) exceeded() (out []string) {
	o.t.Helper()
	for _, ev := range o.events(0) {
		if ev.Kind == protocol.KindReplyTimeExceeded {
			out = append(out, "#"+ev.Conversation.String())
		}
	}
	return out
}
