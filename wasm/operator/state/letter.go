package state

import (
	"strings"

	"beseda/wasm/bridge"
)

// LetterField is the field of a shortcut's letter that was typed in last.
type LetterField struct {
	Name string // of the shortcut
	// Wrong: what was typed is no letter, and the one before stays.
	Wrong bool
	// Typed is what stands in the field until it is left, where Typing says so: a keyboard on a screen tells no keys.
	Typed  string
	Typing bool
}

// LetterID is the id of the field of a shortcut's letter.
func LetterID(name string) string { return "letter-" + name }

// Letter is what stands in the field of a shortcut's letter, and whether it says that something else was no letter.
func (s *State) Letter(k *Shortcut) (text string, wrong bool) {
	f := &s.Account.Letter
	if f.Name != k.Name {
		return s.Prefs.Letter(k), false
	}
	if f.Typing {
		return f.Typed, f.Wrong
	}
	return s.Prefs.Letter(k), f.Wrong
}

// letterKey takes the key that is pressed in such a field by its place on the keyboard, as the shortcut will be: on a
// Cyrillic one, too. Arg is the shortcut's name.
func (s *State) letterKey(e *bridge.Event, fx *bridge.Effects) {
	code := ""
	if len(e.List) > 0 {
		code = e.List[0]
	}
	letter, ok := strings.CutPrefix(code, "Key")
	switch {
	case e.A&(bridge.Ctrl|bridge.Alt|bridge.Meta) != 0, code == "":
		fx.PassOn()
		fx.Still()
	case ok:
		fx.Prevent()
		s.giveLetter(e.Arg, letter, fx)
	case len([]rune(e.Text)) == 1, e.Text == "Backspace", e.Text == "Delete":
		fx.Prevent()
		s.Account.Letter = LetterField{Name: e.Arg, Wrong: true}
	default:
		fx.PassOn()
		fx.Still()
	}
}

// letterTyped takes what a keyboard wrote that told no key.
func (s *State) letterTyped(e *bridge.Event, fx *bridge.Effects) {
	text := strings.TrimSpace(e.Text)
	if letter, ok := latin(text); ok {
		s.giveLetter(e.Arg, letter, fx)
	} else {
		s.Account.Letter = LetterField{Name: e.Arg, Wrong: text != "", Typed: e.Text, Typing: true}
	}
}

// letterLeft puts the letter back where something else was typed.
func (s *State) letterLeft(e *bridge.Event, fx *bridge.Effects) {
	f := &s.Account.Letter
	if f.Name != e.Arg || !f.Typing {
		fx.Still()
		return
	}
	f.Typing, f.Wrong = false, true
}

func latin(text string) (letter string, ok bool) {
	letter = strings.ToUpper(text)
	return letter, len(letter) == 1 && letter[0] >= 'A' && letter[0] <= 'Z'
}

// giveLetter gives a shortcut another letter. One that has it gets the other's in exchange.
func (s *State) giveLetter(name, letter string, fx *bridge.Effects) {
	at := -1
	for i := range Shortcuts {
		if Shortcuts[i].Name == name {
			at = i
		}
	}
	if at < 0 {
		return
	}
	s.Account.Letter = LetterField{}
	before := s.Prefs.Letter(&Shortcuts[at])
	letters := make(map[string]string)
	for i := range Shortcuts {
		k := &Shortcuts[i]
		own := s.Prefs.Letter(k)
		switch {
		case i == at:
			own = letter
		case own == letter:
			own = before
		}
		if own != k.Key {
			letters[k.Name] = own
		}
	}
	s.Prefs.letters = letters
	s.savePreferences(fx)
	fx.Announce(letter)
}

// resetLetters gives all shortcuts the letters they had.
func (s *State) resetLetters(_ *bridge.Event, fx *bridge.Effects) {
	s.Prefs.letters, s.Account.Letter = nil, LetterField{}
	s.savePreferences(fx)
}

// OwnLetters tells whether any shortcut has another letter than it had.
func (p *Preferences) OwnLetters() bool { return len(p.letters) > 0 }
