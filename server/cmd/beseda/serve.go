package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"beseda/server"
	"beseda/server/certificate"
	"beseda/server/config"
	"beseda/server/control"
	"beseda/store/badgerdb"
	"beseda/widget"
)

// serve runs the server until it is told to stop.
func serve(ctx context.Context, args []string, out io.Writer) error {
	cfg, err := load("serve", args)
	if err != nil {
		return err
	}
	log := logger(cfg)
	for _, w := range cfg.Warnings() {
		log.Warn(w)
	}
	db, err := badgerdb.Open(cfg.Data, badgerdb.Options{Log: log})
	if err != nil {
		return err
	}
	return errors.Join(host(ctx, cfg, db, log, out, nil), db.Close())
}

// load reads a command's options.
func load(name string, args []string, only ...string) (config.Config, error) {
	set := flag.NewFlagSet("beseda "+name, flag.ContinueOnError)
	loader := config.Register(set, config.Outside{LookupEnv: os.LookupEnv, ReadFile: os.ReadFile}, only...)
	if err := options(set, args); err != nil {
		return config.Config{}, err
	}
	if set.NArg() > 0 {
		return config.Config{}, fmt.Errorf("%s takes no argument %q", name, set.Arg(0))
	}
	return loader.Load()
}

func logger(cfg config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// newID makes identifiers that sort by time and cannot be guessed.
func newID() func() string {
	var mu sync.Mutex
	entropy := ulid.Monotonic(rand.Reader, 0)
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		return ulid.MustNew(ulid.Timestamp(time.Now()), entropy).String()
	}
}

// extras is what a demo adds to a house.
type extras struct {
	demo http.Handler
	// ready is told the address once somebody listens there.
	ready func(base string)
}

// host opens a house over a store and serves it until ctx ends.
func host(ctx context.Context, cfg config.Config, db *badgerdb.DB, log *slog.Logger, out io.Writer, with *extras) error {
	assets, err := widget.Open()
	if errors.Is(err, widget.ErrNotBundled) && with == nil {
		// The socket and the command line need no browser; a demo without pages would show nothing.
		log.Warn("there are no pages: only the socket and plain HTTP are served", "err", err)
		assets, err = new(widget.Assets), nil
	}
	if err != nil {
		return err
	}
	l, err := listen(cfg, log)
	if err != nil {
		return err
	}
	defer l.Close()
	deps := server.Deps{
		Store: db, Blobs: db.Blobs(), Assets: assets, Now: time.Now, NewID: newID(), Random: rand.Reader, Log: log,
	}
	if with != nil {
		deps.Demo = with.demo
	}
	s, err := server.New(cfg, deps)
	if err != nil {
		return err
	}
	defer s.Close()
	base := cfg.BaseURL(l.Addr())
	stop, err := serveControl(cfg, s, db, base, log)
	if err != nil {
		return err
	}
	defer stop()
	fmt.Fprintln(out, "Listening on", base)
	if with != nil {
		with.ready(base)
	}
	path, err := s.FirstRun()
	if err != nil {
		return err
	}
	if path != "" {
		fmt.Fprintln(out, "Set up:", base+path)
	}
	return s.Run(ctx, l)
}

// listen opens the listener, with TLS where the options say so, and the plain one beside it.
func listen(cfg config.Config, log *slog.Logger) (net.Listener, error) {
	var source certificate.Source
	var err error
	switch {
	case cfg.TLSCert != "":
		source, err = certificate.Files(cfg.TLSCert, cfg.TLSKey, time.Now, log)
	case len(cfg.ACME) > 0:
		source, err = certificate.ACME(certificate.Authority{
			Domains: cfg.ACME, Folder: filepath.Join(cfg.Data, "acme"), Directory: cfg.ACMEDirectory, Log: log,
		})
	}
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", cfg.Listen, err)
	}
	if source.TLS() == nil {
		return l, nil
	}
	if cfg.ListenHTTP != "" {
		plain, err := net.Listen("tcp", cfg.ListenHTTP)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("--listen-http %s: %w", cfg.ListenHTTP, err), l.Close())
		}
		go servePlain(plain, source.Plain(cfg.BaseURL(l.Addr())[len("https://"):]), log)
		l = both{l, plain}
	}
	return tls.NewListener(l, source.TLS()), nil
}

// servePlain answers on the plain listener until it is closed. Who comes there gets no more patience than on the other.
func servePlain(l net.Listener, h http.Handler, log *slog.Logger) {
	log.Debug("plain listener ended", "err", server.NewHTTP(h, log).Serve(l))
}

// both closes the plain listener with the other.
type both struct {
	net.Listener
	plain net.Listener
}

func (b both) Close() error { return errors.Join(b.Listener.Close(), b.plain.Close()) }

// serveControl lets the command line in while the server runs.
func serveControl(cfg config.Config, s *server.Server, db *badgerdb.DB, base string, log *slog.Logger) (stop func(), err error) {
	l, err := control.Listen(cfg.Data)
	if err != nil {
		return nil, err
	}
	h := &http.Server{Handler: controlOf(s, db, base), ReadHeaderTimeout: 10 * time.Second}
	go func() { log.Debug("control ended", "err", h.Serve(l)) }()
	return func() { _ = h.Close() }, nil
}

func controlOf(s *server.Server, db *badgerdb.DB, base string) http.Handler {
	return control.New(control.Deps{
		Engine: s.Engine, Auth: s.Auth, URL: base, NewID: s.NewID,
		Backup: func(w io.Writer, r *http.Request) error {
			_, err := badgerdb.Backup(r.Context(), db, w)
			return err
		},
	})
}
