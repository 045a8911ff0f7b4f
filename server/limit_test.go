package server

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/session/line"
	"beseda/store/memory"
)

func TestAFloodIsEndedAndNeighboursAreNot(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	neighbour, _ := h.visitor("")
	for name, flood := range map[string]func(*socket){
		"of frames, one a message": func(s *socket) {
			for range 1000 {
				s.frames(protocol.Frame{Kind: protocol.KindPing, ID: line.NewID()})
			}
		},
		"of frames in one message": func(s *socket) {
			all := make([]protocol.Frame, 1000)
			for i := range all {
				all[i] = protocol.Frame{Kind: protocol.KindPing, ID: line.NewID()}
			}
			s.frames(all...)
		},
		"of pings": func(s *socket) {
			for range 1000 {
				_ = s.raw(fin|opPing, nil)
			}
		},
		"of pongs": func(s *socket) {
			for range 1000 {
				_ = s.raw(fin|opPong, nil)
			}
		},
		"of what is refused": func(s *socket) {
			for range 1000 {
				s.frames(protocol.Frame{Kind: "nonsense"})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := h.greeted(t, false)
			flood(s)
			end := s.ended()
			if end.code(t) != protocol.CodeRateLimited || end.status != 1013 {
				t.Errorf("it ends with %s %s, status %d", end.last.Kind, end.code(t), end.status)
			}
			if g := body[protocol.Goodbye](t, end.last); g.RetryMs == 0 {
				t.Error("goodbye does not say when to come back")
			}
			h.settle(neighbour)
		})
	}
}

