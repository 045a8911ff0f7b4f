package view

import (
	"cmp"

	"beseda/wasm/vdom"
	"beseda/wasm/words"
)

// search is a box whose text narrows what is listed below it.
type search struct {
	key, id, value string
	name           words.Key
	placeholder    words.Key // 0 says the name
	landmark       bool      // it is what one comes to the page or window for
	disabled       bool
	plain          bool // a text field without the browser's own cross
	problem        string
	on             vdom.Handler
	keys           vdom.Handler // takes the keys pressed there, 0 for nothing
}

func (p pen) search(f search) {
	p.Open(vdom.Div, f.key)
	p.Class("b-search")
	if f.landmark {
		p.Attr(vdom.Role, "search")
	}
	p.Icon("#i-search")
	p.Open(vdom.Input, "")
	p.Class("b-input")
	if f.id != "" {
		p.Attr(vdom.ID, f.id)
	}
	kind := "search"
	if f.plain {
		kind = "text"
	}
	p.Attr(vdom.Type, kind)
	p.Attr(vdom.AriaLabel, p.word(f.name))
	p.Attr(vdom.Placeholder, p.word(cmp.Or(f.placeholder, f.name)))
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Dir, "auto")
	p.Flag(vdom.Disabled, f.disabled)
	p.Attr(vdom.Value, f.value)
	p.On(vdom.InputEvent, f.on, "")
	p.On(vdom.KeyDown, f.keys, "")
	p.described(f.id, "", f.problem)
	p.Close()
	p.Close()
}
