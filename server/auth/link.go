package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// LinkKind says what a one-time link is for.
type LinkKind string

const (
	// LinkFirst makes the first administrator of a new installation.
	LinkFirst LinkKind = "first"
	// LinkInvite lets a colleague choose a password: a new one, or one who forgot theirs.
	LinkInvite LinkKind = "invite"
)

const (
	// FirstLife is how long a first-run link lives.
	FirstLife = time.Hour
	// InviteLife is how long an invitation lives.
	InviteLife = 7 * 24 * time.Hour
)

const factKind = "kind"

// Link is what a one-time link stands for.
type Link struct {
	Kind LinkKind
	// Operator is who will sign in: for LinkFirst the id the first administrator is going to have.
	Operator protocol.OperatorID
	// Name and Email are those of an invited operator.
	Name  string
	Email Hidden
	// State is where that operator's account stands: active for somebody who comes back.
	State     protocol.OperatorState
	ExpiresAt time.Time
}

// LogValue leaves the person out.
func (l Link) LogValue() slog.Value {
	return slog.GroupValue(slog.String("link", string(l.Kind)), slog.String("operator", string(l.Operator)))
}

// Links keeps one-time links: at most one per kind and operator. A link that is wrong, used, replaced or late is
// refused alike, as not_found.
type Links struct {
	vault     *vault
	passwords *Passwords
	watch     *Watch

	mu      sync.Mutex
	claimed map[string]struct{} // hashes being redeemed
}

// First makes the link for the first administrator, who will be operator, and forgets any earlier one.
func (l *Links) First(operator protocol.OperatorID) (token Hidden, expires time.Time, err error) {
	return l.make(LinkFirst, operator, FirstLife)
}

// Invite makes the link for an operator, and forgets any earlier one of theirs.
func (l *Links) Invite(operator protocol.OperatorID) (token Hidden, expires time.Time, err error) {
	return l.make(LinkInvite, operator, InviteLife)
}

func (l *Links) make(kind LinkKind, operator protocol.OperatorID, life time.Duration) (Hidden, time.Time, error) {
	if operator == "" {
		return "", time.Time{}, errors.New("make a link: no operator")
	}
	token, hash, err := l.vault.token()
	if err != nil {
		return "", time.Time{}, err
	}
	now := l.vault.now()
	expires := now.Add(life)
	err = l.vault.change(func(r store.Reader, c *changes) error {
		err := l.vault.each(r, kindLink, func(old string, rec store.Secret) bool {
			if k := LinkKind(rec.Facts[factKind]); k == kind && (k == LinkFirst || rec.Owner == string(operator)) {
				c.delete(kindLink, old)
			}
			return true
		})
		return errors.Join(err, c.put(kindLink, hash, store.Secret{
			Owner: string(operator), At: now.UnixMilli(), ExpiresAt: expires.UnixMilli(),
			Facts: map[string]string{factKind: string(kind)},
		}))
	})
	if err != nil {
		return "", time.Time{}, fmt.Errorf("make a link for %s: %w", operator, err)
	}
	return Hidden(token), expires, nil
}

// Look tells what a link is for, and uses nothing up.
func (l *Links) Look(token Hidden) (Link, error) {
	hash, ok := parseToken(string(token))
	if !ok {
		return Link{}, gone()
	}
	return l.read(hash)
}

