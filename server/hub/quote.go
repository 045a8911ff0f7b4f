package hub

import (
	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// A message that quotes shows the visitor and the team different things, and one operator more of it than another: what
// is quoted may stand in a conversation that they may not read. So its packet names the conversations it quotes, and
// the right to these is asked when it is taken.

// dressed makes a message's packets for the visitor and for the team.
func (h *Hub) dressed(ev *protocol.Frame, r store.Reader) (visitor, team *Packet) {
	visitor = NewPacket(*ev)
	if !conversation.Quotes(ev) {
		return visitor, visitor
	}
	theirs, ours := *ev, *ev
	h.failed(ev, conversation.ForVisitor().Dress(r, &theirs))
	h.failed(ev, conversation.ForTeam().Dress(r, &ours))
	return NewPacket(theirs), NewPacket(ours).Quoting()
}

// Quoting notes which conversations a packet quotes. It is called by who makes the packet, before anybody else has it.
func (p *Packet) Quoting() *Packet {
	p.quotes = conversation.Elsewhere(&p.Frame)
	return p
}

// fit is the packet as somebody may get it: without what it quotes of conversations that they may not read.
func (p *Packet) fit(may func(protocol.Number) bool) *Packet {
	for _, n := range p.quotes {
		if !may(n) {
			f, err := conversation.Undress(p.Frame, may)
			if err != nil { // it was encoded here
				panic(err)
			}
			return NewPacket(f)
		}
	}
	return p
}
