package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"beseda/protocol"
	"beseda/server/allocation"
	"beseda/server/auth"
	"beseda/server/config"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/server/inbox"
	"beseda/server/session"
	"beseda/server/web"
	"beseda/store"
	"beseda/widget"
)

// drainTime is how long goodbyes may take.
const drainTime = 5 * time.Second

// Deps is what the house stands on; all are required but Demo.
type Deps struct {
	Store  store.Store
	Blobs  store.Blobs
	Assets *widget.Assets
	Now    func() time.Time
	NewID  func() string
	Random io.Reader
	Log    *slog.Logger
	// Demo answers /demo/.
	Demo http.Handler
}

// Server is one installation.
type Server struct {
	Deps
	Engine *engine.Engine
	Auth   *auth.Auth

	hub      *hub.Hub
	inbox    *inbox.Inbox
	sessions *session.Handler
	sights   *sightings
	bot      *allocation.Bot
	handler  http.Handler
	metrics  *metrics
	erased   chan struct{} // something was
	ready    atomic.Bool
	closed   atomic.Bool
}

// New opens the house: the list is rebuilt, and what came due is done, before it returns.
func New(cfg config.Config, d Deps) (*Server, error) {
	advance := d.movable()
	s := &Server{Deps: d, metrics: newMetrics(), erased: make(chan struct{}, 1)}
	err := d.Store.View(func(r store.Reader) (err error) {
		scoped := store.Scope(store.Main, r)
		if s.inbox, err = inbox.New(scoped); err != nil {
			return err
		}
		s.sights, err = newSightings(scoped)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the store: %w", err)
	}
	s.hub = hub.New(s.inbox, s.newestOf, d.Now, s.after, d.Log)
	s.bot = allocation.New(s.inbox, s.hub, d.Log)
	s.Engine, err = engine.New(engine.Config{
		Store: d.Store, Workspace: store.Main, Domain: desk.Domain{}, Now: d.Now, NewID: d.NewID, Log: d.Log,
		Published: func(frames []protocol.Frame, r store.Reader) {
			s.hub.Publish(frames, r)
			s.metrics.published(frames)
			s.noticeErased(frames)
			s.bot.Noticed(frames)
		},
	})
	if err != nil {
		return nil, err
	}
	s.Auth, err = auth.Open(auth.Options{Store: d.Store, Now: d.Now, Random: d.Random, Unlimited: !cfg.RateLimits})
	if err != nil {
		s.Engine.Close()
		return nil, err
	}
	s.sessions = session.NewHandler(session.Deps{
		Engine: s.Engine, Hub: s.hub, Inbox: s.inbox, Auth: s.Auth, Peer: cfg.Peer(), Full: d.Store.Full, Seen: s.sights.last,
		Workspace: s.workspace, Now: d.Now, NewID: d.NewID, Log: d.Log,
	})
	s.metrics.watch(s.sessions.Connections, s.hub.Online, d.Store.Full)
	s.handler = web.New(web.Deps{
		Engine: s.Engine, Inbox: s.inbox, Auth: s.Auth, Peer: cfg.Peer(), Blobs: d.Blobs, Assets: d.Assets,
		Socket: s.sessions, Metrics: s.metrics.registry, MetricsFrom: cfg.MetricsFrom, Saw: s.saw, Ready: s.ready.Load, Demo: d.Demo,
		Now: d.Now, NewID: d.NewID, Log: d.Log,
		Advance: func(ctx context.Context, by time.Duration) error { return advance(ctx, s.Engine, by) },
	})
	s.ready.Store(true)
	return s, nil
}

// Handler answers everything the house answers. Run serves it as NewHTTP does.
func (s *Server) Handler() http.Handler { return s.handler }

// Run serves a listener until ctx ends, says goodbye, and returns when nobody is left. Close follows.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	work, stop := context.WithCancel(context.Background())
	var keeping sync.WaitGroup
	keeping.Go(func() { s.housekeeping(work) })
	keeping.Go(func() { s.erasing(work) })
	keeping.Go(func() { s.bot.Run(work, s.Engine) })
	defer keeping.Wait()
	defer stop()
	h := NewHTTP(s.handler, s.Log)
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(l) }()
	select {
	case err := <-failed:
		s.sayGoodbye(h)
		return fmt.Errorf("serve: %w", err)
	case <-s.Engine.Broken(): // whoever started this process starts it again
		return errors.Join(store.ErrBroken, s.sayGoodbye(h))
	case <-ctx.Done():
		return s.sayGoodbye(h)
	}
}

// sayGoodbye lets nobody new in, tells everybody to come back, and waits a while for what is under way.
func (s *Server) sayGoodbye(h *http.Server) error {
	s.ready.Store(false)
	drain, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	s.hub.Stop()
	s.sessions.Stop(drain)
	err := h.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) { // somebody's file takes longer
		err = h.Close()
	}
	if err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// Close ends the engine, after what it has begun. The store is its opener's to close.
func (s *Server) Close() {
	s.closed.Store(true)
	s.Engine.Close()
}

// after runs fn later, unless the house is closed by then.
func (s *Server) after(wait time.Duration, fn func()) {
	time.AfterFunc(wait, func() {
		if !s.closed.Load() {
			fn()
		}
	})
}

// newestOf is the conversation that shows a thread in the list.
func (s *Server) newestOf(thread protocol.ThreadID) (n protocol.Number) {
	err := s.Engine.Read(func(r store.Reader) error {
		t, err := store.Threads.Get(r, store.Text(thread))
		n = t.Latest
		return err
	})
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrClosed) {
		s.Log.Error("find a thread", "err", err)
	}
	return n
}

// workspace is the name under which the team works: that of the oldest channel.
func (s *Server) workspace() (name string) {
	var oldest int64
	err := s.Engine.Read(func(r store.Reader) error {
		for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
			if err != nil {
				return err
			}
			if name == "" || ch.CreatedAt < oldest {
				name, oldest = ch.Channel.Looks.Name, ch.CreatedAt
			}
		}
		return nil
	})
	if err != nil {
		s.Log.Error("read channels", "err", err)
	}
	return name
}

// FirstRun makes the one-time link for the first administrator where nobody can sign in yet; "" otherwise.
func (s *Server) FirstRun() (path string, err error) {
	none := true
	err = s.Engine.Read(func(r store.Reader) error {
		for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
			if err != nil {
				return err
			}
			if !o.Bot && o.State == protocol.OperatorActive {
				none = false
			}
		}
		return nil
	})
	if err != nil || !none {
		return "", err
	}
	token, _, err := s.Auth.Links.First(protocol.OperatorID(s.NewID()))
	if err != nil {
		return "", err
	}
	return "/setup#" + string(token), nil
}
