package view

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// attachment draws a file of a message: pictures as such, in a box whose size is known before they come.
func attachment(b *vdom.Builder, s *state.State, a *protocol.Attachment) {
	url, broken := s.Image(a.ID)
	if state.IsImage(a) && !broken {
		picture(b, s, a, url)
		return
	}
	b.Open(vdom.Div, string(a.ID))
	b.Class("b-message__bubble")
	name := a.Name
	if name == "" {
		name = s.Words.Text(say.File)
	}
	press(b, "", "b-file", state.OnDownload, string(a.ID)+" "+name)
	b.Attr(vdom.AriaLabel, s.Words.Fill(say.Download, name))
	b.Open(vdom.Span, "")
	b.Class("b-file__icon")
	b.Icon("#i-file")
	b.Close()
	b.Open(vdom.Span, "")
	b.Open(vdom.Span, "")
	b.Class("b-file__name")
	b.Leaf(vdom.BDI, "", name)
	b.Close()
	b.Leaf(vdom.Span, "b-file__size", details(s, a))
	b.Close()
	b.IconClass("#i-download", "b-icon b-icon--sm")
	b.Close()
	b.Close()
}

// details is the sort and size of a file: "PDF · 1.2 MB".
func details(s *state.State, a *protocol.Attachment) string {
	if a.Size == 0 {
		return ""
	}
	size := s.Words.Size(a.Size)
	if dot := strings.LastIndexByte(a.Name, '.'); dot > 0 && len(a.Name)-dot <= 5 {
		return strings.ToUpper(a.Name[dot+1:]) + " · " + size
	}
	return size
}

const (
	pictureWidth  = 240 // CSS pixels
	pictureHeight = 280
)

func picture(b *vdom.Builder, s *state.State, a *protocol.Attachment, url string) {
	width, height := fit(a.Width, a.Height)
	b.Open(vdom.Div, string(a.ID))
	b.Class("b-message__bubble b-message__bubble--media")
	press(b, "", "b-picture", state.OnDownload, string(a.ID)+" "+a.Name)
	b.Attr(vdom.AriaLabel, s.Words.Fill(say.Download, a.Name))
	b.Attr(vdom.StyleInlineSize, strconv.Itoa(width)+"px")
	b.Attr(vdom.StyleAspectRatio, strconv.Itoa(width)+"/"+strconv.Itoa(height))
	if url == "" {
		b.On(vdom.Visible, state.OnImageSeen, string(a.ID))
	} else {
		b.Open(vdom.Img, "")
		b.Attr(vdom.Src, url)
		b.Attr(vdom.Alt, a.Name)
		b.Int(vdom.Width, a.Width)
		b.Int(vdom.Height, a.Height)
		b.On(vdom.Failed, state.OnImageBroken, string(a.ID))
		b.Close()
	}
	b.Close()
	b.Close()
}

// fit is the size of a picture's box: as the picture, but no larger than the log allows and never a thread.
func fit(width, height int) (int, int) {
	w, h := width, height
	if w > pictureWidth {
		w, h = pictureWidth, h*pictureWidth/w
	}
	if h > pictureHeight {
		w, h = w*pictureHeight/h, pictureHeight
	}
	return max(w, 64), max(h, 48)
}
