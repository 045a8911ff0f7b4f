package auth

import (
	"errors"
	"fmt"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// maxSessions of one operator; the least recently used goes for a new one.
const maxSessions = 50

// Sessions keeps who is signed in.
type Sessions struct {
	vault *vault
	watch *Watch
}

// Begin signs an operator in who has proved to be one: a new token, never a given one. Where the disk is too full to
// store it, the session lives as long as this process.
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
	err = s.vault.changeOr(func(r store.Reader, c *changes) error {
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
	}, func() {
		for _, old := range ended {
			s.vault.bury(kindSession, []string{old.ID})
		}
		s.vault.kept.put(kindSession, id, made.record())
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
			if _, only := s.vault.kept.get(kindSession, id); only {
				s.vault.kept.put(kindSession, id, x.record())
				continue
			}
			if err := c.put(kindSession, id, x.record()); err != nil {
				return err
			}
		}
		return nil
	})
}
