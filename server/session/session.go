package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/hub"
)

// keepBuffer is the largest read buffer that is used again.
const keepBuffer = 16 << 10

// session is one connection. Its fields belong to the reader, and to whoever handles its message while it waits, but for
// what is said otherwise. Ten thousand of them are idle: what is rarely needed is made when it is.
type session struct {
	*Handler
	socket  *websocket.Conn
	wire    *wire
	shake   *handshake // nil once greeted
	json    bool
	address netip.Addr

	// Set by hello, then constant but for what the caller visits.
	greeted  bool
	listener *hub.Listener // nil until then
	release  func()        // lets go of the proof; nil for a visitor
	caller   call.Call     // without Now
	sender   protocol.Sender

	frames auth.Bucket
	typing *auth.Bucket // nil until something is typed
	order  *order       // nil until a message is sent
	window window

	over   atomic.Bool  // nothing more is read, the reader says goodbye
	writes atomic.Int32 // above 0 while a writer runs or none shall
	pen    sync.Mutex   // held by who writes frames
}

// run reads until the connection ends, and ends it.
func (s *session) run() {
	defer s.leave()
	defer func() { _ = s.socket.CloseNow() }()
	why := s.listen()
	s.part(why)
}

// leave undoes what greeting did, as far as it came.
func (s *session) leave() {
	if s.listener != nil {
		s.Hub.Leave(s.listener)
	}
	if s.release != nil {
		s.release()
	}
	s.Handler.leave(s)
}

// listen reads message after message and has them handled. It returns why nothing more is to come: a *protocol.Refusal
// is said to the peer, the rest is the connection's own end. Its stack is what an idle connection costs: see hands.
func (s *session) listen() error {
	for {
		kind, r, err := s.socket.Reader(context.Background())
		if err != nil {
			return cause(err)
		}
		if (kind == websocket.MessageText) != s.json {
			return protocol.Refuse(protocol.CodeInvalid, "message type")
		}
		in := s.intakes.Get().(*intake)
		in.session = s
		if err := in.read(r); err != nil {
			return cause(err)
		}
		if err := s.hands.handle(in); err != nil {
			return err
		}
		if in.session = nil; in.buffer.Cap() <= keepBuffer {
			s.intakes.Put(in)
		}
	}
}

// cause names an end that the peer may be told of: it may have meant no harm, so it is asked to come back.
func cause(err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return protocol.Refuse(protocol.CodeGoingAway, "timeout")
	case errors.Is(err, errFlood):
		return protocol.Refuse(protocol.CodeRateLimited, auth.LimitPings.String())
	}
	return err
}

// message handles the frames of one WebSocket message in order.
func (s *session) message(raw []byte) error {
	for f, err := range s.decode(raw) {
		if s.over.Load() {
			return nil
		}
		if s.frames.Take() != nil {
			return protocol.Refuse(protocol.CodeRateLimited, auth.LimitFrames.String())
		}
		var refusal *protocol.Refusal
		switch {
		case err != nil && !errors.As(err, &refusal):
			return protocol.Refuse(protocol.CodeInvalid, "malformed")
		case !s.greeted:
			if err := s.greet(f, refusal); err != nil {
				return err
			}
		case refusal != nil:
			s.refuse(f.ID, refusal)
		default:
			s.handle(f)
			s.listener.Await()
		}
	}
	return nil
}

func (s *session) decode(raw []byte) func(func(protocol.Frame, error) bool) {
	if s.json {
		return protocol.FramesJSON(raw)
	}
	return protocol.Frames(raw)
}

// intake is where a message is read into.
type intake struct {
	session *session
	buffer  bytes.Buffer
	limit   io.LimitedReader
	handled chan error
}

// read reads a whole message, or refuses one that is too long.
func (in *intake) read(r io.Reader) error {
	in.buffer.Reset()
	in.limit = io.LimitedReader{R: r, N: protocol.MaxFrameBytes + 1}
	_, err := in.buffer.ReadFrom(&in.limit)
	in.limit.R = nil
	if err == nil && in.buffer.Len() > protocol.MaxFrameBytes {
		err = protocol.Refuse(protocol.CodeTooLarge, limitReason(protocol.MaxFrameBytes))
	}
	return err
}
