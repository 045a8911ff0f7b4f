package session

import (
	"context"
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

// handle runs one frame of a client that was welcomed. An error ends the connection.
func (s *session) handle(ctx context.Context, f protocol.Frame) error {
	body, refusal := protocol.Decode(f, s.sender)
	if refusal != nil {
		s.refuse(f.ID, refusal)
		return nil
	}
	var err error
	switch cmd := body.(type) {
	case *protocol.Ping:
		s.answer(protocol.KindPong, f.ID, &protocol.Pong{})
	case *protocol.Hello:
		err = protocol.Refuse(protocol.CodeInvalid, "hello comes once")
	case *protocol.HistoryRead:
		err = s.history(f.ID, cmd)
	case *protocol.InboxRead:
		err = s.inboxRead(f.ID, cmd)
	case *protocol.ConversationWatch:
		err = s.watch(f.ID, cmd)
	case *protocol.ConversationLeave:
		s.Hub.Unwatch(s.listener, cmd.Conversation)
		s.answer(protocol.KindAccepted, f.ID, &protocol.Accepted{})
	case *protocol.TypingStart:
		err = s.showTyping(f.ID, cmd.Conversation, true)
	case *protocol.TypingStop:
		err = s.showTyping(f.ID, cmd.Conversation, false)
	case *protocol.OperatorInvite:
		err = s.invite(ctx, f.ID, cmd)
	case *protocol.OperatorDeactivate:
		err = s.deactivate(ctx, f.ID, cmd)
	case *protocol.MessageSend:
		err = s.sendMessage(ctx, f.ID, cmd)
	case *protocol.VisitorVisit:
		s.caller.Visit = *cmd
		s.submit(ctx, f.ID, cmd)
	default:
		if err = s.limit(auth.LimitCommandOperator); err == nil {
			s.submit(ctx, f.ID, cmd)
		}
	}
	if err != nil {
		s.refuse(f.ID, err)
	}
	return nil
}

// submit hands a command to the engine; the answer comes when it is durable and its events are queued.
func (s *session) submit(ctx context.Context, id protocol.CommandID, body protocol.Body) {
	err := s.Engine.Submit(ctx, s.command(id, body), func(a protocol.Accepted, err error) {
		switch {
		case id == "":
			if err != nil && !errors.As(err, new(*protocol.Refusal)) {
				s.Log.Error("command", "err", err)
			}
		case err != nil:
			s.refuse(id, err)
		default:
			s.answer(protocol.KindAccepted, id, &a)
		}
	})
	if err != nil && id != "" {
		s.refuse(id, err)
	}
}

func (s *session) command(id protocol.CommandID, body protocol.Body) engine.Command {
	caller := s.caller
	return engine.Command{Author: caller.Author(), ID: id, Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		caller.Now, caller.NewID = now, newID
		return desk.Decide(r, caller, body)
	}}
}

// sendMessage sends a message, within the limits, and keeps the order where one has to wait.
func (s *session) sendMessage(ctx context.Context, id protocol.CommandID, cmd *protocol.MessageSend) error {
	if s.held.id != "" && s.held.id != id && s.Now().Before(s.held.until) {
		r := s.held.code
		s.answer(protocol.KindRefused, id, &r)
		return nil
	}
	err := s.limitMessage()
	var limited *auth.LimitedError
	if errors.As(err, &limited) {
		s.held = held{
			id: id, until: s.Now().Add(heldFor),
			code: protocol.Refused{Code: protocol.CodeRateLimited, Reason: limited.Limit.String(), RetryMs: limited.RetryMs()},
		}
		return err
	}
	s.held = held{}
	s.submit(ctx, id, cmd)
	return err
}

func (s *session) limitMessage() error {
	if s.sender == protocol.FromVisitor {
		if err := s.Auth.Limits.Take(auth.LimitMessageVisitor, s.caller.By.ID); err != nil {
			return err
		}
		return s.Auth.Limits.Take(auth.LimitMessageAddress, auth.AddressKey(s.shake.address))
	}
	return s.limit(auth.LimitMessageOperator)
}

func (s *session) limit(name auth.LimitName) error { return s.Auth.Limits.Take(name, s.caller.By.ID) }

// history answers with older items: a visitor's of the whole thread, an operator's of one conversation.
func (s *session) history(id protocol.CommandID, cmd *protocol.HistoryRead) error {
	limit := cmd.Limit
	if limit == 0 {
		limit = protocol.HistoryPage
	}
	page := protocol.History{Conversation: cmd.Conversation}
	err := s.Engine.Read(func(r store.Reader) (err error) {
		if s.sender == protocol.FromVisitor {
			visitor, err := store.Visitors.Get(r, store.Text(s.caller.By.ID))
			if err != nil {
				return err
			}
			page.Conversation = 0
			page.Items, page.More, err = conversation.Newest(r, visitor.Thread, conversation.Whole(), 0, cmd.Before, limit, false)
			return err
		}
		conv, err := s.readable(r, cmd.Conversation)
		if err != nil {
			return err
		}
		page.Items, page.More, err = conversation.Newest(r, conv.Thread, conv.Ranges, 0, cmd.Before, limit, true)
		return err
	})
	if err != nil {
		return err
	}
	p := s.packet(protocol.KindHistory, id, &page)
	s.listener.PushOf(p, page.Conversation)
	return nil
}

