package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// settle does what follows from the state, whatever event made it so.
func (s *State) settle(fx *bridge.Effects) {
	s.expire()
	s.line.follow(s, fx)
	s.syncUnsent()
	s.line.keep(s, fx)
	s.acknowledge(fx)
	s.entitle(fx)
	s.speakUnread(fx)
	s.countDown(fx)
	s.lookForNew(fx)
	s.lookForReport(fx)
	s.foldAbove()
	s.followBox()
	s.arm(fx)
}

// acknowledge tells the server what came to this console, and what was seen: read is only what is in view on a page
// that is visible and focused.
func (s *State) acknowledge(fx *bridge.Effects) {
	if s.line.link == nil || !s.Welcomed || s.Stage != SignedIn {
		return
	}
	s.List.each(func(row *protocol.Row) {
		if n := row.Number; row.Unread > 0 && row.LastPosition > s.acked[n] {
			s.acked[n] = row.LastPosition
			s.line.link.Receipt(s.Now, fx, protocol.ReceiptAdvance{Conversation: n, Delivered: row.LastPosition})
		}
	})
	t := s.Current()
	if t == nil || t.Phase != TalkOpen || !t.AtEnd || t.arriving || !s.Visible || !s.Focused {
		return
	}
	if newest := t.newest(); newest > t.read {
		t.read = newest
		s.acked[t.Number] = max(s.acked[t.Number], newest)
		s.line.link.Receipt(s.Now, fx, protocol.ReceiptAdvance{Conversation: t.Number, Delivered: newest, Read: newest})
		if row := s.List.Row(t.Number); row != nil && row.LastPosition <= newest {
			row.Unread = 0 // the server says the same in a moment
		}
		s.unnotify(t.Number, fx)
	}
}

// entitle keeps the page's title: how many conversations wait, and where one is.
func (s *State) entitle(fx *bridge.Effects) {
	title := s.Words.Text(say.ConsoleTitle)
	if s.Stage == SignedIn && s.List.Unread > 0 {
		title = "(" + itoa(s.List.Unread) + ") " + title
	}
	if title != s.title {
		s.title = title
		fx.SetTitle(title)
	}
}

// speakEvery is how often the unread count is read out at most (UI §9).
const speakEvery = 5000

func (s *State) speakUnread(fx *bridge.Effects) {
	n := s.List.Unread
	if !s.Welcomed || n == s.spoken || s.Now-s.spokenAt < speakEvery {
		return
	}
	more := n > s.spoken
	s.spoken, s.spokenAt = n, s.Now
	if more {
		fx.Announce(s.Words.Count(say.UnreadConversations, n))
	}
}

// arm sets the timer for what changes by time alone.
func (s *State) arm(fx *bridge.Effects) {
	if s.Stage != SignedIn {
		return
	}
	wait := int64(20_000)
	t := s.Current()
	switch {
	case len(s.writing) > 0, s.Route.Place == AtChannels && s.Visible, s.line.down != 0,
		t != nil && (len(t.Typers) > 0 || t.Phase == TalkOpening):
		wait = 1000
	}
	if h := s.happening(); h != nil {
		wait = min(wait, h.wait())
	}
	if s.Route.Place == AtReport && s.Report.stale {
		wait = min(wait, lookEvery)
	}
	fx.Timer(timerTick, s.nextChange(wait))
}

func (s *State) copiedToast(done bool, fx *bridge.Effects) {
	if done {
		s.toast(Toast{Text: s.Words.Text(say.Copied)}, fx)
		return
	}
	s.toast(Toast{Text: s.Words.Text(say.NotCopied), Bad: true}, fx)
}
