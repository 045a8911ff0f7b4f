package server

import (
	"cmp"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// lens is an operator's list under a filter as their screen holds it, put together from its first page and what is
// pushed, and sorted as the page said.
type lens struct {
	h    *house
	line *line.Line
	id   int
	page protocol.Inbox // the first one, with the newest figures
	rows map[protocol.Number]protocol.Row
	tags []protocol.TagCount
}

// look has an operator's list show something.
func (h *house) look(l *line.Line, id int, f protocol.Filter, with ...func(*protocol.InboxLook)) *lens {
	h.t.Helper()
	ask := protocol.InboxLook{Lens: id, Filter: f}
	for _, w := range with {
		w(&ask)
	}
	out := &lens{h: h, line: l, id: id, rows: map[protocol.Number]protocol.Row{}}
	out.page = body[protocol.Inbox](h.t, h.ask(l, protocol.KindInboxLook, &ask))
	out.hear(out.page)
	return out
}

func counting(l *protocol.InboxLook)   { l.Count = true }
func byActivity(l *protocol.InboxLook) { l.Order = protocol.OrderActivity }

func (l *lens) hear(in protocol.Inbox) {
	l.h.t.Helper()
	if in.Lens != l.id {
		l.h.t.Errorf("the list is of lens %d, not %d", in.Lens, l.id)
	}
	for _, n := range slices.Concat(in.Gone, in.Left) {
		delete(l.rows, n)
	}
	for _, row := range in.Rows {
		l.rows[row.Number] = row
	}
	l.page.Total, l.page.Unread, l.page.Active, l.page.All = in.Total, in.Unread, in.Active, in.All
	if len(in.Tags) > 0 {
		l.tags = slices.DeleteFunc(in.Tags, func(t protocol.TagCount) bool { return t.Count == 0 })
	}
}

// order is the numbers from the top.
func (l *lens) order() (numbers []protocol.Number) {
	var rows []protocol.Row
	for _, row := range l.rows {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b protocol.Row) int {
		if l.page.Order == protocol.OrderProcessing && (a.AwaitingSince != 0 || b.AwaitingSince != 0) {
			if (a.AwaitingSince == 0) != (b.AwaitingSince == 0) {
				return cmp.Compare(b.AwaitingSince, a.AwaitingSince)
			}
			return cmp.Or(cmp.Compare(a.AwaitingSince, b.AwaitingSince), cmp.Compare(a.Number, b.Number))
		}
		return cmp.Or(cmp.Compare(b.LastAt, a.LastAt), cmp.Compare(b.Number, a.Number))
	})
	for _, row := range rows {
		numbers = append(numbers, row.Number)
	}
	return numbers
}

// push takes the next frame that is pushed of the list; what was pushed of the one before bears its number.
func (l *lens) push() {
	l.h.t.Helper()
	l.hear(body[protocol.Inbox](l.h.t, l.h.wait(l.line, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindInbox && f.ID == "" && body[protocol.Inbox](l.h.t, f).Lens == l.id
	})))
}

// shows waits until the list is these, from the top, and compares that with a fresh page.
func (l *lens) shows(want ...protocol.Number) {
	l.h.t.Helper()
	for !slices.Equal(l.order(), want) || l.page.Total != len(want) {
		l.push()
	}
	fresh := body[protocol.Inbox](l.h.t, l.h.ask(l.line, protocol.KindInboxRead, &protocol.InboxRead{Lens: l.id}))
	var numbers []protocol.Number
	for _, row := range fresh.Rows {
		numbers = append(numbers, row.Number)
	}
	if !slices.Equal(numbers, want) {
		l.h.t.Errorf("the page is %v, the list %v", numbers, want)
	}
}

// talks begins conversations #1, #2 … of as many visitors.
func talks(h *house, count int) (all []*line.Line) {
	h.t.Helper()
	for range count {
		l, _ := h.visitor("")
		h.say(l, 0, "hello")
		h.advance(time.Second) // no two are of one moment
		all = append(all, l)
	}
	return all
}

