package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// formPage is a channel's settings, with what they will look like beside them.
func (p pen) formPage() {
	s, f := p.s, &p.s.Form
	title, lead := p.word(say.NewChannel), p.word(say.NewChannelLead)
	ch := s.Channel(f.ID)
	if ch != nil {
		title, lead = ch.Looks.Name, p.word(say.ChannelLead)
	}
	p.Open(vdom.Form, "channel"+string(f.ID))
	p.Attr(vdom.AriaLabelledBy, "page-title")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SaveChannel, "")
	p.pageHead("page", title, lead)
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	if ch != nil {
		p.seen(ch)
	}
	if f.Changed && ch != nil {
		p.button("discard", "b-button", state.ResetForm, "")
		p.Text(p.word(say.Discard))
		p.Close()
	}
	p.submit(p.saveWord(ch), f.Busy, p.word(say.Saving), "")
	p.Close()
	p.Close()
	if f.Problem.Is() {
		p.alert(s.Explain(f.Problem))
	}
	p.Open(vdom.Div, "cols")
	p.Class("b-page__cols")
	p.Open(vdom.Div, "form")
	p.Class("b-form")
	if ch != nil {
		p.scriptTag(ch)
	}
	p.field(field{id: state.ChannelNameID, label: p.word(say.ChannelName), kind: "text", value: f.Name, complete: "off",
		max: protocol.MaxNameRunes, on: state.FormChanged, arg: "name", problem: f.NameProblem})
	p.colorField(f)
	p.greetingField(f)
	p.Open(vdom.Div, "settings")
	p.languageSetting(f)
	p.sideSetting(f)
	p.quotingSetting(f)
	p.anySiteSetting(f)
	p.Close()
	p.sitesField(f)
	p.teamField(f)
	p.Close()
	p.preview(f)
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) saveWord(ch *protocol.Channel) string {
	if ch == nil {
		return p.word(say.CreateChannel)
	}
	return p.word(say.Save)
}

func (p pen) scriptTag(ch *protocol.Channel) {
	p.Open(vdom.Div, "tag")
	p.Leaf(vdom.H3, "b-form__title b-legend-gap", p.word(say.TagTitle))
	p.Open(vdom.Div, "code")
	p.Class("b-code")
	p.Open(vdom.Code, "")
	p.Attr(vdom.Dir, "ltr")
	p.Text(p.s.ScriptTag(ch.ID))
	p.Close()
	p.button("copy", "b-button b-button--small", state.CopyTag, string(ch.ID))
	p.copyWord(p.s.Form.Copied, say.Copy)
	p.Close()
	p.Close()
	p.Leaf(vdom.P, "b-field__hint", p.word(say.TagHint))
	p.Close()
}

func (p pen) colorField(f *state.Form) {
	s := p.s
	p.Open(vdom.Fieldset, "color")
	p.Class("b-field")
	p.Leaf(vdom.Legend, "b-field__label b-legend-gap", p.word(say.BrandColor))
	p.Open(vdom.Div, "")
	p.Class("b-swatches")
	color, ok := state.ParseColor(f.Color)
	names := [...]words.Key{say.Petrol, say.Plum, say.Blue, say.Green, say.Rust, say.Yellow}
	for i, hex := range state.Swatches {
		p.Open(vdom.Label, hex)
		p.Class("b-swatch")
		p.Attr(vdom.StyleBrand, hex)
		p.Open(vdom.Input, "")
		p.Attr(vdom.Type, "radio")
		p.Attr(vdom.NameOf, "color")
		p.Attr(vdom.AriaLabel, p.word(names[i]))
		p.Flag(vdom.Checked, ok && color.String() == hex)
		p.On(vdom.Change, state.FormChanged, hex)
		p.Close()
		p.Close()
	}
	p.Open(vdom.Input, "hex")
	p.Class("b-input b-input--hex")
	p.Attr(vdom.ID, state.ChannelColorID)
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.AriaLabel, p.word(say.ColorHex))
	p.Attr(vdom.Value, f.Color)
	p.Attr(vdom.Spellcheck, "false")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Dir, "ltr")
	p.On(vdom.InputEvent, state.FormChanged, "color")
	p.On(vdom.FocusOut, state.ColorLeft, "")
	p.described(state.ChannelColorID, "", f.ColorProblem)
	p.Close()
	if ok {
		tenths, dark := color.Contrast()
		word := say.WhiteReadable
		if dark {
			word = say.BlackReadable
		}
		p.Open(vdom.Span, "contrast")
		p.Class("b-pill b-pill--success")
		p.Icon("#i-check")
		p.Text(s.Words.Fill(word, itoa(tenths/10)+p.word(say.DecimalSign)+itoa(tenths%10)))
		p.Close()
	}
	p.Close()
	p.below(state.ChannelColorID, "", f.ColorProblem)
	p.Close()
}

