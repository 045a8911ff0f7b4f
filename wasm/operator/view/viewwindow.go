package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// viewWindow saves a list under a name, or changes what was saved. Deleting what everybody has is asked about.
func (p pen) viewWindow(d *state.Dialog) {
	s := p.s
	name := s.ViewName(d.View)
	if d.Sure {
		p.windowHead(s.Words.Fill(say.ViewDeleteTitle, name))
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.ViewDeleteText))
		if d.Problem.Is() {
			p.alert(s.Explain(d.Problem))
		}
		p.confirm(p.word(say.ViewDelete), state.DeleteView, d.Busy)
		return
	}
	if d.View == "" {
		p.windowHead(p.word(say.ViewNewTitle))
	} else {
		p.windowHead(s.Words.Fill(say.ViewChangeTitle, name))
	}
	p.nameForm(d, state.SaveView, say.ViewName, say.NameTaken, 40)
	if d.Anew {
		p.Leaf(vdom.P, "b-field__hint", p.word(say.ViewAnew))
	}
	p.Open(vdom.Label, "share")
	p.Class("b-switchline")
	p.Open(vdom.Input, "")
	p.Class("b-switch")
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.Role, "switch")
	p.Flag(vdom.Checked, d.Shared)
	p.Flag(vdom.Disabled, !s.May(protocol.RightSettings))
	p.On(vdom.Change, state.ViewShared, "")
	p.Close()
	p.Open(vdom.Span, "")
	p.Text(p.word(say.ViewShare))
	hint := say.ViewShareHint
	if !s.May(protocol.RightSettings) {
		hint = say.ViewShareRight
	}
	p.Leaf(vdom.Small, "b-field__hint", p.word(hint))
	p.Close()
	p.Close()
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	if d.View != "" {
		p.button("delete", "b-button b-button--danger b-dialog__aside", state.DeleteView, "")
		p.Text(p.word(say.ViewDelete))
		p.Close()
	}
	p.cancel()
	p.submit(p.word(say.ViewSave), d.Busy, p.word(say.Saving), "")
	p.Close()
	p.Close()
}
