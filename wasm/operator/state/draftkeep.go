package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
	"beseda/wasm/timeline"
)

// A draft is kept twice: in this browser, for a line that is down, and with the server, for this operator's other
// devices. Of two that differ the one that was changed last holds; what the server never got is not dropped for one that
// was. Where drafts last only as long as the page, both are left out.

// kept is what is remembered of a draft beside what it says.
type kept struct {
	at      int64              // when it was changed last, by the server's clock
	dirty   bool               // this browser keeps another
	unsaved bool               // the server has another
	saving  protocol.CommandID // what is on its way there
	saved   bool               // the server has something of it
}

// draftPause is how long a draft may be unkept, in ms: the server wants no more than one a second from anybody.
const draftPause = 1000

// changed has a draft kept soon.
func (s *State) changed(d *Draft, fx *bridge.Effects) {
	d.dirty, d.unsaved, d.at = true, true, s.Now+s.Skew
	s.keepSoon(fx)
}

// draftRecord names what is kept of a draft, per operator: a browser may be shared.
func (s *State) draftRecord(n protocol.Number) string { return s.draftRecords() + n.String() }
func (s *State) draftRecords() string                 { return "console.draft." + string(s.Me.ID) + "." }

// sessionDrafts tells whether drafts of a conversation last only as long as the page.
func (s *State) sessionDrafts(n protocol.Number) bool {
	t := s.talks[n]
	return t != nil && (t.DraftSession || t.Row.Channel != "" && s.Policy(t.Row.Channel, "draft.persistence") == "session")
}

// keepDrafts keeps what was written since, and forgets what was sent.
func (s *State) keepDrafts(fx *bridge.Effects) {
	for n, d := range s.drafts {
		if d.dirty {
			d.dirty = false
			fx.Save(s.draftRecord(n), s.recordOf(n, d))
		}
		s.saveDraft(n, d, fx)
	}
	s.keeping = false
	fx.CancelTimer(timerDraft)
}

// recordOf is a draft as this browser keeps it: whether the server lacks it, then the draft; nil for nothing.
func (s *State) recordOf(n protocol.Number, d *Draft) []byte {
	if d.blank() && d.Note == "" || s.sessionDrafts(n) {
		return nil
	}
	out := protocol.Draft{Text: d.Text, Note: d.Note, Quote: d.Quote, At: d.at}
	for i := range d.Files {
		if d.Files[i].Ready() {
			out.Attachments = append(out.Attachments, d.Files[i].Attachment)
		}
	}
	first := byte('0')
	if d.unsaved {
		first = '1'
	}
	return append([]byte{first}, protocol.EncodeBody(&out)...)
}

// saveDraft tells the server what a draft is, one at a time.
func (s *State) saveDraft(n protocol.Number, d *Draft, fx *bridge.Effects) {
	t := s.talks[n]
	if !d.unsaved || d.saving != "" || t == nil || t.Phase != TalkOpen || s.sessionDrafts(n) || !s.live() {
		return
	}
	cmd := protocol.DraftSave{Conversation: n, Text: d.Text, Note: d.Note}
	if timeline.Left(d.Text) < protocol.MaxMessageRunes-protocol.MaxDraftRunes || NoteLeft(d.Note) < 0 {
		return // the server takes no draft so long: it stays here
	}
	if d.Quote != nil && !d.Quote.Gone {
		cmd.Quote = d.Quote.Message
	}
	for i := range d.Files {
		if d.Files[i].Ready() && len(cmd.Attachments) < protocol.MaxAttachments {
			cmd.Attachments = append(cmd.Attachments, d.Files[i].Attachment.ID)
		}
	}
	d.unsaved, d.saved = false, !d.blank() || d.Note != ""
	d.saving = s.line.say(s, fx, protocol.KindDraftSave, &cmd)
	s.requests[d.saving] = request{what: askDraft, number: n}
}

// live tells whether the line carries anything now.
func (s *State) live() bool { return s.line.link != nil && s.line.link.Phase() == link.Live }

// draftSaved takes the server's yes, and hands on what was written since.
func (s *State) draftSaved(n protocol.Number, fx *bridge.Effects) {
	d := s.drafts[n]
	if d == nil {
		return
	}
	if d.saving = ""; d.unsaved {
		s.keepSoon(fx)
	} else {
		fx.Save(s.draftRecord(n), s.recordOf(n, d))
	}
}

// keepSoon has drafts kept after a pause.
func (s *State) keepSoon(fx *bridge.Effects) {
	if !s.keeping {
		s.keeping = true
		fx.Timer(timerDraft, draftPause)
	}
}

