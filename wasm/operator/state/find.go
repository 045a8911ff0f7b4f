package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// FindID is the id of the search field.
const FindID = "find"

// maxFound is how many rows a search shows.
const maxFound = 50

func (s *State) findTyped(e *bridge.Event, _ *bridge.Effects) { s.Find = e.Text }

// Finding tells whether the list shows what a search found.
func (s *State) Finding() bool { return strings.TrimSpace(s.Find) != "" && s.Selection.Count() == 0 }

// FoundNumber is the conversation whose number stands in the search field; 0 where none does.
func (s *State) FoundNumber() protocol.Number {
	text := strings.TrimSpace(s.Find)
	text = strings.TrimPrefix(strings.TrimPrefix(text, "#"), "№")
	n, err := strconv.ParseUint(text, 10, 53)
	if err != nil {
		return 0
	}
	return protocol.Number(n)
}

// Found are the rows held that a search finds by name, subject, number or the last message, in the list's order. Others
// were not looked through: how many there were to look through is Held.
func (s *State) Found() []protocol.Number {
	var all []protocol.Number
	query := strings.TrimSpace(s.Find)
	n := s.FoundNumber()
	for _, at := range s.List.held {
		row := s.List.rows[at]
		if row == nil {
			continue
		}
		if row.Number == n || contains(s.VisitorName(row.Name, row.Visitor), query) || contains(Subject(row), query) || contains(row.LastText, query) {
			if all = append(all, at); len(all) == maxFound {
				break
			}
		}
	}
	return all
}

// Held is how many rows of the list this console holds.
func (l *List) Held() int { return len(l.rows) }

// findKey opens the conversation with the number that was typed, or goes down to the first row found.
func (s *State) findKey(e *bridge.Event, fx *bridge.Effects) {
	switch e.Text {
	case "Enter", "ArrowDown":
		found := s.Found()
		switch n := s.FoundNumber(); {
		case e.Text == "Enter" && n != 0:
			s.Find = ""
			s.Go(s.To(n), fx)
		case len(found) > 0:
			s.List.Cursor = found[0]
			fx.Focus(RowID(found[0]))
		default:
			fx.Still()
			return
		}
		fx.Prevent()
	case "Escape":
		if s.Find == "" {
			fx.PassOn()
			return
		}
		s.Find = ""
		fx.Prevent()
	default:
		fx.Still()
	}
}

// openFound opens the conversation with the number in the search field.
func (s *State) openFound(_ *bridge.Event, fx *bridge.Effects) {
	if n := s.FoundNumber(); n != 0 {
		s.Find = ""
		s.Go(s.To(n), fx)
	}
}
