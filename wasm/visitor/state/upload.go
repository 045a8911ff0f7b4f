package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
	say "beseda/wasm/words/visitor"
)

// File is a file chosen for a message.
type File struct {
	bridge.File
	Sent       int64               // bytes
	Attachment protocol.Attachment // with its ID once the server has it
	Code       protocol.Code       // why it cannot be sent
	Lost       bool                // the line failed on the way
	Limit      int64               // what Code too_large allows

	begun bool
}

// Ready tells that the server has it; Wrong that it will not be sent as it is.
func (f *File) Ready() bool { return f.Attachment.ID != "" }
func (f *File) Wrong() bool { return f.Code != "" || f.Lost }

// filesGiven takes files that were chosen, dropped or pasted.
func (s *State) filesGiven(e *bridge.Event, fx *bridge.Effects) {
	s.Draft.Over = false
	for _, given := range e.Files() {
		f := File{File: given}
		if limit := protocol.MaxBytes(timeline.KindOf(f.Type)); f.Size > limit {
			f.Code, f.Limit = protocol.CodeTooLarge, limit
		}
		s.Draft.Files = append(s.Draft.Files, f)
	}
	s.uploadAll(fx)
	fx.Focus(TextID)
}

// uploadAll starts what waited for the line, and what it broke.
func (s *State) uploadAll(fx *bridge.Effects) {
	if !s.Live() || s.key == "" {
		return
	}
	for i := range s.Draft.Files {
		if f := &s.Draft.Files[i]; f.Lost || !f.begun && !f.Wrong() {
			s.upload(f, fx)
		}
	}
}

func (s *State) upload(f *File, fx *bridge.Effects) {
	f.Code, f.Lost, f.Sent, f.begun = "", false, 0, true
	s.acted = true
	fx.Upload(f.Handle, "/files")
}

func (s *State) file(handle string) *File {
	for i := range s.Draft.Files {
		if s.Draft.Files[i].Handle == handle {
			return &s.Draft.Files[i]
		}
	}
	return nil
}

func (s *State) uploading(e *bridge.Event) {
	if f := s.file(e.Arg); f != nil {
		f.Sent = e.A
	}
}

func (s *State) uploaded(e *bridge.Event, fx *bridge.Effects) {
	f := s.file(e.Arg)
	if f == nil {
		return
	}
	number := func(field string) int64 {
		n, _ := strconv.ParseInt(e.Field(field), 10, 64)
		return n
	}
	f.Sent = f.Size
	f.Attachment = protocol.Attachment{
		ID: protocol.AttachmentID(e.Field("id")), Name: e.Field("name"), Kind: protocol.AttachmentKind(e.Field("kind")),
		Type: e.Field("type"), Size: number("size"), Width: int(number("width")), Height: int(number("height")),
	}
	if s.Draft.Waiting {
		s.Draft.Waiting = false
		s.send(fx)
	}
}

func (s *State) uploadFailed(e *bridge.Event) {
	f := s.file(e.Arg)
	if f == nil {
		return
	}
	s.Draft.Waiting = false
	f.Code, f.Lost = protocol.Code(e.Text), e.Text == ""
	if limit, ok := strings.CutPrefix(e.Field("reason"), "limit="); ok {
		f.Limit, _ = strconv.ParseInt(limit, 10, 64)
	}
}

func (s *State) removeFile(handle string, fx *bridge.Effects) {
	for i := range s.Draft.Files {
		if s.Draft.Files[i].Handle == handle {
			s.Draft.Files = append(s.Draft.Files[:i:i], s.Draft.Files[i+1:]...)
			fx.ForgetFile(handle)
			break
		}
	}
	if len(s.Draft.Files) == 0 {
		s.Draft.Waiting = false
	}
	fx.Focus(TextID)
}

// FileWords says what is wrong with a file, and what is allowed.
func (s *State) FileWords(f *File) string {
	if f.Code == protocol.CodeTooLarge && f.Limit > 0 {
		return s.Words.Fill(say.FileTooLarge, f.Name, s.Words.Size(f.Size), s.Words.Size(f.Limit))
	}
	return s.Words.Fill(say.FileFailed, f.Name)
}
