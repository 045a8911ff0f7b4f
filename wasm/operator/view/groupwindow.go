package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// nameProblem is what stands at a window's field for a name, and what about the whole: one of them, or nothing.
func (p pen) nameProblem(d *state.Dialog, taken words.Key) (field, whole string) {
	switch {
	case !d.Problem.Is():
		return "", ""
	case d.Problem.Field() != "name":
		return "", p.s.Explain(d.Problem)
	case d.Problem.Code == protocol.CodeConflict:
		return p.word(taken), ""
	}
	return p.word(say.NameMissing), ""
}

// groupWindow makes a group, or gives one another name.
func (p pen) groupWindow(d *state.Dialog) {
	title, word := say.GroupNewTitle, say.Create
	if d.Group != "" {
		title, word = say.GroupRenameTitle, say.Save
	}
	p.windowHead(p.word(title))
	p.nameForm(d, state.SaveGroup, say.GroupName, say.GroupTaken, protocol.MaxNameRunes)
	if d.Group == "" {
		p.Leaf(vdom.P, "b-field__hint", p.word(say.GroupNewLead))
	}
	p.formFoot(d, word)
}

// nameForm opens a window's form with a field for a name. Close it with formFoot.
func (p pen) nameForm(d *state.Dialog, on vdom.Handler, label, taken words.Key, longest int) {
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, on, "")
	atField, whole := p.nameProblem(d, taken)
	p.field(field{id: state.DialogFirstID, label: p.word(label), kind: "text", value: d.Name, complete: "off", max: longest,
		on: state.DialogNamed, problem: atField})
	if whole != "" {
		p.alert(whole)
	}
}

func (p pen) formFoot(d *state.Dialog, word words.Key) {
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.submit(p.word(word), d.Busy, p.word(say.Saving), "")
	p.Close()
	p.Close()
}

// groupDeleteWindow asks, or says who is in the way.
func (p pen) groupDeleteWindow(d *state.Dialog) {
	s := p.s
	if g := s.Group(d.Group); g != nil && g.Members > 0 {
		p.windowHead(s.Words.Fill(say.GroupFullTitle, d.Name))
		p.Leaf(vdom.P, "b-dialog__text", s.Words.Count(say.GroupFull, g.Members, d.Name))
		p.foot("done", p.word(say.Done))
		p.Close()
		return
	}
	p.windowHead(s.Words.Fill(say.GroupDeleteTitle, d.Name))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.GroupDeleteText))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.confirm(p.word(say.GroupDelete), state.DeleteGroup, d.Busy)
}

// memberWindow gives a colleague another group.
func (p pen) memberWindow(d *state.Dialog) {
	s := p.s
	o := s.Operator(d.Operator)
	name, bot := "", false
	if o != nil {
		name, bot = o.Name, o.Bot
	}
	p.windowHead(s.Words.Fill(say.MemberTitle, name))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.MemberLead))
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SaveMember, "")
	p.groupChoices(d, !bot)
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.formFoot(d, say.Save)
}

// groupChoices are the administrators and the groups, one to be chosen.
func (p pen) groupChoices(d *state.Dialog, admins bool) {
	s := p.s
	p.Open(vdom.Fieldset, "group")
	p.Class("b-field")
	p.Leaf(vdom.Legend, "b-field__label b-legend-gap", p.word(say.Group))
	p.Open(vdom.Div, "")
	p.Class("b-choices")
	first := true
	for i := range s.Team.Groups {
		g := &s.Team.Groups[i]
		p.groupChoice(string(g.ID), s.GroupName(g.ID), p.rightsList(s.GroupRights(g)), d.Role == protocol.RoleOperator && d.Group == g.ID, first)
		first = false
	}
	if admins {
		p.groupChoice(string(protocol.RoleAdmin), p.word(say.GroupAdmins), p.word(say.GroupAdminsHint), d.Role == protocol.RoleAdmin, first)
	}
	p.Close()
	p.Close()
}

func (p pen) groupChoice(value, name, hint string, on, first bool) {
	p.Open(vdom.Label, value)
	p.Class("b-choices__item")
	p.Open(vdom.Input, "")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "group")
	if first && p.s.Dialog.Kind == state.MemberDialog {
		p.Attr(vdom.ID, state.DialogFirstID)
	}
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.GroupChosen, value)
	p.Close()
	p.Leaf(vdom.B, "", name)
	p.Leaf(vdom.Small, "", hint)
	p.Close()
}

// rightsList names rights, for a line of text.
func (p pen) rightsList(rights []protocol.Right) string {
	text := ""
	for i, right := range rights {
		if i > 0 {
			text += ", "
		}
		text += p.s.RightWord(right)
	}
	if text == "" {
		return p.word(say.NoRights)
	}
	return text
}
