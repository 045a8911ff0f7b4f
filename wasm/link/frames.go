package link

import "beseda/protocol"

// Frames reads one WebSocket message and answers the frames that the app is to see, once and in order: the welcome,
// events, notices, and answers to Send and Ask (of refusals only the final ones). Bytes that do not read cost the line.
func (l *Link) Frames(now int64, c Conn, b []byte) []protocol.Frame {
	if l.phase != Greeting && l.phase != Live {
		return nil
	}
	l.heard, l.pinged = now, 0
	var all []protocol.Frame
	for f, err := range protocol.Frames(b) {
		if err != nil {
			l.lost(now, c)
			return all
		}
		if l.take(now, c, &f) {
			all = append(all, f)
		}
		if l.phase != Greeting && l.phase != Live {
			return all
		}
	}
	if l.phase == Live {
		l.settle()
		l.timer(c, pingAfter)
		l.pump(now, c)
	}
	return all
}

// take deals with one frame and tells whether the app is to see it.
func (l *Link) take(now int64, c Conn, f *protocol.Frame) bool {
	switch f.Kind {
	case protocol.KindWelcome:
		return l.welcomed(now, c, f)
	case protocol.KindGoodbye:
		var g protocol.Goodbye
		_ = protocol.DecodeBody(f.Body, &g)
		l.code, l.atLeast = g.Code, max(0, g.RetryMs)
		l.lost(now, c)
		return true
	}
	if l.phase != Live {
		if f.Kind == protocol.KindRefused { // the hello: whether to come back is the code's advice
			var r protocol.Refused
			_ = protocol.DecodeBody(f.Body, &r)
			l.code, l.atLeast = r.Code, max(0, r.RetryMs)
			l.lost(now, c)
			return true
		}
		return false
	}
	switch f.Kind {
	case protocol.KindPong:
		return false
	case protocol.KindAccepted, protocol.KindRefused:
		return l.answered(now, f)
	}
	if f.Position != 0 {
		return l.event(f)
	}
	return l.notice(now, f)
}

// event drops what the app has, and moves the position on.
func (l *Link) event(f *protocol.Frame) bool {
	held := &l.held
	if l.visitor() {
		if f.Thread != "" {
			l.thread = f.Thread
		}
	} else if held = l.heldOf(f.Conversation); held == nil {
		return true // of the workspace, or of a conversation that is not watched: nothing is resumed
	}
	if f.Position <= *held {
		return false
	}
	*held = f.Position
	if e := l.Find(f.ID); e != nil && f.Kind == protocol.KindMessageSent {
		l.remove(e) // the event is as good as the answer
	}
	return true
}

// welcomed begins the live line.
func (l *Link) welcomed(now int64, c Conn, f *protocol.Frame) bool {
	var w protocol.Welcome
	if l.phase != Greeting || protocol.DecodeBody(f.Body, &w) != nil {
		l.lost(now, c)
		return false
	}
	l.to(Live, now)
	l.code, l.atLeast, l.retryAt = "", 0, 0
	if v := w.Visitor; v != nil {
		if v.VisitorKey != "" {
			l.config.Hello.VisitorKey = v.VisitorKey
		}
		fresh := v.Thread != l.thread || v.History.Reset
		if v.Thread != "" {
			l.thread = v.Thread
		}
		if fresh {
			l.held = 0
		}
		all := len(v.History.Items)
		if v.History.Items = l.newer(v.History.Items, l.held); len(v.History.Items) < all {
			f.Body = protocol.EncodeBody(&w)
		}
		l.held = max(l.held, w.Position)
	}
	l.rewatch(now, c)
	return true
}

// newer is what of a page the app does not have, and takes its messages out of the outbox.
func (l *Link) newer(items []protocol.Frame, held protocol.Position) []protocol.Frame {
	var fresh []protocol.Frame
	for i := range items {
		if items[i].Position > held {
			fresh = append(fresh, items[i])
		}
		if e := l.Find(items[i].ID); e != nil && e.Kind == protocol.KindMessageSend {
			l.remove(e)
		}
	}
	return fresh
}
