package auth

import (
	"errors"
	"fmt"
	"io"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// Options are what Open needs. Store, Now and Random are required.
type Options struct {
	Store store.Store
	Now   func() time.Time
	// Random gives unguessable bytes: crypto/rand.Reader outside tests.
	Random io.Reader
	// Unlimited switches every limit of Limits off; only for tests from outside, on loopback.
	Unlimited bool
}

// Auth holds one keeper per kind of proof. Its fields are set by Open and never changed.
type Auth struct {
	Passwords *Passwords
	Sessions  *Sessions
	Links     *Links
	Visitors  *Visitors
	Bots      *Bots
	Limits    *Limits
	Watch     *Watch

	vault *vault
	now   func() time.Time
}

// Open reads the visitors' secret, or makes it at the first start, and fails where it cannot be trusted.
func Open(o Options) (*Auth, error) {
	if o.Store == nil || o.Now == nil || o.Random == nil {
		return nil, errors.New("open auth: store, clock and randomness are required")
	}
	v := &vault{store: o.Store, random: o.Random, now: o.Now, dead: map[string]struct{}{}}
	visitors, err := openVisitors(v)
	if err != nil {
		return nil, fmt.Errorf("open auth: %w", err)
	}
	a := &Auth{Visitors: visitors, Limits: newLimits(o.Now, !o.Unlimited), vault: v, now: o.Now}
	a.Watch = newWatch(a.live)
	if a.Passwords, err = newPasswords(v, currentCost()); err != nil {
		return nil, fmt.Errorf("open auth: %w", err)
	}
	a.Sessions = &Sessions{vault: v, watch: a.Watch}
	a.Bots = &Bots{vault: v, watch: a.Watch}
	a.Links = &Links{vault: v, passwords: a.Passwords, watch: a.Watch, claimed: map[string]struct{}{}}
	return a, nil
}

// live tells whether a session or bot token is still a proof of this operator: nil, a *protocol.Refusal, or the store's
// error.
func (a *Auth) live(operator protocol.OperatorID, id string) error {
	session, err := a.Sessions.byID(id)
	if isUnauthorized(err) {
		session, err = a.Bots.byID(id)
	}
	switch {
	case err != nil:
		return err
	case session.Operator != operator:
		return unauthorized("")
	}
	return nil
}

// Sweep does what time asks for: sessions in use are marked as used, those past their end go, with expired links and
// what could not be deleted before. Call it about once a minute.
func (a *Auth) Sweep() error {
	return errors.Join(a.Sessions.sweep(), a.Links.sweep())
}
