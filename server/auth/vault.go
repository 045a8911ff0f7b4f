package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// Kinds of secrets: the first part of a key in store.Secrets. Never renamed.
const (
	kindPassword = "password"
	kindSession  = "session"
	kindLink     = "link"
	kindBot      = "bot"
	kindKey      = "key"
)

// tokenBytes is the length of every random token: 256 bits.
const tokenBytes = 32

// maxDrop keeps one change far from the store's limits.
const maxDrop = 500

// vault is the shelf the keepers share: store.Secrets of the main workspace, with one writer at a time.
type vault struct {
	store store.Store
	now   func() time.Time

	randomMu sync.Mutex
	random   io.Reader

	writing sync.Mutex

	// dead are keys that were revoked while the disk was too full to delete them. They read as absent, and go with
	// the next change that is stored.
	deadMu sync.RWMutex
	dead   map[string]struct{}

	kept kept
}

// view reads a snapshot of the main workspace.
func (v *vault) view(fn func(store.Reader) error) error {
	return v.store.View(func(r store.Reader) error { return fn(store.Scope(store.Main, r)) })
}

// change lets fn look and say what to write, and stores all of it or nothing. No other change comes between.
func (v *vault) change(fn func(r store.Reader, c *changes) error) error { return v.changeOr(fn, nil) }

// changeOr is change for what may be remembered instead where the disk is too full to store it.
func (v *vault) changeOr(fn func(r store.Reader, c *changes) error, remember func()) error {
	v.writing.Lock()
	defer v.writing.Unlock()
	var c changes
	if err := v.view(func(r store.Reader) error { return fn(r, &c) }); err != nil {
		return err
	}
	old := v.graves()
	batch := make([]store.Write, 0, len(old)+len(c.writes))
	for _, key := range old {
		batch = append(batch, store.ScopeWrite(store.Main, store.Write{Key: []byte(key)}))
	}
	batch = append(batch, c.writes...)
	if len(batch) == 0 {
		return nil
	}
	switch err := v.store.Commit(batch); {
	case errors.Is(err, store.ErrFull) && remember != nil:
		remember()
		return nil
	case err != nil:
		return err
	}
	v.exhume(old)
	v.kept.drop(c.deleted...)
	return nil
}

// get reads one secret; store.ErrNotFound, also for what is dead.
func (v *vault) get(r store.Reader, kind, key string) (store.Secret, error) {
	if v.isDead(kind, key) {
		return store.Secret{}, store.ErrNotFound
	}
	if s, ok := v.kept.get(kind, key); ok {
		return s, nil
	}
	return store.Secrets.Get(r, store.Text(kind), store.Text(key))
}

// each walks the secrets of a kind with their keys, in key order, those kept in memory last, until fn answers false.
func (v *vault) each(r store.Reader, kind string, fn func(key string, s store.Secret) bool) error {
	rng := store.Secrets.Under(store.Text(kind))
	for e, err := range r.Scan(rng) {
		if err != nil {
			return err
		}
		key := string(e.Key[len(rng.From):])
		if v.isDead(kind, key) {
			continue
		}
		s, err := store.Secrets.Decode(e.Key, e.Value)
		if err != nil {
			return err
		}
		if !fn(key, s) {
			return nil
		}
	}
	v.kept.each(kind, fn)
	return nil
}

// operator reads the operator behind a proof, who must be active.
func (v *vault) operator(r store.Reader, id protocol.OperatorID) (store.Operator, error) {
	op, err := store.Operators.Get(r, store.Text(id))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return op, unauthorized("")
	case err != nil:
		return op, fmt.Errorf("read operator %s: %w", id, err)
	case op.State != protocol.OperatorActive:
		return op, unauthorized("")
	}
	return op, nil
}

// drop deletes secrets; where the disk refuses, they are dead in this process all the same.
func (v *vault) drop(kind string, keys []string) error {
	for len(keys) > 0 {
		part := keys[:min(len(keys), maxDrop)]
		err := v.change(func(_ store.Reader, c *changes) error {
			for _, key := range part {
				c.delete(kind, key)
			}
			return nil
		})
		if err != nil {
			v.bury(kind, keys)
			return err
		}
		keys = keys[len(part):]
	}
	return nil
}

// bury marks secrets as gone for this process: the answer to a revocation that could not be stored.
func (v *vault) bury(kind string, keys []string) {
	v.deadMu.Lock()
	defer v.deadMu.Unlock()
	for _, key := range keys {
		whole := string(secretKey(kind, key))
		v.dead[whole] = struct{}{}
		v.kept.drop(whole)
	}
}

func (v *vault) isDead(kind, key string) bool {
	v.deadMu.RLock()
	defer v.deadMu.RUnlock()
	if len(v.dead) == 0 {
		return false
	}
	_, dead := v.dead[string(secretKey(kind, key))]
	return dead
}

func (v *vault) graves() []string {
	v.deadMu.RLock()
	defer v.deadMu.RUnlock()
	keys := make([]string, 0, min(len(v.dead), maxDrop))
	for key := range v.dead {
		if len(keys) == maxDrop {
			break
		}
		keys = append(keys, key)
	}
	return keys
}

func (v *vault) exhume(keys []string) {
	v.deadMu.Lock()
	defer v.deadMu.Unlock()
	for _, key := range keys {
		delete(v.dead, key)
	}
}

// draw fills b with random bytes.
func (v *vault) draw(b []byte) error {
	v.randomMu.Lock()
	defer v.randomMu.Unlock()
	if _, err := io.ReadFull(v.random, b); err != nil {
		return fmt.Errorf("read randomness: %w", err)
	}
	return nil
}

// token makes a random token: what its holder gets, and the hash under which it is kept.
func (v *vault) token() (text, hash string, err error) {
	raw := make([]byte, tokenBytes)
	if err := v.draw(raw); err != nil {
		return "", "", err
	}
	return base64.RawURLEncoding.EncodeToString(raw), hashToken(raw), nil
}

// parseToken gives the hash of a well-formed token, and false for anything else.
func parseToken(text string) (hash string, ok bool) {
	if len(text) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return "", false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != tokenBytes {
		return "", false
	}
	return hashToken(raw), true
}

// hashToken needs no salt and no stretching: its input is 256 random bits.
func hashToken(raw []byte) string {
	sum := sha256.Sum256(raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// changes collect what one change writes.
type changes struct {
	writes  []store.Write
	deleted []string // by secretKey
}

func (c *changes) put(kind, key string, s store.Secret) error {
	value, err := store.Secrets.Encode(s)
	if err != nil {
		return fmt.Errorf("encode a secret of kind %s: %w", kind, err)
	}
	c.writes = append(c.writes, store.ScopeWrite(store.Main, store.Write{Key: secretKey(kind, key), Value: value}))
	return nil
}

func (c *changes) delete(kind, key string) {
	c.writes = append(c.writes, store.ScopeWrite(store.Main, store.Write{Key: secretKey(kind, key)}))
	c.deleted = append(c.deleted, string(secretKey(kind, key)))
}

func secretKey(kind, key string) []byte { return store.Secrets.Key(store.Text(kind), store.Text(key)) }
