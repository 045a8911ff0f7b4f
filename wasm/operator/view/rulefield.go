package view

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// rule is one setting: its words, and the control of its form. In a channel it may take the workspace's value instead.
func (p pen) rule(row *ruleRow) {
	s := p.s
	id := state.RuleID(row.key)
	inherited := s.Scope() != "" && s.Own(row.key) == ""
	p.Open(vdom.Div, row.key)
	p.Class("b-setting b-rule")
	if s.Edited(row.key) {
		p.Attr(vdom.DataState, "changed")
	}
	if inherited || row.key == "complete.statuses" {
		p.Open(vdom.Span, "name")
	} else {
		p.Open(vdom.Label, "name")
		p.Attr(vdom.For, id)
	}
	p.Class("b-setting__name")
	p.Attr(vdom.ID, id+"-name")
	p.Text(p.word(row.name))
	p.Close()
	p.Open(vdom.Span, "hint")
	p.Class("b-setting__hint")
	p.Attr(vdom.ID, id+"-hint")
	p.Text(p.ruleHint(row, inherited))
	p.Close()
	p.Open(vdom.Span, "control")
	p.Class("b-setting__control b-rule__control")
	switch {
	case inherited:
		p.Leaf(vdom.Span, "b-rule__value", p.valueWords(row, s.Value(row.key)))
		p.ruleScope(row, say.SetOwn, state.RuleOwn, id+"-own")
	default:
		p.ruleControl(row, id)
		if s.Scope() != "" {
			p.ruleScope(row, say.SetInherit, state.RuleInherit, id+"-inherit")
		}
	}
	p.Close()
	if s.Rules.Broken == row.key {
		p.Open(vdom.Span, "problem")
		p.Class("b-field__error b-rule__problem")
		p.Attr(vdom.ID, id+"-problem")
		p.Attr(vdom.Role, "alert")
		p.small("#i-alert")
		p.Leaf(vdom.Span, "", s.Rules.Why)
		p.Close()
	}
	p.Close()
}

// ruleHint says what a setting is about, and how it differs from what is saved, or from everywhere else.
func (p pen) ruleHint(row *ruleRow, inherited bool) string {
	s := p.s
	hint := p.word(row.hint)
	switch {
	case s.Edited(row.key):
		return s.Words.Fill(say.WasBefore, p.valueWords(row, s.Saved(row.key))) + " " + hint
	case inherited:
		return p.word(say.AsWorkspace) + " " + hint
	case s.Scope() != "":
		return s.Words.Fill(say.OwnValue, p.valueWords(row, s.Everywhere(row.key))) + " " + hint
	}
	return hint
}

func (p pen) ruleScope(row *ruleRow, word words.Key, on vdom.Handler, id string) {
	p.button("scope", "b-linkbutton", on, row.key)
	p.Attr(vdom.ID, id)
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.ChangeOf, p.word(word), p.word(row.name)))
	p.Text(p.word(word))
	p.Close()
}

func (p pen) ruleControl(row *ruleRow, id string) {
	value := p.s.Value(row.key)
	switch {
	case row.key == "complete.statuses":
		p.ruleStatuses(id, value)
	case len(row.options) == 0:
		p.ruleSwitch(row, id, value == "true")
	default:
		p.ruleList(row, id, value)
	}
}

func (p pen) ruleSwitch(row *ruleRow, id string, on bool) {
	p.Open(vdom.Input, "switch")
	p.Class("b-switch")
	p.Attr(vdom.ID, id)
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.Role, "switch")
	p.ruleDescribed(row, id)
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.RuleSwitched, row.key)
	p.Close()
}

func (p pen) ruleDescribed(row *ruleRow, id string) {
	if p.s.Rules.Broken == row.key {
		p.Attr(vdom.AriaInvalid, "true")
		p.Attr(vdom.AriaDescribedBy, id+"-problem "+id+"-hint")
		return
	}
	p.Attr(vdom.AriaDescribedBy, id+"-hint")
}

func (p pen) ruleStatuses(id, value string) {
	have := strings.Split(value, ",")
	p.Open(vdom.Span, "statuses")
	p.Class("b-rule__checks")
	p.Attr(vdom.ID, id)
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabelledBy, id+"-name")
	for _, status := range [...]protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		p.Open(vdom.Label, string(status))
		p.Class("b-check")
		p.Open(vdom.Input, "")
		p.Class("b-checkbox")
		p.Attr(vdom.Type, "checkbox")
		p.Flag(vdom.Checked, slices.Contains(have, string(status)))
		p.Flag(vdom.Disabled, status == protocol.Closed)
		p.On(vdom.Change, state.RuleStatus, string(status))
		p.Close()
		p.Leaf(vdom.Span, "", p.s.StatusWord(status))
		p.Close()
	}
	p.Close()
}

// ruleList is a list of words; where the chosen one asks for a time, that stands beside it.
func (p pen) ruleList(row *ruleRow, id, value string) {
	chosen := row.chosen(value)
	known := false
	p.Open(vdom.Select, "list")
	p.Class("b-input")
	p.Attr(vdom.ID, id)
	p.ruleDescribed(row, id)
	p.On(vdom.Change, state.RuleChosen, row.key)
	for _, o := range row.options {
		known = known || o.value == chosen
		p.option(o.value, p.optionWord(o), o.value == chosen)
	}
	if !known {
		p.option(value, p.strange(value), true)
	}
	p.Close()
	if chosen == state.Timed || strings.HasSuffix(chosen, ":") {
		p.ruleTime(row, id, value)
	}
}

func (p pen) option(value, text string, chosen bool) {
	p.Open(vdom.Option, value)
	p.Attr(vdom.Value, value)
	p.Flag(vdom.Selected, chosen)
	p.Text(text)
	p.Close()
}

func (p pen) ruleTime(row *ruleRow, id, value string) {
	number, unit, _ := state.TimeParts(value)
	p.Open(vdom.Span, "time")
	p.Class("b-rule__time")
	p.Open(vdom.Input, "number")
	p.Class("b-input b-input--number")
	p.Attr(vdom.ID, id+"-time")
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.InputMode, "numeric")
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.TimeOf, p.word(row.name)))
	if p.s.Rules.Broken == row.key {
		p.Attr(vdom.AriaInvalid, "true")
		p.Attr(vdom.AriaDescribedBy, id+"-problem")
	}
	p.Attr(vdom.Autocomplete, "off")
	p.Int(vdom.MaxLength, 6)
	p.Attr(vdom.Value, number)
	p.On(vdom.InputEvent, state.RuleTimed, row.key)
	p.Close()
	p.Open(vdom.Select, "unit")
	p.Class("b-input")
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.UnitOf, p.word(row.name)))
	p.On(vdom.Change, state.RuleUnit, row.key)
	for _, u := range [...]ruleOption{{"s", say.UnitS}, {"m", say.UnitM}, {"h", say.UnitH}} {
		p.option(u.value, p.word(u.word), u.value == unit)
	}
	p.Close()
	p.Close()
}
