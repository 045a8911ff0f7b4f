package link_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/link"
)

func message(text string) *protocol.MessageSend { return &protocol.MessageSend{Text: text} }

func TestCommandsOfALaneGoOneAfterTheOther(t *testing.T) {
	t.Parallel()
	l := operator()
	r := live(t, l, operatorWelcome())
	first := l.Send(30, r, 7, protocol.KindMessageSend, message("a"))
	l.Send(31, r, 7, protocol.KindMessageSend, message("b"))
	l.Send(32, r, 8, protocol.KindMessageSend, message("c"))
	if got := r.heard(); len(got) != 2 {
		t.Fatalf("sent %v: the second of a lane waits, another lane does not", got)
	}
	l.Frames(40, r, bytes(frame(protocol.KindAccepted, first, &protocol.Accepted{Position: 101})))
	if got := r.heard(); len(got) != 1 {
		t.Fatalf("sent %v after the answer", got)
	}
}

func TestARefusedCommandFreesItsLaneAndStaysForThePerson(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	first := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	second := l.Send(31, r, 0, protocol.KindMessageSend, message("b"))
	r.heard()
	refused := protocol.Refused{Code: protocol.CodeTooLong, Reason: "limit=2000"}
	if got := l.Frames(40, r, bytes(frame(protocol.KindRefused, first, &refused))); len(got) != 1 {
		t.Errorf("the app saw %v", got)
	}
	if diff := cmp.Diff([]string{"message.send"}, r.heard()); diff != "" {
		t.Error(diff)
	}
	e := l.Find(first)
	if e.State != link.Failed || e.Code != protocol.CodeTooLong || e.Reason != "limit=2000" {
		t.Errorf("the first is %+v", e)
	}
	l.Frames(50, r, bytes(frame(protocol.KindAccepted, second, &protocol.Accepted{Position: 2})))
	if l.Again(60, r, first) != first {
		t.Error("a refused command keeps its id")
	}
	if diff := cmp.Diff([]string{"message.send"}, r.heard()); diff != "" {
		t.Error(diff)
	}
	l.Drop(61, r, first)
	if l.Find(first) == nil {
		t.Error("what is on its way was dropped")
	}
}

func TestACommandThatMayPassLaterIsRepeatedBeforeTheNextOfItsLane(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	first := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	l.Send(31, r, 0, protocol.KindMessageSend, message("b"))
	r.heard()
	refused := protocol.Refused{Code: protocol.CodeRateLimited, RetryMs: 3000}
	if got := l.Frames(40, r, bytes(frame(protocol.KindRefused, first, &refused))); got != nil {
		t.Errorf("the app saw %v", got)
	}
	if got := r.heard(); got != nil {
		t.Errorf("sent %v while the first waits", got)
	}
	if r.timers[retry] != 3000 {
		t.Errorf("timers %v", r.timers)
	}
	r.sent = nil
	l.Fired(3040, r, retry)
	if got := r.frames(t); len(got) != 1 || got[0].ID != first {
		t.Errorf("sent %v", got)
	}
}

func TestACommandIsNotRepeatedForEver(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	id := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	now := int64(40)
	for n := 0; l.Find(id).State == link.Sending; n++ {
		if n > 50 {
			t.Fatal("repeated for ever")
		}
		l.Frames(now, r, bytes(frame(protocol.KindRefused, id, &protocol.Refused{Code: protocol.CodeInternal})))
		now += 100_000
		l.Fired(now, r, retry)
	}
	if e := l.Find(id); e.State != link.Failed || e.Code != protocol.CodeInternal {
		t.Errorf("ended as %+v", e)
	}
}

func TestAMessageStaysOnScreenUntilItsEventIsThere(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	id := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	l.Frames(40, r, bytes(frame(protocol.KindAccepted, id, &protocol.Accepted{Position: 2})))
	if e := l.Find(id); e == nil || e.State != link.Stored || e.Position != 2 {
		t.Fatalf("after the answer: %+v", e)
	}
	mine := sent(2, "a")
	mine.ID = id
	if got := l.Frames(50, r, bytes(mine)); len(got) != 1 || l.Find(id) != nil {
		t.Errorf("frames %v, entry %+v", got, l.Find(id))
	}
}

