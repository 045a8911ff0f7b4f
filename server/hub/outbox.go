package hub

import "beseda/protocol"

// Taken is what a session has to write now.
type Taken struct {
	Packets []*Packet
	// Rows are conversations whose rows changed, Gone those that were taken away; what is gone comes first, since it
	// may have come back.
	Rows []protocol.Number
	Gone []protocol.Number
	// Viewed are conversations that others have opened or left.
	Viewed []protocol.Number
	// Team tells that people or channels changed, Own that a visitor's own conversations did, Figures that those of the
	// list did.
	Team, Own, Figures bool
}

// Empty tells whether there is nothing to write.
func (t *Taken) Empty() bool {
	return len(t.Packets) == 0 && len(t.Rows) == 0 && len(t.Gone) == 0 && len(t.Viewed) == 0 && !t.Team && !t.Own && !t.Figures
}

// Take empties the outbox. Access is asked again for every entry: mayRead, and what makes late answers,
// run without the listener's lock.
func (l *Listener) Take(mayRead func(protocol.Number) bool) (t Taken) {
	l.mu.Lock()
	if l.held {
		l.mu.Unlock()
		return t
	}
	queue, after := l.queue, l.after
	l.queue, l.told, l.asked = nil, 0, 0
	l.makeRoom()
	if l.due {
		t.Gone, t.Team, t.Own, t.Figures = l.gone, l.team, l.own, l.counts
		for n := range l.rows {
			t.Rows = append(t.Rows, n)
		}
		for n := range l.viewed {
			t.Viewed = append(t.Viewed, n)
		}
		l.before = len(l.rows)
		clear(l.rows)
		clear(l.viewed)
		l.gone, l.team, l.own, l.counts, l.due = nil, false, false, false, false
	}
	l.mu.Unlock()

	for _, e := range queue {
		if e.later != nil {
			e.packet = e.later()
		}
		if p := e.packet.Frame.Position; p != 0 && p <= after {
			continue
		}
		if e.number != 0 && !mayRead(e.number) {
			if e.asked {
				t.Packets = append(t.Packets, denied(e.packet))
			}
			continue
		}
		t.Packets = append(t.Packets, e.packet.fit(mayRead))
	}
	return t
}

// denied is the answer to a command instead of one that may no longer be given.
func denied(answer *Packet) *Packet {
	return NewPacket(protocol.Frame{
		Kind: protocol.KindRefused, ID: answer.Frame.ID, At: answer.Frame.At,
		Body: protocol.EncodeBody(&protocol.Refused{Code: protocol.CodeForbidden}),
	})
}
