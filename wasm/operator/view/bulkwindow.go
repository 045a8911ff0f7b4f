package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// selectBar stands in place of the search field while anything is selected.
func (p pen) selectBar() {
	s := p.s
	sel := &s.Selection
	p.Open(vdom.Div, "select")
	p.Class("b-selectbar")
	p.Open(vdom.Input, "all")
	p.Class("b-checkbox")
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.AriaLabel, s.Words.Count(say.SelectAll, s.Shown()))
	p.Attr(vdom.Title, s.Words.Count(say.SelectAll, s.Shown()))
	p.Flag(vdom.Checked, sel.Whole)
	p.Flag(vdom.Indeterminate, !sel.Whole)
	p.On(vdom.Click, state.SelectAll, "")
	p.Close()
	if sel.Picking {
		p.Leaf(vdom.Span, "b-num", p.word(say.PickingAll))
	} else {
		p.Leaf(vdom.Span, "b-num", s.SelectedWords())
	}
	p.iconButton("clear", "b-iconbutton--small", "#i-close", p.word(say.ClearSelection), state.ClearSelection, "")
	p.Open(vdom.Span, "actions")
	p.Class("b-pop b-pop--end")
	p.button("button", "b-button b-button--soft", state.OpenActions, "")
	p.Attr(vdom.ID, state.ActionsButtonID)
	p.Attr(vdom.AriaHasPopup, "menu")
	p.Bool(vdom.AriaExpanded, s.Menu == state.ActionsMenu)
	p.Flag(vdom.Disabled, sel.Picking)
	p.Text(p.word(say.BulkActions))
	p.small("#i-down")
	p.Close()
	if s.Menu == state.ActionsMenu {
		m := menu{p: p, label: s.Words.Count(say.BulkActionsFor, sel.Count())}
		m.add("#i-swap", p.word(say.ActAssign)+"…", "", state.OpenBulk, string(protocol.ActAssign))
		m.add("#i-done", p.word(say.ActStatus)+"…", "", state.OpenBulk, string(protocol.ActStatus))
		if len(s.Team.Tags) > 0 {
			m.add("#i-tag", p.word(say.ActTag)+"…", "", state.OpenBulk, string(protocol.ActTag))
			m.add("#i-tag", p.word(say.ActUntag)+"…", "", state.OpenBulk, string(protocol.ActUntag))
		}
		m.add("#i-eye", p.word(say.ActMark), "", state.OpenBulk, string(protocol.ActMark))
		if s.May(protocol.RightDelete) {
			m.addDanger("#i-trash", p.word(say.ActDelete)+"…", state.OpenBulk, string(protocol.ActDelete))
		}
		m.draw()
	}
	p.Close()
	p.Close()
}

// bulkTitles are the titles of the windows that act on many conversations.
func bulkTitle(act protocol.Act) words.Key {
	switch act {
	case protocol.ActAssign:
		return say.BulkAssignTitle
	case protocol.ActTag:
		return say.BulkTagTitle
	case protocol.ActUntag:
		return say.BulkUntagTitle
	case protocol.ActMark:
		return say.BulkMarkTitle
	case protocol.ActDelete:
		return say.BulkDeleteTitle
	}
	return say.BulkStatusTitle
}

func bulkWord(act protocol.Act) words.Key {
	switch act {
	case protocol.ActAssign:
		return say.ActAssign
	case protocol.ActTag:
		return say.ActTag
	case protocol.ActUntag:
		return say.ActUntag
	case protocol.ActMark:
		return say.ActMark
	case protocol.ActDelete:
		return say.ActDelete
	}
	return say.ActStatus
}

// bulkWindow asks for what an action needs, shows how far it is, and in the end what was refused.
func (p pen) bulkWindow(d *state.Dialog) {
	s := p.s
	b := &d.Bulk
	p.windowHead(s.Words.Count(bulkTitle(b.Act), b.Total))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	switch {
	case b.Over:
		p.bulkRefused(b)
		p.foot("done", p.word(say.Done))
		p.Close()
		return
	case d.Busy:
		p.bulkProgress(b)
		return
	case b.Act == protocol.ActDelete:
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.BulkDeleteText))
		p.foot("cancel", p.word(say.KeepThem))
		p.button("do", "b-button b-button--danger", state.RunBulk, "")
		p.small("#i-trash")
		p.Text(s.Words.Count(say.BulkDeleteDo, b.Total))
		p.Close()
		p.Close()
		return
	}
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.On(vdom.Submit, state.RunBulk, "")
	switch b.Act {
	case protocol.ActAssign:
		p.bulkPeople(d)
	case protocol.ActStatus:
		p.bulkStatus(d)
	case protocol.ActTag, protocol.ActUntag:
		p.bulkTags(d)
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.Open(vdom.Button, "submit")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	p.Flag(vdom.Disabled, !d.Ready())
	p.Text(p.word(bulkWord(b.Act)))
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) bulkPeople(d *state.Dialog) {
	p.windowFind(d, say.FindColleague, 0)
	p.Open(vdom.Div, "people")
	p.Class("b-people b-people--box")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabel, p.word(say.Colleagues))
	found := p.s.Everybody(d.Query)
	for _, o := range found {
		p.colleagueFor(o, d.Choice == o.ID, state.BulkChosen)
	}
	if d.Query == "" {
		p.nobodyFor(d.Choice == state.NobodyChoice, state.BulkChosen)
	} else if len(found) == 0 {
		p.Leaf(vdom.P, "b-dialog__text", p.s.Words.Fill(say.NobodyFound, d.Query))
	}
	p.Close()
}