// draftRefused: it stays here, and is tried again when it has changed; without what it quotes, where that is gone, soon.
func (s *State) draftRefused(n protocol.Number, p Problem, fx *bridge.Effects) {
	d := s.drafts[n]
	if d == nil {
		return
	}
	d.saving, d.saved = "", false
	switch t := s.talks[n]; {
	case p.Code == protocol.CodeForbidden && strings.Contains(p.Reason, "draft.persistence"):
		if t != nil {
			t.DraftSession = true
		}
	case p.Code == protocol.CodeNotFound && p.Field() == "quote" && d.Quote != nil:
		d.Quote = &protocol.Quote{Message: d.Quote.Message, Gone: true}
		d.unsaved, d.dirty = true, true
		s.keepSoon(fx)
	default:
		d.unsaved = true
	}
}

// draftLoaded brings back what this browser kept, unless something newer stands there already.
func (s *State) draftLoaded(n protocol.Number, data []byte) {
	d := s.Draft(n)
	if len(data) < 2 || d.dirty {
		return
	}
	if t := s.talks[n]; t != nil && t.Phase == TalkErased {
		return
	}
	var from protocol.Draft
	if protocol.DecodeBody(data[1:], &from) != nil || from.At <= d.at {
		return
	}
	d.take(s.talks[n], &from)
	d.unsaved, d.saved = data[0] == '1', data[0] == '0'
}

// take makes a draft what was kept of it.
func (d *Draft) take(t *Talk, from *protocol.Draft) {
	d.Text, d.Note, d.Quote, d.Files, d.at = from.Text, from.Note, from.Quote, nil, from.At
	d.began, d.Warned = 0, 0
	for _, a := range from.Attachments {
		d.Files = append(d.Files, fileFrom(a))
	}
	if t == nil || d.blank() {
		return
	}
	d.began = t.newest()
	for i := len(t.Items) - 1; i >= 0 && t.Items[i].At > from.At; i-- {
		d.began = t.Items[i].Position - 1
	}
}

// fileFrom is a file that the server has, in the queue of what will be sent.
func fileFrom(a protocol.Attachment) File {
	f := File{File: bridge.File{Handle: "kept-" + string(a.ID), Name: a.Name, Type: a.Type, Size: a.Size}, Attachment: a, Sent: a.Size}
	if a.Kind == protocol.AttachmentImage && a.Width > 0 {
		f.Preview = "/files/" + string(a.ID)
	}
	return f
}

// restore takes what the server says of this operator's draft when a conversation is opened, or opened again.
func (s *State) restore(t *Talk, h *protocol.History, fx *bridge.Effects) {
	t.DraftSession = h.DraftSession
	d, theirs := s.Draft(t.Number), h.Draft
	if theirs != nil && theirs.Quote != nil && theirs.Quote.Gone && d.Quote != nil && d.Quote.Message == theirs.Quote.Message {
		d.Quote, d.dirty = theirs.Quote, true // it went while this page was closed
	}
	switch {
	case h.DraftSession:
		fx.Save(s.draftRecord(t.Number), nil)
		return
	case theirs == nil:
		if d.saved && !d.unsaved && d.saving == "" { // sent or emptied on another device
			d.take(t, &protocol.Draft{At: d.at})
			d.saved, d.dirty = false, true
		}
	case t.sending(theirs.Text): // the server is about to end it
	case d.same(theirs):
		d.saved, d.unsaved = true, false
	case theirs.At <= d.at:
		d.unsaved, d.saved = true, true
	case d.unsaved && (!d.blank() || d.Note != ""): // written while the line was down, and before what is there now
		mine := *d
		d.take(t, theirs)
		d.Text, d.Note = join(d.Text, mine.Text), join(d.Note, mine.Note)
		d.Files = append(d.Files, mine.Files...)
		if mine.Quote != nil {
			d.Quote = mine.Quote
		}
		s.changed(d, fx)
		d.saved = true
	default:
		d.take(t, theirs)
		d.dirty, d.unsaved, d.saved = true, false, true
	}
	if d.dirty || d.unsaved {
		s.keepDrafts(fx)
	}
}

// sending tells whether a text is among what is on its way already.
func (t *Talk) sending(text string) bool {
	for i := range t.Unsent {
		if u := &t.Unsent[i]; !u.Failed && text != "" && u.Text == strings.TrimSpace(text) {
			return true
		}
	}
	return false
}

// same tells whether the server has all of a draft.
func (d *Draft) same(o *protocol.Draft) bool {
	if strings.TrimSpace(d.Text) != strings.TrimSpace(o.Text) || strings.TrimSpace(d.Note) != strings.TrimSpace(o.Note) ||
		len(d.Files) != len(o.Attachments) || (d.Quote == nil) != (o.Quote == nil) {
		return false
	}
	for i := range d.Files {
		if d.Files[i].Attachment.ID != o.Attachments[i].ID {
			return false
		}
	}
	return d.Quote == nil || d.Quote.Message == o.Quote.Message
}

// join puts one text after another, unless it is there.
func join(first, second string) string {
	if strings.TrimSpace(second) == "" || strings.Contains(first, strings.TrimSpace(second)) {
		return first
	}
	if strings.TrimSpace(first) == "" {
		return second
	}
	return first + "\n\n" + second
}
