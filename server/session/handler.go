package session

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/server/inbox"
	"beseda/server/peer"
	"beseda/store"
)

// Deps is what sessions work with; all fields are required.
type Deps struct {
	Engine *engine.Engine
	Hub    *hub.Hub
	Inbox  *inbox.Inbox
	Auth   *auth.Auth
	Peer   peer.Rules
	// Full tells whether nothing can be stored now.
	Full func() bool
	// Seen tells when and on which site a channel's widget was last loaded.
	Seen func(protocol.ChannelID) store.Sighting
	// Workspace is its name.
	Workspace func() string
	Now       func() time.Time
	NewID     func() string
	Log       *slog.Logger
}

// Handler answers /ws.
type Handler struct {
	Deps
	intakes sync.Pool // of *intake: an idle connection holds none
	gathers sync.Pool // of *bytes.Buffer: frames on their way out
	hands   hands

	mu        sync.Mutex
	drained   sync.Cond
	open      int
	strangers map[*session]struct{} // who have not been greeted: the hub does not know them
	stopping  bool
}

// NewHandler makes the handler of /ws.
func NewHandler(d Deps) *Handler {
	h := &Handler{Deps: d, hands: newHands(), strangers: make(map[*session]struct{})}
	h.intakes.New = func() any { return &intake{handled: make(chan error, 1)} }
	h.gathers.New = func() any { return new(bytes.Buffer) }
	h.drained.L = &h.mu
	return h
}

// Connections is how many sockets are open now.
func (h *Handler) Connections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Stop turns away who comes from now on and who was not greeted yet; the hub tells the others. It returns when all
// sockets are closed, or ctx ends.
func (h *Handler) Stop(ctx context.Context) {
	wake := context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.drained.Broadcast()
	})
	defer wake()
	h.mu.Lock()
	defer h.mu.Unlock()
	first := !h.stopping
	h.stopping = true
	for s := range h.strangers {
		s.hurry()
	}
	for h.open > 0 && ctx.Err() == nil {
		h.drained.Wait()
	}
	if !first {
		return
	}
	close(h.hands.quit)
}

func (h *Handler) stopped() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stopping
}

// enter counts a session in.
func (h *Handler) enter(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open++
	h.strangers[s] = struct{}{}
	if h.stopping {
		s.hurry()
	}
}

// known notes that the hub knows a session from now on.
func (h *Handler) known(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.strangers, s)
}

func (h *Handler) leave(s *session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.strangers, s)
	if h.open--; h.open == 0 {
		h.drained.Broadcast()
	}
}

// ServeHTTP takes the connection over and returns: the session runs on goroutines of its own, so that nothing of the
// request is kept.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	shake, err := h.shake(r)
	if err != nil {
		AnswerRefused(w, Refused(err, h.NewID, h.Log))
		return
	}
	s := &session{
		Handler: h, shake: &shake, json: shake.subprotocol == subprotocolJSON, address: shake.address,
		frames: h.Auth.Limits.Bucket(auth.LimitFrames),
	}
	wrap := func(c net.Conn, first []byte) net.Conn {
		s.wire = newWire(c, first, h.Auth.Limits.Bucket(auth.LimitPings), &h.gathers)
		return s.wire
	}
	// Our own constant instead of the peer's words: the library keeps it, and with it the block of all headers.
	r.Header.Set("Sec-WebSocket-Protocol", shake.subprotocol)
	s.socket, err = websocket.Accept(hijacker{w, wrap}, r, &websocket.AcceptOptions{
		Subprotocols:       []string{shake.subprotocol},
		InsecureSkipVerify: true, // the Origin was judged by shake, more strictly
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		return // Accept has answered
	}
	s.socket.SetReadLimit(-1) // see intake: who sends too much is told so
	h.enter(s)
	go s.run()
}
