package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
)

// frames takes what the server says.
func (s *State) frames(e *bridge.Event, fx *bridge.Effects) {
	for _, f := range s.link.Frames(s.at, fx, e.Data) {
		switch f.Kind {
		case protocol.KindWelcome:
			s.welcomed(&f, fx)
		case protocol.KindMessageSent:
			s.arrived(&f, fx)
		case protocol.KindReceiptAdvanced:
			var r protocol.ReceiptAdvanced
			if protocol.DecodeBody(f.Body, &r) == nil {
				s.advanced(&r)
			}
		case protocol.KindTypingStarted:
			var t protocol.TypingStarted
			if protocol.DecodeBody(f.Body, &t) == nil {
				s.typing(&t.Who, true, fx)
			}
		case protocol.KindTypingStopped:
			var t protocol.TypingStopped
			if protocol.DecodeBody(f.Body, &t) == nil {
				s.typing(&t.Who, false, fx)
			}
		case protocol.KindPresence:
			var p protocol.Presence
			if protocol.DecodeBody(f.Body, &p) == nil && p.Team {
				s.Online = p.Online
			}
		case protocol.KindHistory:
			s.paginated(&f, fx)
		case protocol.KindConversations:
			s.listed(&f)
		case protocol.KindReactionAdded, protocol.KindReactionWithdrawn:
			s.reacted(&f, fx)
		case protocol.KindConversationErased:
			s.erased(&f, fx)
		case protocol.KindAccepted:
			s.accepted(&f, fx)
		case protocol.KindRefused:
			s.refused(&f, fx)
		}
	}
	if s.link.Phase() == link.Ended {
		s.ended(fx)
	}
}

// accepted and refused hear the answers to what is shown before it is answered.
func (s *State) accepted(f *protocol.Frame, fx *bridge.Effects) {
	var a protocol.Accepted
	if f.ID == "" || protocol.DecodeBody(f.Body, &a) != nil {
		return
	}
	s.reactionStored(f.ID, a.Position)
	if f.ID == s.ending.id {
		s.solved(fx)
	}
}

func (s *State) refused(f *protocol.Frame, fx *bridge.Effects) {
	var r protocol.Refused
	_ = protocol.DecodeBody(f.Body, &r) // without a code it is told as a failure of the server
	switch f.ID {
	case "":
	case s.Older:
		s.Older, s.OlderFailed, s.sought = "", true, 0
	case s.listing:
		s.listing, s.ListFailed = "", true
	case s.ending.id:
		s.endRefused(&r, fx)
	default:
		s.reactionRefused(f.ID, r.Code, fx)
	}
}

// welcomed begins from what the server says stands.
func (s *State) welcomed(f *protocol.Frame, fx *bridge.Effects) {
	var w protocol.Welcome
	if protocol.DecodeBody(f.Body, &w) != nil || w.Visitor == nil {
		return
	}
	s.skew = w.Now - s.at
	s.Now = w.Now
	v := w.Visitor
	s.Welcomed, s.Older, s.OlderFailed = true, "", false
	s.People, s.Online, s.quoting = v.Team, v.Online, v.Quoting
	if v.VisitorKey != "" {
		s.key, s.kept, s.rekeyed = v.VisitorKey, false, true
		fx.Authorize(s.key, s.channel)
	}
	if v.History.Reset || len(s.Items) == 0 {
		s.Items, s.More = itemsOf(v.History.Items), v.History.More
		s.reactions = nil
	} else {
		for _, item := range itemsOf(v.History.Items) {
			s.append(item)
		}
	}
	if len(s.Items) > 0 {
		s.Returning = true
	}
	for i := range v.Receipts {
		s.advanced(&v.Receipts[i])
	}
	s.reactedAll(v.History.Reactions)
	if s.Draft.Quote != 0 && !s.MayQuote() {
		s.Draft.Quote = 0
		s.keepQuote(fx)
	}
	s.Typers = nil
	s.uploadAll(fx)
	if v.Thread != "" && s.listing == "" { // the link repeats what was asked before
		s.askOwn(0, fx)
	}
}

// ended deals with a server that does not want this client back. A key that is no longer known is given up: what was
// said with it is gone, but one may write anew.
func (s *State) ended(fx *bridge.Effects) {
	if s.link.Code() != protocol.CodeUnauthorized || s.key == "" {
		return
	}
	s.key, s.acted, s.kept, s.Returning, s.rekeyed = "", s.hasUnsent(), false, false, true
	s.Items, s.More, s.team = nil, false, nil
	s.reactions, s.Own, s.Listing = nil, nil, false
	s.Draft.Quote = 0
	s.keepQuote(fx)
	fx.Save(recordKey, nil)
	s.link.Hello().VisitorKey = ""
	s.link.Open(s.at, fx)
}

// Ended tells why the server does not want this client back; "" where it does.
func (s *State) Ended() protocol.Code {
	if s.link == nil || s.link.Phase() != link.Ended {
		return ""
	}
	return s.link.Code()
}

// Live tells whether the line stands.
func (s *State) Live() bool { return s.link != nil && s.link.Phase() == link.Live }

// watchLine notes since when there is no line, and when to say so.
func (s *State) watchLine(fx *bridge.Effects) {
	switch live := s.Live(); {
	case live:
		if s.noLine != 0 {
			s.noLine, s.Offline = 0, false
			fx.CancelTimer(timerOffline)
		}
	case s.noLine == 0:
		s.noLine = s.at
		fx.Timer(timerOffline, offlineAfter)
	}
}

// tryNow is what the person asks for when there is no line.
func (s *State) tryNow(fx *bridge.Effects) {
	if s.link.Phase() == link.Ended {
		s.link.Open(s.at, fx)
		return
	}
	s.link.Wake(s.at, fx)
}
