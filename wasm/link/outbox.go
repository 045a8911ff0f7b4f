package link

import "beseda/protocol"

// State is where a command stands.
type State uint8

const (
	// Sending: not answered yet, sent or not.
	Sending State = iota
	// Stored: a message the server took, whose event has not come yet.
	Stored
	// Failed: refused for good, see Code. It stays until Again or Drop.
	Failed
	// Old: too old to be sent unasked. It stays until Again or Drop.
	Old
)

// maxTries is how often a command is repeated that the server might take later.
const maxTries = 8

// oldAfter is when a command turns Old, in milliseconds: a day before the server forgets, for clocks that differ.
const oldAfter = protocol.CommandMemoryMs - 24*60*60*1000

// Entry is a command in the outbox.
type Entry struct {
	ID protocol.CommandID
	// Kind and Body are the command.
	Kind protocol.Kind
	Body protocol.Raw
	// Lane is the conversation it belongs to, 0 for a visitor's; see the package.
	Lane protocol.Number
	// At is when it was made, in unix milliseconds; later ones are never before, even where the clock goes back.
	At     int64
	State  State
	Code   protocol.Code // of Failed
	Reason string        // of Failed
	// Position of Stored.
	Position protocol.Position

	keep    bool  // through a reload
	kept    bool  // its record is what Records last answered
	free    bool  // waits for nothing
	sent    bool  // on this connection
	tries   int   // refusals that may pass
	retryAt int64 // not before
}

// Send keeps a command until it is answered and answers its id.
func (l *Link) Send(now int64, c Conn, lane protocol.Number, kind protocol.Kind, body protocol.Body) protocol.CommandID {
	return l.enqueue(now, c, &Entry{Kind: kind, Body: protocol.EncodeBody(body), Lane: lane, keep: true})
}

// Ask sends a question until it is answered, but not through a reload.
func (l *Link) Ask(now int64, c Conn, kind protocol.Kind, body protocol.Body) protocol.CommandID {
	return l.enqueue(now, c, &Entry{Kind: kind, Body: protocol.EncodeBody(body), free: true})
}

// Tell sends something now or never.
func (l *Link) Tell(now int64, c Conn, kind protocol.Kind, body protocol.Body) {
	if l.phase == Live {
		l.put(c, protocol.Frame{Kind: kind, ID: l.ids.next(now, &l.random), Body: protocol.EncodeBody(body)})
		l.flush(c)
	}
}

// Receipt acknowledges items up to a position, as a question: the newest of a conversation that is not sent yet takes
// the place of those before it.
func (l *Link) Receipt(now int64, c Conn, r protocol.ReceiptAdvance) {
	for i, e := range l.outbox {
		if e.Kind == protocol.KindReceiptAdvance && e.Lane == r.Conversation && !e.sent && e.tries == 0 {
			l.outbox = append(l.outbox[:i], l.outbox[i+1:]...)
			break
		}
	}
	l.enqueue(now, c, &Entry{Kind: protocol.KindReceiptAdvance, Body: protocol.EncodeBody(&r), Lane: r.Conversation, free: true})
}

func (l *Link) enqueue(now int64, c Conn, e *Entry) protocol.CommandID {
	e.ID = l.ids.next(now, &l.random)
	e.At = l.ids.at
	l.outbox = append(l.outbox, e)
	l.pump(now, c)
	return e.ID
}

// Outbox walks the commands of Send that are not done, oldest first. The entries are the link's own: read only.
func (l *Link) Outbox(yield func(*Entry) bool) {
	for _, e := range l.outbox {
		if e.keep && !yield(e) {
			return
		}
	}
}

