package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// MaySendAgain tells whether a stored message that never reached the visitor may be sent anew: an own one with text, once.
// Its files hang on it for good and cannot hang on another.
func (s *State) MaySendAgain(t *Talk, item *Item) bool {
	mine := item.Actor.Kind == protocol.ActorOperator && item.Actor.ID == string(s.Me.ID)
	return mine && item.Failed == protocol.FailedVisitorLeft && item.Text != "" && !t.again[item.Position] && t.MayReply() && !s.ReplyForbidden(t)
}

// sendAgain sends the text of a failed message, with what it quotes, as a message of its own. The offer goes with the press,
// so that a second one sends nothing.
func (s *State) sendAgain(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	at, err := strconv.ParseUint(e.Arg, 10, 64)
	if t == nil || err != nil {
		return
	}
	for i := range t.Items {
		item := &t.Items[i]
		if item.Position != protocol.Position(at) || !s.MaySendAgain(t, item) {
			continue
		}
		if t.again == nil {
			t.again = make(map[protocol.Position]bool)
		}
		t.again[item.Position] = true
		u := Unsent{At: s.Now + s.Skew, Text: item.Text, Quote: item.Quote, last: t.seen()}
		u.ID = s.line.message(s, fx, u.command(t.Number))
		t.Unsent = append(t.Unsent, u)
		fx.Focus(ReplyID)
		fx.ScrollEnd(LogID, false)
		return
	}
}