func TestAnEventBeforeItsAnswerIsAsGood(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	id := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	mine := sent(2, "a")
	mine.ID = id
	l.Frames(40, r, bytes(mine, frame(protocol.KindAccepted, id, &protocol.Accepted{Position: 2})))
	if l.Find(id) != nil {
		t.Errorf("still there: %+v", l.Find(id))
	}
}

func TestWhatIsUnansweredGoesOutAgainInOrderWithItsId(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	a := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	b := l.Send(31, r, 0, protocol.KindMessageSend, message("b"))
	l.Tell(32, r, protocol.KindTypingStart, &protocol.TypingStart{})
	l.Closed(40, r)
	c := l.Send(45, r, 0, protocol.KindMessageSend, message("c"))
	l.Fired(l.RetryAt(), r, line)
	l.Opened(1000, r)
	r.sent = nil
	var got []protocol.CommandID
	l.Frames(1001, r, bytes(welcome(1)))
	for range 3 {
		f := r.frames(t)
		if len(f) != 1 {
			t.Fatalf("sent %v", f)
		}
		got = append(got, f[0].ID)
		l.Frames(1002, r, bytes(frame(protocol.KindAccepted, f[0].ID, &protocol.Accepted{Position: 2})))
	}
	if diff := cmp.Diff([]protocol.CommandID{a, b, c}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMessageInThePageThatAWelcomeBringsIsDone(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	id := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	l.Closed(40, r) // stored, but the answer is lost
	l.Fired(l.RetryAt(), r, line)
	l.Opened(1000, r)
	r.sent = nil
	mine := sent(2, "a")
	mine.ID = id
	l.Frames(1001, r, bytes(welcome(2, mine)))
	if l.Find(id) != nil || len(r.frames(t)) != 0 {
		t.Errorf("entry %+v is sent again", l.Find(id))
	}
}

func TestAnOutboxSurvivesAReload(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	a := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	l.Frames(35, r, bytes(frame(protocol.KindRefused, a, &protocol.Refused{Code: protocol.CodeBlocked, Reason: "x=1"})))
	b := l.Send(40, r, 0, protocol.KindMessageSend, message("b"))
	l.Receipt(41, r, protocol.ReceiptAdvance{Read: 1})
	kept := records(l)
	if len(kept) == 0 {
		t.Error("nothing to keep?")
	}
	if again := records(l); len(again) != 0 {
		t.Error("kept twice")
	}

	fresh := visitor()
	r = live(t, fresh, welcome(1))
	c := fresh.Send(50, r, 0, protocol.KindMessageSend, message("c"))
	fresh.Import(60, r, kept...)
	var got []protocol.CommandID
	for e := range fresh.Outbox {
		got = append(got, e.ID)
	}
	if diff := cmp.Diff([]protocol.CommandID{a, b, c}, got); diff != "" {
		t.Error(diff)
	}
	if e := fresh.Find(a); e.State != link.Failed || e.Code != protocol.CodeBlocked || e.Reason != "x=1" {
		t.Errorf("the failed one is %+v", e)
	}
	fresh.Import(61, r, kept...)
	if n := len(got); n != 3 {
		t.Errorf("%d entries after reading it twice", n)
	}
	for cut := range kept[0] {
		visitor().Import(0, r, kept[0][:cut])
	}
}

// walked is what Records answered: "+text" of a message kept, "!text" of a failed one, "-" of one that is done.
func walked(t *testing.T, l *link.Link, kept map[protocol.CommandID][]byte) string {
	t.Helper()
	var all []string
	for id, b := range l.Records {
		if b == nil {
			delete(kept, id)
			all = append(all, "-")
			continue
		}
		kept[id] = b
		for f, err := range protocol.Frames(b[1:]) {
			if err != nil {
				t.Fatal(err)
			}
			sign := "+"
			if f.Actor != nil {
				sign = "!"
			}
			all = append(all, sign+texts(t, []protocol.Frame{f})[0])
		}
	}
	return strings.Join(all, " ")
}

func TestEachCommandIsKeptInARecordOfItsOwn(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	kept := map[protocol.CommandID][]byte{}
	holds := func(want string) {
		t.Helper()
		if got := walked(t, l, kept); got != want {
			t.Errorf("walked %q instead of %q", got, want)
		}
	}
	holds("")
	a := l.Send(30, r, 0, protocol.KindMessageSend, message("a"))
	l.Receipt(31, r, protocol.ReceiptAdvance{Read: 1})
	holds("+a")
	holds("")
	b := l.Send(40, r, 0, protocol.KindMessageSend, message("b"))
	holds("+b")
	l.Frames(50, r, bytes(frame(protocol.KindRefused, a, &protocol.Refused{Code: protocol.CodeBlocked})))
	holds("!a")
	l.Again(60, r, a)
	holds("+a")
	l.Anew()
	holds("+b +a")
	mine := frame(protocol.KindMessageSent, b, &protocol.MessageSent{Text: "b"})
	mine.Position, mine.Thread = 2, thread
	l.Frames(70, r, bytes(frame(protocol.KindAccepted, b, &protocol.Accepted{Position: 2, Thread: thread}), mine))
	holds("-")
	l.Frames(80, r, bytes(frame(protocol.KindRefused, a, &protocol.Refused{Code: protocol.CodeBlocked})))
	l.Drop(90, r, a)
	holds("-")
	if len(kept) != 0 {
		t.Errorf("keeps %v", kept)
	}
}

func TestAnOldCommandThatIsSentAgainHasOneRecord(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	kept := map[protocol.CommandID][]byte{}
	id := l.Send(0, r, 0, protocol.KindMessageSend, message("a"))
	walked(t, l, kept)
	const later = protocol.CommandMemoryMs
	fresh := visitor()
	r = &record{}
	fresh.Import(later, r, kept[id])
	again := fresh.Again(later, r, id)
	if got := walked(t, fresh, kept); got != "+a -" || len(kept) != 1 || kept[again] == nil {
		t.Errorf("walked %q, keeps %v for %s", got, kept, again)
	}
}

func TestWhatSeveralTabsLeftIsSentInTheOrderItWasWritten(t *testing.T) {
	t.Parallel()
	tabs := map[string]*link.Link{}
	for n, name := range []string{"one", "two"} {
		tabs[name] = link.New(link.Config{Path: "/ws", Timer: line, Seed: [2]uint64{uint64(2 * n), 9},
			Hello: protocol.Hello{Channel: "01HZX3V9Q4D8N7M2K5J1R6T0WC"}})
	}
	r := &record{}
	kept := map[protocol.CommandID][]byte{}
	for _, m := range []struct {
		tab  string
		at   int64
		text string
	}{
		{"one", 100, "a"}, {"two", 101, "b"}, {"one", 102, "c"}, {"one", 102, "d"},
		{"one", 50, "e, after the clock was put back"}, {"two", 200, "f"},
	} {
		tabs[m.tab].Send(m.at, r, 0, protocol.KindMessageSend, message(m.text))
		walked(t, tabs[m.tab], kept)
	}
	third := visitor()
	var own protocol.CommandID
	for _, b := range kept { // one by one, as other tabs' changes come, and in any order
		third.Import(60, r, b)
		own = third.Send(60, r, 0, protocol.KindMessageSend, message("own"))
		third.Import(60, r, b)
	}
	var got []string
	for e := range third.Outbox {
		var m protocol.MessageSend
		if err := protocol.DecodeBody(e.Body, &m); err != nil {
			t.Fatal(err)
		}
		if m.Text != "own" {
			got = append(got, m.Text)
		}
	}
	want := []string{"a", "b", "c", "d", "e, after the clock was put back", "f"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	last := protocol.CommandID("")
	for e := range third.Outbox {
		last = e.ID
	}
	if last != own {
		t.Errorf("what was written last is not last")
	}
}

func TestAnOldCommandAsksThePerson(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	id := l.Send(0, r, 0, protocol.KindMessageSend, message("a"))
	kept := records(l)

	const later = protocol.CommandMemoryMs
	fresh := visitor()
	r = &record{}
	fresh.Open(later, r)
	fresh.Import(later, r, kept...)
	fresh.Opened(later, r)
	r.sent = nil
	fresh.Frames(later, r, bytes(welcome(1)))
	if len(r.sent) != 0 || fresh.Find(id).State != link.Old {
		t.Fatalf("sent %v, entry %+v", r.sent, fresh.Find(id))
	}
	again := fresh.Again(later, r, id)
	if f := r.frames(t); again == id || len(f) != 1 || f[0].ID != again {
		t.Errorf("again %s as %s: %v", id, again, f)
	}
}

func TestReceiptsThatWaitBecomeOne(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	for p := range protocol.Position(20) {
		l.Receipt(int64(p), r, protocol.ReceiptAdvance{Delivered: p, Read: p})
	}
	l.Open(100, r)
	l.Opened(101, r)
	r.sent = nil
	l.Frames(102, r, bytes(welcome(1)))
	f := r.frames(t)
	var a protocol.ReceiptAdvance
	if len(f) != 1 || protocol.DecodeBody(f[0].Body, &a) != nil || a.Read != 19 {
		t.Errorf("sent %v", f)
	}
}

func TestIdsSortAndDiffer(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	seen := protocol.CommandID("")
	for n := range 5000 {
		id := l.Send(int64(1_700_000_000_000+n/100), r, 0, protocol.KindMessageSend, message("a"))
		if len(id) != 26 || id <= seen {
			t.Fatalf("%q after %q", id, seen)
		}
		seen = id
	}
}

// records are what is to be kept now.
func records(l *link.Link) (all [][]byte) {
	for _, b := range l.Records {
		if b != nil {
			all = append(all, b)
		}
	}
	return all
}

func TestAMessageThatBeganAnotherConversationIsDoneAndWhatWaitsBehindItFollows(t *testing.T) {
	t.Parallel()
	l := operator()
	r := live(t, l, operatorWelcome())
	watching := l.Watch(25, r, 7, 100)
	l.Frames(26, r, bytes(frame(protocol.KindHistory, watching, &protocol.History{Conversation: 7})))
	first := l.Send(30, r, 7, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 7, Text: "a"})
	second := l.Send(31, r, 7, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 7, Text: "b"})
	note := l.Send(32, r, 7, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 7, Text: "c"})
	for range l.Records { // all are kept
	}
	r.sent = nil
	if got := l.Frames(40, r, bytes(frame(protocol.KindAccepted, first, &protocol.Accepted{Position: 105, Conversation: 9}))); len(got) != 1 {
		t.Errorf("the app saw %v", got)
	}
	if e := l.Find(first); e != nil {
		t.Errorf("the first waits for an event that never comes: %+v", e)
	}
	sent := r.frames(t)
	if len(sent) == 0 || sent[0].ID != second {
		t.Fatalf("sent %v", sent)
	}
	var cmd protocol.MessageSend
	if err := protocol.DecodeBody(sent[0].Body, &cmd); err != nil || cmd.Conversation != 9 || cmd.Text != "b" {
		t.Errorf("sent %+v, %v", cmd, err)
	}
	if e := l.Find(second); e.Lane != 9 {
		t.Errorf("the second is of lane %d", e.Lane)
	}
	if e := l.Find(note); e == nil || e.Lane != 7 {
		t.Errorf("the note is %+v: it is about the conversation it was written in", e)
	}
	kept := map[protocol.CommandID]bool{}
	for id, b := range l.Records {
		kept[id] = b != nil
	}
	if diff := cmp.Diff(map[protocol.CommandID]bool{first: false, second: true}, kept); diff != "" {
		t.Errorf("kept through a reload: %s", diff)
	}
}
