package session

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"time"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/hub"
	"beseda/store"
)

const (
	// maxWriteBytes is how much is put into one WebSocket message.
	maxWriteBytes = 32 << 10
	// keepBuffer is the largest read buffer that an idle connection keeps.
	keepBuffer = 4 << 10
)

// session is one connection. Its fields belong to the reader but for what is said otherwise.
type session struct {
	*Handler
	socket *websocket.Conn
	shake  handshake
	json   bool
	end    context.CancelCauseFunc

	// Set by hello, then constant.
	listener *hub.Listener
	caller   call.Call // without Now
	sender   protocol.Sender
	operator store.Operator // zero for a visitor
	device   string

	frames auth.Bucket
	typing auth.Bucket
	buffer bytes.Buffer
	held   held
	writes atomic.Int32 // 1 while a writer runs, 2 when it shall look again
}

// run reads until the connection ends.
func (s *session) run() {
	ctx, end := context.WithCancelCause(context.Background())
	s.end = end
	defer s.count(-1)
	defer end(nil)
	defer func() { _ = s.socket.CloseNow() }()
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("panic in a session", "err", p)
		}
	}()
	release, ok := s.greet(ctx)
	if !ok {
		return
	}
	defer release()
	defer s.Hub.Leave(s.listener)
	for {
		if err := s.read(ctx); err != nil {
			return
		}
	}
}

// read handles one WebSocket message.
func (s *session) read(ctx context.Context) error {
	raw, err := s.message(ctx)
	if err != nil {
		return err
	}
	for f, err := range s.decode(raw) {
		if limit := s.frames.Take(); limit != nil {
			s.listener.Close(protocol.Refuse(protocol.CodeRateLimited, "frames"))
			return limit
		}
		var refusal *protocol.Refusal
		switch {
		case errors.As(err, &refusal):
			s.refuse(f.ID, refusal)
		case err != nil:
			s.listener.Close(protocol.Refuse(protocol.CodeInvalid, "malformed"))
			return err
		default:
			if err := s.handle(ctx, f); err != nil {
				return err
			}
		}
	}
	if s.buffer.Cap() > keepBuffer {
		s.buffer = bytes.Buffer{}
	}
	return nil
}

// message reads one WebSocket message into the session's buffer.
func (s *session) message(ctx context.Context) ([]byte, error) {
	kind, r, err := s.socket.Reader(ctx)
	if err != nil {
		return nil, err
	}
	s.buffer.Reset()
	if _, err := s.buffer.ReadFrom(r); err != nil {
		return nil, err
	}
	if (kind == websocket.MessageText) != s.json {
		return nil, errors.New("a message of the other kind")
	}
	return s.buffer.Bytes(), nil
}

func (s *session) decode(raw []byte) func(func(protocol.Frame, error) bool) {
	if s.json {
		return protocol.FramesJSON(raw)
	}
	return protocol.Frames(raw)
}

// wake starts the writer unless one runs. It is called from anywhere, with the hub's locks held.
func (s *session) wake() {
	if s.writes.Add(1) == 1 {
		go s.write()
	}
}

// write drains the outbox. It returns when the outbox is empty and nobody woke it meanwhile.
func (s *session) write() {
	var mayRead func(protocol.Number) bool
	if s.listener.Viewer != nil {
		mayRead = s.Hub.MayRead(s.listener)
	}
	for {
		woken := s.writes.Load()
		taken := s.listener.Take(mayRead)
		if !taken.Empty() {
			if err := s.flush(&taken); err != nil {
				s.end(err)
				_ = s.socket.CloseNow()
				s.listener.Close(protocol.Refuse(protocol.CodeGoingAway, ""))
				return // writes stays above 0: no writer starts again
			}
			if taken.Closed != nil {
				s.goodbye(taken.Closed)
				return
			}
			continue
		}
		if s.writes.CompareAndSwap(woken, 0) {
			return
		}
	}
}

// flush writes what was taken, as many frames in one message as fit.
func (s *session) flush(t *hub.Taken) error {
	packets := t.Packets
	if s.operator.ID != "" {
		more, err := s.listPackets(t)
		if err != nil {
			return err
		}
		packets = append(packets, more...)
	}
	var out []byte
	for _, p := range packets {
		b := p.Bytes()
		if s.json {
			b = append(p.JSON(), '\n')
		}
		if len(out) > 0 && len(out)+len(b) > maxWriteBytes {
			if err := s.send(out); err != nil {
				return err
			}
			out = out[:0]
		}
		if len(packets) == 1 {
			return s.send(b) // no copy: nobody changes it
		}
		out = append(out, b...)
	}
	if len(out) == 0 {
		return nil
	}
	return s.send(out)
}

func (s *session) send(b []byte) error {
	kind := websocket.MessageBinary
	if s.json {
		kind = websocket.MessageText
	}
	return s.socket.Write(context.Background(), kind, b)
}

// goodbye says why, and closes.
func (s *session) goodbye(why *protocol.Refusal) {
	body := &protocol.Goodbye{Code: why.Code, Reason: why.Reason}
	f := protocol.Frame{Kind: protocol.KindGoodbye, At: s.Now().UnixMilli(), Body: protocol.EncodeBody(body)}
	b := protocol.AppendFrame(nil, &f)
	if s.json {
		b, _ = protocol.AppendJSON(nil, &f)
	}
	if s.send(b) == nil {
		_ = s.socket.Close(closeStatus(why.Code), why.Error())
	}
	s.end(why)
	_ = s.socket.CloseNow()
}

// answer queues an answer behind what is queued already: an event comes before the answer to its command.
func (s *session) answer(kind protocol.Kind, id protocol.CommandID, body protocol.Body) {
	s.listener.Push(s.packet(kind, id, body))
}

func (s *session) packet(kind protocol.Kind, id protocol.CommandID, body protocol.Body) *hub.Packet {
	return hub.NewPacket(protocol.Frame{
		Kind: kind, ID: id, At: s.Now().UnixMilli(), Body: protocol.EncodeBody(body),
	})
}

func (s *session) refuse(id protocol.CommandID, err error) {
	r := Refused(err, s.NewID, s.Log)
	s.answer(protocol.KindRefused, id, &r)
}

// held keeps the order of messages where one was refused for a while.
type held struct {
	id    protocol.CommandID
	code  protocol.Refused
	until time.Time
}

// heldFor is how long later messages wait for the refused one to come again.
const heldFor = 30 * time.Second
