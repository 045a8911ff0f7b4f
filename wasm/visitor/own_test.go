//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

func own(number protocol.Number, first protocol.Position, title string, status protocol.Status) protocol.OwnConversation {
	c := protocol.OwnConversation{
		Number: number, First: first, Last: first, Title: title, Activity: protocol.Active, Status: status,
		StartedAt: noon + int64(first)*1000, LastAt: noon + int64(first)*1000,
	}
	if status == protocol.Closed {
		c.Activity, c.ClosedAt = protocol.Completed, c.LastAt+500
	}
	return c
}

// answerOwn answers the question for the visitor's conversations that was asked last.
func (w *widget) answerOwn(all ...protocol.OwnConversation) {
	w.t.Helper()
	asked := w.out(protocol.KindConversationsRead)
	if len(asked) == 0 {
		w.t.Fatal("the conversations are not asked for")
	}
	w.frames(frame(protocol.KindConversations, asked[len(asked)-1].ID, &protocol.Conversations{Conversations: all}))
}

// own has the widget come back to a line, and answers its question.
func (w *widget) own(all ...protocol.OwnConversation) {
	w.t.Helper()
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	w.host("show", "")
	w.Do(bridge.Event{Kind: bridge.Opened})
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: w.last, Now: w.Now, Visitor: &protocol.VisitorWelcome{
		Visitor: protocol.VisitorID(kira.ID), Thread: thread, Online: true,
		Team: []protocol.Person{{ID: protocol.OperatorID(ann.ID), Name: "Ann"}},
	}}))
	w.answerOwn(all...)
	w.Effects()
}

func (w *widget) titles() (all []string) {
	for _, n := range w.Page.ByClass("b-history__title") {
		all = append(all, n.AllText())
	}
	return all
}

// goTo presses the conversation with this title.
func (w *widget) goTo(title string) {
	w.On(w.Page.Find(func(n *pageNode) bool {
		return n.Attrs["class"] == "b-history__title" && n.AllText() == title
	}), vdom.Click, bridge.Event{})
}

func (w *widget) lines() (all []string) {
	for _, n := range w.Page.ByClass("b-log__system") {
		all = append(all, strings.TrimSpace(n.AllText()))
	}
	return all
}

func TestTheListSaysWhatTheVisitorWroteAboutAndNoNumber(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "Where is my lamp?"), said(2, ann, "It comes today"))
	if w.Page.Named("Your conversations") == nil {
		t.Fatal("there is no button")
	}
	w.out(protocol.KindConversationsRead)
	w.Click("Your conversations")
	if w.Page.Named("Loading your conversation") == nil || w.Page.Named("Message") != nil {
		t.Errorf("while it loads:\n%s", w.HTML())
	}
	w.answerOwn(own(98765, 1, "Where is my lamp?", protocol.Open), own(98764, 1, "", protocol.Closed))
	if diff := cmp.Diff([]string{"Where is my lamp?", "Files"}, w.titles()); diff != "" {
		t.Error(diff)
	}
	for _, n := range w.Page.All(func(n *pageNode) bool { return true }) {
		if strings.Contains(n.AllText()+n.Attrs["aria-label"], "9876") {
			t.Fatalf("a number is shown: %q", n.AllText())
		}
	}
	w.Key("Your conversations", "Escape", 0)
	if w.Page.Named("Message") == nil || len(w.titles()) != 0 {
		t.Errorf("Escape leaves the list:\n%s", w.HTML())
	}
	if e := w.Asked("host"); len(e) != 0 {
		t.Errorf("the widget closed: %v", e)
	}
}

func TestAListThatDoesNotComeCanBeAskedForAgain(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"))
	w.out(protocol.KindConversationsRead)
	w.Click("Your conversations")
	asked := w.out(protocol.KindConversationsRead)
	w.frames(frame(protocol.KindRefused, asked[0].ID, &protocol.Refused{Code: protocol.CodeForbidden}))
	w.Click("Try again")
	w.answerOwn(own(1, 1, "hello", protocol.Open))
	if len(w.titles()) != 1 {
		t.Errorf("shows %v", w.titles())
	}
}

