package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
)

func (s *State) chooseFiles(_ *bridge.Event, fx *bridge.Effects) { fx.ChooseFiles(filesTag, "", true) }

// filesGiven takes files that were chosen, dropped or pasted.
func (s *State) filesGiven(e *bridge.Event, fx *bridge.Effects) {
	if e.Kind == bridge.Files && e.Arg == pictureTag {
		s.pictureChosen(e, fx)
		return
	}
	if e.Kind == bridge.Files && e.Arg == quickTag {
		s.quickGiven(e, fx)
		return
	}
	t := s.Current()
	if t == nil || !t.MayReply() {
		for _, f := range e.Files() {
			fx.ForgetFile(f.Handle)
		}
		return
	}
	d := s.Draft(t.Number)
	d.Over = false
	for _, f := range e.Files() {
		file := File{File: f}
		if limit := protocol.MaxBytes(timeline.KindOf(f.Type)); f.Size > limit {
			file.Code, file.Limit = protocol.CodeTooLarge, limit
		} else {
			fx.Upload(f.Handle, "/files")
		}
		d.Files = append(d.Files, file)
	}
	s.drafted(t.Number, fx)
	fx.Focus(ReplyID)
}

func (s *State) dragged(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayReply() {
		fx.Still()
		return
	}
	s.Draft(t.Number).Over = e.Text == "over"
}

// file finds a file by its handle, in whichever draft it is.
func (s *State) file(handle string) (protocol.Number, *Draft, *File) {
	for n, d := range s.drafts {
		for i := range d.Files {
			if d.Files[i].Handle == handle {
				return n, d, &d.Files[i]
			}
		}
	}
	for i := range s.QuickForm.Files {
		if s.QuickForm.Files[i].Handle == handle {
			return 0, nil, &s.QuickForm.Files[i]
		}
	}
	return 0, nil, nil
}

func (s *State) uploading(e *bridge.Event, fx *bridge.Effects) {
	_, _, f := s.file(e.Arg)
	if f == nil {
		fx.Still()
		return
	}
	f.Sent = e.A
}

func (s *State) uploaded(e *bridge.Event, fx *bridge.Effects) {
	if e.Arg == s.Account.Upload {
		s.pictureDone(e, fx)
		return
	}
	n, d, f := s.file(e.Arg)
	if f == nil {
		return
	}
	f.Attachment = attachmentOf(e)
	f.Sent = f.Size
	if d == nil {
		return // of a quick reply
	}
	s.drafted(n, fx)
	if d.Waiting && !d.uploading() && d.CanSend() {
		if t := s.talks[n]; t != nil && t.MayReply() {
			s.dispatch(t, d, fx)
		}
	}
}

// attachmentOf reads the server's answer to an upload.
func attachmentOf(e *bridge.Event) protocol.Attachment {
	size, _ := strconv.ParseInt(e.Field("size"), 10, 64)
	width, _ := strconv.Atoi(e.Field("width"))
	height, _ := strconv.Atoi(e.Field("height"))
	return protocol.Attachment{
		ID: protocol.AttachmentID(e.Field("id")), Name: e.Field("name"), Kind: protocol.AttachmentKind(e.Field("kind")),
		Type: e.Field("type"), Size: size, Width: width, Height: height,
	}
}

func (s *State) uploadFailed(e *bridge.Event, fx *bridge.Effects) {
	if e.Arg == s.Account.Upload {
		s.pictureFailed(e, fx)
		return
	}
	_, d, f := s.file(e.Arg)
	if f == nil {
		return
	}
	if d != nil {
		d.Waiting = false
	}
	f.Code, f.Lost = protocol.Code(e.Text), e.Text == ""
	if limit, ok := strings.CutPrefix(e.Field("reason"), "limit="); ok {
		f.Limit, _ = strconv.ParseInt(limit, 10, 64)
	}
	if f.Code == protocol.CodeUnauthorized {
		s.look(fx)
	}
}

func (s *State) retryFile(e *bridge.Event, fx *bridge.Effects) {
	if _, _, f := s.file(e.Arg); f != nil {
		f.Code, f.Lost, f.Sent = "", false, 0
		fx.Upload(f.Handle, "/files")
	}
}

func (s *State) removeFile(e *bridge.Event, fx *bridge.Effects) {
	n, d, _ := s.file(e.Arg)
	if d == nil {
		s.removeQuickFile(e.Arg, fx)
		return
	}
	for i := range d.Files {
		if d.Files[i].Handle == e.Arg {
			d.Files = append(d.Files[:i:i], d.Files[i+1:]...)
			break
		}
	}
	if len(d.Files) == 0 {
		d.Waiting = false
	}
	s.drafted(n, fx)
	fx.ForgetFile(e.Arg)
	fx.Focus(ReplyID)
}

func (s *State) removeFiles(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		d := s.Draft(t.Number)
		for i := range d.Files {
			fx.ForgetFile(d.Files[i].Handle)
		}
		d.Files, d.Waiting = nil, false
		s.drafted(t.Number, fx)
		fx.Focus(ReplyID)
	}
}
