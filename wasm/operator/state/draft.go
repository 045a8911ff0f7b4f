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
	// Note is what is written for the team; Noting: that is what stands in the field.
	Note   string
	Noting bool
	// Waiting: Send was pressed, and the files are still on their way.
	Waiting bool
	// Over: files hang over the conversation.
	Over bool

	dirty bool  // differs from what is kept locally
	told  int64 // when the visitor was last told that somebody types; 0 is never or stopped
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
	draftPause  = 500  // ms without a key before the draft is kept
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

// MayWrite tells whether this operator may reply in a conversation now.
func (t *Talk) MayWrite() bool { return t.Phase == TalkOpen && t.Row.MayWrite }

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
	d.Text, d.dirty, d.Waiting = e.Text, true, false
	fx.Timer(timerDraft, draftPause)
	if timeline.Blank(d.Text) {
		s.stopTyping(t.Number, fx)
	} else if t.MayWrite() && s.Now-d.told >= typingEvery {
		d.told = s.Now
		s.line.say(s, fx, protocol.KindTypingStart, &protocol.TypingStart{Conversation: t.Number})
	}
	s.countAloud(d, fx)
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
	if s.rove(e, fx) {
		return
	}
	if e.Text != "Enter" || e.A&bridge.Shift != 0 {
		if e.Text == "Escape" || e.Text == "F6" {
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

func (s *State) send(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t != nil && s.Noting(t) {
		s.addNote(t, fx)
		return
	}
	if t == nil || !t.MayWrite() {
		return
	}
	d := s.Draft(t.Number)
	if !d.CanSend() {
		return
	}
	if d.uploading() {
		d.Waiting = true
		return
	}
	s.dispatch(t, d, fx)
	fx.Focus(ReplyID)
}

// dispatch hands the draft over as a message.
func (s *State) dispatch(t *Talk, d *Draft, fx *bridge.Effects) {
	u := Unsent{At: s.Now + s.Skew, Text: strings.TrimSpace(d.Text)}
	cmd := &protocol.MessageSend{Conversation: t.Number, Text: u.Text}
	for i := range d.Files {
		a := d.Files[i].Attachment
		u.Files = append(u.Files, a)
		cmd.Attachments = append(cmd.Attachments, a.ID)
		fx.ForgetFile(d.Files[i].Handle)
	}
	u.ID = s.line.message(s, fx, cmd)
	t.Unsent = append(t.Unsent, u)
	d.Text, d.Files, d.Waiting, d.dirty = "", nil, false, true
	t.Divider = 0
	s.stopTyping(t.Number, fx)
	s.keepDrafts(fx)
	fx.ScrollEnd(LogID, false)
}

// settleUnsent drops what is among the items by now.
func (s *State) settleUnsent(t *Talk) {
	kept := t.Unsent[:0]
	for _, u := range t.Unsent {
		if !holds(t.Items, u.ID) {
			kept = append(kept, u)
		}
	}
	clear(t.Unsent[len(kept):])
	t.Unsent = kept
}

func holds(items []Item, id protocol.CommandID) bool {
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].ID == id && (items[i].Kind == protocol.KindMessageSent || items[i].Kind == protocol.KindNoteAdded) {
			return true
		}
	}
	return false
}

// unsent finds an own message that is not stored yet.
func (s *State) unsent(id protocol.CommandID) (*Talk, int) {
	for _, t := range s.talks {
		for i := range t.Unsent {
			if t.Unsent[i].ID == id {
				return t, i
			}
		}
	}
	return nil, 0
}

func (s *State) retry(e *bridge.Event, fx *bridge.Effects) {
	t, i := s.unsent(protocol.CommandID(e.Arg))
	if t == nil {
		return
	}
	u := &t.Unsent[i]
	u.Failed, u.Code, u.Reason = false, "", ""
	u.ID = s.line.again(s, fx, u.ID)
}

func (s *State) discard(e *bridge.Event, fx *bridge.Effects) {
	t, i := s.unsent(protocol.CommandID(e.Arg))
	if t == nil {
		return
	}
	s.line.drop(s, fx, t.Unsent[i].ID)
	t.Unsent = append(t.Unsent[:i:i], t.Unsent[i+1:]...)
	fx.Focus(ReplyID)
}

func (s *State) copyUnsent(e *bridge.Event, fx *bridge.Effects) {
	if t, i := s.unsent(protocol.CommandID(e.Arg)); t != nil {
		fx.CopyText(t.Unsent[i].Text)
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
	return strings.Join(all, "\n\n")
}

func (s *State) copyDraft(_ *bridge.Event, fx *bridge.Effects) {
	if n := s.Route.Number; n != 0 {
		fx.CopyText(s.KeptText(n))
	}
}

// draftRecord names what is kept of a draft, per operator: a browser may be shared.
func (s *State) draftRecord(n protocol.Number) string {
	return "console.draft." + string(s.Me.ID) + "." + n.String()
}

// keepDrafts keeps what was written since, and forgets what was sent.
func (s *State) keepDrafts(fx *bridge.Effects) {
	for n, d := range s.drafts {
		if d.dirty {
			d.dirty = false
			fx.Save(s.draftRecord(n), []byte(d.Text))
			fx.Save(s.noteRecord(n), []byte(d.Note))
		}
	}
	fx.CancelTimer(timerDraft)
}

// draftLoaded brings back what was kept, unless something was written meanwhile.
func (s *State) draftLoaded(n protocol.Number, data []byte) {
	if d := s.Draft(n); d.Text == "" && !d.dirty {
		d.Text = string(data)
	}
}