func TestFIL02And05ThereIsAnOrderByWaitOnlyWithALimit(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 1)
	ann, w := h.operator(h.ann)
	if w.Inbox.Order != protocol.OrderActivity || w.Inbox.Limits {
		t.Errorf("without a limit the welcome is %+v", w.Inbox)
	}
	if page := h.look(ann, 1, protocol.Filter{}, func(l *protocol.InboxLook) { l.Order = protocol.OrderProcessing }).page; page.Order != protocol.OrderActivity || page.Limits {
		t.Errorf("without a limit, asked for it, the page is %+v", page)
	}
	setPolicy(h, "sla.limit", "10m")
	if page := h.look(ann, 2, protocol.Filter{}).page; page.Order != protocol.OrderProcessing || !page.Limits {
		t.Errorf("with a limit the page is %+v", page)
	}
	if _, w := h.operator(h.bob); w.Inbox.Order != protocol.OrderProcessing {
		t.Errorf("with a limit a fresh user's is %+v", w.Inbox)
	}
	if page := h.look(ann, 3, protocol.Filter{}, byActivity).page; page.Order != protocol.OrderActivity || !page.Limits {
		t.Errorf("with a limit, asked for activity, the page is %+v", page)
	}
	h.look(ann, 4, protocol.Filter{}, func(l *protocol.InboxLook) { l.Order = protocol.OrderProcessing })
	setPolicy(h, "sla.limit", "off")
	if page := body[protocol.Inbox](t, h.ask(ann, protocol.KindInboxRead, &protocol.InboxRead{Lens: 4})); page.Order != protocol.OrderActivity {
		t.Errorf("after the limit the page is %+v", page)
	}
}

// TestFIL02And05AnOpenListHearsOfTheLimit: who looks already learns that there is another order now, or none any more.
func TestFIL02And05AnOpenListHearsOfTheLimit(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 1)
	bob, w := h.operator(h.bob)
	if w.Inbox.Order != protocol.OrderActivity || w.Inbox.Limits {
		t.Fatalf("without a limit the welcome is %+v", w.Inbox)
	}
	told := func(limit string) (in protocol.Inbox) {
		setPolicy(h, "sla.limit", limit)
		return body[protocol.Inbox](t, h.wait(bob, func(f protocol.Frame) bool {
			return f.Kind == protocol.KindInbox && body[protocol.Inbox](t, f).Order != ""
		}))
	}
	if in := told("10m"); in.Order != protocol.OrderProcessing || !in.Limits {
		t.Errorf("with a limit it was told %+v", in)
	}
	if in := told("off"); in.Order != protocol.OrderActivity || in.Limits {
		t.Errorf("after the limit it was told %+v", in)
	}
	h.look(bob, 1, protocol.Filter{}, byActivity)
	if in := told("5m"); in.Order != protocol.OrderActivity || !in.Limits {
		t.Errorf("with another order chosen it was told %+v", in)
	}
}

func TestFIL03TheLongestWaitIsOnTop(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "sla.limit", "30m")
	setPolicy(h, "autocomplete.after", "off")
	talks(h, 1) // #1 waits for nine minutes
	h.advance(5 * time.Minute)
	talks(h, 1) // #2 for four
	h.advance(3 * time.Minute)
	talks(h, 1) // #3 is answered
	h.advance(time.Minute)
	bob, _ := h.operator(h.bob)
	h.say(bob, 3, "answered")
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{})
	list.shows(1, 2, 3)
	h.say(bob, 1, "answered")
	list.shows(2, 1, 3)
}

func TestFIL04TheFirstUnansweredMessageCounts(t *testing.T) {
	t.Parallel()
	h := open(t)
	setPolicy(h, "sla.limit", "30m")
	kira := talks(h, 1)[0] // 12:00
	h.advance(5 * time.Minute)
	talks(h, 1) // Lev, 12:05
	h.advance(3 * time.Minute)
	h.say(kira, 0, "still here") // 12:08
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{})
	list.shows(1, 2)
	setPolicy(h, "sla.clock", "last_visitor")
	h.look(ann, 2, protocol.Filter{}).shows(2, 1)
}

