package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/engine"
	"beseda/server/inbox"
	"beseda/server/peer"
	"beseda/server/session"
	"beseda/store"
	"beseda/widget"
)

// Deps is what the routes work with; all fields are required but Demo.
type Deps struct {
	Engine *engine.Engine
	Inbox  *inbox.Inbox
	Auth   *auth.Auth
	Peer   peer.Rules
	Blobs  store.Blobs
	Assets *widget.Assets
	Socket http.Handler
	// Metrics is what /metrics shows.
	Metrics prometheus.Gatherer
	// Saw notes that a channel's widget was loaded on a site.
	Saw func(protocol.ChannelID, string)
	// Ready tells whether the house is open.
	Ready func() bool
	// Demo answers /demo/; nil where there is no demo.
	Demo  http.Handler
	Now   func() time.Time
	NewID func() string
	Log   *slog.Logger
}

// site is the handlers' receiver.
type site struct {
	Deps
	loaders loaderCache
}

// New makes the handler of everything.
func New(d Deps) http.Handler {
	s := &site{Deps: d}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, r.handler)
	}
	return s.base(mux)
}

type route struct {
	pattern string
	handler http.HandlerFunc
}

// routes is the one table.
func (s *site) routes() []route {
	table := []route{
		{"GET /ws", s.Socket.ServeHTTP},

		{"GET /widget.js", s.loader},
		{"GET /widget/{$}", s.widgetPage},
		{"GET /widget/waiting", s.waiting},
		{"OPTIONS /widget/waiting", s.waitingPreflight},
		{"GET /console/", s.consolePage},
		{"GET /setup", s.setupPage},
		{"GET /assets/{name}", s.asset},
		{"GET /favicon.ico", s.favicon},

		{"POST /files", s.upload},
		{"GET /files/{id}", s.download},
		{"GET /pictures/{operator}", s.picture},
		{"POST /pictures", s.changePicture},

		{"POST /setup/look", s.lookAtLink},
		{"POST /setup", s.redeemLink},
		{"POST /session", s.signIn},
		{"GET /session", s.whoAmI},
		{"DELETE /session", s.signOut},
		{"GET /sessions", s.listSessions},
		{"DELETE /sessions/{id}", s.endSession},

		{"GET /healthz", s.health},
		{"GET /metrics", promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{}).ServeHTTP},
		{"GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/console/", http.StatusFound) }},
	}
	if s.Demo != nil {
		table = append(table, route{"GET /demo/", s.Demo.ServeHTTP})
	}
	return table
}

// base is what holds for every answer.
func (s *site) base(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		s.Peer.StrictTransport(h, r)
		next.ServeHTTP(w, r)
	})
}

// health answers 200 once the house is open.
func (s *site) health(w http.ResponseWriter, _ *http.Request) {
	if !s.Ready() {
		http.Error(w, "starting or stopping", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// refuse answers an error in the shape that every client knows.
func (s *site) refuse(w http.ResponseWriter, err error) {
	body := session.Refused(err, s.NewID, s.Log)
	if body.RetryMs > 0 {
		w.Header().Set("Retry-After", strconv.FormatInt((body.RetryMs+999)/1000, 10))
	}
	s.json(w, statusOf(body.Code), body)
}

func (s *site) json(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		s.Log.Debug("answer", "err", err)
	}
}

// statusOf is the HTTP status that goes with a code.
func statusOf(code protocol.Code) int {
	switch code {
	case protocol.CodeUnauthorized:
		return http.StatusUnauthorized
	case protocol.CodeForbidden, protocol.CodeBlocked, protocol.CodeNotAssigned:
		return http.StatusForbidden
	case protocol.CodeNotFound:
		return http.StatusNotFound
	case protocol.CodeConflict:
		return http.StatusConflict
	case protocol.CodeTooLong, protocol.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case protocol.CodeRateLimited:
		return http.StatusTooManyRequests
	case protocol.CodeStorageFull:
		return http.StatusInsufficientStorage
	case protocol.CodeGoingAway, protocol.CodeSlowConsumer:
		return http.StatusServiceUnavailable
	case protocol.CodeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// maxJSON is the largest JSON body that is read.
const maxJSON = 8 << 10

// read decodes a JSON body into a struct with no other fields.
func (s *site) read(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxJSON))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return protocol.Refuse(protocol.CodeInvalid, "malformed")
	}
	return nil
}
