package state

import (
	"slices"
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

// Finding tells whether the list shows what a search found. It goes on while some of that is selected, though the
// search field makes room for what is done with it.
func (s *State) Finding() bool { return strings.TrimSpace(s.Find) != "" }

// Shown is how many rows the list has that is looked at: the whole one, or what a search found in it.
func (s *State) Shown() int {
	if s.Finding() {
		return len(s.Found())
	}
	return s.List.Total
}

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

// goFound moves the cursor so many rows on through what was found, staying inside.
func (s *State) goFound(fx *bridge.Effects, by int) {
	found := s.Found()
	if len(found) == 0 {
		return
	}
	at := slices.Index(found, s.List.Cursor)
	if at < 0 {
		if at = 0; by == 1 || by == -1 {
			by = 0 // the first key goes to the first row
		}
	}
	s.goToFound(found[min(max(at+by, 0), len(found)-1)], fx)
}

// goToFound gives focus to a row that was found, and brings it into view.
func (s *State) goToFound(n protocol.Number, fx *bridge.Effects) {
	s.List.Cursor = n
	fx.Focus(RowID(n))
	fx.ScrollTo(RowID(n), false)
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
			s.goToFound(found[0], fx)
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
