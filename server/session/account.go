package session

import (
	"context"
	"errors"

	"beseda/protocol"
	"beseda/store"
)

// invite makes the account and its one-time link. Asked again with the same id it makes a new link, and the old one
// ends.
func (s *session) invite(id protocol.CommandID, cmd *protocol.OperatorInvite) error {
	accepted, err := s.Engine.Do(context.Background(), s.command(id, cmd))
	if err != nil {
		return err
	}
	return s.handOver(id, protocol.OperatorID(accepted.Made))
}

// link makes a new one-time link for a colleague, and the old one ends; asked again with the same id it does so again.
func (s *session) link(id protocol.CommandID, cmd *protocol.OperatorLink) error {
	accepted, err := s.Engine.Do(context.Background(), s.command(id, cmd))
	if err != nil {
		return err
	}
	return s.handOver(id, protocol.OperatorID(accepted.Made)) // who was decided on, whatever a repeated id now says
}

// handOver answers with a new link for an operator: the only time that anybody sees it.
func (s *session) handOver(id protocol.CommandID, operator protocol.OperatorID) error {
	token, expires, err := s.Auth.Links.Invite(operator)
	if err != nil {
		return err
	}
	s.answer(protocol.KindInvited, id, &protocol.Invited{
		Operator: operator, Path: "/setup#" + string(token), ExpiresAt: expires.UnixMilli(),
	})
	return nil
}

// deactivate ends the account's access, and what stands on it. The hub has closed its sockets when Do returns. A repeated
// id may name somebody else, or somebody who has been let in again: what stands on an account ends only where that is
// deactivated.
func (s *session) deactivate(id protocol.CommandID, cmd *protocol.OperatorDeactivate) error {
	accepted, err := s.Engine.Do(context.Background(), s.command(id, cmd))
	if err != nil {
		return err
	}
	if over, err := s.deactivated(cmd.Operator); err != nil {
		return err
	} else if over {
		if err := s.Auth.Sessions.EndAll(cmd.Operator); err != nil {
			return err
		}
	}
	s.accept(id, accepted)
	return nil
}

func (s *session) deactivated(id protocol.OperatorID) (over bool, err error) {
	err = s.Engine.Read(func(r store.Reader) error {
		o, err := store.Operators.Get(r, store.Text(id))
		over = o.State == protocol.OperatorDeactivatedState
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	return over, err
}
