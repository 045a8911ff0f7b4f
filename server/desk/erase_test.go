package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/desk/conversation"
	"beseda/server/desk/eventlist"
	"beseda/server/desk/team"
	"beseda/store"
)

// holds tells which records of the store hold a text.
func (o *office) where(text string) (found []string) {
	o.t.Helper()
	o.read(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			if strings.Contains(string(e.Value), text) || strings.Contains(string(e.Key), text) {
				found = append(found, fmt.Sprintf("%q", e.Key[0]))
			}
		}
		return nil
	})
	return found
}

// drafts keeps what somebody has not sent.
func (p person) drafts(n protocol.Number, text string, files ...protocol.AttachmentID) (protocol.Accepted, error) {
	return p.do(protocol.KindDraftSave, &protocol.DraftSave{Conversation: n, Text: text, Attachments: files})
}

// TestDEL01NothingThatWasSaidIsLeft: messages, notes, subject, reactions, files, drafts and what rows show of them.
func TestDEL01NothingThatWasSaidIsLeft(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("xyzzy one", o.kira.uploads("xyzzy.pdf", protocol.AttachmentOther)))
	o.ann.must(o.ann.replies(1, "xyzzy two"))
	o.ann.must(o.ann.notes(1, "xyzzy note"))
	o.ann.must(o.ann.names(1, "xyzzy subject"))
	o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
	o.ann.must(o.ann.drafts(1, "xyzzy draft", o.ann.uploads("xyzzy.png", protocol.AttachmentImage)))
	o.eve.must(o.eve.drafts(1, "xyzzy of eve"))
	o.bob.must(o.bob.marks(1))
	began := o.conv(1).StartedAt
	if len(o.where("xyzzy")) < 8 || len(o.where("👍")) == 0 {
		t.Fatalf("too little was said: %v", o.where("xyzzy"))
	}
	o.clock.Add(1000)
	o.eve.must(o.eve.erases(1))
	for _, text := range []string{"xyzzy", "👍"} {
		if left := o.where(text); left != nil {
			t.Errorf("%s is left in %v", text, left)
		}
	}
	want := store.Conversation{Number: 1, Thread: o.conv(1).Thread, Channel: o.channel, Visitor: protocol.VisitorID(o.kira.call.By.ID),
		Contact: o.conv(1).Contact, Activity: protocol.Completed, Status: protocol.Closed, Assignee: o.ann.id(),
		StartedAt: began, LastAt: o.clock.Load(), StatusSince: o.clock.Load(), ErasedAt: o.clock.Load()}
	if diff := cmp.Diff(want, o.conv(1)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	checkInvariants(t, o)
	checkReplay(t, o)
}

// TestDEL01TheEventListKeepsALineWithoutContent, and nothing else of it.
func TestDEL01TheEventListKeepsALineWithoutContent(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("a secret"))
	o.ann.must(o.ann.replies(1, "another"))
	o.lev.must(o.lev.says("elsewhere"))
	o.eve.must(o.eve.erases(1))
	o.finishes(1)
	seen := func(p person) (out []string) {
		o.read(func(r store.Reader) error {
			op, err := store.Operators.Get(r, store.Text(p.id()))
			if err != nil {
				return err
			}
			m, err := team.MemberOf(r, &op)
			if err != nil {
				return err
			}
			page, err := eventlist.Read(r, m, &protocol.EventsRead{})
			for _, ev := range page.Events {
				if ev.Conversation != 0 {
					out = append(out, o.words(&ev))
				}
			}
			return err
		})
		return out
	}
	want := []string{"conversation.purged #1 by timer", "conversation.erased #1 by Eve", "message.sent #2 by visitor: elsewhere",
		"conversation.started #2 by visitor"}
	for _, p := range []person{o.eve, o.ann, o.bob} {
		if diff := cmp.Diff(want, seen(p)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", p.name, diff)
		}
	}
	o.sets("access.read", "assigned") // who could not have read it does not hear that it is gone
	if diff := cmp.Diff(want[2:], seen(o.bob)); diff != "" {
		t.Errorf("Bob (-want +got)\n%s", diff)
	}
}

