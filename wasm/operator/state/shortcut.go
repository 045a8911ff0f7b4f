package state

import (
	"strings"

	"beseda/wasm/bridge"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// Shortcut is a single letter that does something where nothing is typed. People may give it another letter, or switch
// all of them off (WCAG 2.1.4).
type Shortcut struct {
	Name string // in the preferences
	Key  string // the letter that it has by itself, by its place on the keyboard
	Word words.Key
	do   func(*State, *bridge.Event, *bridge.Effects)
}

// Shortcuts are all of them, in the order of the screens.
var Shortcuts = [...]Shortcut{
	{"next", "J", say.KeyNext, func(s *State, _ *bridge.Event, fx *bridge.Effects) { s.moveCursor(fx, 1) }},
	{"previous", "K", say.KeyBefore, func(s *State, _ *bridge.Event, fx *bridge.Effects) { s.moveCursor(fx, -1) }},
	{"reply", "R", say.KeyReply, (*State).replyShortcut},
	{"note", "N", say.KeyNote, (*State).noteShortcut},
	{"close", "C", say.KeyClose, (*State).closeTalk},
	{"end", "E", say.KeyEnd, (*State).openEnd},
	{"assign", "A", say.KeyAssign, (*State).openAssign},
	{"unread", "U", say.KeyUnread, (*State).markUnread},
	{"select", "X", say.KeySelect, func(s *State, e *bridge.Event, fx *bridge.Effects) { s.selectKey(e.A == bridge.Shift, fx) }},
	{"go", "G", say.KeyGo, (*State).goShortcut},
}

// Letter is the letter that a shortcut has for this person.
func (p *Preferences) Letter(k *Shortcut) string {
	if own := p.letters[k.Name]; own != "" {
		return own
	}
	return k.Key
}

// LetterOf is the letter of the shortcut with a name; "" where single letters are switched off.
func (p *Preferences) LetterOf(name string) string {
	for i := range Shortcuts {
		if Shortcuts[i].Name == name && !p.NoKeys {
			return p.Letter(&Shortcuts[i])
		}
	}
	return ""
}

// shortcut does what a letter is for; false where it is for nothing. Code is its place on the keyboard, "KeyA".
func (s *State) shortcut(code string, e *bridge.Event, fx *bridge.Effects) bool {
	letter, ok := strings.CutPrefix(code, "Key")
	if !ok {
		return false
	}
	if s.going > s.Now {
		s.going = 0
		return s.goTo(letter, fx)
	}
	for i := range Shortcuts {
		k := &Shortcuts[i]
		if s.Prefs.Letter(k) != letter || e.A != 0 && (k.Name != "select" || e.A != bridge.Shift) {
			continue
		}
		if s.Route.Place != AtInbox && k.Name != "go" {
			return false
		}
		k.do(s, e, fx)
		return true
	}
	return false
}

// goFor is how long the letter after G is waited for, in ms.
const goFor = 1500

func (s *State) goShortcut(_ *bridge.Event, _ *bridge.Effects) { s.going = s.Now + goFor }

// goTo goes to the page that a letter after G stands for.
func (s *State) goTo(letter string, fx *bridge.Effects) bool {
	switch letter {
	case "I":
		s.Go(Route{}, fx)
	case "A":
		s.Go(Route{Query: everything().query()}, fx)
	case "R":
		s.Go(Route{Place: AtReport}, fx)
	case "E":
		s.Go(Route{Place: AtEvents}, fx)
	default:
		return false
	}
	return true
}

func (s *State) noteShortcut(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil && t.Phase == TalkOpen {
		s.Draft(t.Number).Noting = true
		fx.Focus(ReplyID)
	}
}

func (s *State) replyShortcut(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	if t.MayReply() {
		s.Draft(t.Number).Noting = false
	}
	fx.Focus(ReplyID)
}
