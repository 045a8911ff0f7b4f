package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// queue is the files that will go with the message.
func (p pen) queue(d *state.Draft) {
	if len(d.Files) == 0 {
		return
	}
	p.uploads("queue", say.FilesChosen, d.Files)
	if len(d.Files) > 1 {
		p.button("all", "b-linkbutton", state.RemoveFiles, "")
		p.Text(p.word(say.RemoveAll))
		p.Close()
	}
	if len(d.Files) > protocol.MaxAttachments {
		p.Open(vdom.Span, "many")
		p.Class("b-field__error")
		p.Attr(vdom.Role, "alert")
		p.Text(p.s.Words.Fill(say.TooManyFiles, itoa(protocol.MaxAttachments)))
		p.Close()
	}
	p.Close()
}

// uploads opens a list of files, and leaves it open for what else belongs below them.
func (p pen) uploads(key string, name words.Key, files []state.File) {
	p.Open(vdom.Div, key)
	p.Class("b-composer__queue")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaLabel, p.word(name))
	for i := range files {
		p.upload(&files[i])
	}
}

func (p pen) upload(f *state.File) {
	s := p.s
	p.Open(vdom.Div, f.Handle)
	p.Class("b-upload")
	p.Attr(vdom.Role, "listitem")
	if f.Wrong() {
		p.Attr(vdom.DataState, "failed")
	}
	if f.Preview != "" {
		p.Open(vdom.Img, "")
		p.Class("b-upload__thumb")
		p.Attr(vdom.Src, f.Preview)
		p.Attr(vdom.Alt, "")
		p.Close()
	} else {
		p.small("#i-file")
	}
	p.Open(vdom.Span, "what")
	p.Class("b-upload__what")
	p.Open(vdom.Span, "")
	p.Class("b-upload__name")
	p.Attr(vdom.Dir, "auto")
	p.Text(f.Name)
	p.Close()
	switch {
	case f.Code == protocol.CodeTooLarge && f.Limit > 0:
		p.uploadProblem(s.Words.Fill(say.FileTooLarge, f.Name, s.Words.Size(f.Size), s.Words.Size(f.Limit)))
	case f.Wrong():
		p.uploadProblem(s.Words.Fill(say.FileFailed, f.Name))
	case f.Ready():
		p.Leaf(vdom.Span, "b-upload__size", s.Words.Size(f.Size))
	default:
		percent := 0
		if f.Size > 0 {
			percent = int(min(f.Sent*100/f.Size, 99))
		}
		p.Open(vdom.Span, "bar")
		p.Class("b-upload__bar")
		p.Attr(vdom.Role, "progressbar")
		p.Attr(vdom.AriaLabel, f.Name)
		p.Int(vdom.AriaValueMin, 0)
		p.Int(vdom.AriaValueMax, 100)
		p.Int(vdom.AriaValueNow, percent)
		p.Open(vdom.I, "")
		p.Attr(vdom.StyleInlineSize, itoa(percent)+"%")
		p.Close()
		p.Close()
	}
	p.Close()
	if f.Wrong() && f.Code != protocol.CodeTooLarge {
		p.button("retry", "b-linkbutton", state.RetryFile, f.Handle)
		p.Text(p.word(say.TryAgain))
		p.Close()
	}
	p.iconButton("remove", "b-iconbutton--small", "#i-close", s.Words.Fill(say.RemoveFile, f.Name), state.RemoveFile, f.Handle)
	p.Close()
}

func (p pen) uploadProblem(text string) {
	p.Open(vdom.Span, "problem")
	p.Class("b-upload__problem")
	p.Attr(vdom.Role, "alert")
	p.Text(text)
	p.Close()
}