// TestDEL01EveryCommandToAnErasedOneIsNotFound, and says how far erasing is.
func TestDEL01EveryCommandToAnErasedOneIsNotFound(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("one"))
	message := o.conv(1).LastMessage
	o.eve.must(o.eve.closes(1))
	o.kira.must(o.kira.says("two"))
	o.eve.must(o.eve.merges(2, 1)) // #2 leads to it
	o.eve.must(o.eve.erases(1))
	for _, reason := range []string{"erasing", "erased"} {
		for n := range protocol.Number(3) {
			if n == 0 {
				continue
			}
			for name, err := range map[string]error{
				"reply":    by(o.eve.replies(n, "x")),
				"note":     by(o.eve.notes(n, "x")),
				"close":    by(o.eve.closes(n)),
				"complete": by(o.eve.completes(n, protocol.Open)),
				"status":   by(o.eve.sets(n, protocol.Pending)),
				"reopen":   by(o.eve.reopens(n)),
				"assign":   by(o.eve.assigns(n, o.bob)),
				"subject":  by(o.eve.names(n, "x")),
				"read":     by(o.eve.reads(n, 9, 9)),
				"waive":    by(o.eve.waives(n)),
				"hold":     by(o.eve.holds(n)),
				"split":    by(o.eve.splits(n, message)),
				"merge":    by(o.eve.merges(n, 1)),
				"react":    by(o.eve.reacts(n, message)),
				"block":    by(o.eve.blocks(n)),
				"mark":     by(o.eve.marks(n)),
				"draft":    by(o.eve.drafts(n, "x")),
				"erase":    by(o.eve.erases(n)),
			} {
				if got := answer(err); got != "not_found "+reason {
					t.Errorf("%s of #%d: %q", name, n, got)
				}
			}
			for name, err := range map[string]error{"close": by(o.kira.closes(n)), "react": by(o.kira.reacts(0, message))} {
				if got := answer(err); got != "not_found" {
					t.Errorf("the visitor's %s of #%d: %q", name, n, got)
				}
			}
		}
		o.finishes(1)
	}
	if got := answer(by(o.eve.erases(7))); got != "not_found" {
		t.Errorf("one that never was: %q", got)
	}
	if got := answer(by(o.eve.erases(0))); !strings.HasPrefix(got, "invalid field=conversation") {
		t.Errorf("none: %q", got)
	}
}

// TestDEL06ErasingNeedsTheRight, and to read the conversation: who has the right erases nothing unseen.
func TestDEL06ErasingNeedsTheRight(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("access.read", "assigned")
	o.kira.must(o.kira.says("hello"))
	o.ann.must(o.ann.replies(1, "yes?"))
	for _, p := range []person{o.ann, o.bob} {
		if got := answer(by(p.erases(1))); got != "forbidden right=delete" {
			t.Errorf("%s: %q", p.name, got)
		}
	}
	made := o.eve.must(o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: "Cleaners", Rights: []protocol.Right{protocol.RightDelete}}))
	for _, p := range []person{o.ann, o.bob} {
		o.eve.must(o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: p.id(), Role: protocol.RoleOperator, Group: protocol.GroupID(made.Made)}))
	}
	if got := answer(by(o.bob.erases(1))); got != "forbidden" {
		t.Errorf("Bob, who may not read it: %q", got)
	}
	o.ann.must(o.ann.erases(1))
	if got := answer(by(o.kira.do(protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: 1}))); !strings.HasPrefix(got, "forbidden") {
		t.Errorf("a visitor: %q", got)
	}
}

