package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"

	"beseda/protocol"
	"beseda/store"
)

// maxEmailBytes is the longest address that can be anybody's.
const maxEmailBytes = 254

// Attempt is one try to sign in.
type Attempt struct {
	Email    Hidden
	Password Hidden
	// Address is the peer's, as peer.Rules found it; it is limited by.
	Address netip.Addr
	// Device and Previous as in Origin.
	Device   string
	Previous Hidden
}

// LogValue shows where from, never who.
func (a Attempt) LogValue() slog.Value {
	return slog.GroupValue(slog.String("address", a.Address.String()), slog.String("device", a.Device))
}

// SignIn begins a session for a right address and password. Otherwise it refuses: *LimitedError, or unauthorized, which
// is the same in words and time for an unknown address, a wrong password, a bot and somebody who may not come in.
func (a *Auth) SignIn(ctx context.Context, t Attempt) (Hidden, Session, error) {
	email := store.EmailKey(string(t.Email))
	from := AddressKey(t.Address)
	if err := a.Limits.Take(LimitSignInAddress, from); err != nil {
		return "", Session{}, err
	}
	if err := a.Limits.Take(LimitSignInEmail, cut(email, maxEmailBytes)); err != nil {
		return "", Session{}, err
	}
	giveBack := func() {
		a.Limits.GiveBack(LimitSignInAddress, from)
		a.Limits.GiveBack(LimitSignInEmail, cut(email, maxEmailBytes))
	}
	operator, err := a.byEmail(email)
	if err != nil {
		giveBack()
		return "", Session{}, err
	}
	right, err := a.Passwords.Check(ctx, operator, t.Password)
	if err != nil { // nothing was learnt about the password
		giveBack()
		return "", Session{}, err
	}
	if !right {
		return "", Session{}, unauthorized("")
	}
	token, session, err := a.Sessions.Begin(operator, Origin{Device: t.Device, Address: t.Address.String(), Previous: t.Previous})
	if err != nil {
		if !isUnauthorized(err) {
			giveBack()
		}
		return "", Session{}, err
	}
	giveBack()
	return token, session, nil
}

// byEmail finds who signs in with an address; an empty id where that is nobody.
func (a *Auth) byEmail(email string) (protocol.OperatorID, error) {
	if email == "" || len(email) > maxEmailBytes || strings.ContainsRune(email, 0) {
		return "", nil
	}
	var id protocol.OperatorID
	err := a.vault.view(func(r store.Reader) error {
		ref, err := store.Emails.Get(r, store.Text(email))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
		op, err := a.vault.operator(r, protocol.OperatorID(ref.ID))
		if isUnauthorized(err) || op.Bot {
			return nil
		}
		id = op.ID
		return err
	})
	if err != nil {
		return "", fmt.Errorf("find an operator by address: %w", err)
	}
	return id, nil
}
