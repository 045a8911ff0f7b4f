package link

import "beseda/protocol"

// A record is what is kept of entries through a reload: a version byte, then each as a frame (kind, id, at, lane as
// conversation, body, and for a failed one its code as the actor's name). It is read by the same build or a later one.
//
// Tabs that share a store keep each entry in a record of its own, under its id. None knows what the others hold, and so
// none may write over what another wrote: an id is put in once and taken out once, by whoever heard the answer.
const recordVersion = 1

// Records walks what is to be kept since the last walk: the record of each entry that is new or has changed, then nil for
// each that is done.
func (l *Link) Records(yield func(protocol.CommandID, []byte) bool) {
	for _, e := range l.outbox {
		if !e.keep || e.kept {
			continue
		}
		e.kept = true
		if !yield(e.ID, e.record([]byte{recordVersion})) {
			return
		}
	}
	for len(l.done) > 0 {
		id := l.done[0]
		l.done = l.done[1:]
		if !yield(id, nil) {
			return
		}
	}
}

// Anew makes the next walk of Records begin from nothing: what the app writes around them is another.
func (l *Link) Anew() {
	for _, e := range l.outbox {
		e.kept = false
	}
}

func (e *Entry) record(b []byte) []byte {
	f := protocol.Frame{Kind: e.Kind, ID: e.ID, At: e.At, Conversation: e.Lane, Body: e.Body}
	if e.State == Failed {
		f.Actor = &protocol.Actor{Kind: protocol.ActorKind(e.Code), Name: e.Reason}
	}
	return protocol.AppendFrame(b, &f)
}

// Import takes over what records hold, of a page before or another tab, in the order the commands were made. Entries
// that are there already stay; a record that does not read gives what was read before.
func (l *Link) Import(now int64, c Conn, records ...[]byte) {
	for _, b := range records {
		if len(b) == 0 || b[0] != recordVersion {
			continue
		}
		for f, err := range protocol.Frames(b[1:]) {
			if err != nil {
				break
			}
			if f.ID == "" || l.Find(f.ID) != nil {
				continue
			}
			e := &Entry{ID: f.ID, Kind: f.Kind, Body: f.Body, Lane: f.Conversation, At: f.At, keep: true, kept: true}
			if f.Actor != nil {
				e.State, e.Code, e.Reason = Failed, protocol.Code(f.Actor.Kind), f.Actor.Name
			} else if l.old(e, now) {
				e.State = Old
			}
			l.insert(e)
			l.ids.follow(e.At, &l.random)
		}
	}
	l.pump(now, c)
}

// insert puts an entry where its time belongs.
func (l *Link) insert(e *Entry) {
	at := len(l.outbox)
	for at > 0 && e.before(l.outbox[at-1]) {
		at--
	}
	l.outbox = append(l.outbox, nil)
	copy(l.outbox[at+1:], l.outbox[at:])
	l.outbox[at] = e
}

func (e *Entry) before(o *Entry) bool { return e.At < o.At || e.At == o.At && e.ID < o.ID }