// TestDEL07TheVisitorsHistoryLosesIt, the number is not given again, and what they write next begins anew.
func TestDEL07TheVisitorsHistoryLosesIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first matter"))
	o.eve.must(o.eve.closes(1))
	o.kira.must(o.kira.says("second matter"))
	o.ann.must(o.ann.replies(2, "an answer")) // unread by her
	thread := o.conv(1).Thread
	history := func() (out []string) {
		o.read(func(r store.Reader) error {
			items, _, err := conversation.Newest(r, thread, conversation.Whole(), 0, 0, 50, conversation.ForVisitor())
			for _, item := range items {
				out = append(out, decoded[protocol.MessageSent](t, &item).Text)
			}
			own, err2 := conversation.Own(r, thread, 0, 50)
			for _, c := range own.Conversations {
				out = append(out, "#"+c.Number.String())
			}
			waiting, err3 := conversation.Waiting(r, thread)
			out = append(out, fmt.Sprint(waiting, " unread"))
			for _, err := range []error{err, err2, err3} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		return out
	}
	if diff := cmp.Diff([]string{"first matter", "second matter", "an answer", "#2", "#1", "1 unread"}, history()); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	o.eve.must(o.eve.erases(2)) // which is active
	if diff := cmp.Diff([]string{"first matter", "#1", "0 unread"}, history()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	a := o.kira.must(o.kira.says("third matter"))
	if a.Conversation != 3 {
		t.Errorf("it went to #%d", a.Conversation)
	}
	if diff := cmp.Diff([]string{"first matter", "third matter", "#3", "#1", "0 unread"}, history()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	o.pass(time.Hour) // no timer of it is left
	for _, line := range o.since(a.Position) {
		if strings.Contains(line, "#2") {
			t.Errorf("afterwards: %s", line)
		}
	}
	checkInvariants(t, o)
}

// TestTheNewestLiveConversationTakesOn what a visitor writes when the one after it is erased, and ranges do not reach
// over what is gone.
func TestTheNewestLiveConversationTakesOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("one"))
	o.ann.must(o.ann.completes(1, protocol.Closed))
	o.sets("inbound.closed", "reopen")
	o.eve.must(o.eve.starts(o.conv(1).Thread, "two")) // #2
	o.kira.must(o.kira.says("three"))
	gone := o.conv(2).Ranges
	o.eve.must(o.eve.erases(2))
	if got := o.thread(1); got.Latest != 1 || got.Active != 0 {
		t.Errorf("%+v", got)
	}
	o.kira.must(o.kira.says("four"))
	if got := o.texts(1); !slices.Equal(got, []string{"visitor: one", "visitor: four"}) {
		t.Errorf("%v", got)
	}
	for _, span := range o.conv(1).Ranges {
		for _, lost := range gone {
			if span.First <= lost.Last && lost.First <= span.Last {
				t.Errorf("#1 has %v, erased are %v", o.conv(1).Ranges, gone)
			}
		}
	}
	first := o.conv(1).Ranges
	o.eve.must(o.eve.erases(1))
	if got := o.thread(1); got.Latest != 0 || !slices.Equal(got.Erased, []store.Span{first[0], gone[0], first[1]}) {
		t.Errorf("%+v", got)
	}
	o.kira.must(o.kira.reads(0, 99, 99))
	checkInvariants(t, o)
	checkReplay(t, o)
}

// TestTheLogReplaysWhateverIsErased plays splits and merges, erases any one of the conversations that came of it, and
// goes on: what other conversations took over is told by the log without what was erased.
func TestTheLogReplaysWhateverIsErased(t *testing.T) {
	t.Parallel()
	for gone := protocol.Number(1); gone <= 3; gone++ {
		for then := range protocol.Number(4) { // erased after it
			t.Run(fmt.Sprintf("#%d, then #%d", gone, then), func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, nil)
				o.kira.must(o.kira.says("one"))
				first := o.conv(1).LastMessage
				o.ann.must(o.ann.replies(1, "two"))
				o.ann.must(o.ann.names(1, "old subject"))
				o.ann.must(o.ann.completes(1, protocol.Open))
				o.kira.must(o.kira.says("three")) // reactivates it
				o.ann.must(o.ann.names(1, "new subject"))
				o.kira.must(o.kira.reacts(0, first)) // on a message that stays, told where it went
				o.eve.must(o.eve.assigns(1, o.bob))
				o.kira.must(o.kira.says("four"))
				o.eve.must(o.eve.splits(1, o.conv(1).Offer.From)) // #2
				o.bob.must(o.bob.replies(2, "five"))
				o.bob.must(o.bob.completes(2, protocol.Pending))
				o.kira.must(o.kira.says("six"))
				o.eve.must(o.eve.splits(2, o.conv(2).Offer.From)) // #3
				o.kira.must(o.kira.withdraws(0, first))
				o.eve.must(o.eve.erases(gone))
				if then != 0 && then != gone {
					o.eve.must(o.eve.erases(then))
				}
				checkReplay(t, o)
				checkInvariants(t, o)
				o.kira.must(o.kira.says("seven"))
				o.pass(time.Hour)
				for n := protocol.Number(3); n > 1; n-- {
					_, _ = o.eve.merges(n, n-1)
				}
				o.finishes(gone)
				checkReplay(t, o)
				checkInvariants(t, o)
				if o.conv(1).ErasedAt == 0 && o.conv(1).Subject != "new subject" {
					t.Errorf("the subject is %q", o.conv(1).Subject)
				}
				o.restart()
				checkInvariants(t, o)
			})
		}
	}
}

