package trial

import (
	"context"
	"net/http"
	"strings"
	"time"

	"nhooyr.io/websocket"

	"beseda/wasm/link"
)

// door is where an app dials, and with what in its hands.
type door struct {
	base   string
	cookie *http.Cookie // a console's
}

// socket is one connection of an app: the hands that bridge.js has in a browser.
type socket struct {
	send  chan []byte
	ctx   context.Context
	close context.CancelFunc
}

// maxUnsent is how many messages may wait for a socket to take them.
const maxUnsent = 4096

// Connect opens a socket, as the link wants it.
func (a *app) Connect(path string) {
	a.Disconnect()
	ctx, end := context.WithCancel(a.over)
	s := &socket{make(chan []byte, maxUnsent), ctx, end}
	a.socket = s
	go a.converse(s, a.door(), path)
}

// converse lives as long as the socket does.
func (a *app) converse(s *socket, d door, path string) {
	defer a.whileOn(s, func() {
		a.socket = nil
		a.link.Closed(now(), a)
	})
	defer s.close()
	dialing, cancel := context.WithTimeout(s.ctx, 5*time.Second)
	header := http.Header{"Origin": {d.base}}
	if d.cookie != nil {
		header.Set("Cookie", d.cookie.Name+"="+d.cookie.Value)
	}
	c, _, err := websocket.Dial(dialing, "ws"+strings.TrimPrefix(d.base, "http")+path, &websocket.DialOptions{
		HTTPHeader: header, Subprotocols: []string{"beseda.v1.msgpack"}, CompressionMode: websocket.CompressionDisabled,
	})
	cancel()
	if err != nil {
		return
	}
	defer c.CloseNow()
	c.SetReadLimit(16 << 20)
	a.whileOn(s, func() { a.link.Opened(now(), a) })
	go func() {
		defer s.close()
		for {
			select {
			case b := <-s.send:
				if c.Write(s.ctx, websocket.MessageBinary, b) != nil {
					return
				}
			case <-s.ctx.Done():
				return
			}
		}
	}()
	for {
		_, raw, err := c.Read(s.ctx)
		if err != nil {
			return
		}
		a.whileOn(s, func() { a.frames(raw) })
	}
}

// whileOn has the loop do something unless the socket was given up meanwhile.
func (a *app) whileOn(s *socket, do func()) {
	a.post(func() {
		if a.socket == s {
			do()
		}
	})
}

func (a *app) frames(raw []byte) {
	for _, f := range a.link.Frames(now(), a, raw) {
		a.hear(&f)
	}
	a.acknowledge()
}

// SendFrames sends one message.
func (a *app) SendFrames(b []byte) {
	if a.socket == nil {
		return
	}
	select {
	case a.socket.send <- append([]byte(nil), b...):
	default:
		a.fault("%d messages wait for the socket", maxUnsent)
	}
}

// Disconnect drops the socket.
func (a *app) Disconnect() {
	if a.socket != nil {
		a.socket.close()
		a.socket = nil
	}
}

// Timer sets a timer of the link's.
func (a *app) Timer(id int, ms int64) {
	a.CancelTimer(id)
	var mine *time.Timer
	mine = time.AfterFunc(time.Duration(ms)*time.Millisecond, func() {
		a.post(func() {
			if a.timers[id] == mine {
				delete(a.timers, id)
				a.link.Fired(now(), a, id)
			}
		})
	})
	a.timers[id] = mine
}

// CancelTimer ends it.
func (a *app) CancelTimer(id int) {
	if t := a.timers[id]; t != nil {
		t.Stop()
		delete(a.timers, id)
	}
}

var _ link.Conn = (*app)(nil)
