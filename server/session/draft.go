package session

import (
	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// saveDraft keeps what is not sent yet. It comes once a second from everybody who writes and the newest wins, so its id
// is not remembered.
func (s *session) saveDraft(id protocol.CommandID, cmd *protocol.DraftSave) error {
	return s.hand(s.command("", cmd), func(a protocol.Accepted, err error) {
		if err != nil {
			s.refuse(id, err)
			return
		}
		s.accept(id, a)
	})
}

// unsent adds to what a screen opens what its operator left there, and who else looks at it.
func (s *session) unsent(r store.Reader, conv *store.Conversation, page *protocol.History) error {
	m, err := s.member(r)
	if err != nil {
		return err
	}
	if page.Draft, page.DraftSession, err = conversation.DraftFor(r, m, conv); err != nil {
		return err
	}
	page.Viewers, _ = s.Hub.Viewers(s.listener, conv.Number)
	return nil
}
