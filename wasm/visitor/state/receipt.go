package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// advanced moves a side's positions, never backwards. The visitor's own come from another tab or device.
func (s *State) advanced(r *protocol.ReceiptAdvanced) {
	if r.Side == protocol.SideTeam {
		s.TeamRead = max(s.TeamRead, r.Read)
		s.TeamDelivered = max(s.TeamDelivered, r.Delivered, r.Read)
		return
	}
	s.read = max(s.read, r.Read)
	s.delivered = max(s.delivered, r.Delivered, r.Read)
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
	if s.Looking() && s.AtEnd {
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
	n := 0
	for i := len(s.Items) - 1; i >= 0 && s.Items[i].Position > s.read && n < protocol.UnreadCap; i-- {
		if !s.Items[i].Mine() {
			n++
		}
	}
	if n != s.unread {
		s.unread = n
		fx.PostToHost("unread", strconv.Itoa(n), nil)
	}
}
