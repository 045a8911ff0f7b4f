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
	known := false
	for _, c := range s.Chips() {
		known = known || c.On
		p.button("view-"+string(c.View)+itoa(one(c.All)), "b-views__item", state.ShowLook, c.Query())
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
	}
	switch v := s.View(); {
	case v != nil && s.MayChangeView(v):
		p.chipButton("#i-edit", s.Words.Fill(say.EditView, v.Name), string(v.ID))
	case !known && s.Welcomed:
		p.chipButton("#i-plus", p.word(say.SaveView), "")
	}
	p.Close()
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

// viewWindow saves a list under a name, or changes what was saved.
func (p pen) viewWindow(d *state.Dialog) {
	s := p.s
	title := p.word(say.ViewNewTitle)
	if d.View != "" {
		title = p.word(say.ViewChangeTitle)
		for i := range s.Team.Views {
			if s.Team.Views[i].ID == d.View {
				title = s.Words.Fill(say.ViewChangeTitle, s.Team.Views[i].Name)
			}
		}
	}
	p.windowHead(title)
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.On(vdom.Submit, state.SaveView, "")
	problem := ""
	if d.Problem.Code == protocol.CodeConflict && d.Problem.Field() == "name" {
		problem = p.word(say.NameTaken)
	}
	p.field(field{id: state.DialogFirstID, label: p.word(say.ViewName), kind: "text", value: d.Name, complete: "off", max: 40,
		on: state.ViewNamed, problem: problem})
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
	if d.Problem.Is() && problem == "" {
		p.alert(s.Explain(d.Problem))
	}
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
