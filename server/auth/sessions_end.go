package auth

import (
	"errors"
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

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

func (s *Sessions) drop(ids []string) error { return s.vault.drop(kindSession, ids) }
