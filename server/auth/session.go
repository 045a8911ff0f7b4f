package auth

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"beseda/protocol"
	"beseda/store"
)

const (
	// SessionIdle is how long a session lives unused.
	SessionIdle = 14 * 24 * time.Hour
	// SessionLife is how long it lives at all.
	SessionLife = 60 * 24 * time.Hour
	// sessionMark is how stale its last use may be on disk.
	sessionMark = 5 * time.Minute
	// maxSessions of one operator; the least recently used goes for a new one.
	maxSessions = 50

	maxDeviceBytes = 200
)

// Session is one sign-in of an operator, or one token of a bot.
type Session struct {
	// ID is the hash under which it is kept: it names the session and opens nothing.
	ID       string
	Operator protocol.OperatorID
	// Bot tells that it is a bot's token: no times, device or address then.
	Bot       bool
	CreatedAt time.Time
	// LastAt is exact to five minutes.
	LastAt time.Time
	// ExpiresAt is its absolute end; it ends before that if unused for SessionIdle.
	ExpiresAt time.Time
	Device    string
	Address   string
}

// LogValue names a session without where its owner is.
func (s Session) LogValue() slog.Value {
	return slog.GroupValue(slog.String("session", s.ID), slog.String("operator", string(s.Operator)))
}

// Origin says where a session comes from, for its owner to recognise.
type Origin struct {
	// Device is browser and system in words; cut to 200 bytes.
	Device string
	// Address is the peer's, as peer.Rules found it.
	Address string
	// Previous is the token the browser sent along, if any: that session ends where the new one begins.
	Previous Hidden
}

// Sessions keeps who is signed in.
type Sessions struct {
	vault *vault
	watch *Watch
}

// Begin signs an operator in who has proved to be one: a new token, never a given one.
func (s *Sessions) Begin(operator protocol.OperatorID, from Origin) (Hidden, Session, error) {
	token, id, err := s.vault.token()
	if err != nil {
		return "", Session{}, err
	}
	now := s.vault.now()
	made := Session{
		ID: id, Operator: operator, CreatedAt: now, LastAt: now, ExpiresAt: now.Add(SessionLife),
		Device: cut(from.Device, maxDeviceBytes), Address: cut(from.Address, 64),
	}
	var ended []Session
	err = s.vault.change(func(r store.Reader, c *changes) error {
		if op, err := s.vault.operator(r, operator); err != nil || op.Bot {
			return errors.Join(err, refuseBot(op))
		}
		var err error
		if ended, err = s.making(r, operator, from.Previous); err != nil {
			return err
		}
		for _, old := range ended {
			c.delete(kindSession, old.ID)
		}
		return c.put(kindSession, id, made.record())
	})
	if err != nil {
		return "", Session{}, fmt.Errorf("begin a session of %s: %w", operator, err)
	}
	for _, old := range ended {
		s.watch.revoked(old.Operator, old.ID)
	}
	return Hidden(token), made, nil
}

func refuseBot(op store.Operator) error {
	if op.Bot {
		return unauthorized("")
	}
	return nil
}

// making gives the sessions that end because a new one begins: the browser's previous one, and the least recently used
// where there are too many.
func (s *Sessions) making(r store.Reader, operator protocol.OperatorID, previous Hidden) ([]Session, error) {
	mine, err := s.of(r, operator)
	if err != nil {
		return nil, err
	}
	var ended []Session
	if id, ok := parseToken(string(previous)); ok {
		if rec, err := s.vault.get(r, kindSession, id); err == nil {
			ended = append(ended, sessionOf(id, rec))
			mine = slices.DeleteFunc(mine, func(m Session) bool { return m.ID == id })
		} else if !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
	}
	if over := len(mine) + 1 - maxSessions; over > 0 {
		ended = append(ended, mine[len(mine)-over:]...)
	}
	return ended, nil
}

// Check tells whose session a cookie's token is, and marks it as used. A *protocol.Refusal of code unauthorized for
// anything that is no live session of an active operator.
func (s *Sessions) Check(token Hidden) (Session, error) {
	id, ok := parseToken(string(token))
	if !ok {
		return Session{}, unauthorized("")
	}
	found, err := s.byID(id)
	if err != nil {
		return Session{}, err
	}
	if s.vault.now().Sub(found.LastAt) >= sessionMark {
		// A disk too full to note the use is no reason to turn anybody away.
		if err := s.mark([]string{id}); err != nil && !errors.Is(err, store.ErrFull) {
			return Session{}, err
		}
	}
	return found, nil
}

