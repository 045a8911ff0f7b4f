package store

import "beseda/protocol"

// Saved is whom a view or quick reply is for.
type Saved struct {
	Owner  protocol.OperatorID
	Shared bool
}

// For tells whether somebody may know of it: of what its owner saved for themselves nobody else does, whatever their role.
func (s Saved) For(who protocol.OperatorID) bool { return s.Shared || s.Owner == who }

// SavedIn reads it off an event; is tells that the event is about a view or quick reply.
func SavedIn(ev *protocol.Frame) (s Saved, is bool, err error) {
	switch ev.Kind {
	case protocol.KindViewSet:
		var body protocol.ViewSet
		err = protocol.DecodeBody(ev.Body, &body)
		s = Saved{body.View.Owner, body.View.Shared}
	case protocol.KindViewDeleted:
		var body protocol.ViewDeleted
		err = protocol.DecodeBody(ev.Body, &body)
		s = Saved{body.Owner, body.Shared}
	case protocol.KindQuickReplySet:
		var body protocol.QuickReplySet
		err = protocol.DecodeBody(ev.Body, &body)
		s = Saved{body.QuickReply.Owner, body.QuickReply.Shared}
	case protocol.KindQuickReplyDeleted:
		var body protocol.QuickReplyDeleted
		err = protocol.DecodeBody(ev.Body, &body)
		s = Saved{body.Owner, body.Shared}
	default:
		return s, false, nil
	}
	return s, true, err
}
