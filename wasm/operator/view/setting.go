package view

import (
	"beseda/wasm/vdom"
)

// setting opens a line with a name, a hint and room for its control.
func (p pen) setting(key string, tag vdom.Tag, name, hint string) {
	p.Open(tag, key)
	p.Class("b-setting")
	p.Open(vdom.Span, "name")
	p.Class("b-setting__name")
	p.Attr(vdom.ID, "setting-"+key)
	p.Text(name)
	p.Close()
	p.Open(vdom.Span, "hint")
	p.Class("b-setting__hint")
	p.Attr(vdom.ID, "setting-hint-"+key)
	p.Text(hint)
	p.Close()
	p.Open(vdom.Span, "control")
	p.Class("b-setting__control")
}

func (p pen) settingEnd() {
	p.Close()
	p.Close()
}

// selectBox is a list to choose one of, named by the element with the id.
func (p pen) selectBox(namedBy string, on vdom.Handler, arg, value string, options [][2]string) {
	p.Open(vdom.Select, "select")
	p.Class("b-input")
	p.Attr(vdom.AriaLabelledBy, namedBy)
	p.On(vdom.Change, on, arg)
	for _, o := range options {
		p.Open(vdom.Option, o[0])
		p.Attr(vdom.Value, o[0])
		p.Flag(vdom.Selected, o[0] == value)
		p.Text(o[1])
		p.Close()
	}
	p.Close()
}

// segments are a few choices side by side.
func (p pen) segments(namedBy string, on vdom.Handler, chosen string, options [][2]string) {
	p.Open(vdom.Span, "segments")
	p.Class("b-seg")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabelledBy, namedBy)
	for _, o := range options {
		p.button("seg-"+o[0], "b-seg__item", on, o[0])
		p.Bool(vdom.AriaPressed, o[0] == chosen)
		p.Text(o[1])
		p.Close()
	}
	p.Close()
}

// toggle is a switch of a setting.
func (p pen) toggle(key string, on bool, h vdom.Handler, arg string) {
	p.Open(vdom.Input, "switch")
	p.Class("b-switch")
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.Role, "switch")
	p.Attr(vdom.AriaLabelledBy, "setting-"+key)
	p.Attr(vdom.AriaDescribedBy, "setting-hint-"+key)
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, h, arg)
	p.Close()
}
