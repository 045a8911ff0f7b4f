package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"beseda/protocol"
	"beseda/store"
)

const (
	// hashesInFlight bounds memory and processor: each hash takes 46 MiB.
	hashesInFlight = 2
	// hashesWaiting bounds how many callers may queue for one; more are told to come back.
	hashesWaiting = 64

	saltBytes = 16
	hashBytes = 32
)

// cost is what argon2id is told: KiB of memory, passes, lanes.
type cost struct {
	memory uint32
	passes uint32
	lanes  uint8
}

// currentCost is what new hashes cost. Raising it renews each hash at its owner's next sign-in.
func currentCost() cost { return cost{memory: 46 << 10, passes: 1, lanes: 1} }

// Passwords keeps a hash for each operator who has one.
type Passwords struct {
	vault   *vault
	cost    cost
	dummy   string // a hash of nothing anybody knows: what unknown operators are measured against
	running chan struct{}
	waiting atomic.Int64
}

func newPasswords(v *vault, c cost) (*Passwords, error) {
	p := &Passwords{vault: v, cost: c, running: make(chan struct{}, hashesInFlight)}
	b := make([]byte, saltBytes+hashBytes)
	if err := v.draw(b); err != nil {
		return nil, err
	}
	p.dummy = phc(c, b[:saltBytes], b[saltBytes:])
	return p, nil
}

// Validate tells whether a password may be chosen: nil, or a *protocol.Refusal.
func (p *Passwords) Validate(password Hidden) error { return validate("password", password) }

// validate is Validate for a password that a form has under another name.
func validate(field string, password Hidden) error {
	s := string(password)
	switch {
	case len(s) > protocol.MaxPasswordBytes:
		return protocol.Refuse(protocol.CodeTooLong, fmt.Sprintf("field=%s limit=%d", field, protocol.MaxPasswordBytes))
	case !utf8.ValidString(s):
		return protocol.Refuse(protocol.CodeInvalid, "field="+field)
	case utf8.RuneCountInString(s) < protocol.MinPasswordRunes:
		return protocol.Refuse(protocol.CodeInvalid, fmt.Sprintf("field=%s min=%d", field, protocol.MinPasswordRunes))
	}
	return nil
}

// Set gives an operator a password in place of any other. It ends no session: Sessions.EndAll does.
func (p *Passwords) Set(ctx context.Context, operator protocol.OperatorID, password Hidden) error {
	if operator == "" {
		return errors.New("set a password: no operator")
	}
	hash, err := p.hash(ctx, password)
	if err != nil {
		return err
	}
	err = p.vault.change(func(_ store.Reader, c *changes) error { return p.put(c, operator, hash) })
	if err != nil {
		return fmt.Errorf("set the password of %s: %w", operator, err)
	}
	return nil
}

// Check tells whether this is the operator's password. It takes as long where there is no such operator or no password:
// pass an empty id for an unknown one. The error is of the store, the context or the queue, never of the password.
func (p *Passwords) Check(ctx context.Context, operator protocol.OperatorID, password Hidden) (bool, error) {
	stored, known := p.dummy, false
	if operator != "" {
		err := p.vault.view(func(r store.Reader) error {
			s, err := p.vault.get(r, kindPassword, string(operator))
			if err == nil {
				stored, known = s.Hash, true
			}
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			return err
		})
		if err != nil {
			return false, fmt.Errorf("read the password of %s: %w", operator, err)
		}
	}
	c, salt, want, err := parsePHC(stored)
	if err != nil {
		return false, fmt.Errorf("read the password of %s: %w", operator, err)
	}
	if len(password) > protocol.MaxPasswordBytes {
		password, known = "", false
	}
	got, err := p.run(ctx, c, password, salt, len(want))
	if err != nil {
		return false, err
	}
	if subtle.ConstantTimeCompare(got, want) != 1 || !known {
		return false, nil
	}
	if c != p.cost {
		p.renew(ctx, operator, password, stored)
	}
	return true, nil
}

// renew writes a hash of today's cost. Where that cannot be done now, the next sign-in will.
func (p *Passwords) renew(ctx context.Context, operator protocol.OperatorID, password Hidden, old string) {
	hash, err := p.hash(ctx, password)
	if err != nil {
		return
	}
	_ = p.vault.change(func(r store.Reader, c *changes) error {
		s, err := p.vault.get(r, kindPassword, string(operator))
		if err != nil || s.Hash != old { // changed meanwhile: theirs stands
			return err
		}
		return p.put(c, operator, hash)
	})
}

func (p *Passwords) put(c *changes, operator protocol.OperatorID, hash string) error {
	return c.put(kindPassword, string(operator), store.Secret{Owner: string(operator), Hash: hash, At: p.vault.now().UnixMilli()})
}

// hash makes the PHC string of a password that may be chosen.
func (p *Passwords) hash(ctx context.Context, password Hidden) (string, error) {
	if err := p.Validate(password); err != nil {
		return "", err
	}
	salt := make([]byte, saltBytes)
	if err := p.vault.draw(salt); err != nil {
		return "", err
	}
	sum, err := p.run(ctx, p.cost, password, salt, hashBytes)
	if err != nil {
		return "", err
	}
	return phc(p.cost, salt, sum), nil
}

// run hashes when it is its turn. The text is brought to NFC first: keyboards of one person differ in how they compose.
func (p *Passwords) run(ctx context.Context, c cost, password Hidden, salt []byte, size int) ([]byte, error) {
	if limit := Limitations[LimitPasswords]; p.waiting.Add(1) > int64(limit.Burst) {
		p.waiting.Add(-1)
		return nil, &LimitedError{Limit: LimitPasswords, RetryAfter: limit.Every}
	}
	defer p.waiting.Add(-1)
	select {
	case p.running <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to check a password: %w", ctx.Err())
	}
	defer func() { <-p.running }()
	text := norm.NFC.Bytes([]byte(string(password)))
	return argon2.IDKey(text, salt, c.passes, c.memory, c.lanes, uint32(size)), nil
}

// phc writes a hash as $argon2id$v=19$m=47104,t=1,p=1$SALT$HASH.
func phc(c cost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes, b64(salt), b64(sum))
}

var errPHC = errors.New("stored hash is not one of ours")

// parsePHC reads what phc wrote, and refuses costs that would stop the house.
func parsePHC(s string) (c cost, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return c, nil, nil, errPHC
	}
	if parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errPHC
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil || n != 3 {
		return c, nil, nil, errPHC
	}
	if fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.passes, c.lanes) != parts[3] {
		return c, nil, nil, errPHC
	}
	if c.memory < 8 || c.memory > 1<<20 || c.passes < 1 || c.passes > 16 || c.lanes < 1 || c.lanes > 16 {
		return c, nil, nil, errPHC
	}
	b64 := base64.RawStdEncoding.Strict()
	if salt, err = b64.DecodeString(parts[4]); err != nil || len(salt) < 8 {
		return c, nil, nil, errPHC
	}
	if sum, err = b64.DecodeString(parts[5]); err != nil || len(sum) < 16 || len(sum) > 64 {
		return c, nil, nil, errPHC
	}
	return c, salt, sum, nil
}
