package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// advanced moves a side's positions, never backwards. The visitor's own come from another tab or device.
func (s *State) advanced(r *protocol.ReceiptAdvanced) {
	if r.Side == protocol.SideTeam {
		s.team = append(s.team[:len(s.team):len(s.team)], *r)
		for i := range s.team[:len(s.team)-1] {
			if old := &s.team[i]; old.Conversation == r.Conversation {
				old.Read, old.Delivered = max(old.Read, r.Read), max(old.Delivered, r.Delivered, r.Read)
				if len(r.Ranges) > 0 {
					old.Ranges = r.Ranges
				}
				s.team = s.team[:len(s.team)-1]
				break
			}
		}
		for i := range s.Items {
			s.reach(&s.Items[i])
		}
		return
	}
	s.read = max(s.read, r.Read)
	s.delivered = max(s.delivered, r.Delivered, r.Read)
}

// reach moves an own message to where the team is with the conversation that holds it. What it reached it keeps: the
// team may give it another number, of which no word comes here, and the positions kept for that may be behind.
func (s *State) reach(i *Item) {
	if !i.Mine() {
		return
	}
	for n := range s.team {
		if r := &s.team[n]; speaksOf(r, i) {
			i.read = i.read || i.Position <= r.Read
			i.delivered = i.delivered || i.Position <= max(r.Delivered, r.Read)
		}
	}
}

// speaksOf tells whether a receipt is about the conversation that holds an item.
func speaksOf(r *protocol.ReceiptAdvanced, i *Item) bool {
	for _, span := range r.Ranges {
		if span.First <= i.Position && i.Position <= span.Last {
			return true
		}
	}
	return len(r.Ranges) == 0 && (r.Conversation == 0 || r.Conversation == i.conversation)
}

// Looking tells whether the person has the widget before their eyes: shown, on a visible page that has the focus,
// inside the widget or around it.
func (s *State) Looking() bool { return s.Shown && s.visible && (s.focused || s.hostFront) }

// acknowledge tells the server what of the team's messages this page holds, and what of it the person sees.
func (s *State) acknowledge(fx *bridge.Effects) {
	newest := s.newestOfTeam()
	if !s.Live() || newest == 0 {
		return
	}
	r := protocol.ReceiptAdvance{Delivered: newest}
	if s.Looking() && s.AtEnd && !s.Listing {
		r.Read = newest
	}
	if r.Delivered <= s.delivered && r.Read <= s.read {
		return
	}
	s.delivered, s.read = max(s.delivered, r.Delivered), max(s.read, r.Read)
	s.link.Receipt(s.at, fx, r)
}

func (s *State) newestOfTeam() protocol.Position {
	for i := len(s.Items) - 1; i >= 0; i-- {
		if !s.Items[i].Mine() {
			return s.Items[i].Position
		}
	}
	return 0
}

// count tells the loader how many messages of the team wait to be read.
func (s *State) count(fx *bridge.Effects) {
	if !s.Welcomed {
		return
	}
	if n := s.after(s.read); n != s.unread {
		s.unread = n
		fx.PostToHost("unread", strconv.Itoa(n), nil)
	}
}

// New is how many messages the team wrote below what is in view.
func (s *State) New() int { return s.after(s.seen) }

// after is how many messages of the team follow a position, at most UnreadCap.
func (s *State) after(p protocol.Position) (n int) {
	for i := len(s.Items) - 1; i >= 0 && s.Items[i].Position > p && n < protocol.UnreadCap; i-- {
		if !s.Items[i].Mine() {
			n++
		}
	}
	return n
}
