package server

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func react(h *house, l *line.Line, n protocol.Number, at protocol.Position, emoji string) {
	h.t.Helper()
	h.ask(l, protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: n, Position: at, Emoji: emoji})
}

func unreact(h *house, l *line.Line, n protocol.Number, at protocol.Position, emoji string) {
	h.t.Helper()
	h.ask(l, protocol.KindReactionWithdraw, &protocol.ReactionWithdraw{Conversation: n, Position: at, Emoji: emoji})
}

// hung says what hangs on messages, in words and in order.
func hung(all []protocol.Reaction) (out []string) {
	for _, r := range all {
		word := fmt.Sprintf("%d %s by %s", r.Message, r.Emoji, r.Actor.Kind)
		if r.Withdrawn {
			word += ", taken back"
		}
		out = append(out, word)
	}
	slices.Sort(out)
	return out
}

func rewatch(h *house, l *line.Line, n protocol.Number, after protocol.Position) protocol.History {
	h.t.Helper()
	return body[protocol.History](h.t, h.ask(l, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: n, After: after}))
}

func TestREA01To03AReactionIsANoteInTheClosedConversationOfItsMessage(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	m2 := h.say(ann, 1, "m2").Position
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1, Last: position(t, h)})
	h.say(kira, 0, "m3")
	bob := h.listing(h.operator(h.bob))
	watch(t, h, ann, 1)
	watch(t, h, ann, 2)
	before := h.now().UnixMilli()
	react(h, kira, 0, m2, "👍")
	note := h.kind(ann, protocol.KindReactionAdded)
	if b := body[protocol.ReactionAdded](t, note); note.Conversation != 1 || b.Message != m2 || b.Emoji != "👍" ||
		note.Actor.Kind != protocol.ActorVisitor || note.At < before || note.Position <= m2 {
		t.Errorf("the note is %+v, %+v", note, b)
	}
	bob.until(func(all map[protocol.Number]protocol.Row) bool { return all[1].Unread > 0 })
	if row := bob.rows[1]; row.Status != protocol.Closed || row.Activity != protocol.Completed || row.AwaitingSince != 0 {
		t.Errorf("#1 is now %+v", row)
	}
	if in := inboxOf(t, h, ann); in.All != 2 {
		t.Errorf("there are %d conversations", in.All)
	}
	unreact(h, kira, 0, m2, "👍")
	note = h.kind(ann, protocol.KindReactionWithdrawn)
	if b := body[protocol.ReactionWithdrawn](t, note); note.Conversation != 1 || b.Message != m2 || b.Emoji != "👍" {
		t.Errorf("taken back it is %+v, %+v", note, b)
	}
	page := watch(t, h, ann, 1)
	var notes []protocol.Kind
	for _, item := range page.Items {
		if item.Kind == protocol.KindReactionAdded || item.Kind == protocol.KindReactionWithdrawn {
			notes = append(notes, item.Kind)
		}
	}
	if d := cmp.Diff([]protocol.Kind{protocol.KindReactionAdded, protocol.KindReactionWithdrawn}, notes); d != "" || len(page.Reactions) != 0 {
		t.Errorf("#1 holds (-want +got)\n%s and %v", d, hung(page.Reactions))
	}
	if page := watch(t, h, ann, 2); len(page.Reactions) != 0 || len(texts(t, page.Items)) != 1 {
		t.Errorf("#2 holds %v, %v", texts(t, page.Items), hung(page.Reactions))
	}
}

func TestWhoComesBackLearnsWhichReactionsCameAndWentMeanwhile(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	m1 := h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	m2 := h.say(ann, 1, "m2").Position
	react(h, ann, 1, m1.Position, "🎉")
	react(h, kira, 0, m2, "👍")
	react(h, kira, 0, m2, "❤️")
	page := watch(t, h, bob, 1)
	held := page.Items[len(page.Items)-1].Position
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	h.settle(kira)
	kira.Close()

	unreact(h, ann, 1, m1.Position, "🎉")
	react(h, ann, 1, m1.Position, "✅")
	other, _ := h.visitor(w.VisitorKey) // her other tab
	unreact(h, other, 0, m2, "👍")
	m3 := h.say(ann, 1, "m3").Position
	react(h, other, 0, m3, "🙏")
	react(h, ann, 1, m3, "😮")
	unreact(h, ann, 1, m3, "😮")
	want := []string{
		fmt.Sprintf("%d ✅ by operator", m1.Position),
		fmt.Sprintf("%d 🎉 by operator, taken back", m1.Position),
		fmt.Sprintf("%d 👍 by visitor, taken back", m2),
		fmt.Sprintf("%d 🙏 by visitor", m3),
	}
	slices.Sort(want)
	_, back := h.visitor(w.VisitorKey, protocol.Resume{Thread: m1.Thread, Position: held})
	if d := cmp.Diff(want, hung(back.History.Reactions)); d != "" || back.History.Reset {
		t.Errorf("the visitor learns, reset %v (-want +got)\n%s", back.History.Reset, d)
	}
	if got := rewatch(h, bob, 1, held); cmp.Diff(want, hung(got.Reactions)) != "" || got.Reset {
		t.Errorf("Bob learns, reset %v (-want +got)\n%s", got.Reset, cmp.Diff(want, hung(got.Reactions)))
	}
	whole := watch(t, h, bob, 1)
	all := []string{fmt.Sprintf("%d ✅ by operator", m1.Position), fmt.Sprintf("%d ❤️ by visitor", m2), fmt.Sprintf("%d 🙏 by visitor", m3)}
	slices.Sort(all)
	if d := cmp.Diff(all, hung(whole.Reactions)); d != "" {
		t.Errorf("who has nothing gets (-want +got)\n%s", d)
	}
}

func TestReactionsOfAConversationThatOneMayNotReadAreNotTold(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	m2 := h.say(ann, 1, "m2").Position
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1, Last: position(t, h)})
	held := h.say(kira, 0, "m3").Position
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	bob, _ := h.operator(h.bob)
	h.refused(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}, protocol.CodeForbidden)
	react(h, kira, 0, m2, "👍")
	if got := rewatch(h, bob, 2, held); len(got.Reactions) != 0 {
		t.Errorf("with #2 Bob learns of #1: %v", hung(got.Reactions))
	}
}

func TestWhoComesBackAfterASplitOrAMergeHoldsWhatTheConversationHolds(t *testing.T) {
	t.Parallel()
	h, kira, ann, from := reactivated(t)
	bob, _ := h.operator(h.bob)
	page := watch(t, h, bob, 1)
	held := page.Items[len(page.Items)-1].Position
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	h.ask(ann, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: 1, From: from})
	got := rewatch(h, bob, 1, held)
	if d := cmp.Diff([]string{"m1", "m2"}, texts(t, got.Items)); d != "" || !got.Reset {
		t.Errorf("after the split, reset %v (-want +got)\n%s", got.Reset, d)
	}
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "a task"})
	page = watch(t, h, bob, 1)
	held = page.Items[len(page.Items)-1].Position
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	if got = rewatch(h, bob, 1, held); got.Reset || len(got.Items) != 0 {
		t.Errorf("with nothing new, reset %v and %v", got.Reset, texts(t, got.Items))
	}
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 2, Into: 1})
	h.say(kira, 0, "m5")
	got = rewatch(h, bob, 1, held)
	if d := cmp.Diff([]string{"m1", "m2", "m3", "m4", "m5"}, texts(t, got.Items)); d != "" || !got.Reset {
		t.Errorf("after the merge, reset %v (-want +got)\n%s", got.Reset, d)
	}
}
