//go:build !tinygo || console

package link

import "beseda/protocol"

// watch is a conversation on an operator's screen.
type watch struct {
	number protocol.Number
	held   protocol.Position
	asked  protocol.CommandID // the conversation.watch that is not answered yet
}

// Watch opens a conversation, from the position up to which the app has it, and keeps it open through lost lines. Its
// answer is a history frame, or a refusal, after which it is not watched.
func (l *Link) Watch(now int64, c Conn, number protocol.Number, after protocol.Position) protocol.CommandID {
	l.Leave(now, c, number)
	l.watched = append(l.watched, watch{number: number, held: after})
	w := &l.watched[len(l.watched)-1]
	l.ask(now, c, w)
	return w.asked
}

// Leave ends it. Nothing happens where it is not watched.
func (l *Link) Leave(now int64, c Conn, number protocol.Number) {
	for i := range l.watched {
		if l.watched[i].number == number {
			if e := l.Find(l.watched[i].asked); e != nil {
				l.remove(e)
			}
			l.watched = append(l.watched[:i], l.watched[i+1:]...)
			l.Tell(now, c, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: number})
			l.settle()
			return
		}
	}
}

// Watching tells whether a conversation is open, and up to which position the app has it.
func (l *Link) Watching(number protocol.Number) (protocol.Position, bool) {
	if held := l.heldOf(number); held != nil {
		return *held, true
	}
	return 0, false
}

// Asked is the id of the conversation.watch that is on its way; "" where none is. A refusal of one that the link repeated
// on a new line is known by it.
func (l *Link) Asked(number protocol.Number) protocol.CommandID {
	for i := range l.watched {
		if l.watched[i].number == number {
			return l.watched[i].asked
		}
	}
	return ""
}

func (l *Link) ask(now int64, c Conn, w *watch) {
	w.asked = l.Ask(now, c, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: w.number, After: w.held})
}

// rewatch asks again on a new line for what was open on the old one. What was opened between the lines is asked for
// already.
func (l *Link) rewatch(now int64, c Conn) {
	for i := range l.watched {
		if l.watched[i].asked == "" {
			l.ask(now, c, &l.watched[i])
		}
	}
}

// denied gives up a conversation that this operator may not watch.
func (l *Link) denied(asked protocol.CommandID) {
	for i := range l.watched {
		if l.watched[i].asked == asked {
			l.watched = append(l.watched[:i], l.watched[i+1:]...)
			return
		}
	}
}

// unwatched forgets what was asked on a line that is gone.
func (l *Link) unwatched() {
	for i := range l.watched {
		if e := l.Find(l.watched[i].asked); e != nil {
			l.remove(e)
		}
		l.watched[i].asked = ""
	}
}

func (l *Link) heldOf(number protocol.Number) *protocol.Position {
	for i := range l.watched {
		if number != 0 && l.watched[i].number == number {
			return &l.watched[i].held
		}
	}
	return nil
}

// notice deals with what is not stored: answers that bring something, and news of the list.
func (l *Link) notice(now int64, f *protocol.Frame) bool {
	switch f.Kind {
	case protocol.KindHistory:
		for i := range l.watched {
			if w := &l.watched[i]; f.ID != "" && w.asked == f.ID {
				l.caughtUp(w, f)
			}
		}
	case protocol.KindInbox:
		var inbox protocol.Inbox
		_ = protocol.DecodeBody(f.Body, &inbox)
		for _, gone := range inbox.Gone {
			for i := range l.watched {
				if l.watched[i].number == gone {
					l.watched = append(l.watched[:i], l.watched[i+1:]...)
					break
				}
			}
		}
	}
	if f.ID != "" {
		return l.answered(now, f)
	}
	return true
}

// caughtUp takes the page that answers a watch.
func (l *Link) caughtUp(w *watch, f *protocol.Frame) {
	var h protocol.History
	if protocol.DecodeBody(f.Body, &h) != nil {
		return
	}
	w.asked = ""
	if h.Reset {
		w.held = 0
	}
	all := len(h.Items)
	if h.Items = l.newer(h.Items, w.held); len(h.Items) < all {
		f.Body = protocol.EncodeBody(&h)
	}
	if n := len(h.Items); n > 0 {
		w.held = h.Items[n-1].Position
	}
}

// follows tells whether the events of an entry's conversation reach this client.
func (l *Link) follows(e *Entry) bool { return l.visitor() || l.heldOf(e.Lane) != nil }

// elsewhere tells that a message went to another conversation than the one it was written to: it began that one, or what
// was addressed is part of it by now. Its event never comes in this lane. Messages that wait behind it go there, too.
func (l *Link) elsewhere(e *Entry, in protocol.Number) bool {
	if l.visitor() || in == 0 || in == e.Lane {
		return false
	}
	for _, o := range l.outbox {
		var cmd protocol.MessageSend
		if o == e || o.sent || o.State != Sending || o.Lane != e.Lane || o.Kind != protocol.KindMessageSend ||
			protocol.DecodeBody(o.Body, &cmd) != nil {
			continue
		}
		cmd.Conversation = in
		o.Lane, o.Body, o.kept = in, protocol.EncodeBody(&cmd), false
	}
	return true
}

// position is what is held of a lane.
func (l *Link) position(lane protocol.Number) protocol.Position {
	if l.visitor() {
		return l.held
	}
	if held := l.heldOf(lane); held != nil {
		return *held
	}
	return 0
}
