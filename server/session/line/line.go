// Package line is a plain client of the protocol for tests, benchmarks and load: it dials, says hello, sends commands
// and waits for frames. It never retries or reconnects: what breaks is seen.
//
// A Line has a reader goroutine of its own; its methods may be called from any goroutine.
package line

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/oklog/ulid/v2"
	"nhooyr.io/websocket"

	"beseda/protocol"
)

// Options say how to come.
type Options struct {
	// Origin header; "" sends the server's own.
	Origin string
	Cookie *http.Cookie
	Bearer string
	// JSON asks for beseda.v1.json.
	JSON bool
	// Client dials; nil is the usual one.
	Client *http.Client
}

// Line is one connection.
type Line struct {
	socket *websocket.Conn
	json   bool
	cancel context.CancelFunc

	mu     sync.Mutex
	frames []protocol.Frame // heard and not taken
	only   []protocol.Kind  // what is kept; nil for all
	heard  chan struct{}    // closed and made anew with every message
	err    error
}

// Dial opens a socket to a server's base URL.
func Dial(ctx context.Context, base string, o Options) (*Line, error) {
	h := http.Header{}
	switch o.Origin {
	case "":
		h.Set("Origin", base)
	case "-": // none
	default:
		h.Set("Origin", o.Origin)
	}
	if o.Cookie != nil {
		h.Set("Cookie", o.Cookie.Name+"="+o.Cookie.Value)
	}
	if o.Bearer != "" {
		h.Set("Authorization", "Bearer "+o.Bearer)
		h.Del("Origin")
	}
	sub := "beseda.v1.msgpack"
	if o.JSON {
		sub = "beseda.v1.json"
	}
	socket, res, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(base, "http")+"/ws", &websocket.DialOptions{
		HTTPHeader: h, Subprotocols: []string{sub}, CompressionMode: websocket.CompressionDisabled, HTTPClient: o.Client,
	})
	if err != nil {
		if res != nil {
			return nil, fmt.Errorf("dial: status %d: %w", res.StatusCode, err)
		}
		return nil, fmt.Errorf("dial: %w", err)
	}
	socket.SetReadLimit(16 << 20)
	reading, cancel := context.WithCancel(context.Background())
	l := &Line{socket: socket, json: o.JSON, cancel: cancel, heard: make(chan struct{})}
	go l.read(reading)
	return l, nil
}

func (l *Line) read(ctx context.Context) {
	for {
		_, raw, err := l.socket.Read(ctx)
		l.mu.Lock()
		if err == nil {
			frames := protocol.Frames(raw)
			if l.json {
				frames = framesJSON(raw)
			}
			for f, bad := range frames {
				if bad != nil {
					err = bad
					break
				}
				if l.only == nil || slices.Contains(l.only, f.Kind) {
					l.frames = append(l.frames, f)
				}
			}
		}
		l.err = err
		close(l.heard)
		l.heard = make(chan struct{})
		l.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// framesJSON reads what a server sends: every kind with its body.
func framesJSON(b []byte) iter.Seq2[protocol.Frame, error] {
	return func(yield func(protocol.Frame, error) bool) {
		for len(b) > 0 {
			f, rest, err := protocol.DecodeJSON(b)
			if !yield(f, err) || err != nil {
				return
			}
			b = rest
		}
	}
}

// Close drops the connection without a word.
func (l *Line) Close() {
	l.cancel()
	_ = l.socket.CloseNow()
}

// Raw writes one WebSocket message as it is.
func (l *Line) Raw(ctx context.Context, b []byte) error {
	kind := websocket.MessageBinary
	if l.json {
		kind = websocket.MessageText
	}
	return l.socket.Write(ctx, kind, b)
}

// Frame writes one frame.
func (l *Line) Frame(ctx context.Context, f protocol.Frame) error {
	if l.json {
		b, err := protocol.AppendJSON(nil, &f)
		if err != nil {
			return err
		}
		return l.Raw(ctx, b)
	}
	return l.Raw(ctx, protocol.AppendFrame(nil, &f))
}

// Send writes a command under a new id and returns the id.
func (l *Line) Send(ctx context.Context, kind protocol.Kind, body protocol.Body) (protocol.CommandID, error) {
	id := NewID()
	return id, l.Frame(ctx, protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)})
}

// Do sends a command and waits for its answer: any frame but an event or notice that carries its id. A refusal comes
// back as a *protocol.Refusal.
func (l *Line) Do(ctx context.Context, kind protocol.Kind, body protocol.Body) (protocol.Frame, error) {
	id, err := l.Send(ctx, kind, body)
	if err != nil {
		return protocol.Frame{}, err
	}
	return l.Answer(ctx, id)
}

// Answer waits for the answer to a command.
func (l *Line) Answer(ctx context.Context, id protocol.CommandID) (protocol.Frame, error) {
	f, err := l.Wait(ctx, func(f protocol.Frame) bool { return f.ID == id && f.Position == 0 })
	if err != nil || f.Kind != protocol.KindRefused {
		return f, err
	}
	var r protocol.Refused
	if err := protocol.DecodeBody(f.Body, &r); err != nil {
		return f, err
	}
	return f, protocol.Refuse(r.Code, r.Reason)
}

// Hello greets and returns the welcome.
func (l *Line) Hello(ctx context.Context, h protocol.Hello) (protocol.Welcome, error) {
	var w protocol.Welcome
	h.Version = protocol.Version
	f, err := l.Do(ctx, protocol.KindHello, &h)
	if err != nil {
		return w, err
	}
	return w, protocol.DecodeBody(f.Body, &w)
}

// Wait takes the first frame that matches, heard already or still to come. What does not match stays for others.
func (l *Line) Wait(ctx context.Context, match func(protocol.Frame) bool) (protocol.Frame, error) {
	for {
		l.mu.Lock()
		if i := slices.IndexFunc(l.frames, match); i >= 0 {
			f := l.frames[i]
			l.frames = slices.Delete(l.frames, i, i+1)
			l.mu.Unlock()
			return f, nil
		}
		err, heard := l.err, l.heard
		l.mu.Unlock()
		if err != nil {
			return protocol.Frame{}, fmt.Errorf("line ended: %w", err)
		}
		select {
		case <-heard:
		case <-ctx.Done():
			return protocol.Frame{}, errors.Join(ctx.Err(), fmt.Errorf("heard %d other frames", l.Heard()))
		}
	}
}

// Kind waits for a frame of a kind.
func (l *Line) Kind(ctx context.Context, kind protocol.Kind) (protocol.Frame, error) {
	return l.Wait(ctx, func(f protocol.Frame) bool { return f.Kind == kind })
}

// Only drops what is of another kind, from now on: for load, where nobody would take it.
func (l *Line) Only(kinds ...protocol.Kind) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.only, l.frames = append([]protocol.Kind{}, kinds...), nil
}

// Heard is how many frames wait to be taken.
func (l *Line) Heard() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.frames)
}

// Take empties what was heard.
func (l *Line) Take() []protocol.Frame {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.frames
	l.frames = nil
	return all
}

// End waits until the connection is over and returns why.
func (l *Line) End(ctx context.Context) error {
	_, err := l.Wait(ctx, func(protocol.Frame) bool { return false })
	return err
}

// NewID makes a command id.
func NewID() protocol.CommandID {
	return protocol.CommandID(ulid.MustNew(ulid.Now(), rand.Reader).String())
}
