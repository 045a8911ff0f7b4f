package session

import (
	"context"
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
)

// handle runs one frame of a client that was welcomed.
func (s *session) handle(f protocol.Frame) {
	body, refusal := protocol.Decode(f, s.sender)
	if refusal != nil {
		s.refuse(f.ID, refusal)
		return
	}
	if err := s.perform(f.ID, body); err != nil {
		s.refuse(f.ID, err)
	}
}

// perform carries one command out, or hands it to the engine. What is answered here needs no durable step.
func (s *session) perform(id protocol.CommandID, body protocol.Body) error {
	switch cmd := body.(type) {
	case *protocol.Ping:
		s.answer(protocol.KindPong, id, &protocol.Pong{})
		return nil
	case *protocol.Hello:
		return protocol.Refuse(protocol.CodeInvalid, "hello comes once")
	case *protocol.HistoryRead:
		return s.history(id, cmd)
	case *protocol.InboxRead:
		s.inboxRead(id, cmd)
		return nil
	case *protocol.ConversationWatch:
		return s.watch(id, cmd)
	case *protocol.ConversationLeave:
		s.Hub.Unwatch(s.listener, cmd.Conversation)
		s.accept(id, protocol.Accepted{})
		return nil
	case *protocol.TypingStart:
		return s.showTyping(id, cmd.Conversation, true)
	case *protocol.TypingStop:
		return s.showTyping(id, cmd.Conversation, false)
	case *protocol.MessageSend:
		return s.sendMessage(id, cmd)
	}
	if err := s.Auth.Limits.Take(auth.LimitCommandOperator, s.caller.By.ID); err != nil {
		return err
	}
	switch cmd := body.(type) {
	case *protocol.PoliciesRead:
		s.policies(id)
		return nil
	case *protocol.EventsRead:
		s.events(id, cmd)
		return nil
	case *protocol.InboxLook:
		s.inboxLook(id, cmd)
		return nil
	case *protocol.InboxPick:
		s.inboxPick(id, cmd)
		return nil
	case *protocol.ConversationsChange:
		return s.change(id, cmd)
	case *protocol.AuditRead:
		s.audit(id, cmd)
		return nil
	case *protocol.WorkloadRead:
		s.workload(id)
		return nil
	case *protocol.ConversationsRead:
		s.conversations(id, cmd)
		return nil
	case *protocol.OperatorInvite:
		return s.invite(id, cmd)
	case *protocol.OperatorLink:
		return s.link(id, cmd)
	case *protocol.OperatorDeactivate:
		return s.deactivate(id, cmd)
	case *protocol.DraftSave:
		return s.saveDraft(id, cmd)
	case *protocol.QuickReplyUse:
		return s.useQuickReply(id, cmd)
	case *protocol.QuickRepliesRead:
		s.quickReplies(id, cmd)
		return nil
	case *protocol.VisitorVisit:
		s.caller.Visit = *cmd
	}
	return s.submit(s.command(id, body))
}

// submit hands a command to the engine; the answer comes when it is durable and its events are queued.
func (s *session) submit(c engine.Command) error {
	return s.hand(c, func(a protocol.Accepted, err error) {
		if err != nil {
			s.refuse(c.ID, err)
			return
		}
		s.accept(c.ID, a)
	})
}

// hand waits for room in the window and gives a command to the engine.
func (s *session) hand(c engine.Command, done func(protocol.Accepted, error)) error {
	s.window.enter()
	err := s.Engine.Submit(context.Background(), c, func(a protocol.Accepted, err error) {
		s.window.leave()
		done(a, err)
	})
	if err != nil {
		s.window.leave()
	}
	return err
}

// accept answers a command; one without an id is answered only where it is refused.
func (s *session) accept(id protocol.CommandID, a protocol.Accepted) {
	if id != "" {
		s.answer(protocol.KindAccepted, id, &a)
	}
}

func (s *session) command(id protocol.CommandID, body protocol.Body) engine.Command {
	caller := s.caller
	return engine.Command{Author: caller.Author(), ID: id, Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		caller.Now, caller.NewID = now, newID
		return desk.Decide(r, caller, body)
	}}
}

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
