package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Preferences are this browser's: kept locally, never sent.
type Preferences struct {
	Theme    string // "light", "dark" or "" for the system's
	Language string // "" for the browser's
	// EnterBreaks: Enter makes a new line and Ctrl+Enter sends.
	EnterBreaks bool
	// Quiet: no tone when a message comes. Silent: no notification either.
	Quiet, Silent bool
	// NoKeys: single letters are no commands (WCAG 2.1.4).
	NoKeys bool
	// NoPanel: the customer panel is closed where there is room for it.
	NoPanel bool
	// Order is what lists are sorted by that have no order of their own; "" for the default.
	Order protocol.Order

	letters map[string]string // of shortcuts that have another than by themselves
}

const preferenceRecord = "console.preferences"

// encode writes what differs from the defaults, a word a line.
func (p *Preferences) encode() []byte {
	var b strings.Builder
	line := func(on bool, s string) {
		if on {
			b.WriteString(s + "\n")
		}
	}
	line(p.Theme != "", "theme="+p.Theme)
	line(p.Language != "", "language="+p.Language)
	line(p.EnterBreaks, "enter=break")
	line(p.Quiet, "tone=off")
	line(p.Silent, "notify=off")
	line(p.NoKeys, "keys=off")
	line(p.NoPanel, "panel=off")
	line(p.Order != "", "order="+string(p.Order))
	for i := range Shortcuts {
		own := p.letters[Shortcuts[i].Name]
		line(own != "", "key."+Shortcuts[i].Name+"="+own)
	}
	return []byte(b.String())
}

func (p *Preferences) decode(data []byte) {
	*p = Preferences{}
	for line := range strings.SplitSeq(string(data), "\n") {
		name, value, _ := strings.Cut(line, "=")
		switch name {
		case "theme":
			if value == "light" || value == "dark" {
				p.Theme = value
			}
		case "language":
			if value == "en" || value == "ru" {
				p.Language = value
			}
		case "enter":
			p.EnterBreaks = value == "break"
		case "tone":
			p.Quiet = value == "off"
		case "notify":
			p.Silent = value == "off"
		case "keys":
			p.NoKeys = value == "off"
		case "panel":
			p.NoPanel = value == "off"
		case "order":
			if value == string(protocol.OrderActivity) {
				p.Order = protocol.OrderActivity
			}
		}
		if k, ok := strings.CutPrefix(name, "key."); ok && len(value) == 1 {
			if p.letters == nil {
				p.letters = make(map[string]string)
			}
			p.letters[k] = value
		}
	}
}

// preferencesLoaded takes them from the record and makes the page follow.
func (s *State) preferencesLoaded(data []byte, fx *bridge.Effects) {
	order := s.Prefs.Order
	s.Prefs.decode(data)
	if s.Welcomed && s.Prefs.Order != order {
		s.askLook("", fx)
	}
	fx.SetRoot("data-theme", s.Prefs.Theme)
	if s.Prefs.Language != "" && s.Prefs.Language != s.Language {
		fx.LoadWords(s.Prefs.Language)
	}
}

func (s *State) savePreferences(fx *bridge.Effects) { fx.Save(preferenceRecord, s.Prefs.encode()) }

// preferOrder sorts by an order from now on; the usual one is the default.
func (s *State) preferOrder(o protocol.Order, fx *bridge.Effects) {
	if o == protocol.OrderProcessing {
		o = ""
	}
	if s.Prefs.Order != o {
		s.Prefs.Order = o
		s.savePreferences(fx)
	}
}

func (s *State) setTheme(e *bridge.Event, fx *bridge.Effects) {
	s.Prefs.Theme = e.Arg
	fx.SetRoot("data-theme", e.Arg)
	s.savePreferences(fx)
}

func (s *State) setLanguage(e *bridge.Event, fx *bridge.Effects) {
	s.Prefs.Language = e.Text
	language := e.Text
	if language == "" {
		language = s.FirstLanguage
	}
	fx.LoadWords(language)
	s.savePreferences(fx)
}

// toggle turns one of the switches of the account page; Arg names it.
func (s *State) toggle(e *bridge.Event, fx *bridge.Effects) {
	on := e.B == 1
	switch p := &s.Prefs; e.Arg {
	case "enter":
		p.EnterBreaks = on
	case "tone":
		p.Quiet = !on
		if on {
			fx.Chime()
		}
	case "notify":
		p.Silent = !on
	case "keys":
		p.NoKeys = !on
	}
	s.savePreferences(fx)
}