func TestMessagesKeepTheirOrderWhereOneHasToWait(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	kira, welcome := h.visitor("")
	burst := auth.Limitations[auth.LimitMessageVisitor].Burst
	type sent struct {
		protocol.Frame
		text string
	}
	var all []sent
	for i := range burst + 5 {
		text := fmt.Sprint(i)
		all = append(all, sent{protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(),
			Body: protocol.EncodeBody(&protocol.MessageSend{Text: text})}, text})
	}
	send := func(s sent) error {
		if err := kira.Frame(h.ctx(), s.Frame); err != nil {
			t.Fatal(err)
		}
		_, err := kira.Answer(h.ctx(), s.ID)
		return err
	}
	var waiting []sent
	for _, s := range all {
		if err := send(s); codeOf(err) == protocol.CodeRateLimited {
			waiting = append(waiting, s)
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if len(waiting) == 0 || len(waiting) > 5 {
		t.Fatalf("%d of %d have to wait", len(waiting), len(all))
	}
	h.advance(time.Minute / 6) // there would be room for every one of them now
	for _, s := range waiting[1:] {
		if err := send(s); codeOf(err) != protocol.CodeRateLimited {
			t.Fatalf("%s overtakes %s: %v", s.text, waiting[0].text, err)
		}
	}
	for _, s := range waiting {
		if err := send(s); err != nil {
			t.Fatalf("%s in its turn: %v", s.text, err)
		}
	}
	var want []string
	for _, s := range all {
		want = append(want, s.text)
	}
	_, back := h.visitor(welcome.VisitorKey)
	if d := cmp.Diff(want, texts(t, back.History.Items)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestWhoGivesAMessageUpMayWriteAnother(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	kira, _ := h.visitor("")
	for i := range 20 {
		if _, err := kira.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Text: fmt.Sprint(i)}); err != nil {
			break
		}
	}
	h.refused(kira, protocol.KindMessageSend, &protocol.MessageSend{Text: "waits"}, protocol.CodeRateLimited)
	h.advance(30 * time.Second)
	h.say(kira, 0, "another")
}

func TestMessagesKeepTheirOrderWhereTheDiskIsFullForAWhile(t *testing.T) {
	t.Parallel()
	h := open(t)
	disk := h.store.(*memory.Store)
	kira, welcome := h.visitor("")
	h.say(kira, 0, "0")
	disk.SetFull(true)
	f := func(text string) protocol.Frame {
		return protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.MessageSend{Text: text})}
	}
	one, two := f("1"), f("2")
	send := func(f protocol.Frame) error {
		if err := kira.Frame(h.ctx(), f); err != nil {
			t.Fatal(err)
		}
		_, err := kira.Answer(h.ctx(), f.ID)
		return err
	}
	if err := send(one); codeOf(err) != protocol.CodeStorageFull {
		t.Fatalf("on a full disk: %v", err)
	}
	page := body[protocol.History](t, h.ask(kira, protocol.KindHistoryRead, &protocol.HistoryRead{}))
	if got := texts(t, page.Items); len(got) != 1 {
		t.Errorf("reading on a full disk gives %q", got)
	}
	disk.SetFull(false)
	if err := send(two); codeOf(err) != protocol.CodeStorageFull {
		t.Fatalf("the second overtakes the first: %v", err)
	}
	if err := send(one); err != nil {
		t.Fatal(err)
	}
	if err := send(two); err != nil {
		t.Fatal(err)
	}
	_, back := h.visitor(welcome.VisitorKey)
	if d := cmp.Diff([]string{"0", "1", "2"}, texts(t, back.History.Items)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestTypingIsLimitedAndWritingIsNotByIt(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	refused := 0
	for range 10 {
		if _, err := kira.Do(h.ctx(), protocol.KindTypingStart, &protocol.TypingStart{}); codeOf(err) == protocol.CodeRateLimited {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nobody can type that fast")
	}
	h.say(kira, 0, "still here")
}

func TestCommandsAreLimitedForEverybodyByTheSameName(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	kira, _ := h.visitor("")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	for name, who := range map[string]struct {
		line *line.Line
		kind protocol.Kind
		body protocol.Body
	}{
		"a visitor":   {kira, protocol.KindConversationsRead, &protocol.ConversationsRead{}},
		"an operator": {ann, protocol.KindPoliciesRead, &protocol.PoliciesRead{}},
		"who scrolls": {bob, protocol.KindInboxRead, &protocol.InboxRead{}},
	} {
		var refusal *protocol.Refusal
		for range auth.Limitations[auth.LimitCommand].Burst + 50 {
			if _, err := who.line.Do(h.ctx(), who.kind, who.body); errors.As(err, &refusal) {
				break
			}
		}
		if refusal == nil || refusal.Code != protocol.CodeRateLimited || refusal.Reason != "command" {
			t.Errorf("%s who asks without end is answered %v", name, refusal)
		}
		h.ask(who.line, protocol.KindPing, &protocol.Ping{}) // is not counted with them
	}
}

func TestAnAddressMayComeOnlySoOften(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	for i := range 2 * auth.Limitations[auth.LimitHelloAddress].Burst {
		res := h.handshake(t)
		if res.StatusCode == http.StatusSwitchingProtocols {
			continue
		}
		if r := refusal(t, res); r.Code != protocol.CodeRateLimited || r.RetryMs == 0 || res.Header.Get("Retry-After") == "" {
			t.Errorf("after %d it is refused as %+v", i, r)
		}
		return
	}
	t.Error("nobody was turned away")
}

// visitorSocket is a new visitor's socket by hand, and the visitor's key.
func (h *house) visitorSocket(t testing.TB) (*socket, string) {
	t.Helper()
	s := h.socket(t)
	s.frames(protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{Version: 1, Channel: h.channel})})
	f := s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome })
	return s, h.secret(body[protocol.Welcome](t, f).Visitor.VisitorKey)
}

func TestPagesLongerThanTheOutboxEndNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	text := make([]rune, 2000)
	for i := range text {
		text[i] = '🛒'
	}
	for range 60 { // 8 KB each: a page is 400 KB, an asked page of all 480 KB
		h.say(kira, 0, string(text))
	}
	_, back := h.visitor(welcome.VisitorKey)
	if len(back.History.Items) != protocol.HistoryPage {
		t.Fatalf("the welcome holds %d items", len(back.History.Items))
	}
	ann, _ := h.operator(h.ann)
	var ids []protocol.CommandID
	for range 20 { // asked in one go, as a console with many open conversations does
		id, err := ann.Send(h.ctx(), protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1, Before: 1 << 40, Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for _, id := range ids {
		f, err := ann.Answer(h.ctx(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(body[protocol.History](t, f).Items); got < 60 {
			t.Fatalf("a page holds %d items", got)
		}
	}
}
