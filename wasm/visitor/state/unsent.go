package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
)

// Unsent is an own message on its way, or refused.
type Unsent struct {
	ID    protocol.CommandID
	At    int64
	Text  string
	Files []protocol.Attachment
	Quote protocol.Position      // the message that it answers; 0 is none
	State protocol.DeliveryState // sending, sent or failed
	// Code and Reason of a failed one; Old: nobody asked for so long that the person decides.
	Code   protocol.Code
	Reason string
	Old    bool
}

// collect makes Unsent what the link still has and the items do not.
func (s *State) collect() {
	var list []Unsent
	for e := range s.link.Outbox {
		if e.Kind != protocol.KindMessageSend || s.holds(e.ID) {
			continue
		}
		u := s.unsentOf(e)
		u.State, u.Code, u.Reason, u.Old = protocol.StateSending, e.Code, e.Reason, e.State == link.Old
		switch e.State {
		case link.Stored:
			u.State = protocol.StateSent
		case link.Failed, link.Old:
			u.State = protocol.StateFailed
		}
		list = append(list, u)
	}
	s.Unsent = list
}

// unsentOf is what is known of an entry, read once.
func (s *State) unsentOf(e *link.Entry) Unsent {
	for i := range s.Unsent {
		if s.Unsent[i].ID == e.ID {
			return s.Unsent[i]
		}
	}
	var body protocol.MessageSend
	_ = protocol.DecodeBody(e.Body, &body) // what does not read shows as empty, and the server says why
	u := Unsent{ID: e.ID, At: e.At + s.skew, Text: body.Text, Quote: body.Quote}
	for _, id := range body.Attachments {
		u.Files = append(u.Files, s.fileOf(id))
	}
	return u
}

// fileOf is what this page knows of an uploaded file; one from before a reload has lost its name.
func (s *State) fileOf(id protocol.AttachmentID) protocol.Attachment {
	for i := range s.files {
		if s.files[i].ID == id {
			return s.files[i]
		}
	}
	return protocol.Attachment{ID: id}
}

// holds tells whether a message is among the newest items.
func (s *State) holds(id protocol.CommandID) bool {
	for i := len(s.Items) - 1; i >= 0; i-- {
		if s.Items[i].ID == id {
			return true
		}
	}
	return false
}

func (s *State) hasUnsent() bool { return len(s.Unsent) > 0 }

func (s *State) retry(e *bridge.Event, fx *bridge.Effects) {
	id := protocol.CommandID(e.Arg)
	if cmd := unquoted(s.link.Find(id)); cmd != nil {
		s.link.Drop(s.at, fx, id)
		s.link.Send(s.at, fx, 0, protocol.KindMessageSend, cmd)
	} else {
		s.link.Again(s.at, fx, id)
	}
	fx.Focus(TextID)
}

func (s *State) discard(e *bridge.Event, fx *bridge.Effects) {
	s.link.Drop(s.at, fx, protocol.CommandID(e.Arg))
	fx.Focus(TextID)
}

// copy puts the text of a refused message on the clipboard.
func (s *State) copy(e *bridge.Event, fx *bridge.Effects) {
	for i := range s.Unsent {
		if u := &s.Unsent[i]; string(u.ID) == e.Arg {
			s.copying = u.ID
			fx.CopyText(u.Text)
		}
	}
}