func TestSTA07AQuestionIsSolvedAfterItIsConfirmed(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "Where is my lamp?"), said(2, ann, "It comes today"))
	w.own(own(41, 1, "Where is my lamp?", protocol.Open))
	w.Click("Your conversations")
	w.answerOwn(own(41, 1, "Where is my lamp?", protocol.Open))
	w.Click("My question is solved")
	w.Click("Not yet")
	if w.out(protocol.KindConversationClose) != nil {
		t.Fatal("ended though it was not confirmed")
	}
	w.Click("My question is solved")
	w.Click("Yes, solved")
	closing := w.out(protocol.KindConversationClose)
	if len(closing) != 1 || body[protocol.ConversationClose](t, closing[0]).Conversation != 41 {
		t.Fatalf("sent %v", closing)
	}
	w.Now += 60_000
	if w.Page.Named("Solved") != nil {
		t.Error("shown as solved before it is")
	}
	w.frames(frame(protocol.KindAccepted, closing[0].ID, &protocol.Accepted{Position: 3, Conversation: 41}))
	if w.Page.Named("Solved") == nil || w.Page.Named("My question is solved") != nil {
		t.Errorf("not shown as solved:\n%s", w.HTML())
	}
	w.Click("Write a message")
	if diff := cmp.Diff([]string{"You marked this as solved. Write again any time."}, w.lines()); diff != "" {
		t.Error(diff)
	}
	w.Now += 60_000
	w.write("One more thing")
	if diff := cmp.Diff([]string{"You marked this as solved."}, w.lines()); diff != "" {
		t.Error("after writing again: " + diff)
	}
}

func TestAnEndThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"))
	w.own(own(41, 1, "hello", protocol.Open))
	w.Click("Your conversations")
	w.answerOwn(own(41, 1, "hello", protocol.Open))
	w.Click("My question is solved")
	w.Click("Yes, solved")
	closing := w.out(protocol.KindConversationClose)
	w.frames(frame(protocol.KindRefused, closing[0].ID, &protocol.Refused{Code: protocol.CodeNotFound}))
	if !strings.Contains(w.HTML(), "It could not be marked. It is no longer there") {
		t.Errorf("got:\n%s", w.HTML())
	}
	w.answerOwn(own(41, 1, "hello", protocol.Open))
	if w.Page.Named("My question is solved") == nil {
		t.Error("it cannot be tried again")
	}
}

func TestAConversationThatWasMergedMeanwhileIsEndedUnderItsNewNumber(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"))
	w.own(own(42, 1, "hello", protocol.Open))
	w.Click("Your conversations")
	w.answerOwn(own(42, 1, "hello", protocol.Open))
	w.Click("My question is solved")
	w.Click("Yes, solved")
	closing := w.out(protocol.KindConversationClose)
	w.frames(frame(protocol.KindRefused, closing[0].ID, &protocol.Refused{Code: protocol.CodeConflict, Reason: "merged_into=41"}))
	again := w.out(protocol.KindConversationClose)
	if len(again) != 1 || body[protocol.ConversationClose](t, again[0]).Conversation != 41 {
		t.Fatalf("sent %v", again)
	}
}

func TestWhatTheTeamClosedIsNotALineOfTheHistory(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"), said(2, ann, "hi"))
	w.own(own(41, 1, "hello", protocol.Closed))
	if len(w.lines()) != 0 {
		t.Errorf("shows %q", w.lines())
	}
}

