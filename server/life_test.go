package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
)

// The examples of requirements.md about a conversation's life, through the socket.

// chain is a house with #1, #2 and #3 of Kira, one after another, the last one active.
func chain(t *testing.T) (h *house, kira, ann *line.Line) {
	t.Helper()
	h = open(t)
	kira, _ = h.visitor("")
	ann, _ = h.operator(h.ann)
	for n := range protocol.Number(3) {
		h.say(kira, 0, fmt.Sprint("question ", n+1))
		if n < 2 {
			closes(h, ann, n+1)
		}
	}
	return h, kira, ann
}

func closes(h *house, l *line.Line, n protocol.Number) {
	h.t.Helper()
	h.ask(l, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: n, Last: position(h.t, h)})
}

func setPolicy(h *house, key, value string) {
	h.t.Helper()
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: key, Value: value}}})
}

func rowOf(h *house, l *line.Line, n protocol.Number) protocol.Row {
	h.t.Helper()
	page := watch(h.t, h, l, n)
	h.ask(l, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: n})
	return *page.Row
}

func TestRTE02To04TheStatusDecidesWhereTheNextMessageGoes(t *testing.T) {
	t.Parallel()
	for status, c := range map[protocol.Status]struct {
		number protocol.Number
		split  bool
	}{protocol.Open: {1, true}, protocol.Pending: {1, true}, protocol.Closed: {2, false}} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			kira, _ := h.visitor("")
			h.say(kira, 0, "m1")
			ann, _ := h.operator(h.ann)
			h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: status, Last: position(t, h)})
			m2 := h.say(kira, 0, "m2")
			row := rowOf(h, ann, c.number)
			if m2.Conversation != c.number || row.Activity != protocol.Active || row.Status != protocol.Open || row.Unread == 0 {
				t.Errorf("it went to #%d, which is %+v", m2.Conversation, row)
			}
			if split := row.SplitFrom == m2.Position; split != c.split {
				t.Errorf("a split is offered from %d, the message is %d", row.SplitFrom, m2.Position)
			}
			if want := c.number - 1; row.Previous != want {
				t.Errorf("the previous one is #%d, want #%d", row.Previous, want)
			}
		})
	}
}

func TestRTE07AnotherChannelIsAnotherThread(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	h.say(kira, 0, "in W")
	ann, _ := h.operator(h.ann)
	closes(h, ann, 1)
	first := h.channel
	h.channel = h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "V", Color: "#112233"}, AnySite: true})
	inV, _ := h.visitor("")
	h.say(inV, 0, "in V")
	before := rowOf(h, ann, 2)
	h.channel = first
	again, _ := h.visitor(w.VisitorKey)
	if a := h.say(again, 0, "in W again"); a.Conversation != 3 {
		t.Errorf("it went to #%d", a.Conversation)
	}
	if d := cmp.Diff(before, rowOf(h, ann, 2)); d != "" {
		t.Errorf("#2 changed\n%s", d)
	}
}

func TestRTE08UnderAReopenPolicyTheClosedOneIsUsedAndNotSplit(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "inbound.closed", "reopen")
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	closes(h, ann, 1)
	a := h.say(kira, 0, "m2")
	if row := rowOf(h, ann, 1); a.Conversation != 1 || row.Activity != protocol.Active || row.Status != protocol.Open || row.SplitFrom != 0 {
		t.Errorf("it went to #%d, which is %+v", a.Conversation, row)
	}
}

func TestPRV01AndCHN01NeighboursAreThoseOfTheThreadThatOneMayRead(t *testing.T) {
	t.Parallel()
	h, _, ann := chain(t)
	lev, _ := h.visitor("")
	h.say(lev, 0, "another thread")
	type links struct{ before, after protocol.Number }
	of := func(l *line.Line, n protocol.Number) links {
		row := rowOf(h, l, n)
		return links{row.Previous, row.Next}
	}
	for n, want := range map[protocol.Number]links{1: {0, 2}, 2: {1, 3}, 3: {2, 0}, 4: {0, 0}} {
		if got := of(ann, n); got != want {
			t.Errorf("#%d has %v, want %v", n, got, want)
		}
	}
	setPolicy(h, "access.read", "assigned")
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.ann})
	bob, _ := h.operator(h.bob)
	if got := of(bob, 1); got != (links{0, 3}) {
		t.Errorf("past what Bob may not read #1 has %v", got)
	}
	if row := rowOf(h, bob, 3); row.Previous != 1 || row.MergeInto != 0 {
		t.Errorf("past what Bob may not read #3 is %+v", row)
	}
	h.refused(bob, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 2}, protocol.CodeForbidden)
}

