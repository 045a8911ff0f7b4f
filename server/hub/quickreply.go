package hub

import (
	"beseda/protocol"
	"beseda/server/desk/quickreply"
	"beseda/store"
)

// quickReply tells of a quick reply those who may use it, or might.
func (h *Hub) quickReply(ev *protocol.Frame, r store.Reader) {
	saved, _, err := store.SavedIn(ev)
	if h.failed(ev, err); err != nil {
		return
	}
	told := *ev
	if ev.Kind == protocol.KindQuickReplySet {
		var body protocol.QuickReplySet
		if !h.read(ev, &body) {
			return
		}
		h.failed(ev, quickreply.Count(r, &body.QuickReply))
		told.Body = protocol.EncodeBody(&body)
	}
	p := NewPacket(told)
	h.eachOperator(func(l *Listener) {
		if saved.For(l.Viewer.Operator()) {
			l.tell(p, 0)
		}
	})
}
