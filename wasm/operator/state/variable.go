package state

import "strings"

// Variables stand in the text of a quick reply, and are filled in where it is inserted.

// Fill puts what is known into the variables of a text: {{contact.name|there}} is the contact's name, or "there".
func (s *State) Fill(t *Talk, text string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inside, after, closed := strings.Cut(rest, "}}")
		if !closed {
			b.WriteString("{{" + rest)
			return b.String()
		}
		name, fallback, _ := strings.Cut(inside, "|")
		value, known := s.variable(t, strings.TrimSpace(name))
		switch {
		case !known:
			b.WriteString("{{" + inside + "}}")
		case value == "":
			b.WriteString(strings.TrimSpace(fallback))
		default:
			b.WriteString(value)
		}
		text = after
	}
}

// Variables are those that a quick reply may hold.
var Variables = [...]string{"contact.name", "operator.name", "conversation.number", "channel.name"}

func (s *State) variable(t *Talk, name string) (string, bool) {
	switch name {
	case "contact.name":
		return t.Row.Name, true
	case "operator.name":
		return s.Me.Name, true
	case "conversation.number":
		return t.Number.String(), true
	case "channel.name":
		if ch := s.Channel(t.Row.Channel); ch != nil {
			return ch.Looks.Name, true
		}
		return "", true
	}
	return "", false
}
