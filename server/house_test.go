package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
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
)

// house is a whole server over a store, on loopback, as tests of the public socket see it.
type house struct {
	t     *testing.T
	store store.Store
	blobs store.Blobs
	*Server
	web     *httptest.Server
	channel protocol.ChannelID
	ann     protocol.OperatorID // administrator
	bob     protocol.OperatorID // operator
}

// open starts a house over a fresh memory store with Ann, Bob and one channel.
func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: memory.New(), blobs: memory.NewBlobs(time.Now)}
	h.start()
	h.ann = h.hire("Ann", "ann@example.com", protocol.RoleAdmin, false)
	h.bob = h.hire("Bob", "bob@example.com", protocol.RoleOperator, false)
	a := h.must(h.do(call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"}, Admin: true},
		&protocol.ChannelCreate{Looks: protocol.Looks{Name: "Acme shop", Color: "#0a6a78"}, AnySite: true}))
	h.channel = protocol.ChannelID(a.Made)
	return h
}

func (h *house) start() {
	h.t.Helper()
	s, err := New(config.Config{RateLimits: false}, Deps{
		Store: h.store, Blobs: h.blobs, Now: time.Now, NewID: newID, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.Server = s
	h.web = httptest.NewServer(s.Handler())
	h.t.Cleanup(h.stop)
}

// stop ends the house as a restart does; start opens it again over the same store.
func (h *house) stop() {
	if h.Server == nil {
		return
	}
	h.hub.Stop()
	h.web.CloseClientConnections()
	h.web.Close()
	h.Server.Close()
	h.Server = nil
}

func newID() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }

func (h *house) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	h.t.Cleanup(cancel)
	return ctx
}

func (h *house) do(c call.Call, body protocol.Body) (protocol.Accepted, error) {
	return h.Engine.Do(h.ctx(), engine.Command{Decide: func(r store.Reader, now int64, id func() string) (store.Outcome, error) {
		c.Now, c.NewID = now, id
		return desk.Decide(r, c, body)
	}})
}

func (h *house) must(a protocol.Accepted, err error) protocol.Accepted {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// hire makes an operator or bot who can sign in.
func (h *house) hire(name, email string, role protocol.Role, bot bool) protocol.OperatorID {
	h.t.Helper()
	id := protocol.OperatorID(newID())
	h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		return team.Found(r, call.Call{By: protocol.Actor{Kind: protocol.ActorAPI}, Admin: true, Now: now, NewID: newID}, id, name, email, role, bot)
	}}))
	if !bot {
		if err := h.Auth.Passwords.Set(h.ctx(), id, "beseda-demo"); err != nil {
			h.t.Fatal(err)
		}
	}
	return id
}

// browser is a client with cookies, as an operator's browser.
func (h *house) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// request sends what the console's page would.
func (h *house) request(c *http.Client, method, path, body string) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.ctx(), method, h.web.URL+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Origin", h.web.URL)
	req.Header.Set("Beseda-Request", "1")
	res, err := c.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// signIn begins a session and returns its cookie.
func (h *house) signIn(email string) *http.Cookie {
	h.t.Helper()
	token, made, err := h.Auth.SignIn(h.ctx(), auth.Attempt{Email: auth.Hidden(email), Password: "beseda-demo"})
	if err != nil {
		h.t.Fatal(err)
	}
	_ = made
	return &http.Cookie{Name: "beseda", Value: string(token)}
}

// operator connects a console.
func (h *house) operator(email string) (*line.Line, protocol.OperatorWelcome) {
	h.t.Helper()
	l := h.dial(line.Options{Cookie: h.signIn(email)})
	w, err := l.Hello(h.ctx(), protocol.Hello{})
	if err != nil {
		h.t.Fatal(err)
	}
	return l, *w.Operator
}

// visitor connects a widget; an empty key makes a new visitor.
func (h *house) visitor(key string, resume ...protocol.Resume) (*line.Line, protocol.VisitorWelcome) {
	h.t.Helper()
	l := h.dial(line.Options{})
	w, err := l.Hello(h.ctx(), protocol.Hello{Channel: h.channel, VisitorKey: key, Resume: resume, Language: "en"})
	if err != nil {
		h.t.Fatal(err)
	}
	return l, *w.Visitor
}

func (h *house) dial(o line.Options) *line.Line {
	h.t.Helper()
	l, err := line.Dial(h.ctx(), h.web.URL, o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(l.Close)
	return l
}

// say sends a message and returns what was stored of it.
func (h *house) say(l *line.Line, n protocol.Number, text string) protocol.Accepted {
	h.t.Helper()
	f, err := l.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Conversation: n, Text: text})
	if err != nil {
		h.t.Fatal(err)
	}
	return body[protocol.Accepted](h.t, f)
}

// body decodes what a frame carries.
func body[T any, P interface {
	*T
	protocol.Body
}](t *testing.T, f protocol.Frame) T {
	t.Helper()
	var v T
	if err := protocol.DecodeBody(f.Body, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}