func TestFIL06TheLatestActivityIsOnTop(t *testing.T) {
	t.Parallel()
	h := open(t)
	visitors := talks(h, 3)
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{}, byActivity)
	list.shows(3, 2, 1)
	h.say(ann, 1, "a reply")
	h.advance(time.Second)
	list.shows(1, 3, 2)
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 2, Text: "no activity"})
	h.say(visitors[2], 0, "a message")
	list.shows(3, 1, 2)
}

func TestFIL07ByAssigneeOrNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3)
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.bob})
	ann, _ := h.operator(h.ann)
	h.look(ann, 1, protocol.Filter{Assignees: []protocol.OperatorID{h.ann}}).shows(1)
	both := h.look(ann, 2, protocol.Filter{Assignees: []protocol.OperatorID{h.ann}, Unassigned: true})
	both.shows(3, 1)
	h.asAnn(&protocol.ConversationAssign{Conversation: 3, Assignee: h.bob})
	both.shows(1)
	h.asAnn(&protocol.ConversationAssign{Conversation: 2})
	both.shows(2, 1)
}

func TestFIL08ByChannel(t *testing.T) {
	t.Parallel()
	h := open(t)
	w := h.channel
	talks(h, 1)
	v := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "V", Color: "#0a6a78"}, AnySite: true})
	h.channel = v
	talks(h, 1)
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{Channels: []protocol.ChannelID{w}})
	list.shows(1)
	ann.Take()
	talks(h, 1) // in V
	for list.page.All != 3 {
		list.push()
	}
	list.shows(1)
	h.channel = w
	talks(h, 1)
	list.shows(4, 1)
}

func TestFIL09ByBot(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 2)
	ann, _ := h.operator(h.ann)
	_, x := h.bot("X")
	list := h.look(ann, 1, protocol.Filter{Bots: []protocol.OperatorID{x}})
	list.shows()
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: x})
	list.shows(2)
}

func TestFIL11BothAxes(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 4)
	ann, _ := h.operator(h.ann)
	for n, status := range map[protocol.Number]protocol.Status{2: protocol.Open, 3: protocol.Pending, 4: protocol.Closed} {
		h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: n, Status: status, Last: position(t, h)})
	}
	completed := []protocol.Activity{protocol.Completed}
	h.look(ann, 1, protocol.Filter{Statuses: []protocol.Status{protocol.Closed}}).shows(4)
	h.look(ann, 2, protocol.Filter{Activities: completed}).shows(4, 3, 2)
	h.look(ann, 3, protocol.Filter{Activities: completed, Statuses: []protocol.Status{protocol.Open}}).shows(2)
	all := h.look(ann, 4, protocol.Filter{})
	all.shows(4, 3, 2, 1)
	if all.page.Active != 1 || all.page.All != 4 {
		t.Errorf("the figures are %+v", all.page)
	}
}

func TestFIL12ByWhoWroteLast(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3)
	ann, _ := h.operator(h.ann)
	h.say(ann, 2, "a reply")
	h.say(ann, 3, "a reply")
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 3, Text: "a note"})
	h.look(ann, 1, protocol.Filter{Last: protocol.SideTeam}).shows(3, 2)
	h.look(ann, 2, protocol.Filter{Reply: protocol.ReplyGiven}).shows(3, 2)
	theirs := h.look(ann, 3, protocol.Filter{Last: protocol.SideVisitor})
	theirs.shows(1)
	h.say(ann, 1, "answered")
	theirs.shows()
}

func TestFIL13KindsAreJoinedByAndValuesByOr(t *testing.T) {
	t.Parallel()
	h := open(t)
	w := h.channel
	talks(h, 3)
	h.channel = h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "V", Color: "#0a6a78"}, AnySite: true})
	talks(h, 1)
	for n, who := range map[protocol.Number]protocol.OperatorID{1: h.ann, 2: h.bob, 4: h.ann} {
		h.asAnn(&protocol.ConversationAssign{Conversation: n, Assignee: who})
	}
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{Assignees: []protocol.OperatorID{h.ann, h.bob}, Channels: []protocol.ChannelID{w}})
	list.shows(2, 1)
	h.asAnn(&protocol.ConversationAssign{Conversation: 2}) // a row that stops matching leaves
	list.shows(1)
	watch(t, h, ann, 2)
	h.say(ann, 2, "claimed") // and comes back
	list.shows(2, 1)
}

