package state

import (
	"strconv"
	"strings"

	"beseda/wasm/bridge"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// Picker is the choice of emoji that opens above the reply or the note. It is open while State.Menu is EmojiMenu.
type Picker struct {
	Query string
	// Group is the one of EmojiGroups that is shown while nothing is looked for; Active the place that the keys stand on.
	Group  int
	Active int
}

// Glyph is one emoji. Name is what it is called, in the language of the console.
type Glyph struct {
	Text, Name string
	also       string // what else it is found by
}

// EmojiGroups are the groups, in their order: the name of each, and its emoji.
var EmojiGroups = [...]struct{ Name, All words.Key }{
	{say.EmojiSmile, say.EmojiSmileAll},
	{say.EmojiHands, say.EmojiHandsAll},
	{say.EmojiWork, say.EmojiWorkAll},
	{say.EmojiSigns, say.EmojiSignsAll},
	{say.EmojiNature, say.EmojiNatureAll},
}

// Ids of the picker's parts.
const (
	EmojiButtonID = "insert-emoji"
	EmojiFindID   = "emoji-find"
	EmojiGridID   = "emoji-grid"
)

func GlyphID(i int) string      { return "glyph-" + strconv.Itoa(i) }
func EmojiGroupID(i int) string { return "emoji-group-" + strconv.Itoa(i) }

// Glyphs are the emoji of a group.
func (s *State) Glyphs(group int) []Glyph {
	var all []Glyph
	for one := range strings.FieldsSeq(s.Words.Text(EmojiGroups[group].All)) {
		text, names, _ := strings.Cut(strings.ReplaceAll(one, "_", " "), ":")
		name, also, _ := strings.Cut(names, ",")
		all = append(all, Glyph{text, name, also})
	}
	return all
}

// GlyphsFound are the emoji that the picker shows: the group's, or those of all groups that a search finds.
func (s *State) GlyphsFound() []Glyph {
	query := strings.TrimSpace(s.Picker.Query)
	if query == "" {
		return s.Glyphs(s.Picker.Group)
	}
	var all []Glyph
	for group := range EmojiGroups {
		for _, g := range s.Glyphs(group) {
			if g.Text == query || contains(g.Name, query) || contains(g.also, query) {
				all = append(all, g)
			}
		}
	}
	return all
}

// EmojiColumns is how many emoji stand in a row: fewer where a finger needs the room.
func (s *State) EmojiColumns() int {
	if s.Wide > 0 && s.Wide < 26 {
		return 6
	}
	return 8
}

func (s *State) openEmoji(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || t.Phase != TalkOpen {
		return
	}
	if s.Menu == EmojiMenu {
		s.closeMenu(fx)
		return
	}
	if s.Quick.Open {
		s.leavePick(fx)
	}
	s.Menu, s.Picker = EmojiMenu, Picker{Group: s.Picker.Group}
	fx.Focus(EmojiFindID)
}

// pickEmoji puts one at the caret of the reply or the note; Arg is the emoji.
func (s *State) pickEmoji(e *bridge.Event, fx *bridge.Effects) {
	s.Menu = NoMenu
	if t := s.Current(); t != nil && t.Phase == TalkOpen {
		fx.InsertText(ReplyID, e.Arg)
	}
}

func (s *State) emojiTyped(e *bridge.Event, fx *bridge.Effects) {
	s.Picker.Query, s.Picker.Active = e.Text, 0
	fx.Announce(s.FoundWords(len(s.GlyphsFound())))
}

// emojiFindKey takes keys of the search field: down to the emoji, Enter for the first.
func (s *State) emojiFindKey(e *bridge.Event, fx *bridge.Effects) {
	all := s.GlyphsFound()
	switch {
	case e.Text == "Escape":
		fx.Prevent()
		s.closeMenu(fx)
	case e.Text == "ArrowDown" && len(all) > 0:
		fx.Prevent()
		fx.Focus(GlyphID(min(s.Picker.Active, len(all)-1)))
	case e.Text == "Enter":
		fx.Prevent() // or it would send what is written
		if s.Picker.Active < len(all) {
			s.pickEmoji(&bridge.Event{Arg: all[s.Picker.Active].Text}, fx)
		}
	default:
		fx.Still()
	}
}

// glyphKey moves among the emoji; Arg is the place of the one with focus. Above the first row stands the search field.
func (s *State) glyphKey(e *bridge.Event, fx *bridge.Effects) {
	at, err := strconv.Atoi(e.Arg)
	count := len(s.GlyphsFound())
	to := at
	switch e.Text {
	case "ArrowRight":
		to++
	case "ArrowLeft":
		to--
	case "ArrowDown":
		to += s.EmojiColumns()
	case "ArrowUp":
		to -= s.EmojiColumns()
	case "Home":
		to = 0
	case "End":
		to = count - 1
	case "Escape":
		fx.Prevent()
		s.closeMenu(fx)
		return
	default:
		fx.Still()
		return
	}
	fx.Prevent()
	switch {
	case err != nil || to >= count:
	case to < 0 && e.Text == "ArrowUp":
		fx.Focus(EmojiFindID)
	case to >= 0:
		s.Picker.Active = to
		fx.Focus(GlyphID(to))
	}
}

// chooseEmojiGroup shows a group; Arg is its place.
func (s *State) chooseEmojiGroup(e *bridge.Event, fx *bridge.Effects) {
	if at, err := strconv.Atoi(e.Arg); err == nil && at >= 0 && at < len(EmojiGroups) {
		s.Picker = Picker{Group: at}
		fx.Focus(EmojiGroupID(at))
	}
}

// emojiGroupKey moves between the groups; Arg is the place of the one with focus.
func (s *State) emojiGroupKey(e *bridge.Event, fx *bridge.Effects) {
	at, err := strconv.Atoi(e.Arg)
	switch e.Text {
	case "ArrowRight":
		at++
	case "ArrowLeft":
		at += len(EmojiGroups) - 1
	case "Home":
		at = 0
	case "End":
		at = len(EmojiGroups) - 1
	case "Escape":
		fx.Prevent()
		s.closeMenu(fx)
		return
	default:
		fx.Still()
		return
	}
	fx.Prevent()
	if err == nil {
		s.chooseEmojiGroup(&bridge.Event{Arg: strconv.Itoa(at % len(EmojiGroups))}, fx)
	}
}