func TestPRV02AllOfALongPreviousConversationComesInPages(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	thread := h.say(kira, 0, "0").Thread
	const total, once = 5000, 500
	by := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"}
	for i := 1; i < total; i += once {
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			for k := i; k < min(i+once, total); k++ {
				out.Events = append(out.Events, protocol.Frame{Kind: protocol.KindMessageSent, Thread: thread, Conversation: 1, Actor: by,
					Body: protocol.EncodeBody(&protocol.MessageSent{Text: fmt.Sprint(k)})})
			}
			return out, nil
		}}))
	}
	ann, _ := h.operator(h.ann)
	closes(h, ann, 1)
	h.say(kira, 0, "another question")
	bob, _ := h.operator(h.bob)
	before := rowOf(h, bob, 1)
	cmd := protocol.HistoryRead{Conversation: 1, Limit: 200}
	var got []string
	for {
		page := body[protocol.History](t, h.ask(bob, protocol.KindHistoryRead, &cmd))
		got = append(texts(t, page.Items), got...)
		if !page.More {
			break
		}
		cmd.Before = page.Items[0].Position
	}
	for i := range total {
		if len(got) != total || got[i] != fmt.Sprint(i) {
			t.Fatalf("%d messages came, the one at %d is %q", len(got), i, got[min(i, len(got)-1)])
		}
	}
	// PRV-05: looking back changes nothing for anybody.
	if d := cmp.Diff(before, rowOf(h, bob, 1)); d != "" {
		t.Errorf("reading #1 changed it\n%s", d)
	}
}

func TestPRV05LookingBackLeavesItUnreadForOthers(t *testing.T) {
	t.Parallel()
	h, _, ann := chain(t)
	_, w := h.operator(h.bob)
	unread := map[protocol.Number]int{}
	for _, row := range w.Inbox.Rows {
		unread[row.Number] = row.Unread
	}
	before, log := rowOf(h, ann, 2), position(t, h)
	h.ask(ann, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 2})
	h.ask(ann, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1})
	if d := cmp.Diff(before, rowOf(h, ann, 2)); d != "" || position(t, h) != log {
		t.Errorf("#2 changed, or the log\n%s", d)
	}
	_, again := h.operator(h.bob)
	for _, row := range again.Inbox.Rows {
		if row.Unread != unread[row.Number] || row.Unread == 0 && row.Number == 2 {
			t.Errorf("for Bob #%d has %d unread, before %d", row.Number, row.Unread, unread[row.Number])
		}
	}
}

func TestCHN03SplitsAndMergesKeepTheChainWhole(t *testing.T) {
	t.Parallel()
	h, kira, ann := chain(t)
	h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 3, Status: protocol.Open, Last: position(t, h)})
	from := h.say(kira, 0, "and one more").Position
	bob := h.listing(h.operator(h.bob))
	h.ask(ann, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: 3, From: from})
	bob.until(func(all map[protocol.Number]protocol.Row) bool {
		return all[3].Next == 4 && all[4].Previous == 3 && all[4].Next == 0
	})
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 4, Into: 3})
	bob.until(func(all map[protocol.Number]protocol.Row) bool {
		_, there := all[4]
		return !there && all[3].Next == 0 && all[2].Next == 3
	})
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 3, Into: 2})
	bob.until(func(all map[protocol.Number]protocol.Row) bool {
		return len(all) == 2 && all[2].Next == 0 && all[1].Next == 2
	})
}

func TestSUB01And02TheSubjectShowsLiveInEverybodysList(t *testing.T) {
	t.Parallel()
	h, _, ann := chain(t)
	bob := h.listing(h.operator(h.bob))
	other, _ := h.operator(h.bob)
	subject := func(l *line.Line, text string) {
		t.Helper()
		h.ask(l, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 3, Subject: text})
	}
	is := func(text string) {
		t.Helper()
		bob.until(func(all map[protocol.Number]protocol.Row) bool { return all[3].Subject == text })
	}
	subject(ann, "  Refund of order 17 ")
	is("Refund of order 17")
	subject(other, "Возврат заказа 17")
	is("Возврат заказа 17")
	subject(ann, strings.Repeat("я", 255))
	is(strings.Repeat("я", 255))
	h.refused(ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 3, Subject: strings.Repeat("я", 256)}, protocol.CodeTooLong)
	if row := rowOf(h, ann, 3); row.Subject != strings.Repeat("я", 255) {
		t.Errorf("a refused subject left %q", row.Subject)
	}
	subject(ann, "   ")
	is("")
	if row := rowOf(h, ann, 3); row.Title != "question 3" {
		t.Errorf("without a subject it is called %q", row.Title)
	}
}

