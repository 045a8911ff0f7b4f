package server

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"beseda/protocol"
)

// socket is a WebSocket by hand, for what no client would send.
type socket struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
	json bool
	got  []protocol.Frame
}

// The opcodes of RFC 6455.
const (
	opContinue = 0x0
	opText     = 0x1
	opBinary   = 0x2
	opClose    = 0x8
	opPing     = 0x9
	opPong     = 0xa
	fin        = 0x80
)

// socket opens one; edit changes the request.
func (h *house) socket(t testing.TB, edit ...func(*http.Request)) *socket {
	t.Helper()
	conn, err := h.connect(h.ctx(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	return upgrade(t, conn, h.base, edit...)
}

// upgrade turns a connection into a socket.
func upgrade(t testing.TB, conn net.Conn, base string, edit ...func(*http.Request)) *socket {
	t.Helper()
	t.Cleanup(func() { _ = conn.Close() })
	s := &socket{t: t, conn: conn, in: bufio.NewReader(conn)}
	res := s.shake(base, edit...)
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("the handshake answers %s", res.Status)
	}
	s.json = res.Header.Get("Sec-WebSocket-Protocol") == "beseda.v1.json"
	return s
}

// handshake is only the answer to a request for a socket.
func (h *house) handshake(t testing.TB, edit ...func(*http.Request)) *http.Response {
	t.Helper()
	conn, err := h.connect(h.ctx(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return (&socket{t: t, conn: conn, in: bufio.NewReader(conn)}).shake(h.base, edit...)
}

func (s *socket) shake(base string, edit ...func(*http.Request)) *http.Response {
	s.t.Helper()
	req, err := http.NewRequest("GET", base+"/ws", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header = http.Header{
		"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key": {"AQIDBAUGBwgJCgsMDQ4PEA=="}, "Sec-Websocket-Protocol": {"beseda.v1.msgpack"}, "Origin": {base},
	}
	for _, e := range edit {
		e(req)
	}
	if err := req.Write(s.conn); err != nil {
		s.t.Fatal(err)
	}
	res, err := http.ReadResponse(s.in, req)
	if err != nil {
		s.t.Fatal(err)
	}
	return res
}

// raw writes one WebSocket frame, masked with zeros.
func (s *socket) raw(first byte, payload []byte) error {
	head := []byte{first}
	switch n := len(payload); {
	case n < 126:
		head = append(head, 0x80|byte(n))
	case n < 1<<16:
		head = binary.BigEndian.AppendUint16(append(head, 0x80|126), uint16(n))
	default:
		head = binary.BigEndian.AppendUint64(append(head, 0x80|127), uint64(n))
	}
	_, err := s.conn.Write(append(append(head, 0, 0, 0, 0), payload...))
	return err
}

// message writes one whole message. An error means that the server has closed: what it said is to be read.
func (s *socket) message(payload []byte) {
	first := byte(fin | opBinary)
	if s.json {
		first = fin | opText
	}
	_ = s.raw(first, payload)
}

func (s *socket) frames(all ...protocol.Frame) {
	s.t.Helper()
	var b []byte
	for i := range all {
		if !s.json {
			b = protocol.AppendFrame(b, &all[i])
			continue
		}
		var err error
		if b, err = protocol.AppendJSON(b, &all[i]); err != nil {
			s.t.Fatal(err)
		}
		b = append(b, '\n')
	}
	s.message(b)
}

// next reads one WebSocket frame of the server.
func (s *socket) next() (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		return 0, nil, err
	}
	n := uint64(head[1] & 0x7f)
	switch n {
	case 126:
		var b [2]byte
		_, err = io.ReadFull(s.in, b[:])
		n = uint64(binary.BigEndian.Uint16(b[:]))
	case 127:
		var b [8]byte
		_, err = io.ReadFull(s.in, b[:])
		n = binary.BigEndian.Uint64(b[:])
	}
	if err != nil {
		return 0, nil, err
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(s.in, payload)
	return head[0] & 0x0f, payload, err
}

// until reads frames up to one that matches and returns it.
func (s *socket) until(match func(protocol.Frame) bool) protocol.Frame {
	s.t.Helper()
	for {
		for len(s.got) > 0 {
			f := s.got[0]
			s.got = s.got[1:]
			if match(f) {
				return f
			}
		}
		opcode, payload, err := s.next()
		if err != nil || opcode == opClose {
			s.t.Fatalf("the socket ended before: %v %q", err, payload)
		}
		s.take(opcode, payload)
	}
}

func (s *socket) take(opcode byte, payload []byte) {
	s.t.Helper()
	if opcode != opText && opcode != opBinary {
		return
	}
	for len(payload) > 0 {
		var f protocol.Frame
		var err error
		if s.json {
			f, payload, err = protocol.DecodeJSON(payload)
		} else {
			f, payload, err = protocol.DecodeFrame(payload)
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.got = append(s.got, f)
	}
}

// ending is how a socket ended: the last frame, the status of the close frame (0 where none came).
type ending struct {
	last   protocol.Frame
	status int
}

// ended reads to the end of the connection, without answering the closing handshake.
func (s *socket) ended() (end ending) {
	s.t.Helper()
	_ = s.conn.SetReadDeadline(time.Now().Add(2 * time.Minute)) // a fake minute in a bubble
	for {
		opcode, payload, err := s.next()
		if err != nil {
			var timeout net.Error
			if errors.As(err, &timeout) && timeout.Timeout() {
				s.t.Fatal("the connection goes on")
			}
			if n := len(s.got); n > 0 {
				end.last = s.got[n-1]
			}
			return end
		}
		if opcode == opClose && len(payload) >= 2 {
			end.status = int(binary.BigEndian.Uint16(payload))
		}
		s.take(opcode, payload)
	}
}

// code is the code that the last frame carried.
func (e ending) code(t testing.TB) protocol.Code {
	t.Helper()
	switch e.last.Kind {
	case protocol.KindGoodbye:
		return body[protocol.Goodbye](t, e.last).Code
	case protocol.KindRefused:
		return body[protocol.Refused](t, e.last).Code
	}
	return ""
}
