package state

import (
	"strings"
	"unicode/utf8"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
)

// Noting tells whether the field of a conversation takes a note: the person chose so, or may do nothing else there.
func (s *State) Noting(t *Talk) bool {
	return s.Draft(t.Number).Noting || !t.Row.MayWrite || t.Row.Blocked
}

// NoteLeft is how much room a note has.
func NoteLeft(text string) int {
	return protocol.MaxNoteRunes - utf8.RuneCountInString(strings.TrimSpace(text))
}

// NoteReady tells whether a note may be added as it is.
func NoteReady(text string) bool { return NoteLeft(text) >= 0 && !timeline.Blank(text) }

// chooseKind turns the field to a reply or a note; Arg is "note" or "".
func (s *State) chooseKind(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || t.Phase != TalkOpen {
		return
	}
	s.Draft(t.Number).Noting = e.Arg == "note"
	if e.Arg == "note" {
		s.stopTyping(t.Number, fx)
	}
	fx.Focus(ReplyID)
}

// tabKey moves between the two tabs; Arg is the kind that the other one has.
func (s *State) tabKey(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	switch e.Text {
	case "ArrowLeft", "ArrowRight", "Home", "End":
	default:
		fx.Still()
		return
	}
	if t == nil || !t.MayReply() {
		fx.Still()
		return
	}
	fx.Prevent()
	s.Draft(t.Number).Noting = e.Arg == "note"
	fx.Focus(TabID(e.Arg))
}

// TabID is the id of a tab: of "note", or of "" for the reply.
func TabID(kind string) string {
	if kind == "" {
		kind = "reply"
	}
	return "tab-" + kind
}

// noteTyped takes what stands in the field of a note.
func (s *State) noteTyped(t *Talk, text string, fx *bridge.Effects) {
	d := s.Draft(t.Number)
	d.Note = text
	s.changed(d, fx)
	switch left := NoteLeft(text); left {
	case 200, 50, 0, -1:
		fx.Announce(s.LeftWords(left))
	}
}

// addNote hands the note over.
func (s *State) addNote(t *Talk, fx *bridge.Effects) {
	d := s.Draft(t.Number)
	if t.Phase != TalkOpen || !NoteReady(d.Note) {
		return
	}
	u := Unsent{At: s.Now + s.Skew, Text: strings.TrimSpace(d.Note), Note: true}
	u.ID = s.line.say(s, fx, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: t.Number, Text: u.Text})
	t.Unsent = append(t.Unsent, u)
	d.Note, d.at, d.dirty = "", s.Now+s.Skew, true // the note ends it on the server, too
	d.saved = !d.blank()
	t.Divider = 0
	s.keepDrafts(fx)
	fx.ScrollEnd(LogID, false)
	fx.Focus(ReplyID)
}
