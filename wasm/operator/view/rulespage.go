package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// rulesPage is how conversations behave: presets, then every key, for the workspace or one channel.
func (p pen) rulesPage() {
	s, r := p.s, &p.s.Rules
	p.Open(vdom.Form, "rules"+string(s.Scope()))
	p.Attr(vdom.AriaLabelledBy, "page-title")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SaveRules, "")
	p.pageHead("page", p.word(say.RulesPage), p.word(say.RulesLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.unsaved()
	p.submit(p.word(say.Save), r.Busy, p.word(say.Saving), "")
	p.Close()
	p.Close()
	if r.Problem.Is() {
		p.alert(s.Explain(r.Problem))
	}
	if len(s.Policies.Keys) == 0 {
		p.rulesMissing()
		p.Close()
		p.Close()
		return
	}
	p.scopes()
	p.presets()
	p.sentences()
	p.accessWarning()
	for _, g := range ruleGroups() {
		p.ruleGroup(&g)
	}
	p.Close()
	p.Close()
}

// unsaved counts what is not saved, and undoes it.
func (p pen) unsaved() {
	n := p.s.Unsaved()
	p.Open(vdom.Span, "unsaved")
	p.Class("b-unsaved")
	p.Attr(vdom.Role, "status")
	if n > 0 {
		p.Leaf(vdom.Span, "b-pill b-pill--warning", p.s.Words.Count(say.Unsaved, n))
	}
	p.Close()
	if n > 0 {
		p.button("discard", "b-button", state.ResetRules, "")
		p.Text(p.word(say.Discard))
		p.Close()
	}
}

func (p pen) rulesMissing() {
	p.Open(vdom.Div, "missing")
	p.Class("b-late")
	p.Attr(vdom.Role, "status")
	p.Leaf(vdom.P, "b-page__lead", p.word(say.RulesLoading))
	for range 5 {
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
	}
	p.Close()
}

// scopes lead from the workspace's values to those of a channel.
func (p pen) scopes() {
	s := p.s
	all := s.ChannelsByName()
	if len(all) == 0 {
		return
	}
	p.Open(vdom.Nav, "scopes")
	p.Class("b-views b-views--page")
	p.Attr(vdom.AriaLabel, p.word(say.RulesScope))
	p.scope(p.word(say.RulesWorkspace), state.Route{Place: state.AtRules})
	for _, ch := range all {
		p.scope(ch.Looks.Name, state.Route{Place: state.AtRules, Channel: ch.ID})
	}
	p.Close()
}

func (p pen) scope(name string, r state.Route) {
	p.link(r.Address(), "b-views__item", r.Address())
	if p.s.Route == r {
		p.Attr(vdom.AriaCurrent, "page")
	}
	p.Leaf(vdom.BDI, "", name)
	p.Close()
}

// presets are chosen first, and say what they change before anything is saved.
func (p pen) presets() {
	p.Open(vdom.Div, "presets")
	p.Open(vdom.H3, "title")
	p.Class("b-form__title b-legend-gap")
	p.Attr(vdom.ID, "presets-title")
	p.Text(p.word(say.PresetsTitle))
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-presets")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabelledBy, "presets-title")
	now := p.s.Preset()
	p.preset(protocol.PresetAmo, now, say.PresetAmo, say.PresetAmoHint)
	p.preset(protocol.PresetOmni, now, say.PresetOmni, say.PresetOmniHint)
	p.preset(protocol.PresetRetail, now, say.PresetRetail, say.PresetRetailHint)
	p.Close()
	if now != protocol.PresetBeseda {
		p.button("own", "b-linkbutton", state.RulePreset, string(protocol.PresetBeseda))
		p.Text(p.word(say.PresetOwn))
		p.Close()
	}
	p.changes()
	p.Close()
}

func (p pen) preset(name, now protocol.Preset, title, hint words.Key) {
	p.Open(vdom.Label, string(name))
	p.Class("b-choices__item")
	p.Open(vdom.Input, "")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "preset")
	p.Attr(vdom.AriaLabelledBy, "preset-"+string(name))
	p.Attr(vdom.AriaDescribedBy, "preset-hint-"+string(name))
	p.Flag(vdom.Checked, name == now)
	p.On(vdom.Change, state.RulePreset, string(name))
	p.Close()
	p.Open(vdom.B, "name")
	p.Attr(vdom.ID, "preset-"+string(name))
	p.Text(p.word(title))
	p.Close()
	p.Open(vdom.Small, "hint")
	p.Attr(vdom.ID, "preset-hint-"+string(name))
	p.Text(p.word(hint))
	p.Close()
	p.Close()
}

// changes list what the chosen preset changes.
func (p pen) changes() {
	s := p.s
	p.Open(vdom.Div, "changes")
	p.Class("b-changes")
	p.Attr(vdom.Role, "status")
	if s.Rules.Preset != "" {
		lead := p.word(say.PresetChangesNone)
		if n := s.Changes(); n > 0 {
			lead = s.Words.Count(say.PresetChanges, n)
		}
		p.Leaf(vdom.P, "", lead)
		p.Open(vdom.UL, "list")
		p.Attr(vdom.Role, "list")
		for _, g := range ruleGroups() {
			for i := range g.rows {
				row := &g.rows[i]
				if s.Edited(row.key) && s.Changed(row.key) {
					p.Open(vdom.LI, row.key)
					p.Text(s.Words.Fill(say.PresetChange, p.word(row.name), p.valueWords(row, s.Saved(row.key)), p.valueWords(row, s.Value(row.key))))
					p.Close()
				}
			}
		}
		p.Close()
	}
	p.Close()
}

// sentences preview what the values mean.
func (p pen) sentences() {
	p.Open(vdom.Div, "sentences")
	p.Class("b-banner b-banner--accent b-sentences")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-chats")
	p.Open(vdom.Div, "")
	for _, text := range p.s.Sentences() {
		p.Leaf(vdom.P, "", text)
	}
	p.Close()
	p.Close()
}

// accessWarning says who would see less, or more, once the edited values are saved.
func (p pen) accessWarning() {
	p.Open(vdom.Div, "access")
	p.Class("b-fresh")
	p.Attr(vdom.Role, "status")
	if before, now := p.s.Saved("access.read"), p.s.Value("access.read"); before != now {
		word := say.AccessWidens
		if now == "assigned" {
			word = say.AccessNarrows
		}
		p.Open(vdom.P, "")
		p.Class("b-banner b-banner--warning")
		p.Icon("#i-alert")
		p.Leaf(vdom.Span, "", p.word(word))
		p.Close()
	}
	p.Close()
}

func (p pen) ruleGroup(g *ruleGroup) {
	p.Open(vdom.Section, g.key)
	p.Attr(vdom.AriaLabelledBy, "group-"+g.key)
	p.Open(vdom.H3, "title")
	p.Class("b-form__title")
	p.Attr(vdom.ID, "group-"+g.key)
	p.Text(p.word(g.title))
	p.Close()
	if g.key == "later" {
		p.Leaf(vdom.P, "b-field__hint", p.word(say.GroupLaterHint))
	}
	for i := range g.rows {
		p.rule(&g.rows[i])
	}
	p.Close()
}
