package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// togglePrevious shows the previous conversation above the open one, or hides it. Reading it there marks nothing read.
func (s *State) togglePrevious(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || t.Phase != TalkOpen {
		return
	}
	if t.Above != nil || t.Row.Previous == 0 {
		t.Above = nil
		return
	}
	above := &Talk{Number: t.Row.Previous, Row: t.Row, Phase: TalkOpening, opened: s.Now}
	if row := s.List.Row(above.Number); row != nil {
		above.Row = *row
	}
	t.Above = above
	s.askAbove(t, fx)
}

// askAbove asks for the next page of the previous conversation.
func (s *State) askAbove(t *Talk, fx *bridge.Effects) {
	a := t.Above
	if a.Older || a.Phase == TalkOpen && !a.More {
		return
	}
	a.Older = true
	before := protocol.Position(0) // from its end
	if len(a.Items) > 0 {
		before = a.Items[0].Position
	}
	s.ask(fx, protocol.KindHistoryRead, &protocol.HistoryRead{
		Conversation: a.Number, Before: before, Limit: protocol.HistoryPage,
	}, request{what: askPrevious, number: t.Number, into: a.Number})
}

// above finds what a page was asked for; nil where it is hidden again.
func (s *State) above(r request) *Talk {
	if t := s.talks[r.number]; t != nil && t.Above != nil && t.Above.Number == r.into {
		return t.Above
	}
	return nil
}

func (s *State) previousCame(r request, h *protocol.History, fx *bridge.Effects) {
	a := s.above(r)
	if a == nil {
		return
	}
	first := a.Phase == TalkOpening
	a.Items, a.More, a.Older, a.Phase = merge(itemsOf(h.Items), a.Items), h.More, false, TalkOpen
	a.react(h.Reactions)
	t := s.talks[r.number]
	a.SeenDelivered, a.SeenRead = t.SeenDelivered, t.SeenRead
	if first && t == s.Current() {
		fx.Announce(s.Words.Count(say.ShownAbove, a.messages()))
	}
}

func (s *State) previousRefused(r request, p Problem, fx *bridge.Effects) {
	if a := s.above(r); a != nil {
		s.talks[r.number].Above = nil
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
	}
}

// messages counts what was said among the items held.
func (t *Talk) messages() int {
	n := 0
	for i := range t.Items {
		if t.Items[i].Kind == protocol.KindMessageSent || t.Items[i].Kind == protocol.KindNoteAdded {
			n++
		}
	}
	return n
}

// foldAbove hides what is shown above where that is not the previous conversation any more.
func (s *State) foldAbove() {
	if t := s.Current(); t != nil && t.Above != nil && t.Above.Number != t.Row.Previous {
		t.Above = nil
	}
}

// changedRows lets what is shown above follow its row.
func (s *State) changedRows(in *protocol.Inbox) {
	t := s.Current()
	if t == nil || t.Above == nil {
		return
	}
	for i := range in.Rows {
		if in.Rows[i].Number == t.Above.Number {
			t.Above.Row = in.Rows[i]
		}
	}
}
