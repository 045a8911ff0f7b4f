package trial

import (
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// goodbyeTime is how long stopping may take, whoever is connected.
const goodbyeTime = 6 * time.Second

func TestWhoIsConnectedIsToldThatTheServerStops(t *testing.T) {
	t.Parallel()
	for name, signal := range map[string]syscall.Signal{"terminated": syscall.SIGTERM, "interrupted": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := settle(t, folder(t))
			ctx := bounded(t, 20*time.Second)
			all := map[string]*line.Line{
				"a visitor":                 h.dial(line.Options{}),
				"an operator":               h.dial(line.Options{Cookie: h.ann.cookie}),
				"a visitor who speaks JSON": h.dial(line.Options{JSON: true}),
			}
			for who, l := range all {
				hello := protocol.Hello{Channel: h.channel}
				if who == "an operator" {
					hello.Channel = ""
				}
				if _, err := l.Hello(ctx, hello); err != nil {
					t.Fatal(err)
				}
			}
			// Two who say nothing and would be waited for: one never asked for anything, one never said hello.
			mute, err := net.Dial("tcp", strings.TrimPrefix(h.url(), "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer mute.Close()
			h.dial(line.Options{})

			began := time.Now()
			h.process.tell(t, signal)
			for who, l := range all {
				f, err := l.Kind(ctx, protocol.KindGoodbye)
				if err != nil {
					t.Errorf("%s: %v", who, err)
					continue
				}
				var g protocol.Goodbye
				if err := protocol.DecodeBody(f.Body, &g); err != nil || g.Code != protocol.CodeGoingAway {
					t.Errorf("%s is told %q, %v", who, g.Code, err)
				}
			}
			code, err := h.process.wait(ctx)
			if took := time.Since(began); err != nil || code != 0 || took > goodbyeTime {
				t.Errorf("exit %d after %s, %v\n%s", code, took, err, h.process.log)
			}
			h.sound()
		})
	}
}
