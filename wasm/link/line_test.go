package link_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/link"
)

func TestTheLineSaysHelloFirst(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	l.Open(0, r)
	if diff := cmp.Diff([]string{"connect /ws"}, r.heard()); diff != "" {
		t.Error(diff)
	}
	l.Opened(10, r)
	f := r.frames(t)
	if len(f) != 1 || f[0].Kind != protocol.KindHello {
		t.Fatalf("sent %v", f)
	}
	var hello protocol.Hello
	if err := protocol.DecodeBody(f[0].Body, &hello); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(protocol.Hello{Version: protocol.Version, Channel: "01HZX3V9Q4D8N7M2K5J1R6T0WC"}, hello); diff != "" {
		t.Error(diff)
	}
}

func TestAVisitorResumesWithKeyAndPosition(t *testing.T) {
	t.Parallel()
	l := visitor()
	w := frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: 5,
		Visitor: &protocol.VisitorWelcome{VisitorKey: "secret", Thread: thread}})
	r := live(t, l, w)
	l.Frames(30, r, bytes(sent(8, "a")))
	l.Closed(40, r)
	l.Fired(50_000, r, line)
	l.Opened(50_010, r)
	var hello protocol.Hello
	if err := protocol.DecodeBody(r.frames(t)[0].Body, &hello); err != nil {
		t.Fatal(err)
	}
	want := protocol.Hello{Version: 1, Channel: "01HZX3V9Q4D8N7M2K5J1R6T0WC", VisitorKey: "secret",
		Resume: []protocol.Resume{{Thread: thread, Position: 8}}}
	if diff := cmp.Diff(want, hello); diff != "" {
		t.Error(diff)
	}
}

func TestWaitingGrowsToItsBoundAndDiffersFromClientToClient(t *testing.T) {
	t.Parallel()
	waits := map[int64]int{}
	for seed := range uint64(200) {
		l := link.New(link.Config{Path: "/ws", Seed: [2]uint64{seed, seed * 977}, Timer: line})
		r := &record{}
		now := int64(0)
		l.Open(now, r)
		bound := int64(500)
		for try := range 12 {
			l.Closed(now, r)
			wait := r.timers[line]
			if wait < 1 || wait > bound {
				t.Fatalf("try %d waits %d ms, bound %d", try, wait, bound)
			}
			if l.Phase() != link.Waiting || l.RetryAt() != now+wait {
				t.Fatalf("phase %d until %d", l.Phase(), l.RetryAt())
			}
			now += wait
			l.Fired(now, r, line)
			bound = min(bound*2, 32_000)
			if bound > 30_000 {
				bound = 30_000
			}
			if try == 11 {
				waits[wait]++
			}
		}
	}
	if len(waits) < 150 {
		t.Errorf("200 clients wait only %d different times", len(waits))
	}
}

func TestAGoodbyeDecidesWhetherToComeBack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		goodbye protocol.Goodbye
		phase   link.Phase
		least   int64
	}{
		"a server that stops is come back to":           {protocol.Goodbye{Code: protocol.CodeGoingAway}, link.Waiting, 0},
		"a time that the server asked for is waited":    {protocol.Goodbye{Code: protocol.CodeRateLimited, RetryMs: 7000}, link.Waiting, 7000},
		"nobody without a session comes back":           {protocol.Goodbye{Code: protocol.CodeUnauthorized}, link.Ended, 0},
		"a code from a newer server reads as internal":  {protocol.Goodbye{Code: "moonshine"}, link.Waiting, 0},
		"a slow listener comes back":                    {protocol.Goodbye{Code: protocol.CodeSlowConsumer}, link.Waiting, 0},
		"what the server calls invalid is not repeated": {protocol.Goodbye{Code: protocol.CodeInvalid}, link.Ended, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := visitor()
			r := live(t, l, welcome(1))
			got := l.Frames(100, r, bytes(frame(protocol.KindGoodbye, "", &tt.goodbye)))
			if len(got) != 1 || l.Phase() != tt.phase || l.Code() != tt.goodbye.Code {
				t.Fatalf("frames %v, phase %d, code %q", got, l.Phase(), l.Code())
			}
			if wait := r.timers[line]; wait < tt.least {
				t.Errorf("waits %d ms", wait)
			}
			before := l.Phase()
			l.Closed(101, r) // the socket follows
			if l.Phase() != before {
				t.Errorf("phase %d after the socket closed", l.Phase())
			}
			if tt.least > 0 {
				l.Wake(1000, r)
				if l.Phase() != link.Waiting {
					t.Error("woken before the server's time")
				}
			}
		})
	}
}

func TestARefusedHelloDecidesWhetherToComeBack(t *testing.T) {
	t.Parallel()
	for code, want := range map[protocol.Code]link.Phase{
		protocol.CodeUnauthorized: link.Ended, protocol.CodeNotFound: link.Ended, protocol.CodeRateLimited: link.Waiting,
	} {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			l, r := visitor(), &record{}
			l.Open(0, r)
			l.Opened(1, r)
			got := l.Frames(2, r, bytes(frame(protocol.KindRefused, "", &protocol.Refused{Code: code, RetryMs: 3000})))
			if len(got) != 1 || l.Phase() != want || l.Code() != code {
				t.Fatalf("frames %v, phase %d, code %q", got, l.Phase(), l.Code())
			}
			if want == link.Waiting && r.timers[line] < 3000 {
				t.Errorf("waits %d ms", r.timers[line])
			}
		})
	}
}

func TestASilentLineIsAskedAndThenGivenUp(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	l.Fired(25_020, r, line)
	if diff := cmp.Diff([]string{"ping"}, r.heard()); diff != "" {
		t.Fatal(diff)
	}
	l.Frames(25_100, r, bytes(frame(protocol.KindPong, "", &protocol.Pong{})))
	l.Fired(50_100, r, line)
	if diff := cmp.Diff([]string{"ping"}, r.heard()); diff != "" {
		t.Fatal(diff)
	}
	l.Fired(60_100, r, line)
	if diff := cmp.Diff([]string{"disconnect"}, r.heard()); diff != "" || l.Phase() != link.Waiting {
		t.Fatal(diff, l.Phase())
	}
	l.Wake(60_200, r)
	if diff := cmp.Diff([]string{"connect /ws"}, r.heard()); diff != "" {
		t.Error(diff)
	}
}

func TestWakingALiveLineAsksIt(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	l.Wake(1000, r) // it spoke a second ago
	l.Wake(9000, r)
	if diff := cmp.Diff([]string{"ping"}, r.heard()); diff != "" {
		t.Error(diff)
	}
}

func TestAServerThatNeverWelcomesIsLeft(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	l.Open(0, r)
	l.Opened(100, r)
	r.heard()
	l.Fired(10_000, r, line)
	if diff := cmp.Diff([]string{"disconnect"}, r.heard()); diff != "" || l.Phase() != link.Waiting {
		t.Error(diff, l.Phase())
	}
}

func TestBytesThatDoNotReadCostTheLine(t *testing.T) {
	t.Parallel()
	l := visitor()
	r := live(t, l, welcome(1))
	got := l.Frames(30, r, append(bytes(sent(2, "a")), 0xc1))
	if len(got) != 1 || l.Phase() != link.Waiting {
		t.Errorf("frames %v, phase %d", got, l.Phase())
	}
}

func TestATimerOfTheAppIsNotTheLinks(t *testing.T) {
	t.Parallel()
	l, r := visitor(), &record{}
	if l.Fired(0, r, line-1) || l.Fired(0, r, retry+1) || !l.Fired(0, r, retry) {
		t.Error("the link owns two timers")
	}
}
