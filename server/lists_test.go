package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// ownList waits until a visitor was told that their conversations are these, newest first: number, activity, status.
func ownList(t testing.TB, h *house, l *line.Line, want ...ownRow) {
	t.Helper()
	var last []ownRow
	if _, err := l.Wait(h.ctx(), func(f protocol.Frame) bool {
		if f.Kind != protocol.KindConversations || f.ID != "" {
			return false
		}
		last = nil
		for _, c := range body[protocol.Conversations](t, f).Conversations {
			last = append(last, ownRow{c.Number, c.Activity, c.Status})
		}
		return cmp.Equal(want, last)
	}); err != nil {
		t.Fatalf("%v; the last list (-want +got)\n%s", err, cmp.Diff(want, last))
	}
}

type ownRow struct {
	Number   protocol.Number
	Activity protocol.Activity
	Status   protocol.Status
}

// listing is the list of all conversations as an operator's screen holds it, put together from a page and what is pushed.
type listing struct {
	h    *house
	line *line.Line
	rows map[protocol.Number]protocol.Row
	last protocol.Inbox // with the newest figures
}

func (h *house) listing(l *line.Line, _ protocol.OperatorWelcome) *listing {
	h.t.Helper()
	all := &listing{h: h, line: l, rows: map[protocol.Number]protocol.Row{}}
	all.hear(inboxOf(h.t, h, l))
	return all
}

// inboxOf has an operator's list show all conversations, from now on, and reads its first page.
func inboxOf(t testing.TB, h *house, l *line.Line) protocol.Inbox {
	t.Helper()
	return body[protocol.Inbox](t, h.ask(l, protocol.KindInboxLook, &protocol.InboxLook{Lens: wholeList}))
}

// wholeList is the lens of who looks at all conversations.
const wholeList = 1

func (l *listing) hear(in protocol.Inbox) {
	for _, n := range in.Gone {
		delete(l.rows, n)
	}
	for _, row := range in.Rows {
		l.rows[row.Number] = row
	}
	l.last = in
}

// until takes what is pushed until the list is as a test wants it.
func (l *listing) until(fits func(rows map[protocol.Number]protocol.Row) bool) {
	l.h.t.Helper()
	for !fits(l.rows) {
		f := l.h.wait(l.line, func(f protocol.Frame) bool {
			return f.Kind == protocol.KindInbox && f.ID == "" && body[protocol.Inbox](l.h.t, f).Lens == wholeList
		})
		l.hear(body[protocol.Inbox](l.h.t, f))
	}
}

// reactivated is a house where #1 was completed as open and its visitor wrote again: it may be split.
func reactivated(t *testing.T) (h *house, kira, ann *line.Line, from protocol.Position) {
	t.Helper()
	h = open(t)
	kira, _ = h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ = h.operator(h.ann)
	h.say(ann, 1, "m2")
	h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: protocol.Open, Last: position(t, h)})
	from = h.say(kira, 0, "m3").Position
	h.say(ann, 1, "m4")
	return h, kira, ann, from
}

func TestSPL02ASplitShowsAtOnceInEveryList(t *testing.T) {
	t.Parallel()
	h, kira, ann, from := reactivated(t)
	bobs := h.listing(h.operator(h.bob))
	ownList(t, h, kira, ownRow{1, protocol.Active, protocol.Open})
	kira.Take()
	a := body[protocol.Accepted](t, h.ask(ann, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: 1, From: from}))
	if a.Conversation != 2 {
		t.Fatalf("the split made #%d", a.Conversation)
	}
	ownList(t, h, kira, ownRow{2, protocol.Active, protocol.Open}, ownRow{1, protocol.Completed, protocol.Open})
	bobs.until(func(all map[protocol.Number]protocol.Row) bool {
		return len(all) == 2 && all[1].Activity == protocol.Completed
	})
	old, next := bobs.rows[1], bobs.rows[2]
	if old.LastText != "m2" || old.Next != 2 || old.Started != 2 {
		t.Errorf("#1 is listed as %+v", old)
	}
	if next.LastText != "m4" || next.Assignee != h.ann || next.Activity != protocol.Active || next.Previous != 1 || next.MergeInto != 0 {
		t.Errorf("#2 is listed as %+v", next)
	}
	for _, f := range kira.Take() {
		if f.Kind == protocol.KindConversationSplit || f.Kind == protocol.KindConversationStarted || f.Kind == protocol.KindMessageSent {
			t.Errorf("the visitor is told %s", f.Kind)
		}
	}

	kira.Take()
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 2, Into: 1})
	ownList(t, h, kira, ownRow{1, protocol.Active, protocol.Open})
	bobs.until(func(all map[protocol.Number]protocol.Row) bool {
		return len(all) == 1 && all[1].Activity == protocol.Active
	})
	if back := bobs.rows[1]; back.LastText != "m4" || back.Next != 0 || back.Started != 1 {
		t.Errorf("merged, #1 is listed as %+v", back)
	}
}

func TestTheVisitorsListFollowsEveryChangeOfState(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	other, _ := h.visitor(w.VisitorKey) // another tab
	lev, _ := h.visitor("")
	h.say(lev, 0, "somebody else")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	h.ask(ann, protocol.KindStatusChange, &protocol.StatusChange{Conversation: 2, Status: protocol.Pending, Last: position(t, h)})
	ownList(t, h, other, ownRow{2, protocol.Active, protocol.Pending})
	h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 2, Status: protocol.Pending, Last: position(t, h)})
	ownList(t, h, other, ownRow{2, protocol.Completed, protocol.Pending})
	h.ask(ann, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: 2})
	ownList(t, h, other, ownRow{2, protocol.Active, protocol.Open})
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 2, Last: position(t, h)})
	ownList(t, h, other, ownRow{2, protocol.Completed, protocol.Closed})
	h.say(kira, 0, "again")
	ownList(t, h, other, ownRow{3, protocol.Active, protocol.Open}, ownRow{2, protocol.Completed, protocol.Closed})
	ownList(t, h, kira, ownRow{3, protocol.Active, protocol.Open}, ownRow{2, protocol.Completed, protocol.Closed})
	h.settle(lev)
	for _, f := range lev.Take() {
		if f.Kind == protocol.KindConversations {
			for _, c := range body[protocol.Conversations](t, f).Conversations {
				if c.Number != 1 {
					t.Errorf("somebody else is told of #%d", c.Number)
				}
			}
		}
	}
}