// List gives an operator's live sessions, the most recently used first.
func (s *Sessions) List(operator protocol.OperatorID) ([]Session, error) {
	var list []Session
	err := s.vault.view(func(r store.Reader) (err error) {
		list, err = s.of(r, operator)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions of %s: %w", operator, err)
	}
	now := s.vault.now()
	return slices.DeleteFunc(list, func(x Session) bool { return x.over(now) }), nil
}

// End revokes one session of an operator; not_found where it is not theirs. With an error of the store it is refused
// from now on all the same, until this process ends.
func (s *Sessions) End(operator protocol.OperatorID, id string) error {
	var found bool
	err := s.vault.view(func(r store.Reader) error {
		rec, err := s.vault.get(r, kindSession, id)
		found = err == nil && rec.Owner == string(operator)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("end a session of %s: %w", operator, err)
	case !found:
		return protocol.Refuse(protocol.CodeNotFound, "")
	}
	err = s.drop([]string{id})
	s.watch.revoked(operator, id)
	return err
}

// EndAll revokes all sessions of an operator and all connections that stand on them or on a bot's tokens, and the links
// that were made for them: what deactivation and a new password do.
func (s *Sessions) EndAll(operator protocol.OperatorID) error {
	var ids, links []string
	err := s.vault.view(func(r store.Reader) error {
		mine, err := s.of(r, operator)
		for _, m := range mine {
			ids = append(ids, m.ID)
		}
		return errors.Join(err, s.vault.each(r, kindLink, func(hash string, rec store.Secret) bool {
			if rec.Owner == string(operator) {
				links = append(links, hash)
			}
			return true
		}))
	})
	if err == nil {
		err = errors.Join(s.drop(ids), s.vault.drop(kindLink, links))
	}
	s.watch.revoked(operator, "")
	if err != nil {
		return fmt.Errorf("end all sessions of %s: %w", operator, err)
	}
	return nil
}

// sweep marks what is in use and drops what is over, or belongs to somebody who is not active: giving access back must
// not bring old sessions back.
func (s *Sessions) sweep() error {
	now := s.vault.now()
	var over []Session
	var used []string
	err := s.vault.view(func(r store.Reader) error {
		var failed error
		err := s.vault.each(r, kindSession, func(id string, rec store.Secret) bool {
			x := sessionOf(id, rec)
			_, err := s.vault.operator(r, x.Operator)
			switch {
			case x.over(now) || isUnauthorized(err):
				over = append(over, x)
			case err != nil:
				failed = err
			case s.watch.bound(id) && now.Sub(x.LastAt) >= sessionMark:
				used = append(used, id)
			}
			return failed == nil
		})
		return errors.Join(err, failed)
	})
	if err != nil {
		return fmt.Errorf("sweep sessions: %w", err)
	}
	ids := make([]string, 0, len(over))
	for _, x := range over {
		ids = append(ids, x.ID)
	}
	err = errors.Join(s.mark(used), s.drop(ids))
	for _, x := range over {
		s.watch.revoked(x.Operator, x.ID)
	}
	if err != nil {
		return fmt.Errorf("sweep sessions: %w", err)
	}
	return nil
}

// byID reads a live session of an active operator.
func (s *Sessions) byID(id string) (Session, error) {
	var found Session
	now := s.vault.now()
	err := s.vault.view(func(r store.Reader) error {
		rec, err := s.vault.get(r, kindSession, id)
		if errors.Is(err, store.ErrNotFound) {
			return unauthorized("")
		} else if err != nil {
			return err
		}
		found = sessionOf(id, rec)
		if found.Operator == "" || found.over(now) || found.early(now) {
			return unauthorized("")
		}
		op, err := s.vault.operator(r, found.Operator)
		return errors.Join(err, refuseBot(op))
	})
	if err != nil {
		return Session{}, fmt.Errorf("check a session: %w", err)
	}
	return found, nil
}

// of gives all sessions of an operator, over or not, the most recently used first.
func (s *Sessions) of(r store.Reader, operator protocol.OperatorID) ([]Session, error) {
	var list []Session
	err := s.vault.each(r, kindSession, func(id string, rec store.Secret) bool {
		if rec.Owner == string(operator) {
			list = append(list, sessionOf(id, rec))
		}
		return true
	})
	slices.SortStableFunc(list, func(a, b Session) int { return b.LastAt.Compare(a.LastAt) })
	return list, err
}

// mark notes that sessions are in use now. One that was revoked meanwhile stays revoked.
func (s *Sessions) mark(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	now := s.vault.now()
	return s.vault.change(func(r store.Reader, c *changes) error {
		for _, id := range ids {
			rec, err := s.vault.get(r, kindSession, id)
			if errors.Is(err, store.ErrNotFound) {
				continue
			} else if err != nil {
				return err
			}
			x := sessionOf(id, rec)
			if now.Sub(x.LastAt) < sessionMark {
				continue
			}
			x.LastAt = now
			if err := c.put(kindSession, id, x.record()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Sessions) drop(ids []string) error { return s.vault.drop(kindSession, ids) }

// early tells that a session was made a day or more from now: the clock was wrong then or is now, so its end says
// nothing. It is refused, and kept until the clock is right again.
func (s Session) early(now time.Time) bool { return s.CreatedAt.Sub(now) >= 24*time.Hour }

// over tells whether a session's time is up.
func (s Session) over(now time.Time) bool {
	return !now.Before(s.ExpiresAt) || now.Sub(s.LastAt) >= SessionIdle
}

// Facts of a session's record.
const (
	factLast    = "last"
	factDevice  = "device"
	factAddress = "address"
)

func (s Session) record() store.Secret {
	return store.Secret{
		Owner: string(s.Operator), At: s.CreatedAt.UnixMilli(), ExpiresAt: s.ExpiresAt.UnixMilli(),
		Facts: map[string]string{
			factLast:   strconv.FormatInt(s.LastAt.UnixMilli(), 10),
			factDevice: s.Device, factAddress: s.Address,
		},
	}
}

// sessionOf reads a record. What it lacks makes it end sooner, never later: no expiry is long ago, and so is no use.
func sessionOf(id string, rec store.Secret) Session {
	last, _ := strconv.ParseInt(rec.Facts[factLast], 10, 64)
	return Session{
		ID: id, Operator: protocol.OperatorID(rec.Owner),
		CreatedAt: time.UnixMilli(rec.At), LastAt: time.UnixMilli(last), ExpiresAt: time.UnixMilli(rec.ExpiresAt),
		Device: rec.Facts[factDevice], Address: rec.Facts[factAddress],
	}
}

// cut shortens text to at most n bytes of valid UTF-8.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
