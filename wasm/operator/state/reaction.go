package state

import (
	"slices"
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Reaction is an emoji on a message, with all who put it there.
type Reaction struct {
	Emoji string
	Who   []protocol.Actor
}

// Emoji are those offered at a press.
var Emoji = [...]string{"👍", "❤️", "😄", "😮", "🙏", "✅"}

// put adds or takes one person's emoji.
func (t *Talk) put(at protocol.Position, emoji string, who protocol.Actor, on bool) {
	all := t.Reactions[at]
	i := slices.IndexFunc(all, func(r Reaction) bool { return r.Emoji == emoji })
	if i < 0 {
		if !on {
			return
		}
		all = append(all, Reaction{Emoji: emoji})
		i = len(all) - 1
	}
	all[i].Who = slices.DeleteFunc(all[i].Who, func(a protocol.Actor) bool { return same(a, who) })
	if on {
		all[i].Who = append(all[i].Who, who)
	}
	if len(all[i].Who) == 0 {
		all = slices.Delete(all, i, i+1)
	}
	if t.Reactions == nil {
		t.Reactions = make(map[protocol.Position][]Reaction)
	}
	t.Reactions[at] = all
}

// react takes what a page says of reactions.
func (t *Talk) react(all []protocol.Reaction) {
	for i := range all {
		t.put(all[i].Message, all[i].Emoji, all[i].Actor, !all[i].Withdrawn)
	}
}

// Mine tells whether this operator is among those who put an emoji.
func (s *State) Mine(r *Reaction) bool {
	return slices.ContainsFunc(r.Who, func(a protocol.Actor) bool {
		return a.Kind != protocol.ActorVisitor && a.ID == string(s.Me.ID)
	})
}

// toggleReaction puts an emoji on a message or takes it back; Arg is "POSITION EMOJI".
func (s *State) toggleReaction(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	at, emoji, ok := strings.Cut(e.Arg, " ")
	n, err := strconv.ParseUint(at, 10, 64)
	if t == nil || t.Phase != TalkOpen || !ok || err != nil {
		return
	}
	position := protocol.Position(n)
	t.Reacting = 0
	fx.Focus(ReactID(position))
	r := request{what: askReaction, number: t.Number}
	for i := range t.Reactions[position] {
		if have := &t.Reactions[position][i]; have.Emoji == emoji && s.Mine(have) {
			s.ask(fx, protocol.KindReactionWithdraw, &protocol.ReactionWithdraw{Conversation: t.Number, Position: position, Emoji: emoji}, r)
			return
		}
	}
	s.ask(fx, protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: t.Number, Position: position, Emoji: emoji}, r)
}

// ReactID is the id of a message's button for reactions, EmojiID that of an emoji in the open bar.
func ReactID(at protocol.Position) string { return "react-" + itoa(int(at)) }
func EmojiID(i int) string                { return "emoji-" + itoa(i) }

func (s *State) openReact(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	n, err := strconv.ParseUint(e.Arg, 10, 64)
	if t == nil || err != nil {
		return
	}
	t.roved = protocol.Position(n)
	if t.Reacting == t.roved {
		t.Reacting = 0
		fx.Focus(ReactID(t.roved))
		return
	}
	t.Reacting = t.roved
	fx.Focus(EmojiID(0))
}

func (s *State) emojiKey(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	at, count := pairOf(e.Arg)
	switch e.Text {
	case "ArrowRight", "ArrowDown":
		at++
	case "ArrowLeft", "ArrowUp":
		at += count - 1
	case "Escape":
		fx.Prevent()
		if t != nil {
			fx.Focus(ReactID(t.Reacting))
			t.Reacting = 0
		}
		return
	default:
		fx.Still()
		return
	}
	fx.Prevent()
	fx.Focus(EmojiID(at % max(count, 1)))
}

// talkKey takes keys inside the messages.
func (s *State) talkKey(e *bridge.Event, fx *bridge.Effects) {
	if !s.rove(e, fx) {
		fx.PassOn()
	}
}

// rove goes from message to message with Alt and the arrows; false for other keys.
func (s *State) rove(e *bridge.Event, fx *bridge.Effects) bool {
	t := s.Current()
	by := map[string]int{"ArrowUp": -1, "ArrowDown": 1}[e.Text]
	if t == nil || t.Phase != TalkOpen || by == 0 || e.A&^bridge.Repeat != bridge.Alt {
		return false
	}
	fx.Prevent()
	var all []protocol.Position
	for i := range t.Items {
		if t.Items[i].Kind == protocol.KindMessageSent {
			all = append(all, t.Items[i].Position)
		}
	}
	at := slices.Index(all, t.roved)
	switch {
	case len(all) == 0:
		return true
	case at < 0:
		at = len(all) - 1
	default:
		at = min(max(at+by, 0), len(all)-1)
	}
	t.roved = all[at]
	fx.Focus(ReactID(t.roved))
	fx.ScrollTo(ItemID(t.roved), false)
	return true
}

// showMessage scrolls to the message that a line is about; Arg is its position.
func (s *State) showMessage(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	n, err := strconv.ParseUint(e.Arg, 10, 64)
	if t == nil || err != nil {
		return
	}
	t.seek = protocol.Position(n)
	s.seekItem(t, fx)
}
