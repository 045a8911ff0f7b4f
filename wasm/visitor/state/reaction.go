package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
)

// Emoji are those that are offered at a message of the team.
const Emoji = "👍 ❤️ 😊 🎉 😢 🙏"

// reaction is one person's emoji on a message.
type reaction struct {
	message protocol.Position
	emoji   string
	who     protocol.Actor
}

// hope is an own reaction, or its end, that is shown before the server answered.
type hope struct {
	id      protocol.CommandID
	message protocol.Position
	emoji   string
	on      bool
}

// Reaction is an emoji at a message as it is shown: who put it there.
type Reaction struct {
	Emoji string
	Mine  bool
	Who   []string // of the team, by name
}

// Reactions are those of a message, in the order they came, with what is on its way.
func (s *State) Reactions(p protocol.Position) []Reaction {
	var all []Reaction
	for i := range s.reactions {
		r := &s.reactions[i]
		if r.message != p {
			continue
		}
		at := emojiAt(&all, r.emoji)
		if r.who.Kind == protocol.ActorVisitor {
			all[at].Mine = true
		} else {
			all[at].Who = append(all[at].Who, r.who.Name)
		}
	}
	for i := range s.hoping {
		if h := &s.hoping[i]; h.message == p {
			at := emojiAt(&all, h.emoji) // before all is read: compilers differ in which comes first
			all[at].Mine = h.on
		}
	}
	shown := all[:0]
	for i := range all {
		if all[i].Mine || len(all[i].Who) > 0 {
			shown = append(shown, all[i])
		}
	}
	return shown
}

func emojiAt(all *[]Reaction, emoji string) int {
	for i := range *all {
		if (*all)[i].Emoji == emoji {
			return i
		}
	}
	*all = append(*all, Reaction{Emoji: emoji})
	return len(*all) - 1
}

// reacted takes a reaction that was put or taken back, by the team or by this visitor here or elsewhere.
func (s *State) reacted(f *protocol.Frame, fx *bridge.Effects) {
	var r protocol.ReactionAdded // both have these fields
	if f.Actor == nil || protocol.DecodeBody(f.Body, &r) != nil {
		return
	}
	on := f.Kind == protocol.KindReactionAdded
	s.put(r.Message, r.Emoji, f.Actor, on)
	if on && f.Actor.Kind != protocol.ActorVisitor {
		s.announce(&Item{Actor: *f.Actor, Text: r.Emoji}, fx)
	}
}

// reactedAll takes those that stand beside a page.
func (s *State) reactedAll(list []protocol.Reaction) {
	for i := range list {
		s.put(list[i].Message, list[i].Emoji, &list[i].Actor, !list[i].Withdrawn)
	}
}

// put makes a person's emoji stand at a message, or not; twice is once.
func (s *State) put(message protocol.Position, emoji string, who *protocol.Actor, on bool) {
	for i := range s.reactions {
		if r := &s.reactions[i]; r.message == message && r.emoji == emoji && r.who.Kind == who.Kind &&
			(r.who.ID == who.ID || who.Kind == protocol.ActorVisitor) {
			if !on {
				s.reactions = append(s.reactions[:i], s.reactions[i+1:]...)
			}
			return
		}
	}
	if on {
		s.reactions = append(s.reactions, reaction{message, emoji, *who})
	}
}

// react puts the visitor's emoji at a message, or takes it back. A message is a lane of its own, so that a person who
// changes their mind is heard in that order, and waits for nothing else.
func (s *State) react(message protocol.Position, emoji string, fx *bridge.Effects) {
	if s.link == nil || message == 0 {
		return
	}
	mine := false
	for _, r := range s.Reactions(message) {
		mine = mine || r.Emoji == emoji && r.Mine
	}
	s.Unreacted = 0
	if mine {
		s.link.Send(s.at, fx, protocol.Number(message), protocol.KindReactionWithdraw,
			&protocol.ReactionWithdraw{Position: message, Emoji: emoji})
	} else {
		s.link.Send(s.at, fx, protocol.Number(message), protocol.KindReactionAdd,
			&protocol.ReactionAdd{Position: message, Emoji: emoji})
	}
}

