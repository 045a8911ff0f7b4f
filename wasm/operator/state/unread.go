package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// markUnread marks the open conversation as unread, for this operator, or takes the mark away. It stays while the
// conversation is looked at; leaving it and coming back ends it.
func (s *State) markUnread(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if s.Menu != NoMenu {
		s.closeMenu(fx)
	}
	if t == nil || t.Phase != TalkOpen {
		return
	}
	if t.Row.Marked {
		s.clearMark(t, fx)
		fx.Announce(s.Words.Text(say.MarkedRead))
		return
	}
	s.setMark(t, true)
	s.ask(fx, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: t.Number}, request{what: askStatus, number: t.Number})
	fx.Announce(s.Words.Text(say.MarkedUnread))
}

// entered ends the mark of a conversation that was come to.
func (s *State) entered(t *Talk, fx *bridge.Effects) {
	if t.entering && t.Row.Marked {
		s.clearMark(t, fx)
	}
	t.entering = false
}

func (s *State) clearMark(t *Talk, fx *bridge.Effects) {
	s.setMark(t, false)
	s.ask(fx, protocol.KindUnreadClear, &protocol.UnreadClear{Conversation: t.Number}, request{what: askNothing})
}

// setMark shows a mark at once; the server says the same in a moment.
func (s *State) setMark(t *Talk, on bool) {
	t.Row.Marked = on
	if row := s.List.Row(t.Number); row != nil {
		row.Marked = on
	}
}
