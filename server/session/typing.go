package session

import (
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/contact"
	"beseda/server/desk/team"
	"beseda/store"
)

func (s *session) startTyping(id protocol.CommandID, cmd *protocol.TypingStart) error {
	return s.showTyping(id, cmd.Conversation, true)
}

func (s *session) stopTyping(id protocol.CommandID, cmd *protocol.TypingStop) error {
	return s.showTyping(id, cmd.Conversation, false)
}

// showTyping tells others that this person is typing.
func (s *session) showTyping(id protocol.CommandID, n protocol.Number, on bool) error {
	if s.typing == nil {
		bucket := s.Auth.Limits.Bucket(auth.LimitTyping)
		s.typing = &bucket
	}
	if err := s.typing.Take(); err != nil {
		return err
	}
	where := s.ownConversation
	if s.sender != protocol.FromVisitor {
		where = s.writable
	}
	who := s.caller.By
	var thread protocol.ThreadID
	err := s.Engine.Read(func(r store.Reader) (err error) {
		thread, err = where(r, &n, &who)
		return err
	})
	if err != nil {
		return err
	}
	if thread != "" {
		s.Hub.Typing(who, thread, n, on)
	}
	s.accept(id, protocol.Accepted{})
	return nil
}

// ownConversation is where a visitor types; the thread is empty before their first message: nobody can see it yet.
func (s *session) ownConversation(r store.Reader, n *protocol.Number, who *protocol.Actor) (protocol.ThreadID, error) {
	v, err := store.Visitors.Get(r, store.Text(who.ID))
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err == nil {
		err = contact.Passable(r, v.Contact)
	}
	if err != nil {
		return "", err
	}
	t, err := store.Threads.Get(r, store.Text(v.Thread))
	*n = t.Latest
	return t.ID, err
}

// writable is where somebody of the team types, who may write there, by the name they have now.
func (s *session) writable(r store.Reader, n *protocol.Number, who *protocol.Actor) (protocol.ThreadID, error) {
	conv, err := s.readable(r, *n)
	if err != nil {
		return "", err
	}
	may, err := s.asks(r, &conv, team.MayWrite)
	if err == nil && !may {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	if err == nil {
		err = contact.Passable(r, conv.Contact)
	}
	if err != nil {
		return "", err
	}
	me, err := store.Operators.Get(r, store.Text(who.ID))
	who.Name = me.Name
	return conv.Thread, err
}