func TestAConversationIsGoneToInTheOneHistory(t *testing.T) {
	t.Parallel()
	var page []protocol.Frame
	for p := protocol.Position(301); p <= 400; p++ {
		page = append(page, said(p, ann, "m"))
	}
	w := opened(t, "key", "K")
	w.Do(bridge.Event{Kind: bridge.Opened})
	w.last = 400
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: 400, Now: w.Now, Visitor: &protocol.VisitorWelcome{
		Visitor: "v", Thread: thread, History: protocol.History{Items: page, More: true},
	}}))
	w.answerOwn(own(9, 350, "Newer", protocol.Open), own(8, 120, "Older", protocol.Closed))
	w.Click("Your conversations")
	w.Effects()
	w.goTo("Newer")
	if e := w.Asked("scrollto"); len(e) != 1 || e[0].Text != state.ItemID(350) || w.Page.ByID(e[0].Text) == nil {
		t.Fatalf("goes to %v", e)
	}
	w.Click("Your conversations")
	w.Effects()
	w.goTo("Older")
	asked := w.out(protocol.KindHistoryRead)
	if len(asked) != 1 || body[protocol.HistoryRead](t, asked[0]).Limit != 200 {
		t.Fatalf("asked %v", asked)
	}
	var older []protocol.Frame
	for p := protocol.Position(101); p <= 300; p++ {
		older = append(older, said(p, kira, "o"))
	}
	w.Effects()
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{Items: older}))
	if e := w.Asked("scrollto"); len(e) != 1 || e[0].Text != state.ItemID(120) || w.Page.ByID(e[0].Text) == nil {
		t.Errorf("goes to %v", e)
	}
}

func TestNothingIsReadWhileTheListIsShown(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"))
	w.Click("Your conversations")
	w.out(protocol.KindReceiptAdvance)
	w.frames(said(2, ann, "hi"))
	for _, f := range w.out(protocol.KindReceiptAdvance) {
		if r := body[protocol.ReceiptAdvance](t, f); r.Read >= 2 {
			t.Errorf("read to %d", r.Read)
		}
	}
}

// TestSPL02TheHistoryIsOneWhateverNumbersItGets: the team splits and merges; frames come under other numbers.
func TestSPL02TheHistoryIsOneWhateverNumbersItGets(t *testing.T) {
	t.Parallel()
	as := func(f protocol.Frame, n protocol.Number) protocol.Frame { f.Conversation = n; return f }
	receipt := func(n protocol.Number, to protocol.Position, ranges ...protocol.Range) protocol.Frame {
		return frame(protocol.KindReceiptAdvanced, "", &protocol.ReceiptAdvanced{
			Side: protocol.SideTeam, Conversation: n, Delivered: to, Read: to, Ranges: ranges,
		})
	}
	w := live(t, as(said(1, kira, "m1"), 41), as(said(2, kira, "m2"), 41))
	before := w.HTML()
	for _, step := range []struct {
		name   string
		frames []protocol.Frame
		texts  string
		states string
	}{
		{"nobody read anything", nil, "m1|m2", "Sent Sent"},
		{"m2 was split off and is read there", []protocol.Frame{receipt(42, 5, protocol.Range{First: 2, Last: 5})}, "m1|m2", "Sent Read"},
		{"what follows has the new number", []protocol.Frame{as(said(6, kira, "m3"), 42)}, "m1|m2|m3", "Sent Read Sent"},
		{"and is not read by what the old one is", []protocol.Frame{receipt(41, 9, protocol.Range{First: 1, Last: 1}, protocol.Range{First: 8, Last: 9})}, "m1|m2|m3", "Read Read Sent"},
		{"merged, m3 is read under the first number", []protocol.Frame{receipt(41, 12, protocol.Range{First: 1, Last: 12})}, "m1|m2|m3", "Read Read Read"},
		{"a third number keeps the order", []protocol.Frame{as(said(20, kira, "m4"), 43), receipt(42, 6, protocol.Range{First: 2, Last: 6})}, "m1|m2|m3|m4", "Read Read Read Sent"},
	} {
		w.frames(step.frames...)
		if w.texts() != step.texts || w.states() != step.states {
			t.Errorf("%s: %q %q, want %q %q", step.name, w.texts(), w.states(), step.texts, step.states)
		}
	}
	if len(w.lines()) != 0 || before == w.HTML() {
		t.Errorf("lines %q", w.lines())
	}
}

