package session

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/server/auth"
)

const (
	halfTime   = 10 * time.Second // for a message that has begun
	silentTime = 70 * time.Second // clients ping every 25
	writeTime  = 10 * time.Second // for a peer to take what we write
	readerSize = 256              // what most clients' messages fit into
	writerSize = 16               // the least: wire gathers whole frames itself
)

var (
	errFlood = errors.New("too many control frames")
	errOver  = errors.New("it is over")
)

// wire is the connection under the socket library. It reads along with what comes in, as far as frame headers, to know
// whether the peer is in the middle of a message, and counts control frames. Its deadlines are those of the
// connection, so they are by the clock of the system and no other. What goes out leaves frame by frame, each in one
// write, though the library hands it over in pieces. Read is called by one goroutine, Write by one at a time, hurry by
// any.
//
//	 0               1               2 …
//	|FIN|·|opcode(4)|M|length(7)     |length 16 or 64 bits, if 126 or 127|mask(4)|payload
type wire struct {
	net.Conn
	first  []byte // what net/http had already read
	pings  auth.Bucket
	header [14]byte
	have   int       // bytes of a header
	rest   uint64    // bytes of payload still to come
	more   bool      // a fragment ended that was not the last
	since  time.Time // when the message that is under way began
	hello  time.Time // when the first frame has to be there; zero once it was

	gather

	mu        sync.Mutex
	ending    time.Time // when everything is over; zero while it lives
	finishing bool      // the peer's own goodbye is waited for
}

func newWire(c net.Conn, first []byte, pings auth.Bucket, gathers *sync.Pool) *wire {
	return &wire{Conn: c, first: first, pings: pings, gather: gather{pool: gathers}, hello: time.Now().Add(protocol.HelloTimeout)}
}

func (w *wire) Read(p []byte) (int, error) {
	if len(w.first) > 0 {
		n := copy(p, w.first)
		w.first = w.first[n:]
		return n, w.follow(p[:n])
	}
	w.first = nil
	if err := w.readUntil(w.patience()); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(p)
	if flood := w.follow(p[:n]); flood != nil {
		return 0, flood
	}
	return n, err
}

// patience is until when something has to come.
func (w *wire) patience() time.Time {
	until := time.Now().Add(silentTime)
	if w.open() {
		until = w.since.Add(halfTime)
	}
	if !w.hello.IsZero() && w.hello.Before(until) {
		until = w.hello
	}
	return until
}

// greeted ends the wait for the first frame.
func (w *wire) greeted() { w.hello = time.Time{} }

func (w *wire) readUntil(at time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ending.IsZero() {
		if !w.finishing {
			return errOver
		}
		at = w.ending
	}
	return w.SetReadDeadline(at)
}

func (w *wire) write(p []byte) (int, error) {
	w.mu.Lock()
	at := time.Now().Add(writeTime)
	if !w.ending.IsZero() {
		at = w.ending
	}
	err := w.SetWriteDeadline(at)
	w.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return w.Conn.Write(p)
}

// hurry ends reading now and writing by a time. It does not block.
func (w *wire) hurry(by time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ending.IsZero() {
		return
	}
	w.ending = by
	_ = w.SetReadDeadline(time.Unix(1, 0)) // an error means that it is closed
	_ = w.SetWriteDeadline(by)
}

// finish lets the socket library read once more, until the end, for the peer's goodbye.
func (w *wire) finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.finishing = true
}

// follow walks through bytes that came in.
func (w *wire) follow(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	now := time.Now()
	for len(b) > 0 {
		if w.rest > 0 {
			n := min(w.rest, uint64(len(b)))
			w.rest -= n
			b = b[n:]
			continue
		}
		if !w.open() {
			w.since = now
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
	return nil
}

// open tells whether a message has begun that has not ended.
func (w *wire) open() bool { return w.have > 0 || w.rest > 0 || w.more }

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
	wrap func(c net.Conn, first []byte) net.Conn
}

func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	first, _ := rw.Reader.Peek(rw.Reader.Buffered())
	w := h.wrap(conn, append([]byte(nil), first...))
	return w, bufio.NewReadWriter(bufio.NewReaderSize(w, readerSize), bufio.NewWriterSize(w, writerSize)), nil
}