func (p pen) bulkStatus(d *state.Dialog) {
	p.Open(vdom.Fieldset, "status")
	p.Class("b-filter__group")
	p.Leaf(vdom.Legend, "b-sr", p.word(say.StatusChoices))
	for _, status := range [...]protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		p.Open(vdom.Label, string(status))
		p.Class("b-check")
		p.Open(vdom.Input, "")
		p.Attr(vdom.Type, "radio")
		p.Attr(vdom.NameOf, "status")
		if d.Status == status {
			p.Attr(vdom.ID, state.DialogFirstID)
		}
		p.Flag(vdom.Checked, d.Status == status)
		p.On(vdom.Change, state.StatusChosen, string(status))
		p.Close()
		p.Leaf(vdom.Span, "", p.s.StatusWord(status))
		p.Close()
	}
	p.Close()
	p.Leaf(vdom.P, "b-field__hint", p.word(say.BulkStatusHint))
}

func (p pen) bulkTags(d *state.Dialog) {
	p.windowFind(d, say.FindTag, 0)
	p.Open(vdom.Div, "tags")
	p.Class("b-taglist")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabel, p.word(say.LookTags))
	found := p.s.FoundTags(d.Query)
	for i := range found {
		p.Open(vdom.Label, string(found[i].ID))
		p.Class("b-check")
		p.Open(vdom.Input, "")
		p.Attr(vdom.Type, "radio")
		p.Attr(vdom.NameOf, "tag")
		p.Flag(vdom.Checked, string(d.Choice) == string(found[i].ID))
		p.On(vdom.Change, state.BulkChosen, string(found[i].ID))
		p.Close()
		p.tag(&found[i])
		p.Close()
	}
	if len(found) == 0 {
		p.Leaf(vdom.P, "b-field__hint", p.s.Words.Fill(say.NoTagFound, d.Query))
	}
	p.Close()
}

func (p pen) bulkProgress(b *state.Bulk) {
	p.Open(vdom.Div, "progress")
	p.Class("b-bulk")
	p.Attr(vdom.Role, "progressbar")
	p.Attr(vdom.AriaLabel, p.s.Words.Count(bulkTitle(b.Act), b.Total))
	p.Int(vdom.AriaValueMin, 0)
	p.Int(vdom.AriaValueMax, b.Total)
	p.Int(vdom.AriaValueNow, b.Done)
	p.Open(vdom.Span, "bar")
	p.Class("b-upload__bar")
	p.Open(vdom.I, "")
	p.Attr(vdom.StyleInlineSize, itoa(b.Done*100/max(b.Total, 1))+"%")
	p.Close()
	p.Close()
	p.Leaf(vdom.Span, "b-num", p.s.Words.Fill(say.BulkRunning, itoa(b.Done), itoa(b.Total)))
	p.Close()
}

func (p pen) bulkRefused(b *state.Bulk) {
	s := p.s
	if done := b.Total - len(b.Refused); done > 0 {
		p.Leaf(vdom.P, "b-dialog__text", s.Words.Count(say.BulkDone, done))
	}
	p.Leaf(vdom.P, "b-dialog__text", s.Words.Count(say.BulkRefused, len(b.Refused)))
	p.Open(vdom.UL, "refused")
	p.Class("b-bulk__refused")
	p.Int(vdom.TabIndex, 0)
	p.Attr(vdom.AriaLabel, s.Words.Count(say.BulkRefused, len(b.Refused)))
	for i := range b.Refused {
		name, why := s.RefusedName(&b.Refused[i])
		p.Open(vdom.LI, b.Refused[i].Number.String())
		p.Leaf(vdom.B, "", name)
		p.Text(" ")
		p.Leaf(vdom.Span, "", why)
		p.Close()
	}
	p.Close()
}
