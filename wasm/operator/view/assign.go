package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

func (p pen) assignWindow(d *state.Dialog) {
	s := p.s
	t := s.Current()
	if t == nil {
		return
	}
	title := say.AssignTitle
	if t.Row.Assignee != "" {
		title = say.ReassignTitle
	}
	p.windowHead(s.Words.Fill(title, d.Number.String()))
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.On(vdom.Submit, state.Assign, "")
	p.windowFind(d, say.FindColleague, state.AssignKey)
	p.Open(vdom.Div, "people")
	p.Class("b-people b-people--box")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabel, p.word(say.Colleagues))
	found := s.Assignable(t, d.Query)
	for _, o := range found {
		p.colleague(o, d.Choice == o.ID)
	}
	if t.Row.Assignee != "" && !s.OnlyTakes(t) && strings.TrimSpace(d.Query) == "" {
		p.nobody(d.Choice == state.NobodyChoice)
	}
	if len(found) == 0 && strings.TrimSpace(d.Query) != "" {
		p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.NobodyFound, d.Query))
	}
	p.Close()
	if s.LosesHistory(t, d.Choice) {
		p.Open(vdom.P, "loses")
		p.Class("b-banner b-banner--warning")
		p.Icon("#i-alert")
		p.Leaf(vdom.Span, "", s.Words.Fill(say.LoseHistory, d.Number.String()))
		p.Close()
	}
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.Open(vdom.Button, "submit")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	p.Flag(vdom.Disabled, d.Choice == "")
	if d.Busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	}
	p.Text(p.assignWord(d))
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) assignWord(d *state.Dialog) string {
	if d.Choice == state.NobodyChoice {
		return p.word(say.Unassign)
	}
	if o := p.s.Operator(d.Choice); o != nil {
		return p.s.Words.Fill(say.AssignTo, o.Name)
	}
	return p.word(say.Assign)
}

func (p pen) choice(key string, on bool, h vdom.Handler) {
	p.Open(vdom.Input, "radio")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "assignee")
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, h, key)
	p.Close()
}

func (p pen) colleague(o *protocol.Operator, on bool) { p.colleagueFor(o, on, state.AssignChosen) }

func (p pen) colleagueFor(o *protocol.Operator, on bool, h vdom.Handler) {
	s := p.s
	p.Open(vdom.Label, string(o.ID))
	p.Class("b-people__item")
	f := faceOf(o)
	presence := p.word(say.Offline)
	if f.Dot = face.Offline; o.Online || o.ID == s.Me.ID {
		f.Dot, presence = face.Online, p.word(say.Online)
	}
	face.Draw(p.Builder, f)
	name := o.Name
	switch {
	case o.ID == s.Me.ID:
		name = s.Words.Fill(say.NameYou, o.Name)
	case o.Bot:
		name = s.Words.Fill(say.NameBot, o.Name)
	}
	p.Leaf(vdom.Span, "", name)
	if n, all := s.Workload(o.ID); all {
		presence += " · " + s.Words.Count(say.ConversationsNow, n)
	}
	p.Leaf(vdom.Small, "", presence)
	p.choice(string(o.ID), on, h)
	p.Close()
}

// faceOf is the face of one of the team, or of a bot.
func faceOf(o *protocol.Operator) face.Face {
	f := face.Face{ID: string(o.ID), Name: o.Name, Picture: state.Picture(o)}
	if o.Bot {
		f.Icon, f.Picture = "#i-bot", ""
	}
	return f
}

func (p pen) nobody(on bool) { p.nobodyFor(on, state.AssignChosen) }

func (p pen) nobodyFor(on bool, h vdom.Handler) {
	p.Open(vdom.Label, "nobody")
	p.Class("b-people__item")
	face.Draw(p.Builder, face.Face{ID: "nobody", Icon: "#i-users"})
	p.Leaf(vdom.Span, "", p.word(say.Nobody))
	p.Leaf(vdom.Small, "", p.word(say.NobodyHint))
	p.choice(string(state.NobodyChoice), on, h)
	p.Close()
}