func (p pen) greetingField(f *state.Form) {
	p.Open(vdom.Div, "greeting")
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, "channel-greeting")
	p.Text(p.word(say.Greeting))
	p.Close()
	p.Open(vdom.Textarea, "")
	p.Class("b-input")
	p.Attr(vdom.ID, "channel-greeting")
	p.Attr(vdom.Rows, "2")
	p.Attr(vdom.Dir, "auto")
	p.Int(vdom.MaxLength, protocol.MaxGreetingRunes)
	p.Attr(vdom.Value, f.Greeting)
	p.On(vdom.InputEvent, state.FormChanged, "greeting")
	p.described("channel-greeting", p.word(say.GreetingHint), "")
	p.Close()
	p.below("channel-greeting", p.word(say.GreetingHint), "")
	p.Close()
}

func (p pen) languageSetting(f *state.Form) {
	p.setting("channel-language", vdom.Div, p.word(say.WidgetLanguage), p.word(say.WidgetLanguageHint))
	p.selectBox("setting-channel-language", state.FormChanged, "language", f.Language, [][2]string{
		{"", p.word(say.FollowsPage)}, {"en", "English"}, {"ru", "Русский"},
	})
	p.settingEnd()
}

func (p pen) sideSetting(f *state.Form) {
	p.setting("channel-side", vdom.Div, p.word(say.Side), p.word(say.SideHint))
	side := "right"
	if f.Left {
		side = "left"
	}
	p.segments("setting-channel-side", state.FormChanged, side, [][2]string{
		{"left", p.word(say.SideLeft)}, {"right", p.word(say.SideRight)},
	})
	p.settingEnd()
}

func (p pen) anySiteSetting(f *state.Form) {
	p.setting("channel-any", vdom.Label, p.word(say.AnySite), p.word(say.AnySiteHint))
	p.toggle("channel-any", f.AnySite, state.FormChanged, "any")
	p.settingEnd()
}

func (p pen) sitesField(f *state.Form) {
	if f.AnySite {
		return
	}
	hint := p.word(say.SitesHint)
	p.Open(vdom.Div, "sites")
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, state.ChannelSitesID)
	p.Text(p.word(say.Sites))
	p.Close()
	p.Open(vdom.Textarea, "")
	p.Class("b-input b-input--code")
	p.Attr(vdom.ID, state.ChannelSitesID)
	p.Attr(vdom.Rows, "3")
	p.Attr(vdom.Dir, "ltr")
	p.Attr(vdom.Spellcheck, "false")
	p.Attr(vdom.Placeholder, "https://shop.example")
	p.Attr(vdom.Value, f.Sites)
	p.On(vdom.InputEvent, state.FormChanged, "sites")
	p.On(vdom.FocusOut, state.SitesLeft, "")
	p.described(state.ChannelSitesID, hint, f.SiteProblem)
	p.Close()
	p.below(state.ChannelSitesID, hint, f.SiteProblem)
	p.Close()
}