func TestINB03TheHeaderCountsConversationsWithSomethingUnread(t *testing.T) {
	t.Parallel()
	h := open(t)
	visitors := talks(h, 2) // #1 and #2 have a message each
	h.say(visitors[0], 0, "two")
	h.say(visitors[0], 0, "three")
	ann, w := h.operator(h.ann)
	if w.Inbox.Unread != 2 {
		t.Errorf("the header says %d", w.Inbox.Unread)
	}
	unread := h.look(ann, 1, protocol.Filter{Unread: true}, byActivity)
	unread.shows(1, 2)
	if row := unread.rows[1]; row.Unread != 3 {
		t.Errorf("#1 has %d", row.Unread)
	}
	h.ask(ann, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: position(t, h), Delivered: position(t, h)})
	unread.shows(2)
	if unread.page.Unread != 1 {
		t.Errorf("having read, the header says %d", unread.page.Unread)
	}
	h.ask(ann, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: 1})
	unread.shows(1, 2)
	if row := unread.rows[1]; !row.Marked || row.Unread != 0 || unread.page.Unread != 2 {
		t.Errorf("marked, the header says %d, the row %+v", unread.page.Unread, row)
	}
}

// TestINB03OfWhatIsCompletedTheHeaderCountsOnesOwnAndWhatWasMarked: a reaction in it is for whom it is assigned to.
func TestINB03OfWhatIsCompletedTheHeaderCountsOnesOwnAndWhatWasMarked(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira := talks(h, 2)[0]
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	for n := protocol.Number(1); n < 3; n++ {
		h.say(ann, n, "answered")
		h.asAnn(&protocol.ConversationAssign{Conversation: n, Assignee: h.ann})
		closes(h, ann, n)
	}
	for _, l := range []*line.Line{ann, bob} {
		for n := protocol.Number(1); n < 3; n++ {
			h.ask(l, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: n, Read: position(t, h), Delivered: position(t, h)})
		}
	}
	counts := func(when string, anns, bobs int) {
		t.Helper()
		if a, b := inboxOf(t, h, ann).Unread, inboxOf(t, h, bob).Unread; a != anns || b != bobs {
			t.Errorf("%s Ann's header says %d, Bob's %d; want %d and %d", when, a, b, anns, bobs)
		}
	}
	counts("all read,", 0, 0)
	h.ask(kira, protocol.KindReactionAdd, &protocol.ReactionAdd{Position: firstMessage(t, h, ann, 1), Emoji: "👍"})
	counts("Kira reacted,", 1, 0)
	h.ask(bob, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: 1}) // which is unread for him anyway
	h.ask(bob, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: 2})
	counts("Bob marked both,", 1, 2)
	if _, w := h.operator(h.bob); w.Inbox.Unread != 2 {
		t.Errorf("another device of Bob's says %d", w.Inbox.Unread)
	}
	h.ask(bob, protocol.KindUnreadClear, &protocol.UnreadClear{Conversation: 1})
	counts("Bob took one mark away,", 1, 1)
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	counts("it is Bob's now,", 0, 2)
	h.ask(bob, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: position(t, h), Delivered: position(t, h)})
	counts("Bob has read it,", 0, 1)
}

func TestAConversationBesideTheListStillShowsItsRow(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira := talks(h, 2)[0]
	ann, _ := h.operator(h.ann)
	watch(t, h, ann, 1)
	list := h.look(ann, 1, protocol.Filter{Statuses: []protocol.Status{protocol.Closed}})
	list.shows()
	h.say(kira, 0, "one more")
	beside := h.wait(ann, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindInbox && f.ID == "" && len(body[protocol.Inbox](t, f).Beside) > 0
	})
	if in := body[protocol.Inbox](t, beside); len(in.Rows) != 0 || in.Beside[0].Number != 1 || in.Beside[0].LastText != "one more" {
		t.Errorf("beside the list is %+v", in)
	}
}

