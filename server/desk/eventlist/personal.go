package eventlist

import "beseda/protocol"

// shared tells whether the member may know of an event of the workspace: of what somebody saved for themselves nobody
// else does, whatever their role.
func (s *rights) shared(ev *protocol.Frame) (bool, error) {
	switch ev.Kind {
	case protocol.KindQuickReplySet:
		var body protocol.QuickReplySet
		err := protocol.DecodeBody(ev.Body, &body)
		return body.QuickReply.Shared || body.QuickReply.Owner == s.member.ID, err
	case protocol.KindQuickReplyDeleted:
		var body protocol.QuickReplyDeleted
		err := protocol.DecodeBody(ev.Body, &body)
		return body.Shared || body.Owner == s.member.ID, err
	case protocol.KindViewSet:
		var body protocol.ViewSet
		err := protocol.DecodeBody(ev.Body, &body)
		return body.View.Shared || body.View.Owner == s.member.ID, err
	case protocol.KindViewDeleted:
		var body protocol.ViewDeleted
		err := protocol.DecodeBody(ev.Body, &body)
		return body.Shared || body.Owner == s.member.ID, err
	}
	return true, nil
}
