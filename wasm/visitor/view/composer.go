package view

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

func composer(b *vdom.Builder, s *state.State) {
	d, w := &s.Draft, s.Words
	left := timeline.Left(d.Text)
	b.Open(vdom.Form, "")
	b.Class("b-composer")
	b.Attr(vdom.AriaLabel, w.Fill(say.WriteTo, s.Team))
	b.On(vdom.Submit, state.OnSubmit, "")
	quoting(b, s)
	queue(b, s)
	written(b, vdom.Textarea, "text", "b-composer__text")
	b.Attr(vdom.ID, state.TextID)
	b.Attr(vdom.AriaLabel, w.Text(say.Message))
	b.Attr(vdom.Placeholder, w.Text(say.Placeholder))
	b.Attr(vdom.Rows, "1")
	b.Attr(vdom.EnterKeyHint, "send")
	about := ""
	if left <= timeline.NearLimit {
		about = "count"
	}
	if d.Quote != 0 {
		about += " quoting"
	}
	if about != "" {
		b.Attr(vdom.AriaDescribedBy, about)
	}
	if left < 0 {
		b.Attr(vdom.AriaInvalid, "true")
	}
	b.Attr(vdom.Value, d.Text)
	b.On(vdom.InputEvent, state.OnText, "")
	b.On(vdom.KeyDown, state.OnTextKey, "")
	b.Close()
	b.Open(vdom.Div, "row")
	b.Class("b-composer__row")
	iconButton(b, w.Text(say.AttachFiles), "#i-attach", state.OnAttach, "")
	b.Open(vdom.Span, "end")
	b.Class("b-composer__end")
	count(b, s, left)
	send(b, s)
	b.Close()
	b.Close()
	b.Close()
}

// count is how many more characters fit, where that matters, or what else keeps the message from going.
func count(b *vdom.Builder, s *state.State, left int) {
	d := &s.Draft
	near, many := left <= timeline.NearLimit, len(d.Files) > protocol.MaxAttachments
	if !near && !many && !d.Waiting {
		return
	}
	b.Open(vdom.Span, "count")
	b.Class("b-composer__count")
	if left < 0 || !near && many {
		b.Attr(vdom.DataState, "over")
	}
	if near {
		b.Attr(vdom.ID, "count")
	} else {
		b.Attr(vdom.Role, "status")
	}
	switch {
	case near:
		b.Text(s.LeftWords(left))
	case many:
		b.Text(s.Words.Fill(say.TooManyFiles, strconv.Itoa(len(d.Files)), strconv.Itoa(protocol.MaxAttachments)))
	default:
		b.Text(s.Words.Text(say.FilesFirst))
	}
	b.Close()
}

// send is the button that sends, or shows that files are still on their way.
func send(b *vdom.Builder, s *state.State) {
	d, name := &s.Draft, s.Words.Text(say.Send)
	b.Open(vdom.Button, "send")
	b.Class("b-composer__send")
	b.Attr(vdom.Type, "submit")
	b.Attr(vdom.AriaLabel, name)
	b.Attr(vdom.Title, name)
	b.Flag(vdom.Disabled, !d.CanSend())
	if d.Waiting {
		b.Attr(vdom.AriaBusy, "true")
		b.Open(vdom.Span, "")
		b.Class("b-spinner")
		b.Close()
	} else {
		b.IconClass("#i-send", "b-icon b-icon--dir")
	}
	b.Close()
}

// queue is the files that go with the message.
func queue(b *vdom.Builder, s *state.State) {
	if len(s.Draft.Files) == 0 {
		return
	}
	b.Open(vdom.UL, "queue")
	b.Class("b-composer__queue")
	for i := range s.Draft.Files {
		upload(b, s, &s.Draft.Files[i])
	}
	b.Close()
}

func upload(b *vdom.Builder, s *state.State, f *state.File) {
	w := s.Words
	b.Open(vdom.LI, f.Handle)
	b.Class("b-upload")
	if f.Wrong() {
		b.Attr(vdom.DataState, "failed")
	}
	if f.Preview != "" {
		b.Open(vdom.Img, "")
		b.Class("b-upload__preview")
		b.Attr(vdom.Src, f.Preview)
		b.Attr(vdom.Alt, "")
		b.Close()
	}
	b.Open(vdom.Span, "")
	b.Class("b-upload__what")
	switch {
	case f.Wrong():
		b.Attr(vdom.Role, "alert")
		b.Text(s.FileWords(f))
	default:
		b.Leaf(vdom.BDI, "b-upload__name", f.Name)
		if f.Ready() {
			b.Leaf(vdom.Span, "b-upload__size", w.Size(f.Size))
			break
		}
		share := int64(0)
		if f.Size > 0 {
			share = min(100, f.Sent*100/f.Size)
		}
		percent := strconv.FormatInt(share, 10)
		b.Open(vdom.Span, "bar")
		b.Class("b-upload__bar")
		b.Attr(vdom.Role, "progressbar")
		b.Attr(vdom.AriaLabel, w.Fill(say.SendingFile, f.Name))
		b.Attr(vdom.AriaValueNow, percent)
		b.Attr(vdom.AriaValueMin, "0")
		b.Attr(vdom.AriaValueMax, "100")
		b.Open(vdom.I, "")
		b.Attr(vdom.StyleInlineSize, percent+"%")
		b.Close()
		b.Close()
	}
	b.Close()
	if f.Lost || f.Wrong() && f.Code != protocol.CodeTooLarge {
		button(b, "b-linkbutton b-linkbutton--danger", w.Text(say.TryAgain), state.OnRetryFile, f.Handle)
	}
	small(b, "remove", w.Fill(say.RemoveFile, f.Name), state.OnRemoveFile, f.Handle)
	b.IconClass("#i-close", "b-icon b-icon--sm")
	b.Close()
	b.Close()
}
