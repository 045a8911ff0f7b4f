package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// palette is the window of commands: a field, and below it what it finds.
func (p pen) palette(d *state.Dialog) {
	s := p.s
	all := s.Commands()
	p.Open(vdom.Div, "field")
	p.Class("b-palette__field")
	p.Icon("#i-search")
	p.Open(vdom.Input, "")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.Role, "combobox")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.AriaLabel, p.word(say.PaletteAsk))
	p.Attr(vdom.Placeholder, p.word(say.PaletteAsk))
	p.Attr(vdom.AriaExpanded, "true")
	p.Attr(vdom.AriaControls, state.PaletteListID)
	p.Attr(vdom.AriaAutocomplete, "list")
	if len(all) > 0 {
		p.Attr(vdom.AriaActiveDescendant, state.CommandID(d.Active))
	}
	p.Attr(vdom.Value, d.Query)
	p.On(vdom.InputEvent, state.PaletteTyped, "")
	p.On(vdom.KeyDown, state.PaletteKey, "")
	p.Close()
	p.Open(vdom.Kbd, "esc")
	p.Attr(vdom.AriaHidden, "true")
	p.Text("Esc")
	p.Close()
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-palette__list")
	p.Attr(vdom.ID, state.PaletteListID)
	p.Attr(vdom.Role, "listbox")
	p.Attr(vdom.AriaLabel, p.word(say.Commands))
	for i := 0; i < len(all); {
		group := all[i].Group
		p.Open(vdom.Div, "g"+itoa(i))
		p.Attr(vdom.Role, "group")
		p.Attr(vdom.AriaLabel, p.word(group))
		p.groupTitle(group)
		for ; i < len(all) && all[i].Group == group; i++ {
			p.command(&all[i], i, i == d.Active)
		}
		p.Close()
	}
	p.Close()
	if len(all) == 0 {
		p.Leaf(vdom.P, "b-palette__none", p.word(say.PaletteNone))
	}
}

func (p pen) groupTitle(group words.Key) {
	p.Open(vdom.P, "title")
	p.Class("b-menu__title")
	p.Attr(vdom.AriaHidden, "true")
	p.Text(p.word(group))
	p.Close()
}

func (p pen) command(c *state.Command, i int, active bool) {
	p.button("c"+itoa(i), "b-menu__item", state.RunCommand, itoa(i))
	p.Attr(vdom.ID, state.CommandID(i))
	p.Attr(vdom.Role, "option")
	p.Bool(vdom.AriaSelected, active)
	p.Flag(vdom.DataActive, active)
	p.Int(vdom.TabIndex, -1)
	p.IconClass(c.Icon, "b-icon b-icon--dir")
	p.Open(vdom.Span, "")
	p.Attr(vdom.Dir, "auto")
	p.Text(c.Text)
	p.Close()
	if c.Keys != "" {
		p.Open(vdom.Kbd, "")
		p.Attr(vdom.AriaHidden, "true")
		p.Text(c.Keys)
		p.Close()
	}
	p.Close()
}
