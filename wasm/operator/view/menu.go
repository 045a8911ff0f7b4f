package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// menu gathers items and draws them with the keys between them.
type menu struct {
	p     pen
	label string
	items []menuItem
}

type menuItem struct {
	icon, text, key string
	on              vdom.Handler
	arg             string
	danger          bool
}

func (m *menu) add(icon, text, key string, on vdom.Handler, arg string) {
	m.items = append(m.items, menuItem{icon, text, key, on, arg, false})
}

func (m *menu) addDanger(icon, text string, on vdom.Handler, arg string) {
	m.items = append(m.items, menuItem{icon, text, "", on, arg, true})
}

func (m *menu) draw() {
	p := m.p
	p.Open(vdom.Div, "menu")
	p.Class("b-menu")
	p.Attr(vdom.Role, "menu")
	p.Attr(vdom.AriaLabel, m.label)
	p.Attr(vdom.DataState, "opening")
	for i, item := range m.items {
		p.button(item.text, "b-menu__item", item.on, item.arg)
		if item.danger {
			p.Class("b-menu__item--danger")
		}
		p.Attr(vdom.ID, "menu-"+itoa(i))
		p.Attr(vdom.Role, "menuitem")
		p.Int(vdom.TabIndex, -1)
		p.On(vdom.KeyDown, state.MenuKey, itoa(i)+" "+itoa(len(m.items)))
		p.Icon(item.icon)
		p.Leaf(vdom.Span, "", item.text)
		if item.key != "" && !p.s.Prefs.NoKeys {
			p.Open(vdom.Kbd, "")
			p.Attr(vdom.AriaHidden, "true")
			p.Text(item.key)
			p.Close()
		}
		p.Close()
	}
	p.Close()
}
