package auth

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

const (
	ann  = protocol.OperatorID("01J0000000000000000000ANN0")
	bob  = protocol.OperatorID("01J0000000000000000000B0B0")
	bot  = protocol.OperatorID("01J0000000000000000000B0T0")
	shop = protocol.ChannelID("01J00000000000000000SH0P00")
	blog = protocol.ChannelID("01J00000000000000000B10G00")

	right = Hidden("right horse battery")
	wrong = Hidden("wrong horse battery")
)

// cheap keeps tests fast; one test pays the full price.
var cheap = cost{memory: 64, passes: 1, lanes: 1}

// clock is a clock that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// house is an Auth over a store in memory, with Ann and Bob active and a bot.
type house struct {
	*Auth
	t     *testing.T
	store *memory.Store
	clock *clock
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, store: memory.New(), clock: &clock{at: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)}}
	h.reopen()
	for _, op := range []store.Operator{
		{ID: ann, Name: "Ann", Email: "ann@example.com", Role: protocol.RoleAdmin, State: protocol.OperatorActive},
		{ID: bob, Name: "Bob", Email: "bob@example.com", Role: protocol.RoleOperator, State: protocol.OperatorActive},
		{ID: bot, Name: "Bot", Email: "bot@example.com", Role: protocol.RoleOperator, State: protocol.OperatorActive, Bot: true},
	} {
		h.operator(op)
	}
	return h
}

// reopen is what a restart does.
func (h *house) reopen() {
	h.t.Helper()
	a, err := Open(Options{Store: h.store, Now: h.clock.now, Random: rand.Reader})
	if err != nil {
		h.t.Fatal(err)
	}
	if a.Passwords.cost = cheap; a.Passwords.dummy == "" {
		h.t.Fatal("no dummy hash")
	}
	a.Passwords.dummy = phc(cheap, make([]byte, saltBytes), make([]byte, hashBytes))
	h.Auth = a
}

func (h *house) operator(op store.Operator) {
	h.t.Helper()
	value, err := store.Operators.Encode(op)
	if err != nil {
		h.t.Fatal(err)
	}
	email, err := store.Emails.Encode(store.Reference{ID: string(op.ID)})
	if err != nil {
		h.t.Fatal(err)
	}
	h.commit(store.Operators.Key(store.Text(op.ID)), value)
	h.commit(store.Emails.Key(store.Text(op.Email)), email)
}

func (h *house) state(id protocol.OperatorID, s protocol.OperatorState) {
	h.t.Helper()
	var op store.Operator
	err := h.vault.view(func(r store.Reader) (err error) {
		op, err = store.Operators.Get(r, store.Text(id))
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	op.State = s
	h.operator(op)
}

func (h *house) commit(key, value []byte) {
	h.t.Helper()
	if err := h.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: key, Value: value})}); err != nil {
		h.t.Fatal(err)
	}
}

// plant stores a secret as it is.
func (h *house) plant(kind, key string, s store.Secret) {
	h.t.Helper()
	value, err := store.Secrets.Encode(s)
	if err != nil {
		h.t.Fatal(err)
	}
	h.commit(secretKey(kind, key), value)
}

// secrets gives everything of a kind, by key.
func (h *house) secrets(kind string) map[string]store.Secret {
	h.t.Helper()
	out := map[string]store.Secret{}
	err := h.vault.view(func(r store.Reader) error {
		return h.vault.each(r, kind, func(key string, s store.Secret) bool { out[key] = s; return true })
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) begin(id protocol.OperatorID) (Hidden, Session) {
	h.t.Helper()
	token, s, err := h.Sessions.Begin(id, Origin{Device: "Firefox 145 · Linux", Address: "192.0.2.1"})
	if err != nil {
		h.t.Fatal(err)
	}
	return token, s
}

// code is what a peer would be told; "ok" where nothing is refused, and the error's text where it has no code.
func code(err error) protocol.Code {
	var r *protocol.Refusal
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &r):
		return r.Code
	}
	return protocol.Code(err.Error())
}

func want(t *testing.T, err error, c protocol.Code) {
	t.Helper()
	if got := code(err); got != c {
		t.Errorf("answered %q (%v), want %q", got, err, c)
	}
}

// constant is a broken source of randomness.
type constant byte

func (c constant) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(c)
	}
	return len(b), nil
}

// dry is a source of randomness that has none.
type dry struct{}

func (dry) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func keys[V any](m map[string]V) string {
	out := ""
	for k := range m {
		out += fmt.Sprintf("%s ", k)
	}
	return out
}
