package server

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func TestAVisitorWhoComesBackGetsWhatWasMissedAndNothingElse(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	first := h.say(kira, 0, "one")
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, "two")
	last := h.kind(kira, protocol.KindMessageSent) // her own
	last = h.kind(kira, protocol.KindMessageSent)
	kira.Close()
	h.say(ann, 1, "three")
	h.say(ann, 1, "four")
	_, back := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: last.Position})
	if d := cmp.Diff([]string{"three", "four"}, texts(t, back.History.Items)); d != "" || back.History.Reset {
		t.Errorf("reset %v (-want +got)\n%s", back.History.Reset, d)
	}
	_, whole := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: protocol.ThreadID(newID()), Position: last.Position})
	if got := texts(t, whole.History.Items); len(got) != 4 || whole.History.Reset {
		t.Errorf("somebody who has another thread got %q, reset %v", got, whole.History.Reset)
	}
	_, ahead := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: 1 << 62})
	if got := texts(t, ahead.History.Items); len(got) != 0 {
		t.Errorf("somebody from the future got %q", got)
	}
}

func TestMoreThanAPageMissedStartsAfresh(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	first := h.say(kira, 0, "0")
	ann, _ := h.operator(h.ann)
	page := watch(t, h, ann, 1)
	held := page.Items[len(page.Items)-1].Position
	h.ask(ann, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1})
	missed := protocol.HistoryPage + 1
	for i := range missed {
		h.say(kira, 0, fmt.Sprint(i+1))
	}
	want := texts(t, nil)
	for i := 2; i <= missed; i++ {
		want = append(want, fmt.Sprint(i))
	}
	_, back := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: first.Position})
	if d := cmp.Diff(want, texts(t, back.History.Items)); d != "" || !back.History.Reset || !back.History.More {
		t.Errorf("the visitor: reset %v, more %v (-want +got)\n%s", back.History.Reset, back.History.More, d)
	}
	again := body[protocol.History](t, h.ask(ann, protocol.KindConversationWatch,
		&protocol.ConversationWatch{Conversation: 1, After: held}))
	if d := cmp.Diff(want, texts(t, again.Items)); d != "" || !again.Reset || !again.More {
		t.Errorf("the operator: reset %v, more %v (-want +got)\n%s", again.Reset, again.More, d)
	}
}

func TestHistoryPagesBackToTheBeginning(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	var want []string
	for i := range 2*protocol.HistoryPage + 7 {
		want = append(want, fmt.Sprint(i))
		h.say(kira, 0, want[i])
	}
	kira, back := h.visitor(welcome.VisitorKey)
	ann, _ := h.operator(h.ann)
	page := watch(t, h, ann, 1)
	for _, side := range []struct {
		who   string
		line  *line.Line
		page  protocol.History
		n     protocol.Number
		limit int
	}{{"the visitor", kira, back.History, 0, 0}, {"the operator", ann, page, 1, 13}} {
		got, at := side.page.Items, side.page
		for rounds := 0; at.More; rounds++ {
			if rounds > 20 {
				t.Fatalf("%s never reaches the beginning", side.who)
			}
			at = body[protocol.History](t, h.ask(side.line, protocol.KindHistoryRead,
				&protocol.HistoryRead{Conversation: side.n, Before: got[0].Position, Limit: side.limit}))
			got = append(append([]protocol.Frame(nil), at.Items...), got...)
		}
		if d := cmp.Diff(want, texts(t, got)); d != "" {
			t.Errorf("%s (-want +got)\n%s", side.who, d)
		}
	}
}

// TestNothingIsMissedOrDoubledWhileALineIsMade opens connections again and again while messages are stored, and puts
// together what each welcome holds and what came after it.
func TestNothingIsMissedOrDoubledWhileALineIsMade(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	first := h.say(kira, 0, "0")
	ann, _ := h.operator(h.ann)
	const messages, rounds = 150, 10
	var sending sync.WaitGroup
	sending.Go(func() {
		for i := 1; i <= messages; i++ {
			h.say(ann, 1, fmt.Sprint(i))
		}
	})
	var want []string
	for i := 1; i <= messages; i++ {
		want = append(want, fmt.Sprint(i))
	}
	type screen struct {
		line  *line.Line
		items []protocol.Frame
	}
	var screens []screen
	for range rounds {
		l, w := h.visitor(welcome.VisitorKey)
		screens = append(screens, screen{l, w.History.Items})
		b, _ := h.operator(h.bob)
		screens = append(screens, screen{b, watch(t, h, b, 1).Items})
	}
	sending.Wait()
	for i, s := range screens {
		h.settle(s.line)
		for _, f := range s.line.Take() {
			if f.Kind == protocol.KindMessageSent {
				s.items = append(s.items, f)
			}
		}
		var at protocol.Position
		for _, f := range s.items {
			if f.Position <= at {
				t.Fatalf("screen %d has %d after %d", i, f.Position, at)
			}
			at = f.Position
		}
		got := texts(t, s.items)
		if len(got) > 0 && got[0] == "0" {
			got = got[1:]
		}
		if d := cmp.Diff(want[messages-len(got):], got); d != "" {
			t.Fatalf("screen %d misses something (-want +got)\n%s", i, d)
		}
		if s.items[0].Position > first.Position && len(got) < protocol.HistoryPage {
			t.Fatalf("screen %d begins with %q", i, got[0])
		}
	}
}

// TestATabHearsTheConversationThatAnotherTabBegan races a second tab's greeting against the first message of all.
func TestATabHearsTheConversationThatAnotherTabBegan(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 40 {
		first, welcome := h.visitor("")
		key := welcome.VisitorKey
		var begun sync.WaitGroup
		begun.Go(func() { h.say(first, 0, "begun in one tab") })
		second, w := h.visitor(key)
		begun.Wait()
		h.say(first, 0, "and gone on")
		if len(w.History.Items) == 0 {
			h.kind(second, protocol.KindMessageSent)
		}
		f := h.kind(second, protocol.KindMessageSent)
		if got := body[protocol.MessageSent](t, f).Text; got != "and gone on" {
			t.Fatalf("the second tab heard %q", got)
		}
		first.Close()
		second.Close()
	}
}

func TestACommandSentAgainHappensOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	other, _ := h.visitor(welcome.VisitorKey)
	f := protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.MessageSend{Text: "once"})}
	var answers []protocol.Accepted
	for i, l := range []*line.Line{kira, other, kira, other} {
		if i == 2 {
			h.stop()
			h.start()
			kira, _ = h.visitor(welcome.VisitorKey)
			other, _ = h.visitor(welcome.VisitorKey)
		}
		if i >= 2 {
			l = []*line.Line{kira, other}[i-2]
		}
		if err := l.Frame(h.ctx(), f); err != nil {
			t.Fatal(err)
		}
		a, err := l.Answer(h.ctx(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, body[protocol.Accepted](t, a))
	}
	for _, a := range answers[1:] {
		if d := cmp.Diff(answers[0], a); d != "" {
			t.Errorf("another answer (-first +later)\n%s", d)
		}
	}
	_, back := h.visitor(welcome.VisitorKey)
	if got := texts(t, back.History.Items); len(got) != 1 {
		t.Errorf("it is there as %q", got)
	}
}