// Find is the entry of an id; nil where it is done.
func (l *Link) Find(id protocol.CommandID) *Entry {
	for _, e := range l.outbox {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// Again sends a Failed or Old entry once more, at the end of its lane, and answers its id: an old one has a new one.
func (l *Link) Again(now int64, c Conn, id protocol.CommandID) protocol.CommandID {
	e := l.Find(id)
	if e == nil || (e.State != Failed && e.State != Old) {
		return id
	}
	l.lift(e)
	next := l.ids.next(now, &l.random)
	if e.State == Old || l.old(e, now) {
		l.done = append(l.done, e.ID)
		e.ID = next
	}
	e.State, e.Code, e.Reason, e.At, e.tries, e.retryAt, e.sent = Sending, "", "", l.ids.at, 0, 0, false
	l.outbox = append(l.outbox, e)
	e.kept = false
	l.pump(now, c)
	return e.ID
}

// Drop takes an entry out, if it is Failed or Old: what is on its way may be stored already.
func (l *Link) Drop(now int64, c Conn, id protocol.CommandID) {
	if e := l.Find(id); e != nil && (e.State == Failed || e.State == Old) {
		l.remove(e)
		l.pump(now, c)
	}
}

// remove ends an entry.
func (l *Link) remove(e *Entry) {
	l.lift(e)
	if e.keep {
		l.done = append(l.done, e.ID)
	}
}

func (l *Link) lift(e *Entry) {
	for i, o := range l.outbox {
		if o == e {
			l.outbox = append(l.outbox[:i:i], l.outbox[i+1:]...)
			return
		}
	}
}

func (l *Link) old(e *Entry, now int64) bool { return e.keep && now-e.At > oldAfter }

// pump sends what may be sent now, in order, and sets the timer for what may be sent later.
func (l *Link) pump(now int64, c Conn) {
	if l.phase != Live {
		return
	}
	next := int64(0)
	for i, e := range l.outbox {
		if e.State != Sending || e.sent || l.behind(i) {
			continue
		}
		if l.old(e, now) {
			e.State = Old // which a record need not say
			continue
		}
		if e.retryAt > now {
			if next == 0 || e.retryAt < next {
				next = e.retryAt
			}
			continue
		}
		e.sent = true
		l.put(c, protocol.Frame{Kind: e.Kind, ID: e.ID, Body: e.Body})
	}
	l.flush(c)
	if next > 0 {
		c.Timer(l.config.Timer+retryTimer, next-now)
	}
}

// behind tells whether an entry waits for one before it in its lane.
func (l *Link) behind(i int) bool {
	e := l.outbox[i]
	if e.free {
		return false
	}
	for _, o := range l.outbox[:i] {
		if o.State == Sending && !o.free && o.Lane == e.Lane {
			return true
		}
	}
	return false
}

// answered deals with the answer to a command and tells whether the app is to hear of it.
func (l *Link) answered(now int64, f *protocol.Frame) bool {
	e := l.Find(f.ID)
	if e == nil || e.State != Sending {
		return f.Kind != protocol.KindAccepted && f.Kind != protocol.KindRefused
	}
	switch f.Kind {
	case protocol.KindRefused:
		var r protocol.Refused
		_ = protocol.DecodeBody(f.Body, &r) // a body that does not read has no code, which reads as internal
		e.tries++
		if advice := protocol.AdviceFor(r.Code); advice.Retry && e.tries < maxTries {
			e.sent = false
			e.retryAt = now + max(r.RetryMs, int64(firstWait)<<min(e.tries, 6))
			return false
		}
		if !e.keep {
			l.remove(e)
			l.denied(e.ID)
			return true
		}
		e.State, e.Code, e.Reason, e.kept = Failed, r.Code, r.Reason, false
		return true
	case protocol.KindAccepted:
		var a protocol.Accepted
		_ = protocol.DecodeBody(f.Body, &a)
		if e.Kind == protocol.KindMessageSend && !l.elsewhere(e, a.Conversation) && l.follows(e) && a.Position > l.position(e.Lane) {
			e.State, e.Position = Stored, a.Position
			return true
		}
	}
	l.remove(e)
	return true
}

// settle takes out the messages whose events the app has.
func (l *Link) settle() {
	for i := 0; i < len(l.outbox); {
		if e := l.outbox[i]; e.State == Stored && (!l.follows(e) || e.Position <= l.position(e.Lane)) {
			l.remove(e)
			continue
		}
		i++
	}
}
