package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/prose"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// stack is what a message consists of: what it quotes, its text and its files. Linked says that the files can be fetched.
func (p pen) stack(t *state.Talk, quote *protocol.Quote, text string, files []protocol.Attachment, linked bool) {
	p.Open(vdom.Div, "stack")
	p.Class("b-message__stack")
	if text != "" || quote != nil {
		p.Open(vdom.Div, "text")
		p.Class("b-message__bubble")
		p.quote(t, quote)
		if text != "" {
			p.Open(vdom.Div, "prose")
			p.Class("b-message__text")
			p.Attr(vdom.Dir, "auto")
			prose.Draw(p.Builder, text)
			p.Close()
		}
		p.Close()
	}
	for i := range files {
		f := &files[i]
		p.Open(vdom.Div, string(f.ID))
		p.Class("b-message__bubble")
		if inline(f) {
			p.Class("b-message__bubble--media")
			p.image(f)
		} else {
			p.file(f, linked)
		}
		p.Close()
	}
	p.Close()
}

// inline tells whether a file is a picture that the server shows in place.
func inline(f *protocol.Attachment) bool {
	switch f.Type {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
		return f.Width > 0 && f.Height > 0
	}
	return false
}

// Pictures are at most so large, in pixels; their place is kept before they come.
const (
	pictureWide = 320
	pictureHigh = 288
)

func (p pen) image(f *protocol.Attachment) {
	address := fileAddress(f)
	p.Open(vdom.A, "")
	p.Class("b-picture")
	p.Attr(vdom.Href, address)
	p.Attr(vdom.Target, "_blank")
	p.Attr(vdom.Rel, "noopener")
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.OpenImage, f.Name))
	w, h := fit(f.Width, f.Height)
	p.Attr(vdom.StyleInlineSize, itoa(w)+"px")
	p.Attr(vdom.StyleAspectRatio, itoa(w)+"/"+itoa(h))
	p.Open(vdom.Img, "")
	p.Attr(vdom.Src, address)
	p.Attr(vdom.Alt, f.Name)
	p.Int(vdom.Width, w)
	p.Int(vdom.Height, h)
	p.Attr(vdom.Loading, "lazy")
	p.Attr(vdom.Decoding, "async")
	p.Close()
	p.Close()
}

// fit scales a picture down into its box, never under what a finger can meet.
func fit(w, h int) (int, int) {
	if w > pictureWide {
		w, h = pictureWide, h*pictureWide/w
	}
	if h > pictureHigh {
		w, h = w*pictureHigh/h, pictureHigh
	}
	return max(w, 48), max(h, 24)
}

func (p pen) file(f *protocol.Attachment, linked bool) {
	name := f.Name
	if name == "" {
		name = p.s.KindWords(f.Kind)
	}
	if linked {
		p.Open(vdom.A, "")
		p.Attr(vdom.Href, fileAddress(f))
		p.Attr(vdom.Download, f.Name)
		p.Attr(vdom.Target, "_blank")
		p.Attr(vdom.Rel, "noopener")
	} else {
		p.Open(vdom.Span, "")
	}
	p.Class("b-file")
	p.Open(vdom.Span, "")
	p.Class("b-file__icon")
	p.Icon(fileIcon(f.Kind))
	p.Close()
	p.Open(vdom.Span, "")
	p.Open(vdom.Span, "")
	p.Class("b-file__name")
	p.Attr(vdom.Dir, "auto")
	p.Text(name)
	p.Close()
	if f.Size > 0 {
		p.Leaf(vdom.Span, "b-file__size", p.s.Words.Size(f.Size))
	}
	p.Close()
	p.Close()
}

func fileIcon(kind protocol.AttachmentKind) string {
	if kind == protocol.AttachmentImage {
		return "#i-image"
	}
	return "#i-file"
}

func fileAddress(f *protocol.Attachment) string { return "/files/" + string(f.ID) }
