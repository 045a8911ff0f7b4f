package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
)

// Draft is what is being written in one conversation.
type Draft struct {
	Text  string
	Files []File
	// Quote is the message that the reply answers; nil for none.
	Quote *protocol.Quote
	// Note is what is written for the team; Noting: that is what stands in the field.
	Note   string
	Noting bool
	// Waiting: Send was pressed, and the files are still on their way.
	Waiting bool
	// Over: files hang over the conversation.
	Over bool
	// Warned is the colleague's reply that the person was told of when they pressed Send; 0 for none.
	Warned protocol.Position

	began protocol.Position // the newest item when writing began; 0 while nothing is written
	told  int64             // when the visitor was last told that somebody types; 0 is never or stopped
	kept
}

// File is a file chosen for a message.
type File struct {
	bridge.File
	Sent       int64
	Attachment protocol.Attachment // with its ID once the server has it
	Code       protocol.Code       // why it cannot be sent
	Lost       bool                // the line failed on the way
	Limit      int64               // what Code too_large allows
}

// Ready tells that the server has it; Wrong that it will never be sent as it is.
func (f *File) Ready() bool { return f.Attachment.ID != "" }
func (f *File) Wrong() bool { return f.Code != "" || f.Lost }

const (
	// ReplyID is the id of the text field.
	ReplyID = "reply"

	typingEvery = 3000 // ms between two typing.start
	filesTag    = "files"
)

// Draft is the draft of a conversation, made where there is none.
func (s *State) Draft(n protocol.Number) *Draft {
	d := s.drafts[n]
	if d == nil {
		d = new(Draft)
		s.drafts[n] = d
	}
	return d
}

// DraftText is what is written in a conversation, "" where nothing is; for the list.
func (s *State) DraftText(n protocol.Number) string {
	if d := s.drafts[n]; d != nil {
		return strings.TrimSpace(d.Text)
	}
	return ""
}

// blank tells whether nothing of it would go to the visitor.
func (d *Draft) blank() bool { return timeline.Blank(d.Text) && len(d.Files) == 0 && d.Quote == nil }

// CanSend tells whether Send does something.
func (d *Draft) CanSend() bool {
	if timeline.Left(d.Text) < 0 || len(d.Files) > protocol.MaxAttachments {
		return false
	}
	for i := range d.Files {
		if d.Files[i].Wrong() {
			return false
		}
	}
	return len(d.Files) > 0 || !timeline.Blank(d.Text)
}

// uploading tells whether a file is still on its way.
func (d *Draft) uploading() bool {
	for i := range d.Files {
		if !d.Files[i].Ready() && !d.Files[i].Wrong() {
			return true
		}
	}
	return false
}

// MayWrite tells whether this operator may work in a conversation now.
func (t *Talk) MayWrite() bool { return t.Phase == TalkOpen && t.Row.MayWrite }

// MayReply tells whether what they write would go to the visitor: nothing does while the contact is blocked.
func (t *Talk) MayReply() bool { return t.MayWrite() && !t.Row.Blocked }

// MayEnd tells whether they may complete, close and reopen it.
func (t *Talk) MayEnd() bool { return t.MayWrite() && t.Row.MayEnd }

func (s *State) written(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	if s.Noting(t) {
		s.noteTyped(t, e.Text, fx)
		return
	}
	d := s.Draft(t.Number)
	text, caret := s.stroked(e.Text, int(e.A), fx)
	d.Text, d.Waiting = text, false
	s.drafted(t.Number, fx)
	if timeline.Blank(d.Text) {
		s.stopTyping(t.Number, fx)
	} else if t.MayReply() && s.Now-d.told >= typingEvery {
		d.told = s.Now
		s.line.say(s, fx, protocol.KindTypingStart, &protocol.TypingStart{Conversation: t.Number})
	}
	s.countAloud(d, fx)
	s.slashTyped(d, caret, fx)
}

// drafted notes that a draft is another: it is kept soon, and what was there when it began is remembered.
func (s *State) drafted(n protocol.Number, fx *bridge.Effects) {
	d := s.Draft(n)
	s.changed(d, fx)
	t := s.talks[n]
	switch {
	case d.blank():
		d.began, d.Warned = 0, 0
	case d.began == 0 && t != nil:
		d.began = t.newest()
	}
}

// countAloud says how much room is left where it gets scarce (UI §9).
func (s *State) countAloud(d *Draft, fx *bridge.Effects) {
	switch left := timeline.Left(d.Text); {
	case left == 200 || left == 50 || left == 0:
		fx.Announce(s.LeftWords(left))
	case left < 0 && left >= -1:
		fx.Announce(s.LeftWords(left))
	}
}

func (s *State) stopTyping(n protocol.Number, fx *bridge.Effects) {
	if d := s.drafts[n]; d != nil && d.told != 0 {
		if s.Now-d.told < protocol.TypingTTLMs {
			s.line.say(s, fx, protocol.KindTypingStop, &protocol.TypingStop{Conversation: n})
		}
		d.told = 0
	}
}

func (s *State) replyLeft(_ *bridge.Event, fx *bridge.Effects) {
	s.keepDrafts(fx)
	fx.Still()
}

// replyKey sends or breaks the line, as the setting says.
func (s *State) replyKey(e *bridge.Event, fx *bridge.Effects) {
	if s.rove(e, fx) || s.pickKey(e, fx) {
		return
	}
	if e.Text != "Enter" || e.A&bridge.Shift != 0 {
		if e.Text == "Escape" || e.Text == "F6" || commandKey(e) {
			fx.PassOn()
			return
		}
		fx.Still()
		return
	}
	command := e.A&(bridge.Ctrl|bridge.Meta) != 0
	if command == s.Prefs.EnterBreaks {
		fx.Prevent()
		s.send(e, fx)
		return
	}
	if command { // a browser would do nothing here
		fx.Prevent()
		fx.InsertText(ReplyID, "\n")
	}
}

// KeptText is all that the operator wrote in a conversation and that was not sent, "" for nothing.
func (s *State) KeptText(n protocol.Number) string {
	var all []string
	if t := s.talks[n]; t != nil {
		for i := range t.Unsent {
			if !t.Unsent[i].Stored && t.Unsent[i].Text != "" {
				all = append(all, t.Unsent[i].Text)
			}
		}
	}
	if draft := s.DraftText(n); draft != "" {
		all = append(all, draft)
	}
	if d := s.drafts[n]; d != nil && strings.TrimSpace(d.Note) != "" {
		all = append(all, strings.TrimSpace(d.Note))
	}
	return strings.Join(all, "\n\n")
}

func (s *State) copyDraft(_ *bridge.Event, fx *bridge.Effects) {
	if n := s.Route.Number; n != 0 {
		fx.CopyText(s.KeptText(n))
	}
}
