package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/config"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
	"beseda/store/memory"
	"beseda/widget"
)

// house is a whole server over a store, run on loopback, as tests of the public socket see it.
type house struct {
	t      testing.TB
	store  store.Store
	blobs  store.Blobs
	assets *widget.Assets
	limits bool
	config config.Config
	clock  atomic.Int64 // added to the system's time, nanoseconds
	since  time.Time    // where time stands still: what it is added to instead
	pipe   *pipes       // instead of the network, for bubbles of fake time

	*Server
	base    string // http://127.0.0.1:port
	end     func() // cancels Run and waits for it
	channel protocol.ChannelID
	ann     protocol.OperatorID // administrator
	bob     protocol.OperatorID // operator

	log     journal
	mu      sync.Mutex
	secrets []string // what must never stand in the log
}

// open starts a house over a fresh memory store with Ann, Bob and one channel.
func open(t testing.TB, with ...func(*house)) *house {
	t.Helper()
	h := empty(t)
	for _, w := range with {
		w(h)
	}
	h.start()
	h.ann = h.hire("Ann", "ann@example.com", protocol.RoleAdmin, false)
	h.bob = h.hire("Bob", "bob@example.com", protocol.RoleOperator, false)
	h.channel = h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Acme shop", Color: "#0a6a78"}, AnySite: true})
	t.Cleanup(func() {
		h.stop()
		h.keptSecrets()
	})
	return h
}

// empty is a house that is not started: nobody works there.
func empty(t testing.TB) *house {
	return &house{t: t, store: memory.New(), blobs: memory.NewBlobs(time.Now)}
}

// limited switches rate limits on. Time stands still then, so that no limit recovers behind a slow test's back.
func limited(h *house) { h.limits, h.since = true, time.Now() }

// proxied puts a proxy on this machine in front; from says for whom it asks.
func proxied(h *house) { h.config.TrustProxy = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }

func from(address string) func(*http.Request) { return header("X-Forwarded-For", address) }

func (h *house) start() {
	h.t.Helper()
	log := slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.config.RateLimits = h.limits
	s, err := New(h.config, Deps{
		Store: h.store, Blobs: h.blobs, Assets: h.assets, Now: h.now, NewID: newID, Random: rand.Reader, Log: log,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	l, err := h.listen()
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, l) }()
	h.Server, h.base = s, "http://"+l.Addr().String()
	h.end = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			h.t.Errorf("Run = %v", err)
		}
		s.Close()
	})
}

func (h *house) listen() (net.Listener, error) {
	if h.pipe != nil {
		*h.pipe = newPipes()
		return h.pipe, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// connect reaches the house; it dials for http clients too, so it takes what they say and does not mind it.
func (h *house) connect(ctx context.Context, _, _ string) (net.Conn, error) {
	if h.pipe != nil {
		return h.pipe.dial(ctx)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", strings.TrimPrefix(h.base, "http://"))
}

// stop ends the house as a restart does; start opens it again over the same store.
func (h *house) stop() {
	if h.end != nil {
		h.end()
	}
}

func (h *house) now() time.Time {
	now := h.since
	if now.IsZero() {
		now = time.Now()
	}
	return now.Add(time.Duration(h.clock.Load()))
}

// advance moves the house's clock.
func (h *house) advance(d time.Duration) { h.clock.Add(int64(d)) }

func newID() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }

// patience is how long a test waits for what comes at once, on a machine that does much else.
const patience = 3 * time.Minute

func (h *house) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	h.t.Cleanup(cancel)
	return ctx
}

func (h *house) do(c call.Call, body protocol.Body) (protocol.Accepted, error) {
	return h.Engine.Do(h.ctx(), engine.Command{Decide: func(r store.Reader, now int64, id func() string) (store.Outcome, error) {
		c.Now, c.NewID = now, id
		return desk.Decide(r, c, body)
	}})
}

// asAnn does something as the administrator, past the socket.
func (h *house) asAnn(body protocol.Body) protocol.Accepted {
	h.t.Helper()
	return h.must(h.do(call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"}, Admin: true}, body))
}

func (h *house) must(a protocol.Accepted, err error) protocol.Accepted {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (h *house) newChannel(c protocol.ChannelCreate) protocol.ChannelID {
	h.t.Helper()
	return protocol.ChannelID(h.asAnn(&c).Made)
}

// hire makes an active operator or bot; password lets them sign in.
func (h *house) hire(name, email string, role protocol.Role, bot bool) protocol.OperatorID {
	h.t.Helper()
	id := protocol.OperatorID(newID())
	h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		return team.Found(r, call.Call{By: protocol.Actor{Kind: protocol.ActorAPI}, Admin: true, Now: now, NewID: newID}, id, name, email, role, bot)
	}}))
	return id
}

const password = "beseda-demo-password"

func (h *house) password(id protocol.OperatorID) {
	h.t.Helper()
	h.secret(password)
	if err := h.Auth.Passwords.Set(h.ctx(), id, password); err != nil {
		h.t.Fatal(err)
	}
}

// secret notes what must not be logged.
func (h *house) secret(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s != "" {
		h.secrets = append(h.secrets, s)
	}
	return s
}

