package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/engine"
	"beseda/server/inbox"
	"beseda/server/peer"
	"beseda/server/session"
	"beseda/store"
	"beseda/widget"
)

// Deps is what the routes work with; all fields are required but Assets, MetricsFrom and Demo.
type Deps struct {
	Engine *engine.Engine
	Inbox  *inbox.Inbox
	Auth   *auth.Auth
	Peer   peer.Rules
	Blobs  store.Blobs
	// Assets are the pages and what they load; nil where there are none, and then there are no pages.
	Assets *widget.Assets
	Socket http.Handler
	// Metrics is what /metrics shows.
	Metrics prometheus.Gatherer
	// MetricsFrom are the networks that may see it besides this machine.
	MetricsFrom []netip.Prefix
	// Saw notes that a channel's widget was loaded on a site.
	Saw func(protocol.ChannelID, string)
	// Ready tells whether the house is open.
	Ready func() bool
	// Demo answers /demo/; nil where there is no demo.
	Demo http.Handler
	// Advance moves the clock, in a build for tests; no other calls it.
	Advance func(context.Context, time.Duration) error
	Now     func() time.Time
	NewID   func() string
	Log     *slog.Logger
}

// site is the handlers' receiver.
type site struct {
	Deps
	loaders loaders
	drawing chan struct{} // holds who draws a picture
}

// New makes the handler of everything.
func New(d Deps) http.Handler {
	s := &site{Deps: d, loaders: newLoaders(), drawing: make(chan struct{}, 1)}
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
		{"POST /password", s.changePassword},
		{"GET /sessions", s.listSessions},
		{"DELETE /sessions/{id}", s.endSession},

		{"GET /events.csv", s.exportEvents},
		{"GET /console/export.csv", s.exportConversations(formatCSV, newText)},
		{"GET /console/export.xlsx", s.exportConversations(formatXLSX, newBook)},

		{"GET /healthz", s.health},
		{"GET /metrics", s.metrics()},
		{"GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/console/", http.StatusFound) }},
		{"/", s.nothing},
	}
	if s.Demo != nil {
		table = append(table, route{"GET /demo/", s.Demo.ServeHTTP})
	}
	return append(table, s.testRoutes()...)
}

// base is what holds for every answer.
func (s *site) base(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		s.Peer.StrictTransport(h, r)
		defer s.survive(w)
		next.ServeHTTP(w, r)
	})
}

// survive answers for a handler that panicked, as far as it has not answered itself.
func (s *site) survive(w http.ResponseWriter) {
	switch p := recover(); p {
	case nil:
	case http.ErrAbortHandler:
		panic(p)
	default:
		s.refuse(w, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
	}
}

// nothing answers where there is no route.
func (s *site) nothing(w http.ResponseWriter, _ *http.Request) { s.refuse(w, store.ErrNotFound) }

// health answers 200 once the house is open.
func (s *site) health(w http.ResponseWriter, _ *http.Request) {
	if !s.Ready() {
		s.refuse(w, protocol.Refuse(protocol.CodeGoingAway, ""))
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// refuse answers an error in the shape that every client knows.
func (s *site) refuse(w http.ResponseWriter, err error) {
	session.AnswerRefused(w, session.Refused(err, s.NewID, s.Log))
}

func (s *site) json(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		s.Log.Debug("answer", "err", err)
	}
}

// maxJSON is the largest JSON body that is read.
const maxJSON = 8 << 10

// read decodes a JSON body: one object, with no other fields than those of into.
func (s *site) read(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxJSON))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, end := d.Token(); !errors.Is(end, io.EOF) {
			err = cmp.Or(end, errTrailing)
		}
	}
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return &store.LimitError{Limit: tooLong.Limit}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return cutOff(err)
	case err != nil:
		return protocol.Refuse(protocol.CodeInvalid, "malformed")
	}
	return nil
}

var errTrailing = errors.New("something follows the object")
