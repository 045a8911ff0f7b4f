package session

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
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

// The subprotocols, the better one first.
const (
	subprotocolMsgpack = "beseda.v1.msgpack"
	subprotocolJSON    = "beseda.v1.json"
)

// maxWatched is how many conversations one connection may have open.
const maxWatched = 20

// Deps is what sessions work with; all fields are required.
type Deps struct {
	Engine *engine.Engine
	Hub    *hub.Hub
	Inbox  *inbox.Inbox
	Auth   *auth.Auth
	Peer   peer.Rules
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
	mu    sync.Mutex
	open  int
	drain sync.Cond
}

// NewHandler makes the handler of /ws.
func NewHandler(d Deps) *Handler {
	h := &Handler{Deps: d}
	h.drain.L = &h.mu
	return h
}

// Connections is how many sockets are open now.
func (h *Handler) Connections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Wait returns when all sockets are closed, or ctx ends.
func (h *Handler) Wait(ctx context.Context) {
	stop := context.AfterFunc(ctx, func() {
		h.mu.Lock()
		h.drain.Broadcast()
		h.mu.Unlock()
	})
	defer stop()
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.open > 0 && ctx.Err() == nil {
		h.drain.Wait()
	}
}

func (h *Handler) count(by int) {
	h.mu.Lock()
	h.open += by
	if h.open == 0 {
		h.drain.Broadcast()
	}
	h.mu.Unlock()
}

// handshake is what the HTTP request said of the peer.
type handshake struct {
	address netip.Addr
	cookie  auth.Hidden
	bearer  auth.Hidden
	device  string
}

// ServeHTTP takes the connection over and returns: the session runs on goroutines of its own.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if origins := r.Header.Values("Origin"); len(origins) > 0 && !h.Peer.SameOrigin(r) {
		http.Error(w, "forbidden: this origin may not connect", http.StatusForbidden)
		return
	}
	shake := handshake{address: h.Peer.Address(r), device: Device(r.UserAgent())}
	if token, ok := auth.Token(h.Peer.Transport(r), r); ok {
		if r.Header.Get("Origin") == "" {
			http.Error(w, "forbidden: a cookie needs an Origin", http.StatusForbidden)
			return
		}
		shake.cookie = token
	}
	if bearer, ok := Bearer(r); ok {
		shake.bearer = bearer
	}
	if err := h.Auth.Limits.Take(auth.LimitHelloAddress, auth.AddressKey(shake.address)); err != nil {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "rate_limited", http.StatusTooManyRequests)
		return
	}
	wrap := func(c net.Conn, first []byte) *wire {
		return &wire{Conn: c, now: h.Now, first: first, pings: h.Auth.Limits.Bucket(auth.LimitPings)}
	}
	socket, err := websocket.Accept(hijacker{w, wrap}, r, &websocket.AcceptOptions{
		Subprotocols:       []string{subprotocolMsgpack, subprotocolJSON},
		InsecureSkipVerify: true, // the Origin was judged above, more strictly
		CompressionMode:    websocket.CompressionDisabled,
	})
	if err != nil {
		return // Accept has answered
	}
	if socket.Subprotocol() == "" {
		_ = socket.Close(websocket.StatusPolicyViolation, "a subprotocol is needed: "+subprotocolMsgpack+" or "+subprotocolJSON)
		return
	}
	socket.SetReadLimit(protocol.MaxFrameBytes)
	s := &session{
		Handler: h, socket: socket, shake: shake, json: socket.Subprotocol() == subprotocolJSON,
		frames: h.Auth.Limits.Bucket(auth.LimitFrames), typing: h.Auth.Limits.Bucket(auth.LimitTyping),
	}
	h.count(1)
	go s.run()
}

// Bearer reads the token of an Authorization header.
func Bearer(r *http.Request) (auth.Hidden, bool) {
	const scheme = "Bearer "
	value := r.Header.Get("Authorization")
	if len(value) <= len(scheme) || value[:len(scheme)] != scheme {
		return "", false
	}
	return auth.Hidden(value[len(scheme):]), true
}

func limitReason(limit int64) string { return "limit=" + strconv.FormatInt(limit, 10) }