func TestNRN01To04NoReplyNeeded(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	seen := h.say(kira, 0, "m2").Position
	ann := h.listing(h.operator(h.ann))
	bob := h.listing(h.operator(h.bob))
	type rows = map[protocol.Number]protocol.Row
	if row := ann.rows[1]; row.AwaitingSince == 0 || !row.MayWrite || row.Unread != 2 {
		t.Errorf("NRN-01: before, the row is %+v", row)
	}
	if in := inboxOf(t, h, ann.line); in.Unread != 1 {
		t.Errorf("the header counts %d", in.Unread)
	}
	m3 := h.say(kira, 0, "m3").Position
	_, err := ann.line.Do(h.ctx(), protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: 1, Last: seen})
	if codeOf(err) != protocol.CodeConflict || reasonOf(err) != "new_message" {
		t.Errorf("after a message not seen: %v", err)
	}
	kira.Take()
	h.ask(ann.line, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: 1, Last: m3})
	ann.until(func(all rows) bool { return all[1].Unread == 0 && all[1].AwaitingSince == 0 })
	if in := inboxOf(t, h, ann.line); in.Unread != 0 {
		t.Errorf("NRN-02: the header counts %d", in.Unread)
	}
	if r := body[protocol.ReceiptAdvanced](t, h.kind(kira, protocol.KindReceiptAdvanced)); r.Read != m3 || r.Side != protocol.SideTeam {
		t.Errorf("NRN-02: the visitor is told %+v", r)
	}
	// NRN-03: nobody owes an answer any more, and so no row says so; what is unread is everybody's own.
	bob.until(func(all rows) bool { return all[1].AwaitingSince == 0 })
	if bob.rows[1].Unread != 3 {
		t.Errorf("for Bob %d are unread", bob.rows[1].Unread)
	}
	h.say(kira, 0, "m4")
	ann.until(func(all rows) bool { return all[1].Unread == 1 && all[1].AwaitingSince != 0 })
	h.say(ann.line, 1, "an answer")
	ann.until(func(all rows) bool { return all[1].AwaitingSince == 0 })
	h.refused(bob.line, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: 1, Last: position(t, h)}, protocol.CodeForbidden)
}

func TestRIB01And02TheRibbonTellsTheTeamWhatHappenedAndNotTheVisitor(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "inbound.closed", "reopen")
	eve := h.hire("Eve", "eve@example.com", protocol.RoleAdmin, false)
	kira, w := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	e, _ := h.operator(eve)
	watch(t, h, e, 1)
	h.say(ann, 1, "m2")
	closes(h, ann, 1)
	h.say(kira, 0, "m3")
	h.ask(e, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	h.say(bob, 1, "m4")
	h.ask(e, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.bob})
	want := []string{
		"conversation.started by ", "message.sent by ", "conversation.assigned by Ann", "message.sent by Ann",
		"conversation.closed by Ann", "conversation.reopened by ", "message.sent by ", "conversation.assigned by Eve", "message.sent by Bob",
		"conversation.assigned by Eve",
	}
	var got []string
	items := watch(t, h, e, 1).Items
	for i, item := range items {
		got = append(got, string(item.Kind)+" by "+item.Actor.Name)
		if item.At == 0 || i > 0 && item.Position <= items[i-1].Position {
			t.Errorf("%s at %d, position %d", item.Kind, item.At, item.Position)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the ribbon (-want +got)\n%s", d)
	}
	var live []string
	h.settle(e)
	for _, f := range e.Take() {
		if f.Position != 0 && f.Kind.IsItem() {
			live = append(live, string(f.Kind)+" by "+f.Actor.Name)
		}
	}
	if d := cmp.Diff(want[2:], live); d != "" {
		t.Errorf("and live (-want +got)\n%s", d)
	}
	h.settle(kira)
	for _, f := range kira.Take() {
		if f.Kind != protocol.KindMessageSent && f.Kind.IsItem() {
			t.Errorf("the visitor hears %s", f.Kind)
		}
	}
	_, back := h.visitor(w.VisitorKey)
	if len(back.History.Items) != 4 || len(texts(t, back.History.Items)) != 4 {
		t.Errorf("the visitor's history is %v", rows(back.History.Items))
	}
}
