package state

import (
	"slices"

	"beseda/protocol"
)

// Typer is somebody who types, until a time.
type Typer struct {
	Who   protocol.Actor
	Until int64
}

// typing notes that somebody types, or stopped.
func (s *State) typing(n protocol.Number, who protocol.Actor, on bool) {
	if who.Kind == protocol.ActorVisitor {
		delete(s.writing, n)
		if on {
			s.writing[n] = s.Now + protocol.TypingTTLMs
		}
	}
	t := s.talks[n]
	if t == nil {
		return
	}
	t.Typers = slices.DeleteFunc(t.Typers, func(w Typer) bool { return same(w.Who, who) })
	if on {
		t.Typers = append(t.Typers, Typer{who, s.Now + protocol.TypingTTLMs})
	}
}

// expire ends what nobody repeated.
func (s *State) expire() {
	for n, until := range s.writing {
		if until <= s.Now {
			delete(s.writing, n)
		}
	}
	for _, t := range s.talks {
		t.Typers = slices.DeleteFunc(t.Typers, func(w Typer) bool { return w.Until <= s.Now })
	}
}

// Writing tells whether a conversation's visitor types.
func (s *State) Writing(n protocol.Number) bool { return s.writing[n] > s.Now }
