package session

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"time"

	"beseda/server/auth"
)

const (
	halfTime   = 10 * time.Second // for a message that has begun
	silentTime = 70 * time.Second // clients ping every 25
	writeTime  = 10 * time.Second // for a peer to take what we write
	bufferSize = 512
)

var errFlood = errors.New("too many control frames")

// wire is the connection under the socket library. It reads along with what comes in, as far as frame headers, to know
// whether the peer is in the middle of a message, and counts control frames. Read is called by one goroutine.
//
//	 0               1               2 …
//	|FIN|·|opcode(4)|M|length(7)     |length 16 or 64 bits, if 126 or 127|mask(4)|payload
type wire struct {
	net.Conn
	now    func() time.Time
	first  []byte // what net/http had already read
	pings  auth.Bucket
	header [14]byte
	have   int    // bytes of a header
	rest   uint64 // bytes of payload still to come
	open   bool   // between the first byte of a message and its last
	more   bool   // a fragment ended that was not the last
	since  time.Time
}

func (w *wire) Read(p []byte) (int, error) {
	if len(w.first) > 0 {
		n := copy(p, w.first)
		w.first = w.first[n:]
		return n, w.follow(p[:n])
	}
	deadline := w.now().Add(silentTime)
	if w.open {
		deadline = w.since.Add(halfTime)
	}
	if err := w.Conn.SetReadDeadline(deadline); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(p)
	if flood := w.follow(p[:n]); flood != nil {
		return 0, flood
	}
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	if err := w.Conn.SetWriteDeadline(w.now().Add(writeTime)); err != nil {
		return 0, err
	}
	return w.Conn.Write(p)
}

// follow walks through bytes that came in.
func (w *wire) follow(b []byte) error {
	for len(b) > 0 {
		if w.rest > 0 {
			n := min(w.rest, uint64(len(b)))
			w.rest -= n
			b = b[n:]
			continue
		}
		w.header[w.have] = b[0]
		w.have++
		b = b[1:]
		if w.have < 2 || w.have < w.headerLen() {
			continue
		}
		w.have = 0
		w.rest = w.payloadLen()
		if opcode := w.header[0] & 0x0f; opcode >= 8 {
			if w.pings.Take() != nil {
				return errFlood
			}
		} else {
			w.more = w.header[0]&0x80 == 0
		}
	}
	open := w.have > 0 || w.rest > 0 || w.more
	if open && !w.open {
		w.since = w.now()
	}
	w.open = open
	return nil
}

func (w *wire) headerLen() int {
	n := 2
	switch w.header[1] & 0x7f {
	case 126:
		n += 2
	case 127:
		n += 8
	}
	if w.header[1]&0x80 != 0 {
		n += 4
	}
	return n
}

func (w *wire) payloadLen() uint64 {
	length := uint64(w.header[1] & 0x7f)
	size := 0
	switch length {
	case 126:
		size = 2
	case 127:
		size = 8
	default:
		return length
	}
	length = 0
	for _, b := range w.header[2 : 2+size] {
		length = length<<8 | uint64(b)
	}
	return length
}

// hijacker hands the socket library a wire with small buffers: ten thousand idle connections keep what it gets.
type hijacker struct {
	http.ResponseWriter
	wrap func(c net.Conn, first []byte) *wire
}

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	first, _ := rw.Reader.Peek(rw.Reader.Buffered())
	w := h.wrap(conn, append([]byte(nil), first...))
	return w, bufio.NewReadWriter(bufio.NewReaderSize(w, bufferSize), bufio.NewWriterSize(w, bufferSize)), nil
}
