package auth

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	"beseda/protocol"
	"beseda/store"
)

// Change is one try of somebody signed in to choose another password.
type Change struct {
	// Session is the one it comes from; it goes on.
	Session Session
	// Current is what they have to prove to know: a session left open on a desk is not enough.
	Current Hidden
	New     Hidden
	// Address is the peer's, as peer.Rules found it; it is limited by.
	Address netip.Addr
}

// ChangePassword gives an operator another password, and ends all other sessions and the links that were made for them:
// all of it or nothing. It refuses a wrong current password as invalid field=current, a new one that may not be chosen as
// Validate does with field=new, and a session that ended meanwhile as unauthorized. Wrong ones count as tries to sign
// in, by address and by account; *LimitedError where there were too many.
func (a *Auth) ChangePassword(ctx context.Context, t Change) error {
	if err := validate("new", t.New); err != nil {
		return err
	}
	if err := a.proveCurrent(ctx, t); err != nil {
		return err
	}
	hash, err := a.Passwords.hash(ctx, t.New)
	if err != nil {
		return err
	}
	me := t.Session.Operator
	var ended []string
	err = a.vault.change(func(r store.Reader, c *changes) error {
		if _, err := a.vault.get(r, kindSession, t.Session.ID); errors.Is(err, store.ErrNotFound) {
			return unauthorized("") // another change was faster, and ended this session
		} else if err != nil {
			return err
		}
		if _, err := a.vault.operator(r, me); err != nil {
			return err
		}
		err := a.vault.each(r, kindSession, func(id string, rec store.Secret) bool {
			if rec.Owner == string(me) && id != t.Session.ID {
				ended = append(ended, id)
				c.delete(kindSession, id)
			}
			return true
		})
		err = errors.Join(err, a.vault.each(r, kindLink, func(id string, rec store.Secret) bool {
			if rec.Owner == string(me) {
				c.delete(kindLink, id)
			}
			return true
		}))
		return errors.Join(err, a.Passwords.put(c, me, hash))
	})
	if err != nil {
		return fmt.Errorf("change the password of %s: %w", me, err)
	}
	for _, id := range ended {
		a.Watch.revoked(me, id)
	}
	return nil
}

// proveCurrent checks the current password within the limits of signing in.
func (a *Auth) proveCurrent(ctx context.Context, t Change) error {
	account, err := a.limitKey(t.Session.Operator)
	if err != nil {
		return err
	}
	from := AddressKey(t.Address)
	if err := a.Limits.Take(LimitSignInAddress, from); err != nil {
		return err
	}
	if err := a.Limits.Take(LimitSignInEmail, account); err != nil {
		return err
	}
	right, err := a.Passwords.Check(ctx, t.Session.Operator, t.Current)
	if right || err != nil { // a right one is no guess, and of one that was not checked nothing was learnt
		a.Limits.GiveBack(LimitSignInAddress, from)
		a.Limits.GiveBack(LimitSignInEmail, account)
	}
	if err == nil && !right {
		err = protocol.Refuse(protocol.CodeInvalid, "field=current")
	}
	return err
}

// limitKey is what an operator's tries to sign in are counted under: the same count for both ways to guess.
func (a *Auth) limitKey(id protocol.OperatorID) (string, error) {
	var key string
	err := a.vault.view(func(r store.Reader) error {
		op, err := a.vault.operator(r, id)
		key = cut(store.EmailKey(op.Email), maxEmailBytes)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("find whose password it is: %w", err)
	}
	return key, nil
}