func TestReceiptsReachWhatIsPagedInLater(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "K")
	w.Do(bridge.Event{Kind: bridge.Opened})
	w.last = 60
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: 60, Now: w.Now, Visitor: &protocol.VisitorWelcome{
		Visitor: "v", Thread: thread, History: protocol.History{Items: []protocol.Frame{said(60, kira, "new")}, More: true},
		Receipts: []protocol.ReceiptAdvanced{
			{Side: protocol.SideTeam, Conversation: 1, Delivered: 50, Read: 40, Ranges: []protocol.Range{{First: 1, Last: 60}}},
		},
	}}))
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll, Text: "top"})
	asked := w.out(protocol.KindHistoryRead)
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{Items: []protocol.Frame{said(39, kira, "a"), said(45, kira, "b")}}))
	if w.states() != "Read Delivered Sent" {
		t.Errorf("%q", w.states())
	}
}

// pushOwn is the newest page of the list as the server sends it by itself.
func (w *widget) pushOwn(more bool, all ...protocol.OwnConversation) {
	w.t.Helper()
	w.frames(frame(protocol.KindConversations, "", &protocol.Conversations{Conversations: all, More: more}))
}

func TestAnOpenListFollowsWhatTheTeamDoes(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "Where is my lamp?"), said(2, ann, "It comes today"), said(3, kira, "And the table?"))
	w.own(own(41, 1, "Where is my lamp?", protocol.Open))
	w.Click("Your conversations")
	w.answerOwn(own(41, 1, "Where is my lamp?", protocol.Open))
	w.pushOwn(false, own(42, 3, "And the table?", protocol.Open), own(41, 1, "Where is my lamp?", protocol.Open))
	if diff := cmp.Diff([]string{"And the table?", "Where is my lamp?"}, w.titles()); diff != "" {
		t.Errorf("after a split: %s", diff)
	}
	w.pushOwn(false, own(41, 1, "Where is my lamp?", protocol.Open))
	if diff := cmp.Diff([]string{"Where is my lamp?"}, w.titles()); diff != "" {
		t.Errorf("after a merge: %s", diff)
	}
	w.frames(protocol.Frame{Kind: protocol.KindConversations, Body: []byte{0xc1}})
	if len(w.titles()) != 1 {
		t.Errorf("what does not read takes the list away: %v", w.titles())
	}
}

func TestANewestPageKeepsTheOlderOnesBelowIt(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "a"), said(2, kira, "b"), said(3, kira, "c"))
	w.own()
	w.Click("Your conversations")
	w.answerOwn(own(3, 3, "c", protocol.Open), own(2, 2, "b", protocol.Closed), own(1, 1, "a", protocol.Closed))
	w.pushOwn(true, own(3, 3, "c", protocol.Closed), own(2, 2, "b", protocol.Closed))
	if diff := cmp.Diff([]string{"c", "b", "a"}, w.titles()); diff != "" {
		t.Error(diff)
	}
}

func TestARowOfTheListShowsTheLastMessageOfItsOwnConversation(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "Is it in brass?"), said(2, ann, "It is."), said(3, kira, "Where is order 17?"), said(4, ann, "About the brass one: sold out."))
	w.Click("Your conversations")
	before, after := own(41, 1, "Is it in brass?", protocol.Open), own(42, 3, "Where is order 17?", protocol.Open)
	before.Last, before.LastAt = 4, noon+9000 // answered after the other began, and reacted to since
	w.answerOwn(after, before)
	var rows []string
	for _, n := range w.Page.ByClass("b-history__last") {
		rows = append(rows, n.AllText())
	}
	if got, want := strings.Join(rows, " | "), "You: Where is order 17? | Ann: About the brass one: sold out."; got != want {
		t.Errorf("the rows say %q, not %q", got, want)
	}
}
