//go:build testclock

package web

import (
	"net/http"
	"time"

	"beseda/protocol"
)

// maxAdvance is how far a test may move the clock at once.
const maxAdvance = 5 * 365 * 24 * time.Hour

// testRoutes are what only a build for tests has: POST /test/clock {"advance_ms":n} moves the house's clock, runs what
// came due, and answers with the time. From this machine alone, and not through a proxy.
func (s *site) testRoutes() []route {
	return []route{{"POST /test/clock", s.moveClock}}
}

func (s *site) moveClock(w http.ResponseWriter, r *http.Request) {
	if !s.Peer.Address(r).IsLoopback() || r.Header.Get("X-Forwarded-For") != "" {
		s.refuse(w, protocol.Refuse(protocol.CodeForbidden, "loopback"))
		return
	}
	var body struct {
		Advance int64 `json:"advance_ms"`
	}
	if err := s.read(w, r, &body); err != nil {
		s.refuse(w, err)
		return
	}
	if body.Advance < 0 || body.Advance > maxAdvance.Milliseconds() {
		s.refuse(w, protocol.Refuse(protocol.CodeInvalid, "field=advance_ms"))
		return
	}
	if err := s.Advance(r.Context(), time.Duration(body.Advance)*time.Millisecond); err != nil {
		s.refuse(w, err)
		return
	}
	s.json(w, http.StatusOK, struct {
		Now int64 `json:"now"`
	}{s.Now().UnixMilli()})
}
