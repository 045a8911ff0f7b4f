package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// tagsPage lists the labels that customers can bear.
func (p pen) tagsPage() {
	s := p.s
	p.pageHead("tags", p.word(say.TagsPage), p.word(say.TagsLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.button("new", "b-button b-button--primary", state.OpenTag, "")
	p.Attr(vdom.ID, state.NewTagButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.small("#i-plus")
	p.Text(p.word(say.NewTag))
	p.Close()
	p.Close()
	p.Close()
	all := s.TagsByName()
	if len(all) == 0 {
		p.none(say.TagsEmpty, say.TagsEmptyText)
		p.Close()
		return
	}
	p.table("wrap", "b-table", say.TagsTable)
	p.column(p.word(say.Tag), false)
	p.column(p.word(say.Colour), false)
	p.column(p.word(say.Actions), true)
	p.tableRows()
	for i := range all {
		p.tagRow(&all[i])
	}
	p.tableEnd()
	p.Close()
}

func (p pen) tagRow(tag *protocol.Tag) {
	id := string(tag.ID)
	p.Open(vdom.TR, id)
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "row")
	p.tagMark(tag.Name, tag.Color)
	p.Close()
	p.Leaf(vdom.TD, "", p.colorWord(tag.Color))
	p.Open(vdom.TD, "actions")
	p.Open(vdom.Span, "")
	p.Class("b-rowtools")
	p.rowTool("#i-edit", say.EditTag, tag.Name, state.EditTagID(tag.ID), state.OpenTag, id)
	p.rowTool("#i-trash", say.DeleteTag, tag.Name, state.DeleteTagID(tag.ID), state.AskDeleteTag, id)
	p.Close()
	p.Close()
	p.Close()
}

// tagMark is a tag as it looks everywhere.
func (p pen) tagMark(name string, color protocol.TagColor) {
	p.Open(vdom.Span, "tag")
	p.Class("b-tag")
	p.Class("b-tag--" + string(color))
	p.Leaf(vdom.BDI, "", name)
	p.Close()
}

// colorWord is a tag's colour in words: colour alone says nothing to some.
func (p pen) colorWord(color protocol.TagColor) string { return p.word(tagColorWords[color]) }

// tagWindow makes a tag, or changes one; it shows what comes of it.
func (p pen) tagWindow(d *state.Dialog) {
	title, word := say.TagNewTitle, say.Create
	if d.Tag != "" {
		title, word = say.TagEditTitle, say.Save
	}
	p.windowHead(p.word(title))
	p.nameForm(d, state.SaveTag, say.TagName, say.TagTaken, state.MaxTagRunes)
	p.Open(vdom.Fieldset, "color")
	p.Class("b-field")
	p.Leaf(vdom.Legend, "b-field__label b-legend-gap", p.word(say.Colour))
	p.Open(vdom.Div, "")
	p.Class("b-tagcolors")
	for _, c := range protocol.TagColors {
		p.Open(vdom.Label, string(c))
		p.Class("b-check")
		p.Open(vdom.Input, "")
		p.Attr(vdom.Type, "radio")
		p.Attr(vdom.NameOf, "color")
		p.Flag(vdom.Checked, d.Color == c)
		p.On(vdom.Change, state.TagColored, string(c))
		p.Close()
		p.tagMark(p.colorWord(c), c)
		p.Close()
	}
	p.Close()
	p.Close()
	p.formFoot(d, word)
}

func (p pen) tagDeleteWindow(d *state.Dialog) {
	p.windowHead(p.s.Words.Fill(say.TagDeleteTitle, d.Name))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.TagDeleteText))
	if d.Problem.Is() {
		p.alert(p.s.Explain(d.Problem))
	}
	p.confirm(p.word(say.TagDelete), state.DeleteTag, d.Busy)
}
