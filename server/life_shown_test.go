package server

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// What becomes of a conversation, as everybody's screen is told of it: examples of requirements.md.

// counted waits until a list says so many active and completed ones, and returns the row of a conversation in it.
func (l *listing) counted(active, completed int, n protocol.Number) protocol.Row {
	l.h.t.Helper()
	l.until(func(map[protocol.Number]protocol.Row) bool {
		return l.last.Active == active && l.last.All-l.last.Active == completed
	})
	return l.rows[n]
}

func TestCMP01CompletingMovesAConversationBetweenTheListsOnEverybodysScreen(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i := range protocol.Number(13) {
		kira, _ := h.visitor("")
		h.say(kira, 0, fmt.Sprint("question ", i))
		if i < 10 {
			h.asAnn(&protocol.ConversationComplete{Conversation: i + 1, Status: protocol.Closed})
		}
	}
	ann, anns := h.operator(h.ann)
	bob, bobs := h.operator(h.bob)
	for who, in := range map[string]protocol.Inbox{"Ann": anns.Inbox, "Bob": bobs.Inbox} {
		if in.Active != 3 || in.All != 13 {
			t.Fatalf("%s begins with %d active of %d", who, in.Active, in.All)
		}
	}
	lists := map[string]*listing{"Ann": h.listing(ann, anns), "Bob": h.listing(bob, bobs)}
	h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 12, Status: protocol.Pending, Last: position(t, h)})
	for who, list := range lists {
		if row := list.counted(2, 11, 12); row.Activity != protocol.Completed || row.Status != protocol.Pending {
			t.Errorf("%s sees #12 as %s %s", who, row.Activity, row.Status)
		}
	}
	page := inboxOf(t, h, bob)
	if !slices.ContainsFunc(page.Rows, func(r protocol.Row) bool { return r.Number == 12 && r.Status == protocol.Pending }) {
		t.Errorf("the general list has %d rows, and not #12", len(page.Rows))
	}
}

func TestCLO04AReopenedConversationIsToldToItsNewAssigneeAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.asAnn(&protocol.PolicyChange{Preset: protocol.PresetRetail})
	carl := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	former, _ := h.operator(carl)
	h.say(former, 1, "m2")
	closes(h, former, 1)
	bob, welcome := h.operator(h.bob)
	bobs := h.listing(bob, welcome)
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	bobs.until(func(rows map[protocol.Number]protocol.Row) bool { return rows[1].Assignee == h.bob })
	if row := bobs.rows[1]; row.Activity != protocol.Completed || row.Status != protocol.Closed || row.Unread != 0 {
		t.Errorf("given to Bob it is %s %s, %d unread", row.Activity, row.Status, row.Unread)
	}
	h.wait(former, gone(t, 1))
	former.Take()
	h.say(kira, 0, "SECRET question")
	bobs.until(func(rows map[protocol.Number]protocol.Row) bool { return rows[1].Activity == protocol.Active })
	if row := bobs.rows[1]; row.Status != protocol.Open || row.Assignee != h.bob || row.Unread != 1 {
		t.Errorf("Bob sees %+v", row)
	}
	h.settle(former)
	for _, f := range former.Take() {
		if mentions(t, f, 1, "SECRET") {
			t.Errorf("Carl, who had it, heard %s of it", f.Kind)
		}
	}
}

func TestSTA07TheConsoleShowsAtOnceThatAVisitorIsDone(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	bob, welcome := h.operator(h.bob)
	bobs := h.listing(bob, welcome)
	watch(t, h, bob, 1)
	h.ask(kira, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1})
	closed := h.kind(bob, protocol.KindConversationClosed)
	if closed.Conversation != 1 || closed.Actor == nil || closed.Actor.Kind != protocol.ActorVisitor {
		t.Errorf("the ribbon is told #%d by %+v", closed.Conversation, closed.Actor)
	}
	bobs.until(func(rows map[protocol.Number]protocol.Row) bool {
		return rows[1].Activity == protocol.Completed && rows[1].Status == protocol.Closed
	})
}

func TestAUT04And05CountdownAndHoldAreToldToEverybodyOfTheTeam(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	bob, bobs := h.operator(h.bob)
	deadline := bobs.Inbox.Rows[0].Deadline
	list := h.listing(bob, bobs)
	kira.Take()
	later := func(d time.Duration) {
		h.advance(d)
		h.Engine.Wake()
	}
	later(8*time.Minute + 30*time.Second)
	list.until(func(rows map[protocol.Number]protocol.Row) bool { return rows[1].Announced })
	if row := list.rows[1]; row.Deadline != deadline || row.HoldMs != (5*time.Minute).Milliseconds() {
		t.Errorf("announced: completes at %d, want %d; hold %d ms", row.Deadline, deadline, row.HoldMs)
	}
	later(time.Minute)
	h.ask(ann, protocol.KindCompletionPostpone, &protocol.CompletionPostpone{Conversation: 1})
	list.until(func(rows map[protocol.Number]protocol.Row) bool { return !rows[1].Announced })
	if row := list.rows[1]; row.Deadline != deadline+(5*time.Minute).Milliseconds() || row.HoldMs != 0 {
		t.Errorf("held by Ann: for Bob it completes at %d, want five minutes after %d; hold %d ms", row.Deadline, deadline, row.HoldMs)
	}
	later(31 * time.Second)
	h.asAnn(&protocol.PolicyChange{}) // decided after what was due
	if row := rowOf(h, ann, 1); row.Activity != protocol.Active {
		t.Errorf("at 12:10:01 it is %s", row.Activity)
	}
	later(3 * time.Minute)
	list.until(func(rows map[protocol.Number]protocol.Row) bool { return rows[1].Announced })
	h.settle(kira)
	for _, f := range kira.Take() {
		if f.Kind == protocol.KindCompletionAnnounced || f.Kind == protocol.KindCompletionPostponed || f.Kind == protocol.KindInbox {
			t.Errorf("the visitor is told %s", f.Kind)
		}
	}
	h.say(kira, 0, "still here")
	list.until(func(rows map[protocol.Number]protocol.Row) bool { return !rows[1].Announced })
}

func TestMRG01And03AMergedNumberIsNoLongerListedAndStillLeadsToTheSurvivor(t *testing.T) {
	t.Parallel()
	h, kira, ann := chain(t)
	bob, bobs := h.operator(h.bob)
	list := h.listing(bob, bobs)
	if _, ok := list.rows[3]; !ok {
		t.Fatalf("Bob's list begins with %v", list.rows)
	}
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 3, Into: 2})
	list.until(func(rows map[protocol.Number]protocol.Row) bool {
		_, there := rows[3]
		return !there && rows[2].Activity == protocol.Active
	})
	if page := inboxOf(t, h, bob); slices.ContainsFunc(page.Rows, func(r protocol.Row) bool { return r.Number == 3 }) {
		t.Error("#3 is still listed")
	}
	if a := h.say(ann, 3, "from a composer that is still open on #3"); a.Conversation != 2 {
		t.Errorf("it went to #%d", a.Conversation)
	}
	reply := h.wait(kira, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindMessageSent && f.Actor.Kind == protocol.ActorOperator
	})
	if got := body[protocol.MessageSent](t, reply).Text; got != "from a composer that is still open on #3" {
		t.Errorf("Kira reads %q", got)
	}
	if err := h.Engine.Read(func(r store.Reader) error {
		old, err := store.Conversations.Get(r, store.Num(protocol.Number(3)))
		if old.MergedInto != 2 || old.MergedAt == 0 {
			t.Errorf("#3 leads to #%d at %d", old.MergedInto, old.MergedAt)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
