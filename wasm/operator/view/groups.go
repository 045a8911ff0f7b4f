package view

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// groups are what each group may do, a box a right. A box holds at once; a toast says what it did.
func (p pen) groups() {
	s := p.s
	p.Open(vdom.Div, "groups-head")
	p.Class("b-toolbar")
	p.Open(vdom.H3, "")
	p.Class("b-form__title")
	p.Attr(vdom.ID, "groups-title")
	p.Text(p.word(say.GroupsTitle))
	p.Close()
	p.Close()
	p.table("groups", "b-table b-table--matrix b-table--rights", say.GroupsTable)
	p.column(p.word(say.Group), false)
	for _, right := range protocol.Rights {
		p.Open(vdom.TH, string(right))
		p.Attr(vdom.Scope, "col")
		p.Attr(vdom.ID, "right-"+string(right))
		p.Attr(vdom.Title, s.RightHint(right))
		p.Text(s.RightWord(right))
		p.Close()
	}
	p.column(p.word(say.Actions), true)
	p.tableRows()
	p.adminsRow()
	for i := range s.Team.Groups {
		p.groupRow(&s.Team.Groups[i])
	}
	p.tableEnd()
	p.rightsMeaning()
}

// adminsRow is fixed: whoever administers has all there is.
func (p pen) adminsRow() {
	p.Open(vdom.TR, "admins")
	p.groupName(p.word(say.GroupAdmins), p.word(say.LastOfAdmins))
	for _, right := range protocol.Rights {
		p.Open(vdom.TD, string(right))
		p.hasRight(p.word(say.RightAlways))
		p.Close()
	}
	p.Leaf(vdom.TD, "", "")
	p.Close()
}

func (p pen) groupName(name, under string) {
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "row")
	p.Open(vdom.Span, "name")
	p.Attr(vdom.Dir, "auto")
	p.Text(name)
	p.Close()
	p.Leaf(vdom.Span, "b-person__under", under)
	p.Close()
}

func (p pen) hasRight(why string) {
	p.Icon("#i-check")
	p.hidden(why)
}

func (p pen) groupRow(g *protocol.Group) {
	s := p.s
	name, id := s.GroupName(g.ID), string(g.ID)
	has := s.GroupRights(g)
	p.Open(vdom.TR, id)
	members := p.word(say.GroupNobody)
	if g.Members > 0 {
		members = s.Words.Count(say.GroupMembers, g.Members)
	}
	p.groupName(name, members)
	leads := slices.Contains(has, protocol.RightChatAdmin)
	for _, right := range protocol.Rights {
		p.Open(vdom.TD, string(right))
		if leads && slices.Contains(state.Led[:], right) {
			p.hasRight(p.word(say.RightIncluded))
		} else {
			p.Open(vdom.Input, "box")
			p.Class("b-checkbox")
			p.Attr(vdom.Type, "checkbox")
			p.Attr(vdom.AriaLabel, s.Words.Fill(say.RightOf, s.RightWord(right), name))
			p.Attr(vdom.AriaDescribedBy, "meaning-"+string(right))
			p.Flag(vdom.Checked, slices.Contains(has, right))
			p.On(vdom.Change, state.SetRight, id+" "+string(right))
			p.Close()
		}
		p.Close()
	}
	p.Open(vdom.TD, "actions")
	p.Open(vdom.Span, "")
	p.Class("b-rowtools")
	p.rowTool("#i-edit", say.RenameGroup, name, state.RenameGroupID(g.ID), state.OpenGroup, id)
	if state.Deletable(g.ID) {
		p.rowTool("#i-trash", say.DeleteGroup, name, state.DeleteGroupID(g.ID), state.AskDeleteGroup, id)
	}
	p.Close()
	p.Close()
	p.Close()
}

// rowTool is a button of a table's row that opens a window, and gets focus back from it.
func (p pen) rowTool(icon string, word words.Key, name, id string, on vdom.Handler, arg string) {
	label := p.s.Words.Fill(word, name)
	p.button(id, "b-iconbutton b-iconbutton--small", on, arg)
	p.Attr(vdom.ID, id)
	p.Attr(vdom.AriaLabel, label)
	p.Attr(vdom.Title, label)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Icon(icon)
	p.Close()
}

// rightsMeaning explains each right where a finger and a screen reader find it too.
func (p pen) rightsMeaning() {
	s := p.s
	p.Open(vdom.Div, "meaning")
	p.Leaf(vdom.H3, "b-form__title b-legend-gap", p.word(say.RightsMeaning))
	p.Open(vdom.DL, "")
	p.Class("b-meanings")
	for _, right := range protocol.Rights {
		p.Open(vdom.Div, string(right))
		p.Leaf(vdom.DT, "", s.RightWord(right))
		p.Open(vdom.DD, "")
		p.Attr(vdom.ID, "meaning-"+string(right))
		p.Text(s.RightHint(right))
		p.Close()
		p.Close()
	}
	p.Close()
	p.Close()
}
