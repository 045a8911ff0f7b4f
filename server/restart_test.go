package server

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func TestARestartInTheMiddleLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	l, welcome := h.visitor("")
	first := h.say(l, 0, "0")
	screen := append([]protocol.Frame(nil), h.kind(l, protocol.KindMessageSent))
	const messages = 120
	stops := map[int]bool{30: true, 70: true, 71: true}
	var want []string
	for i := 0; i <= messages; i++ {
		want = append(want, fmt.Sprint(i))
	}
	for i := 1; i <= messages; i++ {
		f := protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.MessageSend{Text: want[i]})}
		var stopping sync.WaitGroup
		if stops[i] {
			stopping.Go(h.stop)
		}
		for {
			if err := l.Frame(h.ctx(), f); err == nil {
				if _, err = l.Answer(h.ctx(), f.ID); err == nil {
					break
				} else if code := codeOf(err); code != "" && code != protocol.CodeGoingAway {
					t.Fatal(err)
				}
			}
			// The line is gone: take what it still brought, and come back with what the screen has.
			_ = l.End(h.ctx())
			goodbye := false
			for _, f := range l.Take() {
				goodbye = goodbye || f.Kind == protocol.KindGoodbye && body[protocol.Goodbye](t, f).Code == protocol.CodeGoingAway
				if f.Kind == protocol.KindMessageSent {
					screen = append(screen, f)
				}
			}
			if !goodbye {
				t.Error("the line ended without going_away")
			}
			stopping.Wait()
			h.start()
			var back protocol.VisitorWelcome
			l, back = h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: screen[len(screen)-1].Position})
			screen = append(screen, back.History.Items...)
		}
		stopping.Wait()
	}
	h.settle(l)
	for _, f := range l.Take() {
		if f.Kind == protocol.KindMessageSent {
			screen = append(screen, f)
		}
	}
	if d := cmp.Diff(want, texts(t, screen)); d != "" {
		t.Errorf("on the screen (-want +got)\n%s", d)
	}
	for i := 1; i < len(screen); i++ {
		if screen[i].Position <= screen[i-1].Position {
			t.Errorf("%d after %d", screen[i].Position, screen[i-1].Position)
		}
	}
}

func TestGoodbyeIsSaidToEverybodyAndNobodyNewIsLetIn(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	ann, _ := h.operator(h.ann)
	bot, _ := h.bot("Echo")
	var stopping sync.WaitGroup
	stopping.Go(h.stop)
	for _, l := range []*line.Line{kira, ann, bot} {
		if code := h.goodbye(l); code != protocol.CodeGoingAway {
			t.Errorf("goodbye says %s", code)
		}
	}
	stopping.Wait()
	if _, err := http.Get(h.base + "/healthz"); err == nil {
		t.Error("it still answers")
	}
}

func TestHealthIsAnsweredOnceItIsOpen(t *testing.T) {
	t.Parallel()
	h := open(t)
	if res := h.request("GET", "/healthz", nil); res.StatusCode != http.StatusOK || content(t, res) != "ok\n" {
		t.Error(res.Status)
	}
	h.ready.Store(false)
	if res := h.request("GET", "/healthz", nil); refusal(t, res).Code != protocol.CodeGoingAway {
		t.Error(res.Status)
	}
}
