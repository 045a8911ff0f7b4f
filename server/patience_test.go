package server

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// pipes is a listener whose connections stay in memory, so that a bubble's clock runs as soon as everybody waits.
type pipes struct {
	conns chan net.Conn
	once  *sync.Once
	done  chan struct{}
}

func newPipes() pipes { return pipes{make(chan net.Conn), new(sync.Once), make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.once.Do(func() { close(p.done) }); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

func (p *pipes) dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- local{theirs}:
		return ours, nil
	case <-p.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// local is a connection that comes from this machine, where a cookie is safe without TLS.
type local struct{ net.Conn }

func (local) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 4} }

// inBubble runs a house in fake time.
func inBubble(t *testing.T, do func(*testing.T, *house)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := open(t, func(h *house) { h.pipe = new(pipes) })
		do(t, h)
		h.stop()
		time.Sleep(time.Minute) // whoever writes on in the background finds out
	})
}

// between checks how long something took, in fake time.
func between(t *testing.T, began time.Time, least, most time.Duration) {
	t.Helper()
	if took := time.Since(began); took < least || took > most {
		t.Errorf("it took %v, want %v to %v", took, least, most)
	}
}

func TestHelloComesInTime(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		s := h.socket(t)
		began := time.Now()
		end := s.ended()
		between(t, began, protocol.HelloTimeout, protocol.HelloTimeout+time.Second)
		if end.code(t) != protocol.CodeGoingAway || end.status != 1001 {
			t.Errorf("it ends with %s %s, status %d", end.last.Kind, end.code(t), end.status)
		}
	})
}

func TestHelloMayNotBeDrippedIn(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		s := h.socket(t)
		began := time.Now()
		go func() {
			for s.raw(fin|opPing, nil) == nil {
				time.Sleep(time.Second)
			}
		}()
		s.ended()
		between(t, began, protocol.HelloTimeout, protocol.HelloTimeout+2*time.Second)
	})
}

func TestHalfAFrameEndsTheLine(t *testing.T) {
	for name, begin := range map[string]func(*socket){
		"half a header":                func(s *socket) { _, _ = s.conn.Write([]byte{fin | opBinary}) },
		"a header alone":               func(s *socket) { _, _ = s.conn.Write([]byte{fin | opBinary, 0x80 | 5, 0, 0, 0, 0}) },
		"half a payload":               func(s *socket) { _, _ = s.conn.Write([]byte{fin | opBinary, 0x80 | 5, 0, 0, 0, 0, 1, 2}) },
		"a piece that is not the last": func(s *socket) { _ = s.raw(opBinary, []byte{0x81}) },
		"a piece, and pings after it": func(s *socket) {
			_ = s.raw(opBinary, []byte{0x81})
			go func() {
				for s.raw(fin|opPing, nil) == nil {
					time.Sleep(time.Second)
				}
			}()
		},
		"a byte each second": func(s *socket) {
			_, _ = s.conn.Write([]byte{fin | opBinary, 0x80 | 120, 0, 0, 0, 0})
			go func() {
				for range 100 {
					if _, err := s.conn.Write([]byte{1}); err != nil {
						return
					}
					time.Sleep(time.Second)
				}
			}()
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *house) {
				s := h.greeted(t, false)
				time.Sleep(time.Minute)
				began := time.Now()
				begin(s)
				end := s.ended()
				between(t, began, 9*time.Second, 12*time.Second)
				if c := end.code(t); c != protocol.CodeGoingAway {
					t.Errorf("it ends with %s %s", end.last.Kind, c)
				}
			})
		})
	}
}

func TestASteadyStreamIsNoHalfFrame(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		s := h.greeted(t, false)
		ping := protocol.AppendFrame(nil, &protocol.Frame{Kind: protocol.KindPing, ID: line.NewID()})
		frame := append([]byte{fin | opBinary, 0x80 | byte(len(ping)), 0, 0, 0, 0}, ping...)
		go func() {
			// Every write ends in the middle of a message, and every message is whole within a second.
			for b := frame; ; b = append(b, frame...) {
				n := len(b) - 3
				if _, err := s.conn.Write(b[:n]); err != nil {
					return
				}
				b = append([]byte(nil), b[n:]...)
				time.Sleep(time.Second)
			}
		}()
		for range 60 {
			s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindPong })
		}
	})
}