// hope is what of the link's outbox is a reaction that may still become true. What may not is given up: an emoji of
// long ago says nothing any more.
func (s *State) hope(fx *bridge.Effects) {
	var list []hope
	var vain []protocol.CommandID
	for e := range s.link.Outbox {
		if e.Kind != protocol.KindReactionAdd && e.Kind != protocol.KindReactionWithdraw {
			continue
		}
		if e.State == link.Failed || e.State == link.Old {
			vain = append(vain, e.ID)
			continue
		}
		var r protocol.ReactionAdd // both have these fields
		if protocol.DecodeBody(e.Body, &r) == nil {
			list = append(list, hope{e.ID, r.Position, r.Emoji, e.Kind == protocol.KindReactionAdd})
		}
	}
	s.hoping = list
	for _, id := range vain {
		s.link.Drop(s.at, fx, id)
	}
}

// reactionStored keeps what was hoped for until its event comes; where that came already, it knows better.
func (s *State) reactionStored(id protocol.CommandID, at protocol.Position) {
	for i := range s.hoping {
		if h := &s.hoping[i]; h.id == id && at > s.link.Held() {
			s.put(h.message, h.emoji, &protocol.Actor{Kind: protocol.ActorVisitor}, h.on)
		}
	}
}

// reactionRefused says why an emoji went away again.
func (s *State) reactionRefused(id protocol.CommandID, code protocol.Code, fx *bridge.Effects) {
	for i := range s.hoping {
		if h := &s.hoping[i]; h.id == id {
			s.Unreacted, s.UnreactedCode = h.message, code
		}
	}
}

// touchedMessage is what a person does at a message.
func (s *State) touchedMessage(e *bridge.Event, fx *bridge.Effects) {
	arg, emoji, _ := strings.Cut(e.Arg, " ")
	n, _ := strconv.ParseUint(arg, 10, 64)
	at := protocol.Position(n)
	switch e.Handler {
	case OnPointAt:
		s.pointed = at
		if s.Bar == at {
			fx.Still()
			return
		}
		s.Bar, s.Pinned, s.barFocus = at, false, false
	case OnPointAway:
		s.pointed = 0
		if s.Bar != at || s.Pinned || s.barFocus {
			fx.Still()
			return
		}
		s.Bar = 0
	case OnPin: // a touch has no pointer that stays
		s.Pinned = s.Bar != at || !s.Pinned
		if s.Bar = at; !s.Pinned {
			s.unbar()
		}
	case OnHeld:
		s.Bar, s.Pinned = at, true
	case OnOffer:
		s.Bar = at
	case OnFocusAt: // that of a click goes with the pointer
		s.barFocus = s.barFocus && s.Bar == at || s.pointed != at
		s.Bar = at
	case OnReact:
		s.react(at, emoji, fx)
		if s.Pinned {
			s.unbar()
		}
	case OnQuote:
		s.quote(at, fx)
	case OnQuoted:
		s.sought = at
		s.seek(fx)
	case OnToolKey:
		if e.A == 0 && len(e.List) > 0 && e.List[0] == "KeyQ" && s.MayQuote() {
			fx.Prevent()
			s.quote(at, fx)
			return
		}
		fx.PassOn()
		fx.Still()
	case OnElsewhere:
		if s.Bar == 0 {
			fx.Still()
			return
		}
		s.unbar()
	}
}

func (s *State) unbar() { s.Bar, s.Pinned, s.barFocus = 0, false, false }

// Roving is the message whose tools the Tab key reaches: where the person is, else the newest that has some.
func (s *State) Roving() protocol.Position {
	switch {
	case s.Bar != 0:
		return s.Bar
	case s.MayQuote():
		return s.newest()
	}
	return s.newestOfTeam()
}

// rove goes to the message with tools before or after.
func (s *State) rove(up bool, fx *bridge.Effects) {
	drawn := s.Drawn()
	to := protocol.Position(0)
	for i := range drawn {
		switch p := drawn[i].Position; {
		case drawn[i].Mine() && !s.MayQuote():
		case up && (s.Bar == 0 || p < s.Bar):
			to = p
		case !up && s.Bar != 0 && p > s.Bar && to == 0:
			to = p
		}
	}
	if to == 0 || s.Listing {
		fx.Still()
		return
	}
	s.Bar, s.Pinned, s.barFocus = to, false, true
	fx.Prevent()
	fx.Focus(ToolID(to))
	fx.ScrollTo(ToolID(to), false)
}

// ToolID is the id of the first button beside a message.
func ToolID(p protocol.Position) string { return "tool" + strconv.FormatUint(uint64(p), 10) }
