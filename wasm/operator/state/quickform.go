package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
	say "beseda/wasm/words/console"
)

// QuickForm is a quick reply that is being made, in QuickDialog.
type QuickForm struct {
	ID                           protocol.QuickReplyID // of the one that is changed; empty for a new one
	Name, Shortcut, Text, Folder string
	Language                     string // the tag; "" for every visitor
	Shared                       bool
	Files                        []File
}

// Ids of the fields of a quick reply.
const (
	QuickNameID     = DialogFirstID
	QuickShortcutID = "quick-shortcut"
	QuickTextID     = "quick-text"
	QuickFolderID   = "quick-folder"
	QuickLanguageID = "quick-language"
	quickTag        = "quick-files"
)

// quickFrom opens the window with a message's text and files; Arg is its position.
func (s *State) quickFrom(e *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		at, _ := pairOf(e.Arg)
		s.quickOf(t, protocol.Position(at), fx)
	}
}

func (s *State) quickOf(t *Talk, at protocol.Position, fx *bridge.Effects) {
	item, in := t.message(at)
	if item == nil {
		return
	}
	s.QuickForm = QuickForm{Text: item.Text}
	for _, a := range item.Files {
		s.QuickForm.Files = append(s.QuickForm.Files, fileFrom(a))
	}
	s.show(Dialog{Kind: QuickDialog, Number: in.Number}, BoltID(at), fx)
}

// newQuick opens the window empty, with what was searched for as the name.
func (s *State) newQuick(_ *bridge.Event, fx *bridge.Effects) {
	s.QuickForm = QuickForm{Name: s.Quick.Query}
	if s.Quick.Open {
		s.leavePick(fx)
	}
	s.show(Dialog{Kind: QuickDialog}, ReplyID, fx)
}

// quickTyped takes a field; Arg is its id.
func (s *State) quickTyped(e *bridge.Event, _ *bridge.Effects) {
	f := &s.QuickForm
	s.Dialog.Problem = Problem{}
	switch e.Arg {
	case QuickNameID:
		f.Name = e.Text
	case QuickShortcutID:
		f.Shortcut = e.Text
	case QuickTextID:
		f.Text = e.Text
	case QuickFolderID:
		f.Folder = e.Text
	case QuickLanguageID:
		f.Language = e.Text
	}
}

func (s *State) quickShared(e *bridge.Event, _ *bridge.Effects) { s.QuickForm.Shared = e.B == 1 }

func (s *State) quickFiles(_ *bridge.Event, fx *bridge.Effects) { fx.ChooseFiles(quickTag, "", true) }

// quickGiven takes files for the quick reply.
func (s *State) quickGiven(e *bridge.Event, fx *bridge.Effects) {
	for _, f := range e.Files() {
		if s.Dialog.Kind != QuickDialog {
			fx.ForgetFile(f.Handle)
			continue
		}
		file := File{File: f}
		if limit := protocol.MaxBytes(timeline.KindOf(f.Type)); f.Size > limit {
			file.Code, file.Limit = protocol.CodeTooLarge, limit
		} else {
			fx.Upload(f.Handle, "/files")
		}
		s.QuickForm.Files = append(s.QuickForm.Files, file)
	}
}

// CanSave tells whether nothing is missing that the server would ask for.
func (f *QuickForm) CanSave() bool {
	for i := range f.Files {
		if !f.Files[i].Ready() {
			return false
		}
	}
	return strings.TrimSpace(f.Name) != "" && len(f.Files) <= protocol.MaxAttachments &&
		(len(f.Files) > 0 || !timeline.Blank(f.Text)) && timeline.Left(f.Text) >= 0
}

// removeQuickFile takes a file out; Arg is its handle.
func (s *State) removeQuickFile(handle string, fx *bridge.Effects) bool {
	f := &s.QuickForm
	before := len(f.Files)
	f.Files = slices.DeleteFunc(f.Files, func(file File) bool { return file.Handle == handle })
	if len(f.Files) == before {
		return false
	}
	fx.ForgetFile(handle)
	fx.Focus(QuickTextID)
	return true
}

func (s *State) saveQuick(_ *bridge.Event, fx *bridge.Effects) {
	d, f := &s.Dialog, &s.QuickForm
	if d.Kind != QuickDialog || d.Busy || !f.CanSave() {
		return
	}
	cmd := &protocol.QuickReplyCreate{
		Name: strings.TrimSpace(f.Name), Shortcut: strings.TrimSpace(f.Shortcut), Text: strings.TrimSpace(f.Text),
		Folder: strings.TrimSpace(f.Folder), Language: f.Language, Shared: f.Shared && s.May(protocol.RightSettings),
	}
	for i := range f.Files {
		cmd.Attachments = append(cmd.Attachments, f.Files[i].Attachment.ID)
	}
	d.Busy, d.Problem = true, Problem{}
	if f.ID != "" {
		s.ask(fx, protocol.KindQuickReplyChange, s.quickChange(f.ID, cmd), request{what: askQuickForm, word: cmd.Name})
		return
	}
	s.ask(fx, protocol.KindQuickReplyCreate, cmd, request{what: askQuickForm, word: cmd.Name})
}

func (s *State) quickSaved(r request, fx *bridge.Effects) {
	if s.Dialog.Kind == QuickDialog {
		s.closeDialog(nil, fx)
	}
	s.toast(Toast{Text: s.Words.Fill(say.QuickSaved, r.word)}, fx)
}

// Folders are those that quick replies lie in, to choose from.
func (s *State) Folders() []string {
	var all []string
	for _, q := range s.Quick.all {
		if q.Folder != "" && !slices.Contains(all, q.Folder) {
			all = append(all, q.Folder)
		}
	}
	slices.Sort(all)
	return all
}
