package session

import (
	"context"

	"beseda/protocol"
	"beseda/server/desk/quickreply"
	"beseda/store"
)

// useQuickReply counts an insertion, and answers with uploads made of its files.
func (s *session) useQuickReply(id protocol.CommandID, cmd *protocol.QuickReplyUse) error {
	accepted, err := s.Engine.Do(context.Background(), s.command(id, cmd))
	if err != nil {
		return err
	}
	ready := protocol.QuickReplyReady{QuickReply: cmd.QuickReply}
	err = s.Engine.Read(func(r store.Reader) (err error) {
		ready.Attachments, err = quickreply.Made(r, accepted)
		return err
	})
	if err != nil {
		return err
	}
	s.answer(protocol.KindQuickReplyReady, id, &ready)
	return nil
}

func (s *session) quickReplies(id protocol.CommandID, cmd *protocol.QuickRepliesRead) error {
	return answerRead(s, protocol.KindQuickReplies, id, func(r store.Reader) (protocol.QuickReplies, error) {
		return quickreply.Read(r, protocol.OperatorID(s.caller.By.ID), cmd)
	})
}