func TestSilenceEndsTheLineAndPingsKeepIt(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		silent, alive := h.greeted(t, false), h.greeted(t, false)
		var waiting sync.WaitGroup
		waiting.Go(func() {
			began := time.Now()
			end := silent.ended()
			between(t, began, 65*time.Second, 75*time.Second)
			if end.code(t) != protocol.CodeGoingAway {
				t.Errorf("it ends with %s %s", end.last.Kind, end.code(t))
			}
		})
		for range 10 {
			alive.frames(protocol.Frame{Kind: protocol.KindPing, ID: line.NewID()})
			alive.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindPong })
			time.Sleep(protocol.PingInterval)
		}
		waiting.Wait()
	})
}

func TestAPeerThatTakesNothingIsGivenUp(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		stuck, key := h.visitorSocket(t) // a pipe holds nothing: the first write waits for ever
		kira, _ := h.visitor(key)
		h.say(kira, 0, "hello")
		began := time.Now()
		for h.sessions.Connections() == 2 {
			time.Sleep(100 * time.Millisecond)
		}
		between(t, began, 9*time.Second, 12*time.Second)
		_ = stuck
	})
}

func TestASlowReaderIsClosedAndNobodyWaits(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		slow, key := h.visitorSocket(t) // a pipe holds nothing: what follows waits in the outbox
		kira, _ := h.visitor(key)
		began := time.Now()
		text := strings.Repeat("x", 2000)
		messages := protocol.MaxOutboxBytes/2000 + 1
		for range messages {
			h.say(kira, 0, text)
			kira.Take()
		}
		between(t, began, 0, time.Second)
		end, heard := slow.ended(), 0
		for _, f := range slow.got {
			if f.Kind == protocol.KindMessageSent {
				heard++
			}
		}
		between(t, began, 0, 3*time.Second)
		if heard == messages || end.last.Kind == protocol.KindGoodbye && end.code(t) != protocol.CodeSlowConsumer {
			t.Errorf("the slow one heard %d of %d and ends with %s", heard, messages, end.last.Kind)
		}
		if _, back := h.visitor(key); len(back.History.Items) != protocol.HistoryPage {
			t.Errorf("it comes back to %d items", len(back.History.Items))
		}
	})
}

func TestTheHouseClosesInTimeWhateverPeersDo(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		h.greeted(t, false) // reads nothing from now on
		h.socket(t)         // never says hello
		kira, _ := h.visitor("")
		h.say(kira, 0, "hello")
		began := time.Now()
		var ended sync.WaitGroup
		ended.Go(h.stop)
		if code := h.goodbye(kira); code != protocol.CodeGoingAway {
			t.Errorf("Kira hears %s", code)
		}
		ended.Wait()
		between(t, began, 0, 3*time.Second)
		if n := h.sessions.Connections(); n != 0 {
			t.Errorf("%d connections are left", n)
		}
	})
}

func TestSomebodyWhoComesBackSoonWasNeverAway(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		kira, welcome := h.visitor("")
		h.say(kira, 0, "hello")
		bot, _ := h.bot("Echo")
		watch(t, h, bot, 1)
		presence := func() (all []bool) {
			h.settle(bot)
			for _, f := range bot.Take() {
				if f.Kind == protocol.KindPresence {
					if p := body[protocol.Presence](t, f); p.Visitor == welcome.Visitor {
						all = append(all, p.Online)
					}
				}
			}
			return all
		}
		presence()
		second, _ := h.visitor(welcome.VisitorKey)
		kira.Close()
		time.Sleep(10 * time.Second)
		if got := presence(); len(got) != 0 {
			t.Errorf("one tab of two closed: told %v", got)
		}
		second.Close()
		time.Sleep(3 * time.Second)
		third, _ := h.visitor(welcome.VisitorKey)
		time.Sleep(10 * time.Second)
		if got := presence(); len(got) != 0 {
			t.Errorf("a reload of three seconds: told %v", got)
		}
		third.Close()
		time.Sleep(10 * time.Second)
		if got := presence(); len(got) != 1 || got[0] {
			t.Errorf("away for good: told %v", got)
		}
		h.visitor(welcome.VisitorKey)
		if got := presence(); len(got) != 1 || !got[0] {
			t.Errorf("back again: told %v", got)
		}
	})
}
