package session

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/audit"
	"beseda/server/desk/conversation"
	"beseda/server/desk/eventlist"
	"beseda/server/desk/policy"
	"beseda/server/hub"
	"beseda/store"
)

// What is asked for and changes nothing, beside history and list.

// answerRead answers with what a reader finds when the answer is written: what waits in an outbox must not show what was
// taken away meanwhile. What goes wrong is answered then, too: the error is always nil.
func answerRead[T any, P interface {
	*T
	protocol.Body
}](s *session, kind protocol.Kind, id protocol.CommandID, read func(store.Reader) (T, error)) error {
	s.listener.AnswerLater(func() *hub.Packet {
		var out T
		err := s.Engine.Read(func(r store.Reader) (err error) {
			out, err = read(r)
			return err
		})
		if err != nil {
			refused := Refused(err, s.NewID, s.Log)
			return s.packet(protocol.KindRefused, id, &refused)
		}
		return s.packet(kind, id, P(&out))
	})
	return nil
}

func (s *session) policies(id protocol.CommandID, _ *protocol.PoliciesRead) error {
	return answerRead(s, protocol.KindPolicies, id, policy.Read)
}

func (s *session) events(id protocol.CommandID, cmd *protocol.EventsRead) error {
	return answerRead(s, protocol.KindEvents, id, func(r store.Reader) (protocol.Events, error) {
		m, err := s.member(r)
		if err != nil {
			return protocol.Events{}, err
		}
		return eventlist.Read(r, m, cmd)
	})
}

func (s *session) workload(id protocol.CommandID, _ *protocol.WorkloadRead) error {
	return answerRead(s, protocol.KindWorkload, id, func(store.Reader) (protocol.Workload, error) {
		return s.Inbox.Workload(s.listener.Viewer), nil
	})
}

func (s *session) audit(id protocol.CommandID, cmd *protocol.AuditRead) error {
	return answerRead(s, protocol.KindAudit, id, func(r store.Reader) (protocol.Audit, error) {
		m, err := s.member(r)
		if err != nil {
			return protocol.Audit{}, err
		}
		return audit.Read(r, m, cmd)
	})
}

// conversations lists the visitor's own; who never wrote has none.
func (s *session) conversations(id protocol.CommandID, cmd *protocol.ConversationsRead) error {
	return answerRead(s, protocol.KindConversations, id, func(r store.Reader) (protocol.Conversations, error) {
		return s.ownPage(r, cmd)
	})
}

// ownPage lists the visitor's own conversations; who never wrote has none.
func (s *session) ownPage(r store.Reader, cmd *protocol.ConversationsRead) (protocol.Conversations, error) {
	limit := cmd.Limit
	if limit == 0 {
		limit = protocol.HistoryPage
	}
	v, err := store.Visitors.Get(r, store.Text(s.caller.By.ID))
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Conversations{}, nil
	}
	if err != nil {
		return protocol.Conversations{}, err
	}
	return conversation.Own(r, v.Thread, cmd.Before, limit)
}
