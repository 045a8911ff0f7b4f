package view

import (
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// preview is the widget as a visitor will meet it: the launcher and its greeting, and the widget open. It is a picture:
// nothing in it can be pressed.
func (p pen) preview(f *state.Form) {
	p.Open(vdom.Div, "preview")
	p.Class("b-preview")
	p.Open(vdom.Div, "bar")
	p.Class("b-preview__bar")
	p.Open(vdom.Span, "name")
	p.Attr(vdom.ID, "preview-name")
	p.Text(p.word(say.Preview))
	p.Close()
	theme := ""
	if f.Dark {
		theme = "dark"
	}
	p.segments("preview-name", state.PreviewTheme, theme, [][2]string{{"", p.word(say.ThemeLight)}, {"dark", p.word(say.ThemeDark)}})
	p.Close()
	p.Open(vdom.Div, "stage")
	p.Class("b-preview__stage")
	p.Attr(vdom.Role, "img")
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.PreviewOf, f.Name))
	if color, ok := state.ParseColor(f.Color); ok {
		p.Attr(vdom.StyleBrand, color.String())
	}
	if f.Dark {
		p.Attr(vdom.DataState, "dark")
	}
	if f.Left {
		p.Attr(vdom.DataSide, "left")
	}
	p.Open(vdom.Div, "inside")
	p.Class("b-preview__inside")
	p.Attr(vdom.AriaHidden, "true")
	p.previewWidget(f)
	p.previewGreeting(f)
	p.Open(vdom.Span, "launcher")
	p.Class("b-launcher")
	p.mark("b-mark--launcher")
	p.Close()
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) previewWidget(f *state.Form) {
	me := face.Face{ID: string(p.s.Me.ID), Name: p.s.Me.Name, Picture: state.Picture(&p.s.Me)}
	p.Open(vdom.Div, "widget")
	p.Class("b-widget")
	p.Open(vdom.Div, "head")
	p.Class("b-widget__head b-island")
	p.Open(vdom.Span, "")
	p.Class("b-widget__team")
	face.Draw(p.Builder, me)
	p.Close()
	p.Open(vdom.P, "title")
	p.Class("b-widget__title")
	p.Attr(vdom.Dir, "auto")
	p.Text(f.Name)
	p.Close()
	p.Leaf(vdom.P, "b-widget__presence", p.word(say.Online))
	p.Close()
	p.Open(vdom.Div, "main")
	p.Class("b-widget__main")
	p.Open(vdom.Div, "")
	p.Class("b-log")
	me.Size = "b-avatar--sm"
	p.Open(vdom.Div, "theirs")
	p.Class("b-message")
	p.Open(vdom.Span, "")
	p.Class("b-message__avatar")
	face.Draw(p.Builder, me)
	p.Close()
	p.Leaf(vdom.Span, "b-message__author", p.s.Me.Name)
	p.previewBubble(p.word(say.PreviewHello))
	p.Close()
	p.Open(vdom.Div, "own")
	p.Class("b-message b-message--end")
	p.previewBubble(p.word(say.PreviewAnswer))
	p.Close()
	p.Close()
	p.Close()
	p.Open(vdom.Div, "composer")
	p.Class("b-composer")
	p.Leaf(vdom.P, "b-composer__text", p.word(say.PreviewWrite))
	p.Open(vdom.Div, "")
	p.Class("b-composer__row")
	p.Open(vdom.Span, "")
	p.Class("b-iconbutton")
	p.Icon("#i-attach")
	p.Close()
	p.Open(vdom.Span, "end")
	p.Class("b-composer__end")
	p.Open(vdom.Span, "")
	p.Class("b-composer__send")
	p.Icon("#i-send")
	p.Close()
	p.Close()
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) previewBubble(text string) {
	p.Open(vdom.Div, "stack")
	p.Class("b-message__stack")
	p.Open(vdom.Div, "")
	p.Class("b-message__bubble")
	p.Leaf(vdom.Div, "b-message__text", text)
	p.Close()
	p.Close()
}

func (p pen) previewGreeting(f *state.Form) {
	if f.Greeting == "" {
		return
	}
	p.Open(vdom.Div, "greeting")
	p.Class("b-greeting")
	face.Draw(p.Builder, face.Face{ID: string(p.s.Me.ID), Name: p.s.Me.Name, Picture: state.Picture(&p.s.Me)})
	p.Leaf(vdom.Span, "b-greeting__who", p.s.Me.Name)
	p.Open(vdom.Span, "text")
	p.Attr(vdom.Dir, "auto")
	p.Text(f.Greeting)
	p.Close()
	p.Close()
}
