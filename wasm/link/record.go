package link

import "beseda/protocol"

// The record of an outbox: a version byte, then each entry as a frame (kind, id, at, lane as conversation, body, and for
// a failed one its code as the actor's name). It is read by the same build or a later one.
const recordVersion = 1

// Changed tells whether the outbox differs from what Export last answered.
func (l *Link) Changed() bool { return l.changed }

// Export answers the outbox as bytes for the loader's record; nil where there is nothing to keep.
func (l *Link) Export() []byte {
	l.changed = false
	var b []byte
	for _, e := range l.outbox {
		if !e.keep {
			continue
		}
		if b == nil {
			b = []byte{recordVersion}
		}
		f := protocol.Frame{Kind: e.Kind, ID: e.ID, At: e.At, Conversation: e.Lane, Body: e.Body}
		if e.State == Failed {
			f.Actor = &protocol.Actor{Kind: protocol.ActorKind(e.Code), Name: e.Reason}
		}
		b = protocol.AppendFrame(b, &f)
	}
	return b
}

// Import puts what Export answered before the outbox. Entries that are there already stay; a record that does not read
// gives what was read before.
func (l *Link) Import(now int64, c Conn, b []byte) {
	if len(b) == 0 || b[0] != recordVersion {
		return
	}
	var old []*Entry
	for f, err := range protocol.Frames(b[1:]) {
		if err != nil {
			break
		}
		if f.ID == "" || l.Find(f.ID) != nil {
			continue
		}
		e := &Entry{ID: f.ID, Kind: f.Kind, Body: f.Body, Lane: f.Conversation, At: f.At, keep: true}
		if f.Actor != nil {
			e.State, e.Code, e.Reason = Failed, protocol.Code(f.Actor.Kind), f.Actor.Name
		} else if l.old(e, now) {
			e.State = Old
		}
		old = append(old, e)
	}
	l.outbox = append(old, l.outbox...)
	l.pump(now, c)
}