func (h *house) keptSecrets() {
	h.t.Helper()
	log := h.log.String()
	for _, s := range h.secrets {
		if strings.Contains(log, s) {
			h.t.Errorf("the log holds a secret: %q", s)
		}
	}
	for _, line := range strings.Split(log, "\n") {
		if strings.Contains(line, "panic") || strings.Contains(line, "level=ERROR") {
			h.t.Errorf("the log says: %s", line)
		}
	}
}

// cookieOf begins a session of an operator.
func (h *house) cookieOf(id protocol.OperatorID) *http.Cookie {
	h.t.Helper()
	token, _, err := h.Auth.Sessions.Begin(id, auth.Origin{Device: "test"})
	if err != nil {
		h.t.Fatal(err)
	}
	return &http.Cookie{Name: "beseda", Value: h.secret(string(token))}
}

// operator connects a console.
func (h *house) operator(id protocol.OperatorID) (*line.Line, protocol.OperatorWelcome) {
	h.t.Helper()
	l := h.dial(line.Options{Cookie: h.cookieOf(id)})
	w, err := l.Hello(h.ctx(), protocol.Hello{})
	if err != nil {
		h.t.Fatal(err)
	}
	return l, *w.Operator
}

// bot connects an integration over JSON.
func (h *house) bot(name string) (*line.Line, protocol.OperatorID) {
	h.t.Helper()
	id := h.hire(name, "", protocol.RoleOperator, true)
	token, err := h.Auth.Bots.Add(id)
	if err != nil {
		h.t.Fatal(err)
	}
	l := h.dial(line.Options{Bearer: h.secret(string(token)), JSON: true})
	w, err := l.Hello(h.ctx(), protocol.Hello{})
	if err != nil || !w.Operator.Bot {
		h.t.Fatalf("welcome %+v, %v", w.Operator, err)
	}
	return l, id
}

// visitor connects a widget; an empty key makes a new visitor.
func (h *house) visitor(key string, resume ...protocol.Resume) (*line.Line, protocol.VisitorWelcome) {
	h.t.Helper()
	l := h.dial(line.Options{})
	w, err := l.Hello(h.ctx(), protocol.Hello{Channel: h.channel, VisitorKey: key, Resume: resume, Language: "en"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.secret(w.Visitor.VisitorKey)
	return l, *w.Visitor
}

func (h *house) dial(o line.Options) *line.Line {
	h.t.Helper()
	o.Client = &http.Client{Transport: &http.Transport{DialContext: h.connect}}
	l, err := line.Dial(h.ctx(), h.base, o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(l.Close)
	return l
}

// say sends a message and returns what was stored of it.
func (h *house) say(l *line.Line, n protocol.Number, text string, files ...protocol.AttachmentID) protocol.Accepted {
	h.t.Helper()
	f, err := l.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Conversation: n, Text: text, Attachments: files})
	if err != nil {
		h.t.Fatal(err)
	}
	return body[protocol.Accepted](h.t, f)
}

// ask sends a command that has to be accepted, and returns its answer.
func (h *house) ask(l *line.Line, kind protocol.Kind, b protocol.Body) protocol.Frame {
	h.t.Helper()
	f, err := l.Do(h.ctx(), kind, b)
	if err != nil {
		h.t.Fatalf("%s: %v", kind, err)
	}
	return f
}

// refused sends a command that has to be refused with a code.
func (h *house) refused(l *line.Line, kind protocol.Kind, b protocol.Body, want protocol.Code) {
	h.t.Helper()
	_, err := l.Do(h.ctx(), kind, b)
	if got := codeOf(err); got != want {
		h.t.Errorf("%s: %v, want %s", kind, err, want)
	}
}

// wait is the next frame that matches.
func (h *house) wait(l *line.Line, match func(protocol.Frame) bool) protocol.Frame {
	h.t.Helper()
	f, err := l.Wait(h.ctx(), match)
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

func (h *house) kind(l *line.Line, kind protocol.Kind) protocol.Frame {
	h.t.Helper()
	return h.wait(l, func(f protocol.Frame) bool { return f.Kind == kind })
}

// goodbye waits for the end of a line and returns the code that it ended with.
func (h *house) goodbye(l *line.Line) protocol.Code {
	h.t.Helper()
	f := h.kind(l, protocol.KindGoodbye)
	if err := l.End(h.ctx()); err == nil {
		h.t.Error("the line goes on after goodbye")
	}
	return body[protocol.Goodbye](h.t, f).Code
}

// settle waits until everything that was caused before has reached a line: a ping is answered behind it.
func (h *house) settle(l *line.Line) {
	h.t.Helper()
	h.ask(l, protocol.KindPing, &protocol.Ping{})
}

func codeOf(err error) protocol.Code {
	var r *protocol.Refusal
	if !errors.As(err, &r) {
		return ""
	}
	return r.Code
}

// body decodes what a frame carries.
func body[T any, P interface {
	*T
	protocol.Body
}](t testing.TB, f protocol.Frame) T {
	t.Helper()
	var v T
	if err := protocol.DecodeBody(f.Body, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}

// journal is the house's log.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}
