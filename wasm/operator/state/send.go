package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// RepliedSince is the newest reply of a colleague that came after this operator began to write here; nil where none did.
func (s *State) RepliedSince(t *Talk) *Item {
	d := s.drafts[t.Number]
	if d == nil || d.began == 0 || d.blank() {
		return nil
	}
	for i := len(t.Items) - 1; i >= 0 && t.Items[i].Position > d.began; i-- {
		item := &t.Items[i]
		colleague := item.Actor.Kind == protocol.ActorOperator || item.Actor.Kind == protocol.ActorBot
		if item.Kind == protocol.KindMessageSent && colleague && item.Actor.ID != string(s.Me.ID) {
			return item
		}
	}
	return nil
}

// Anyway tells whether Send sends although a colleague has replied: the person was told.
func (s *State) Anyway(t *Talk) bool {
	item := s.RepliedSince(t)
	return item != nil && s.Draft(t.Number).Warned >= item.Position
}

func (s *State) send(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t != nil && s.Noting(t) {
		s.addNote(t, fx)
		return
	}
	if t == nil || !t.MayReply() {
		return
	}
	d := s.Draft(t.Number)
	if !d.CanSend() {
		return
	}
	fx.Focus(ReplyID)
	if item := s.RepliedSince(t); item != nil && d.Warned < item.Position {
		d.Warned = item.Position
		fx.Announce(s.Words.Fill(say.RepliedMeanwhile, s.ActorName(&item.Actor, t)))
		return
	}
	s.dispatchReady(t, d, fx)
}

// dispatchReady sends, or waits for the files.
func (s *State) dispatchReady(t *Talk, d *Draft, fx *bridge.Effects) {
	if d.Waiting = d.uploading(); !d.Waiting {
		s.dispatch(t, d, fx)
	}
}

// dispatch hands the draft over as a message. Where none may be sent, it stays a draft.
func (s *State) dispatch(t *Talk, d *Draft, fx *bridge.Effects) {
	if s.ReplyForbidden(t) {
		d.Waiting = false
		fx.Announce(s.Words.Text(say.SendingForbidden))
		return
	}
	u := Unsent{At: s.Now + s.Skew, Text: strings.TrimSpace(d.Text), Quote: d.Quote}
	cmd := &protocol.MessageSend{Conversation: t.Number, Text: u.Text, Last: d.began}
	if d.Warned != 0 {
		cmd.Last = t.newest()
	}
	if d.Quote != nil && !d.Quote.Gone {
		cmd.Quote = d.Quote.Message
	}
	for i := range d.Files {
		a := d.Files[i].Attachment
		u.Files = append(u.Files, a)
		cmd.Attachments = append(cmd.Attachments, a.ID)
		fx.ForgetFile(d.Files[i].Handle)
	}
	u.last = cmd.Last
	u.ID = s.line.message(s, fx, cmd)
	t.Unsent = append(t.Unsent, u)
	d.Text, d.Files, d.Quote, d.Waiting, d.began, d.Warned = "", nil, nil, false, 0, 0
	d.at, d.dirty = s.Now+s.Skew, true
	d.saved, d.unsaved = d.Note != "", d.unsaved && d.Note != "" // the message ends the rest of it on the server, too
	t.Divider = 0
	s.Quick.shut()
	s.stopTyping(t.Number, fx)
	s.keepDrafts(fx)
	fx.ScrollEnd(LogID, false)
}

// messageRefused: what was written stays. Where a colleague was quicker it goes back to the field, to be looked at again.
func (s *State) messageRefused(id protocol.CommandID, no *protocol.Refused, fx *bridge.Effects) {
	t, i := s.unsent(id)
	if t == nil || t.Unsent[i].Note {
		return
	}
	d := s.Draft(t.Number)
	d.unsaved = true // it may have been kept before it was sent
	if !outrun(no.Code, no.Reason) || !d.blank() {
		return
	}
	u := t.Unsent[i]
	s.line.drop(s, fx, id)
	t.Unsent = append(t.Unsent[:i:i], t.Unsent[i+1:]...)
	d.Text, d.Quote, d.began = u.Text, u.Quote, 0
	for _, a := range u.Files {
		d.Files = append(d.Files, fileFrom(a))
	}
	s.drafted(t.Number, fx)
	d.began = u.last
	if d.began == 0 {
		d.began = t.newest()
	}
	if item := s.RepliedSince(t); item != nil {
		d.Warned = item.Position
		fx.Announce(s.Words.Fill(say.RepliedMeanwhile, s.ActorName(&item.Actor, t)))
	}
}

// outrun tells that a colleague replied first.
func outrun(code protocol.Code, reason string) bool {
	return code == protocol.CodeConflict && strings.HasPrefix(reason, "new_reply")
}

// Outrun tells that a message waits because a colleague replied first.
func (u *Unsent) Outrun() bool { return u.Failed && outrun(u.Code, u.Reason) }

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

// retry sends once more what was refused. What a colleague outran says now that their reply was seen.
func (s *State) retry(e *bridge.Event, fx *bridge.Effects) {
	t, i := s.unsent(protocol.CommandID(e.Arg))
	if t == nil {
		return
	}
	u := &t.Unsent[i]
	if u.Outrun() {
		u.last = t.newest()
		s.line.drop(s, fx, u.ID)
		u.ID = s.line.message(s, fx, u.command(t.Number))
	} else {
		u.ID = s.line.again(s, fx, u.ID)
	}
	u.Failed, u.Code, u.Reason = false, "", ""
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