// Redeem uses a link up: the operator it stands for gets the password. join makes the operator active in the log; it
// runs while the link is held, so of two redeemers one wins and the other is refused. Where join or the store refuses,
// or the process dies between them, the link stays good and is redeemed again: join must answer nil where the operator
// is active already. All other sessions of the operator end.
func (l *Links) Redeem(ctx context.Context, token, password Hidden, join func(context.Context, Link) error) (Link, error) {
	hash, ok := parseToken(string(token))
	if !ok {
		return Link{}, gone()
	}
	if !l.claim(hash) {
		return Link{}, gone()
	}
	defer l.unclaim(hash)
	link, err := l.read(hash)
	if err != nil {
		return Link{}, err
	}
	sum, err := l.passwords.hash(ctx, password)
	if err != nil {
		return Link{}, err
	}
	if err := join(ctx, link); err != nil {
		return Link{}, fmt.Errorf("join: %w", err)
	}
	var ended []string
	err = l.vault.change(func(r store.Reader, c *changes) error {
		if _, err := l.vault.get(r, kindLink, hash); errors.Is(err, store.ErrNotFound) {
			return gone() // replaced or withdrawn while it was being used
		} else if err != nil {
			return err
		}
		c.delete(kindLink, hash)
		err := l.vault.each(r, kindSession, func(id string, rec store.Secret) bool {
			if rec.Owner == string(link.Operator) {
				ended = append(ended, id)
				c.delete(kindSession, id)
			}
			return true
		})
		return errors.Join(err, l.passwords.put(c, link.Operator, sum))
	})
	if err != nil {
		return Link{}, fmt.Errorf("redeem a link of %s: %w", link.Operator, err)
	}
	for _, id := range ended {
		l.watch.revoked(link.Operator, id)
	}
	return link, nil
}

// read finds a link that is good now.
func (l *Links) read(hash string) (Link, error) {
	var link Link
	err := l.vault.view(func(r store.Reader) error {
		rec, err := l.vault.get(r, kindLink, hash)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return gone()
		case err != nil:
			return err
		case rec.Owner == "" || l.late(rec):
			return gone()
		}
		link = Link{
			Kind: LinkKind(rec.Facts[factKind]), Operator: protocol.OperatorID(rec.Owner),
			ExpiresAt: time.UnixMilli(rec.ExpiresAt),
		}
		switch link.Kind {
		case LinkFirst:
			return l.firstStill(r)
		case LinkInvite:
			return link.fill(r)
		}
		return gone()
	})
	if err != nil {
		return Link{}, fmt.Errorf("read a link: %w", err)
	}
	return link, nil
}

// late also covers a clock that went back before the link was made: its life is not stretched by that.
func (l *Links) late(rec store.Secret) bool {
	now := l.vault.now().UnixMilli()
	return now >= rec.ExpiresAt || now < rec.At-int64(FirstLife/time.Millisecond)
}

// firstStill refuses a first-run link once anybody can sign in.
func (l *Links) firstStill(r store.Reader) error {
	any := false
	err := l.vault.each(r, kindPassword, func(string, store.Secret) bool { any = true; return false })
	if err == nil && any {
		return gone()
	}
	return err
}

// fill adds whom an invitation is for, and refuses one for somebody who may not come in.
func (l *Link) fill(r store.Reader) error {
	op, err := store.Operators.Get(r, store.Text(l.Operator))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return gone()
	case err != nil:
		return err
	case op.Bot || (op.State != protocol.OperatorInvitedState && op.State != protocol.OperatorActive):
		return gone()
	}
	l.Name, l.Email, l.State = op.Name, Hidden(op.Email), op.State
	return nil
}

func (l *Links) claim(hash string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, busy := l.claimed[hash]; busy {
		return false
	}
	l.claimed[hash] = struct{}{}
	return true
}

func (l *Links) unclaim(hash string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.claimed, hash)
}

// sweep drops links that are late.
func (l *Links) sweep() error {
	err := l.vault.change(func(r store.Reader, c *changes) error {
		return l.vault.each(r, kindLink, func(hash string, rec store.Secret) bool {
			if l.vault.now().UnixMilli() >= rec.ExpiresAt {
				c.delete(kindLink, hash)
			}
			return true
		})
	})
	if err != nil {
		return fmt.Errorf("sweep links: %w", err)
	}
	return nil
}

func gone() error { return protocol.Refuse(protocol.CodeNotFound, "link") }
