package inbox

import "beseda/protocol"

// kept is what was read of a conversation to show it, or what would be over by now.
type kept struct {
	at   protocol.Position // of the batch that changed it last; 0 since before this start
	face *face             // nil until it is looked at
	tail *tail             // nil while nobody has something unread
}

// maxFaces bounds how many are kept; past it all are read again as they are needed.
const maxFaces = 5000

// read is what is kept of a conversation.
func (e *entry) read() kept {
	if e.kept == nil {
		return kept{}
	}
	return *e.kept
}

// changed notes that a conversation, or what it shows, is another since the event at a position.
func (e *entry) changed(at protocol.Position) {
	if e.kept == nil {
		e.kept = &kept{}
	}
	e.kept.at, e.kept.face = max(e.kept.at, at), nil
}

func (e *entry) dropTail() {
	if e.kept != nil {
		e.kept.tail = nil
	}
}

// keep is where something goes that was read of a conversation, with at the position of the newest event that its reader
// saw; nil where it is of a state that is over. The mutex is held, here and below.
func (in *Inbox) keep(n protocol.Number, at protocol.Position) *kept {
	e := in.entry(n)
	if e == nil || at < in.since || at < e.read().at {
		return nil
	}
	if e.kept == nil {
		e.kept = &kept{}
	}
	return e.kept
}

// forget has all rows read again: something that many show is another since the event at a position.
func (in *Inbox) forget(since protocol.Position) {
	in.since = max(in.since, since)
	for _, n := range in.faced {
		if e := in.entry(n); e != nil && e.kept != nil {
			e.kept.face = nil
		}
	}
	in.faced = in.faced[:0]
}
