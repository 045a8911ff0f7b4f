package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// chips are the lists to go to with one press, and the way to keep the current one among them.
func (p pen) chips() {
	s := p.s
	p.Open(vdom.Div, "views")
	p.Class("b-views")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.Views))
	known, outgrown := false, s.OutgrownView()
	for _, c := range s.Chips() {
		known = known || c.On
		if c.Name == "" {
			p.button("view-"+string(c.View)+itoa(one(c.All)), "b-views__item", state.ShowLook, c.Query())
		} else {
			p.button("view-"+string(c.View), "b-views__item", state.ShowView, string(c.View))
		}
		if c.On {
			p.Attr(vdom.ID, state.ChosenChipID)
		}
		p.Bool(vdom.AriaPressed, c.On)
		p.Leaf(vdom.BDI, "", p.chipName(&c))
		if c.Shared {
			p.IconClass("#i-users", "b-icon b-icon--sm")
			p.hidden(p.s.Words.Fill(say.ViewShared, ""))
		}
		if c.Count >= 0 && s.Welcomed {
			p.Text(" ")
			p.Leaf(vdom.Span, "b-num", itoa(c.Count))
		}
		p.Close()
		p.changeView(&c, outgrown)
	}
	if !known && s.Welcomed {
		p.chipButton("#i-plus", p.word(say.SaveView), "")
	}
	p.Close()
}

// changeView stands beside the chip of the view that is looked at, or that was until the list was changed.
func (p pen) changeView(c *state.Chip, outgrown *protocol.View) {
	s := p.s
	switch {
	case outgrown != nil && outgrown.ID == c.View && s.MayChangeView(outgrown):
		p.button("update", "b-views__item", state.UpdateView, string(c.View))
		p.Attr(vdom.ID, state.UpdateViewButtonID)
		p.Attr(vdom.AriaHasPopup, "dialog")
		p.small("#i-edit")
		p.Text(s.Words.Fill(say.UpdateView, c.Name))
		p.Close()
	case c.On && c.Name != "":
		if v := s.View(); v != nil && s.MayChangeView(v) {
			p.chipButton("#i-edit", s.Words.Fill(say.EditView, v.Name), string(v.ID))
		}
	}
}

func (p pen) chipButton(icon, name, arg string) {
	p.button("save", "b-views__item", state.OpenView, arg)
	p.Attr(vdom.ID, state.SaveViewButtonID)
	p.Attr(vdom.AriaLabel, name)
	p.Attr(vdom.Title, name)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.small(icon)
	p.Close()
}

func (p pen) chipName(c *state.Chip) string {
	if c.Name != "" {
		return c.Name
	}
	word := map[protocol.ViewID]words.Key{
		"": say.ViewActive, protocol.ViewMine: say.ViewMine, protocol.ViewWaiting: say.ViewWaiting, protocol.ViewUnassigned: say.Unassigned,
	}[c.View]
	if c.All {
		word = say.ViewAll
	}
	return p.word(word)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