func TestTheListOfAWelcomeIsOneLikeAnyOther(t *testing.T) {
	t.Parallel()
	h := open(t)
	visitors := talks(h, 3)
	ann, w := h.operator(h.ann)
	list := &lens{h: h, line: ann, rows: map[protocol.Number]protocol.Row{}, page: w.Inbox}
	list.hear(w.Inbox)
	list.shows(3, 2, 1)
	pushed := func(fits func(protocol.Inbox) bool) {
		t.Helper()
		h.wait(ann, func(f protocol.Frame) bool {
			if f.Kind != protocol.KindInbox || f.ID != "" {
				return false
			}
			in := body[protocol.Inbox](t, f)
			list.hear(in)
			return fits(in)
		})
	}
	h.asAnn(&protocol.ConversationClose{Conversation: 1})
	pushed(func(in protocol.Inbox) bool { return slices.Equal(in.Left, []protocol.Number{1}) && len(in.Rows) == 0 })
	list.shows(3, 2)

	watch(t, h, ann, 2)
	h.asAnn(&protocol.ConversationComplete{Conversation: 2, Status: protocol.Open})
	pushed(func(in protocol.Inbox) bool {
		return slices.Equal(in.Left, []protocol.Number{2}) && len(in.Rows) == 0 &&
			len(in.Beside) == 1 && in.Beside[0].Activity == protocol.Completed
	})
	list.shows(3)
	h.say(visitors[1], 0, "again")
	list.shows(2, 3)
	h.say(visitors[0], 0, "again") // the closed one is followed by a new one
	list.shows(4, 2, 3)
	if in := list.page; in.Active != 3 || in.All != 4 {
		t.Errorf("the figures are %+v", in)
	}
	h.refused(ann, protocol.KindInboxLook, &protocol.InboxLook{}, protocol.CodeInvalid)
}

func TestAListOfBeforeIsNoneAnyMore(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 1)
	ann, _ := h.operator(h.ann)
	h.look(ann, 1, protocol.Filter{})
	h.look(ann, 2, protocol.Filter{})
	h.refused(ann, protocol.KindInboxRead, &protocol.InboxRead{Lens: 1}, protocol.CodeConflict)
	h.refused(ann, protocol.KindInboxPick, &protocol.InboxPick{Lens: 1}, protocol.CodeConflict)
	h.refused(ann, protocol.KindInboxLook, &protocol.InboxLook{Lens: 3, Filter: protocol.Filter{Untagged: true, Pinned: true}}, protocol.CodeInvalid)
}

func TestALongListIsReadInPagesThatAreNoneOtherThanTheWhole(t *testing.T) {
	t.Parallel()
	h := open(t)
	const count = 1500
	h.fill(count)
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{}, func(l *protocol.InboxLook) { l.Limit = 200 })
	var numbers []protocol.Number
	page := list.page
	for {
		if page.Offset != len(numbers) || page.Total != count {
			t.Fatalf("a page begins at %d of %d, not at %d", page.Offset, page.Total, len(numbers))
		}
		for _, row := range page.Rows {
			numbers = append(numbers, row.Number)
		}
		if !page.More {
			break
		}
		ask := &protocol.InboxRead{Lens: 1, Offset: len(numbers), Limit: 170}
		if len(numbers)%400 != 0 {
			ask.Below = numbers[len(numbers)-1]
		}
		page = body[protocol.Inbox](t, h.ask(ann, protocol.KindInboxRead, ask))
	}
	var want []protocol.Number
	for n := protocol.Number(count); n > 0; n-- {
		want = append(want, n)
	}
	if d := gocmp.Diff(want, numbers); d != "" {
		t.Errorf("the list (-want +got)\n%s", d)
	}
	last := body[protocol.Inbox](t, h.ask(ann, protocol.KindInboxRead, &protocol.InboxRead{Lens: 1, Offset: count - 3}))
	if len(last.Rows) != 3 || last.Rows[2].Number != 1 || last.More || last.Offset != count-3 {
		t.Errorf("the end of the list is %+v", last)
	}
}