// readable finds a conversation that the operator may read.
func (s *session) readable(r store.Reader, n protocol.Number) (store.Conversation, error) {
	conv, err := store.Conversations.Get(r, store.Num(n))
	if err == nil && !team.MayRead(s.listener.Viewer.Member(), team.HeldBy(&conv)) {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return conv, err
}

func (s *session) inboxRead(id protocol.CommandID, cmd *protocol.InboxRead) error {
	var out protocol.Inbox
	err := s.Engine.Read(func(r store.Reader) (err error) {
		out, err = s.page(r, cmd)
		return err
	})
	if err == nil {
		s.answer(protocol.KindInbox, id, &out)
	}
	return err
}

// watch opens a conversation on this screen: its newest page, or what came after what the screen has; then live.
func (s *session) watch(id protocol.CommandID, cmd *protocol.ConversationWatch) error {
	n := cmd.Conversation
	var thread protocol.ThreadID
	err := s.Engine.Read(func(r store.Reader) error {
		conv, err := s.readable(r, n)
		thread = conv.Thread
		return err
	})
	if err != nil {
		return err
	}
	if !s.Hub.Watch(s.listener, n, thread, maxWatched) {
		return protocol.Refuse(protocol.CodeConflict, limitReason(maxWatched))
	}
	page := protocol.History{Conversation: n}
	var position protocol.Position
	err = s.Engine.Read(func(r store.Reader) (err error) {
		if position, err = engine.LastPosition(r); err != nil {
			return err
		}
		return s.fill(r, &page, cmd.After)
	})
	if err != nil {
		s.Hub.Unwatch(s.listener, n)
		return err
	}
	s.Hub.Follow(s.listener, n, s.packet(protocol.KindHistory, id, &page), position)
	return nil
}

// fill reads everything a screen needs of a conversation.
func (s *session) fill(r store.Reader, page *protocol.History, after protocol.Position) error {
	conv, err := s.readable(r, page.Conversation)
	if err != nil {
		return err
	}
	page.Items, page.More, err = conversation.Newest(r, conv.Thread, conv.Ranges, after, 0, protocol.HistoryPage, true)
	if err != nil {
		return err
	}
	page.Reset = page.More && after != 0
	if page.Receipts, err = conversation.Receipts(r, conv.Thread); err != nil {
		return err
	}
	row, err := s.Inbox.Row(r, s.listener.Viewer, conv.Number, s.Hub.VisitorOnline)
	if err != nil {
		return err
	}
	page.Row = &row
	v, err := store.Visitors.Get(r, store.Text(conv.Visitor))
	if err != nil {
		return err
	}
	page.Visitor = &protocol.Visitor{
		ID: v.ID, Contact: v.Contact, Name: row.Name, Channel: v.Channel, Language: v.Language, Device: v.Device,
		First: v.First, Current: v.Current, FirstSeen: v.FirstSeen, LastSeen: v.LastSeen, Online: row.Online,
	}
	return nil
}

// showTyping tells others that this person is typing.
func (s *session) showTyping(id protocol.CommandID, n protocol.Number, on bool) error {
	if err := s.typing.Take(); err != nil {
		return err
	}
	var thread protocol.ThreadID
	err := s.Engine.Read(func(r store.Reader) error {
		if s.sender == protocol.FromVisitor {
			v, err := store.Visitors.Get(r, store.Text(s.caller.By.ID))
			if err != nil {
				return err
			}
			t, err := store.Threads.Get(r, store.Text(v.Thread))
			thread, n = t.ID, t.Latest
			return err
		}
		conv, err := s.readable(r, n)
		thread = conv.Thread
		if err == nil && !team.MayWrite(s.listener.Viewer.Member(), team.HeldBy(&conv)) {
			err = protocol.Refuse(protocol.CodeForbidden, "")
		}
		return err
	})
	if errors.Is(err, store.ErrNotFound) && s.sender == protocol.FromVisitor {
		err = nil // before the first message nobody can see it
	} else if err == nil {
		s.Hub.Typing(s.listener, s.caller.By, thread, n, on)
	}
	if err == nil && id != "" {
		s.answer(protocol.KindAccepted, id, &protocol.Accepted{})
	}
	return err
}

// invite makes the account and its one-time link. Asked again with the same id it makes a new link, and the old one
// ends.
func (s *session) invite(ctx context.Context, id protocol.CommandID, cmd *protocol.OperatorInvite) error {
	if err := s.limit(auth.LimitCommandOperator); err != nil {
		return err
	}
	accepted, err := s.Engine.Do(ctx, s.command(id, cmd))
	if err != nil {
		return err
	}
	operator := protocol.OperatorID(accepted.Made)
	token, expires, err := s.Auth.Links.Invite(operator)
	if err != nil {
		return err
	}
	s.answer(protocol.KindInvited, id, &protocol.Invited{
		Operator: operator, Path: "/setup#" + string(token), ExpiresAt: expires.UnixMilli(),
	})
	return nil
}

// deactivate ends the account's access, and what stands on it.
func (s *session) deactivate(ctx context.Context, id protocol.CommandID, cmd *protocol.OperatorDeactivate) error {
	if err := s.limit(auth.LimitCommandOperator); err != nil {
		return err
	}
	accepted, err := s.Engine.Do(ctx, s.command(id, cmd))
	if err != nil {
		return err
	}
	if err := s.Auth.Sessions.EndAll(cmd.Operator); err != nil {
		return err
	}
	s.answer(protocol.KindAccepted, id, &accepted)
	return nil
}
