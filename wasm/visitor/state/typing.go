package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
)

// Typer is somebody of the team who types, until a time of the device's clock.
type Typer struct {
	Who   protocol.Actor
	until int64
}

// typingEvery is how often typing is repeated while it lasts.
const typingEvery = 3000

// typing notes that somebody types, or stopped.
func (s *State) typing(who *protocol.Actor, on bool, fx *bridge.Effects) {
	if who.Kind == protocol.ActorVisitor {
		return
	}
	s.untype(who)
	if on {
		ttl := int64(protocol.TypingTTLMs)
		s.Typers = append(s.Typers, Typer{*who, s.at + ttl})
		fx.Timer(timerTyping, ttl)
	}
}

func (s *State) untype(who *protocol.Actor) {
	for i := range s.Typers {
		if s.Typers[i].Who.ID == who.ID {
			s.Typers = append(s.Typers[:i], s.Typers[i+1:]...)
			return
		}
	}
}

// expire ends what nobody repeated.
func (s *State) expire(fx *bridge.Effects) {
	left := s.Typers[:0]
	next := int64(0)
	for _, t := range s.Typers {
		if t.until > s.at {
			left = append(left, t)
			if next == 0 || t.until < next {
				next = t.until
			}
		}
	}
	if s.Typers = left; next > 0 {
		fx.Timer(timerTyping, next-s.at)
	}
}

// tellTyping tells the team that the visitor types, but not more often than it expires.
func (s *State) tellTyping(fx *bridge.Effects) {
	if timeline.Blank(s.Draft.Text) {
		s.stopTyping(fx)
	} else if s.Live() && s.at-s.Draft.told >= typingEvery {
		s.Draft.told = s.at
		s.link.Tell(s.at, fx, protocol.KindTypingStart, &protocol.TypingStart{})
	}
}

func (s *State) stopTyping(fx *bridge.Effects) {
	if s.Draft.told != 0 {
		s.Draft.told = 0
		s.link.Tell(s.at, fx, protocol.KindTypingStop, &protocol.TypingStop{})
	}
}
