package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// emojiButton opens the emoji beside what is being written.
func (p pen) emojiButton() {
	p.button("emoji", "b-iconbutton", state.OpenEmoji, "")
	p.Attr(vdom.ID, state.EmojiButtonID)
	p.Attr(vdom.AriaLabel, p.word(say.InsertEmoji))
	p.Attr(vdom.Title, p.word(say.InsertEmoji))
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Bool(vdom.AriaExpanded, p.s.Menu == state.EmojiMenu)
	p.Icon("#i-emoji")
	p.Close()
}

// emoji is the choice above the reply: a search field, the emoji, and their groups.
func (p pen) emoji() {
	s := p.s
	if s.Menu != state.EmojiMenu {
		return
	}
	all := s.GlyphsFound()
	title := say.EmojiFound
	if s.Picker.Query == "" {
		title = state.EmojiGroups[s.Picker.Group].Name
	}
	p.Open(vdom.Div, "emoji")
	p.Class("b-emoji")
	p.Attr(vdom.Role, "dialog")
	p.Attr(vdom.AriaLabel, p.word(say.EmojiTitle))
	p.Attr(vdom.DataState, "opening")
	p.On(vdom.Click, state.EmojiHeld, "")
	p.emojiField()
	if len(all) == 0 {
		p.Leaf(vdom.P, "b-quick__none", p.word(say.EmojiNone))
	} else {
		p.Open(vdom.P, "title")
		p.Class("b-emoji__title")
		p.Attr(vdom.AriaHidden, "true")
		p.Text(p.word(title))
		p.Close()
	}
	p.Open(vdom.Div, "grid")
	p.Class("b-emoji__grid")
	if s.EmojiColumns() < 8 {
		p.Class("b-emoji__grid--few")
	}
	p.Attr(vdom.ID, state.EmojiGridID)
	p.Attr(vdom.Role, "listbox")
	p.Attr(vdom.AriaLabel, p.word(title))
	for i, g := range all {
		p.glyph(&g, i, i == s.Picker.Active)
	}
	p.Close()
	p.emojiGroups()
	p.Close()
}

func (p pen) emojiField() {
	p.Open(vdom.Input, "find")
	p.Class("b-input")
	p.Attr(vdom.ID, state.EmojiFindID)
	p.Attr(vdom.Type, "search")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.AriaLabel, p.word(say.EmojiFind))
	p.Attr(vdom.Placeholder, p.word(say.EmojiFind))
	p.Attr(vdom.AriaControls, state.EmojiGridID)
	p.Attr(vdom.Value, p.s.Picker.Query)
	p.On(vdom.InputEvent, state.EmojiTyped, "")
	p.On(vdom.KeyDown, state.EmojiFindKey, "")
	p.Close()
}

func (p pen) glyph(g *state.Glyph, i int, active bool) {
	p.button(g.Text, "b-emoji__item", state.PickEmoji, g.Text)
	p.Attr(vdom.ID, state.GlyphID(i))
	p.Attr(vdom.Role, "option")
	p.Bool(vdom.AriaSelected, active)
	p.Flag(vdom.DataActive, active)
	p.Int(vdom.TabIndex, map[bool]int{true: 0, false: -1}[active])
	p.Attr(vdom.AriaLabel, g.Name)
	p.Attr(vdom.Title, g.Name)
	p.On(vdom.KeyDown, state.GlyphKey, itoa(i))
	p.Text(g.Text)
	p.Close()
}

func (p pen) emojiGroups() {
	s := p.s
	p.Open(vdom.Div, "groups")
	p.Class("b-emoji__groups")
	p.Attr(vdom.Role, "tablist")
	p.Attr(vdom.AriaLabel, p.word(say.EmojiGroups))
	for i := range state.EmojiGroups {
		chosen := i == s.Picker.Group
		name := p.word(state.EmojiGroups[i].Name)
		p.button(itoa(i), "", state.EmojiGroup, itoa(i))
		p.Attr(vdom.ID, state.EmojiGroupID(i))
		p.Attr(vdom.Role, "tab")
		p.Bool(vdom.AriaSelected, chosen && s.Picker.Query == "")
		p.Attr(vdom.AriaControls, state.EmojiGridID)
		p.Int(vdom.TabIndex, map[bool]int{true: 0, false: -1}[chosen])
		p.Attr(vdom.AriaLabel, name)
		p.Attr(vdom.Title, name)
		p.On(vdom.KeyDown, state.EmojiGroupKey, itoa(i))
		p.Text(s.Glyphs(i)[0].Text)
		p.Close()
	}
	p.Close()
}
