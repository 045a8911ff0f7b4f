package hub

import (
	"beseda/protocol"
	"beseda/server/desk/quickreply"
	"beseda/store"
)

// quickReply tells of a quick reply those who may use it, or might.
func (h *Hub) quickReply(ev *protocol.Frame, r store.Reader) {
	told := *ev
	var shared bool
	var owner protocol.OperatorID
	if ev.Kind == protocol.KindQuickReplySet {
		var body protocol.QuickReplySet
		if !h.read(ev, &body) {
			return
		}
		shared, owner = body.QuickReply.Shared, body.QuickReply.Owner
		h.failed(ev, quickreply.Count(r, &body.QuickReply))
		told.Body = protocol.EncodeBody(&body)
	} else {
		var body protocol.QuickReplyDeleted
		if !h.read(ev, &body) {
			return
		}
		shared, owner = body.Shared, body.Owner
	}
	p := NewPacket(told)
	h.eachOperator(func(l *Listener) {
		if shared || l.Viewer.Operator() == owner {
			l.tell(p, 0)
		}
	})
}
