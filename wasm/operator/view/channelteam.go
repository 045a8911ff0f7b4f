package view

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// teamField says who serves a channel: everybody, or only those who are ticked. Administrators choose, others are told.
func (p pen) teamField(f *state.Form) {
	s := p.s
	p.Open(vdom.Fieldset, "team")
	p.Class("b-field")
	p.Leaf(vdom.Legend, "b-field__label b-legend-gap", p.word(say.ChannelTeam))
	p.Leaf(vdom.P, "b-field__hint", p.word(say.ChannelTeamHint))
	if !s.Admin() {
		p.Leaf(vdom.P, "b-field__hint", s.Words.Fill(say.TeamAdminsOnly, s.TeamNames(f)))
		p.Close()
		return
	}
	p.teamRadio("everybody", p.word(say.TeamEverybody), !f.Some)
	p.teamRadio("some", p.word(say.TeamSome), f.Some)
	if f.Some {
		p.teamPeople(f)
	}
	p.Close()
}

func (p pen) teamRadio(value, name string, on bool) {
	p.Open(vdom.Label, value)
	p.Class("b-check")
	p.Open(vdom.Input, "")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "team")
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.FormChanged, value)
	p.Close()
	p.Leaf(vdom.Span, "", name)
	p.Close()
}

func (p pen) teamPeople(f *state.Form) {
	s := p.s
	all := s.TeamChoices()
	p.Open(vdom.Div, "people")
	p.Class("b-teambox")
	p.search(search{key: "find", id: state.TeamFindID, value: f.TeamFind, name: say.TeamFind, plain: true, problem: f.TeamProblem,
		on: state.TeamFind})
	p.Open(vdom.Div, "list")
	p.Class("b-teambox__list")
	p.Attr(vdom.ID, state.TeamChoseID)
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.TeamPeople))
	for _, o := range all {
		p.teamPerson(o, slices.Contains(f.Team, o.ID))
	}
	if len(all) == 0 {
		p.Leaf(vdom.P, "b-field__hint", p.word(say.TeamNoneFound))
	}
	p.Close()
	p.Open(vdom.Span, "chosen")
	p.Class("b-field__hint")
	p.Attr(vdom.Role, "status")
	p.Text(s.Words.Count(say.TeamChosen, len(f.Team)))
	p.Close()
	p.below(state.TeamFindID, "", f.TeamProblem)
	p.Close()
}

func (p pen) teamPerson(o *protocol.Operator, on bool) {
	p.Open(vdom.Label, string(o.ID))
	p.Class("b-check")
	p.Open(vdom.Input, "")
	p.Attr(vdom.Type, "checkbox")
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.TeamTicked, string(o.ID))
	p.Close()
	f := faceOf(o)
	f.Size = "b-avatar--xs"
	face.Draw(p.Builder, f)
	p.Leaf(vdom.BDI, "", o.Name)
	if o.State != protocol.OperatorActive {
		p.memberState(o)
	}
	p.Close()
}

// quotingSetting says who may quote in a channel.
func (p pen) quotingSetting(f *state.Form) {
	p.setting("channel-quoting", vdom.Div, p.word(say.WhoQuotes), p.word(say.QuotingHint))
	p.selectBox("setting-channel-quoting", state.FormChanged, "quoting", string(f.Quoting), [][2]string{
		{string(protocol.CapabilityBoth), p.word(say.QuotingBoth)}, {string(protocol.CapabilityReceive), p.word(say.QuotingReceive)},
		{string(protocol.CapabilitySend), p.word(say.QuotingSend)}, {string(protocol.CapabilityNone), p.word(say.QuotingNone)},
	})
	p.settingEnd()
}
