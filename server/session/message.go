package session

import (
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/store"
)

// sendMessage sends a message within the limits, and in order: what was sent after a message that has to come again
// waits for it, also where it is in the engine's queue already.
func (s *session) sendMessage(id protocol.CommandID, cmd *protocol.MessageSend) error {
	if s.order == nil {
		s.order = new(order)
	}
	if r, mine := s.order.turn(id, s.Now()); !mine {
		s.answer(protocol.KindRefused, id, &r)
		return nil
	}
	if err := s.limitMessage(); err != nil {
		s.order.hold(id, Refused(err, s.NewID, s.Log), s.Now())
		return err
	}
	c := s.command(id, cmd)
	decide := c.Decide
	c.Decide = func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		if as, mine := s.order.turn(id, s.Now()); !mine {
			return store.Outcome{}, &heldBack{as}
		}
		if s.Full() { // the next ones are decided before this one is answered
			s.order.hold(id, protocol.Refused{Code: protocol.CodeStorageFull, RetryMs: storageRetryMs}, s.Now())
		}
		return decide(r, now, newID)
	}
	return s.hand(c, func(a protocol.Accepted, err error) {
		var held *heldBack
		switch {
		case errors.As(err, &held):
			s.answer(protocol.KindRefused, id, &held.as)
		case err != nil:
			r := Refused(err, s.NewID, s.Log)
			s.order.hold(id, r, s.Now())
			s.answer(protocol.KindRefused, id, &r)
		default:
			s.accept(id, a)
		}
	})
}

// heldBack refuses a message as the one was refused that it waits for.
type heldBack struct{ as protocol.Refused }

func (h *heldBack) Error() string { return string(h.as.Code) }

func (s *session) limitMessage() error {
	limits, who := s.Auth.Limits, s.caller.By.ID
	if s.sender != protocol.FromVisitor {
		return limits.Take(auth.LimitMessageOperator, who)
	}
	if err := limits.Take(auth.LimitMessageVisitor, who); err != nil {
		return err
	}
	err := limits.Take(auth.LimitMessageAddress, auth.AddressKey(s.address))
	if err != nil {
		limits.GiveBack(auth.LimitMessageVisitor, who)
	}
	return err
}
