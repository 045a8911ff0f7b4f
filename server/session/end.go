package session

import (
	"errors"
	"strings"
	"time"

	"beseda/protocol"
)

// endTime is how long a connection may take to end once it shall: a peer that neither reads nor closes is cut off.
const endTime = time.Second

// maxCloseReason is what fits into a WebSocket's closing frame.
const maxCloseReason = 123

// wake starts the writer unless one runs, or, where the listener is closed, has the reader end the connection. It is
// called from anywhere, with the hub's locks held.
func (s *session) wake(over bool) {
	if over {
		s.hurry()
		return
	}
	if s.writes.Add(1) == 1 {
		go s.write()
	}
}

// hurry has the connection end soon, whatever it waits for. It never blocks.
func (s *session) hurry() {
	s.over.Store(true)
	s.wire.hurry(time.Now().Add(endTime))
}

// part says why the connection ends, where there is something to say, and closes it.
func (s *session) part(why error) {
	refusal := s.reason(why)
	if refusal == nil {
		return // it broke, or the peer has closed it
	}
	if !s.greeted {
		r := Refused(refusal, s.NewID, s.Log)
		s.goodbye(protocol.Frame{Kind: protocol.KindRefused, ID: s.shake.hello, Body: protocol.EncodeBody(&r)}, refusal)
		return
	}
	body := &protocol.Goodbye{Code: refusal.Code, Reason: refusal.Reason}
	if refusal.Code == protocol.CodeRateLimited {
		body.RetryMs = floodRetryMs
	}
	s.goodbye(protocol.Frame{Kind: protocol.KindGoodbye, Body: protocol.EncodeBody(body)}, refusal)
}

// reason is what the peer is told; nil for nothing. Of several the first counts.
func (s *session) reason(why error) (refusal *protocol.Refusal) {
	said := errors.As(why, &refusal)
	switch {
	case s.listener != nil:
		if said {
			s.listener.Close(refusal)
		}
		return s.listener.Closed()
	case !said && s.over.Load():
		return protocol.Refuse(protocol.CodeGoingAway, "")
	}
	return refusal
}

// floodRetryMs is how long somebody who flooded shall stay away.
const floodRetryMs = 5_000

// goodbye writes the last frame, behind what may still be written, and closes.
func (s *session) goodbye(last protocol.Frame, why *protocol.Refusal) {
	s.hurry()
	s.pen.Lock() // the writer ends soon: it sees that it is over, or its write fails
	defer s.pen.Unlock()
	s.wire.finish()
	if s.listener != nil {
		if taken := s.listener.Take(s.mayRead); s.flush(taken.Packets) != nil {
			return
		}
	}
	last.At = s.Now().UnixMilli()
	b := protocol.AppendFrame(nil, &last)
	if s.json {
		b, _ = protocol.AppendJSON(nil, &last)
	}
	if s.send(b) == nil {
		reason := why.Error()
		_ = s.socket.Close(closeStatus(why.Code), strings.ToValidUTF8(reason[:min(len(reason), maxCloseReason)], ""))
	}
}