// TestALongConversationIsInNoViewAtOnce though it has more items than one commit takes, and its content goes step by step,
// also over a restart; each step leaves a log that replays.
func TestALongConversationIsInNoViewAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for i := range 250 {
		o.kira.must(o.kira.says(fmt.Sprint("xyzzy ", i), o.kira.uploads("xyzzy.pdf", protocol.AttachmentOther)))
	}
	o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
	thread, message := o.conv(1).Thread, o.conv(1).LastMessage
	o.lev.must(o.lev.says("elsewhere"))
	o.eve.must(o.eve.erases(1))
	steps := 0
	for more := true; more; steps++ {
		o.read(func(r store.Reader) error {
			items, _, err := conversation.Newest(r, thread, conversation.Whole(), 0, 0, 500, conversation.ForVisitor())
			if len(items) > 0 {
				t.Errorf("step %d: the visitor reads %d items", steps, len(items))
			}
			reactions, err2 := conversation.Reactions(r, thread, conversation.Whole(), nil, message)
			if len(reactions) > 0 || err2 != nil {
				t.Errorf("step %d: %d reactions, %v", steps, len(reactions), err2)
			}
			if _, err := conversation.Holding(r, thread, message); err == nil {
				t.Error("the message is held by a conversation, so its files are served")
			}
			return err
		})
		if len(o.where("xyzzy")) == 0 {
			t.Errorf("step %d: everything is gone: too little was said to try it on", steps)
		}
		checkReplay(t, o)
		checkInvariants(t, o)
		o.restart()
		o.decide(func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
			out, more, err = desk.EraseMore(r, 1)
			return out, err
		})
	}
	if left := o.where("xyzzy"); steps != 2 || left != nil {
		t.Errorf("after %d steps, the text is left in %v", steps, left)
	}
	o.finishes(1)
	o.finishes(1) // again has no effect
	if got := o.conv(1); got.PurgedAt != o.clock.Load() {
		t.Errorf("%+v", got)
	}
	if got := o.since(o.last() - 1); !slices.Equal(got, []string{"conversation.purged #1 by timer"}) {
		t.Errorf("at last %v", got)
	}
	checkReplay(t, o)
	checkInvariants(t, o)
}

// TestAnErasedMessageIsGoneFromQuotes of it elsewhere.
func TestAnErasedMessageIsGoneFromQuotes(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("the quoted"))
	at := o.conv(1).LastMessage
	o.eve.must(o.eve.closes(1))
	o.kira.must(o.kira.do(protocol.KindMessageSend, &protocol.MessageSend{Text: "about that", Quote: at})) // #2
	quoted := func() (q *protocol.Quote) {
		o.read(func(r store.Reader) error {
			conv, err := store.Conversations.Get(r, store.Num(protocol.Number(2)))
			if err != nil {
				return err
			}
			items, _, err := conversationItems(r, &conv)
			body := decoded[protocol.MessageSent](t, &items[len(items)-1])
			q = body.Quote
			return err
		})
		return q
	}
	if q := quoted(); q.Text != "the quoted" {
		t.Fatalf("%+v", q)
	}
	o.eve.must(o.eve.erases(1))
	if diff := cmp.Diff(&protocol.Quote{Message: at, Gone: true}, quoted()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := answer(by(o.kira.do(protocol.KindMessageSend, &protocol.MessageSend{Text: "again", Quote: at}))); got != "not_found field=quote" {
		t.Errorf("quoting it: %q", got)
	}
}

// TestEveryKindOfItemSaysWhatItsContentIs: what a new kind holds is judged before it can be erased.
func TestEveryKindOfItemSaysWhatItsContentIs(t *testing.T) {
	t.Parallel()
	for e := range protocol.Entries() {
		if e.Kind.IsItem() && !conversation.Judged(e.Kind) {
			t.Errorf("nobody says what of %s is erased", e.Kind)
		}
	}
}
