package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// repliesPage lists the quick replies that this operator may use: their own, and those of the whole team.
func (p pen) repliesPage() {
	s := p.s
	p.pageHead("replies", p.word(say.QuickReplies), p.word(say.RepliesLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.button("new", "b-button b-button--primary", state.MakeReply, "")
	p.Attr(vdom.ID, state.NewReplyButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.small("#i-plus")
	p.Text(p.word(say.NewQuickReply))
	p.Close()
	p.Close()
	p.Close()
	if !s.AnyReplies() {
		p.none(say.RepliesEmpty, say.RepliesEmptyText)
		p.Close()
		return
	}
	p.repliesFilter()
	all := s.RepliesShown()
	p.Open(vdom.Span, "found")
	p.Class("b-sr")
	p.Attr(vdom.Role, "status")
	p.Text(s.FoundWords(len(all)))
	p.Close()
	if len(all) == 0 {
		p.none(say.RepliesNone, say.RepliesNoneText)
	} else {
		p.repliesTable(all)
	}
	if !s.May(protocol.RightSettings) {
		p.Leaf(vdom.P, "b-field__hint", p.word(say.ReplyRight))
	}
	p.Close()
}

func (p pen) repliesFilter() {
	s := p.s
	p.Open(vdom.Div, "filters")
	p.Class("b-toolbar b-filters")
	p.search(search{key: "find", value: s.Replies.Find, name: say.RepliesFind, plain: true, on: state.FindReply})
	if folders := s.Folders(); len(folders) > 0 {
		p.filterField("folder", say.RepliesFolder)
		p.Open(vdom.Select, "")
		p.Class("b-input")
		p.Attr(vdom.ID, "filter-folder")
		p.On(vdom.Change, state.ReplyFolder, "")
		p.option("", p.word(say.RepliesAll), s.Replies.Folder == "")
		for _, folder := range folders {
			p.option(folder, folder, s.Replies.Folder == folder)
		}
		p.Close()
		p.Close()
	}
	p.Close()
}

func (p pen) repliesTable(all []protocol.QuickReply) {
	p.table("wrap", "b-table b-table--replies", say.RepliesTable)
	for _, k := range [...]words.Key{say.QuickName, say.RepliesFolder, say.RepliesWhose, say.RepliesUsed} {
		p.column(p.word(k), false)
	}
	p.column(p.word(say.Actions), true)
	p.tableRows()
	for i := range all {
		p.replyRow(&all[i])
	}
	p.tableEnd()
}

func (p pen) replyRow(q *protocol.QuickReply) {
	s, id := p.s, string(q.ID)
	p.Open(vdom.TR, id)
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "row")
	p.Open(vdom.Span, "name")
	p.Class("b-reply__name")
	p.Leaf(vdom.BDI, "", q.Name)
	if q.Shortcut != "" {
		p.Open(vdom.Kbd, "")
		p.Attr(vdom.Dir, "ltr")
		p.Text("/" + q.Shortcut)
		p.Close()
	}
	if q.Language != "" {
		p.Leaf(vdom.Span, "b-pill", s.LanguageName(q.Language))
	}
	if n := len(q.Attachments); n > 0 {
		p.small("#i-attach")
		p.hidden(p.word(say.QuickFiles) + ": ")
		p.Text(itoa(n))
	}
	p.Close()
	p.Open(vdom.Span, "text")
	p.Class("b-person__under b-reply__text")
	p.Attr(vdom.Dir, "auto")
	p.Text(shortened(firstLine(q.Text)))
	p.Close()
	p.Close()
	p.Open(vdom.TD, "folder")
	if q.Folder == "" {
		p.nothingHere()
	} else {
		p.Leaf(vdom.BDI, "", q.Folder)
	}
	p.Close()
	p.Open(vdom.TD, "whose")
	if q.Shared {
		p.Leaf(vdom.Span, "b-pill b-pill--accent", p.word(say.RepliesShared))
	} else {
		p.Leaf(vdom.Span, "b-pill", p.word(say.RepliesOwn))
	}
	p.Close()
	p.Leaf(vdom.TD, "b-num", itoa(q.Used))
	p.Open(vdom.TD, "actions")
	if s.MayChangeReply(q) {
		p.Open(vdom.Span, "")
		p.Class("b-rowtools")
		p.rowTool("#i-edit", say.EditReply, q.Name, state.EditReplyID(q.ID), state.MakeReply, id)
		p.rowTool("#i-trash", say.DeleteReply, q.Name, state.DeleteReplyID(q.ID), state.AskDeleteReply, id)
		p.Close()
	}
	p.Close()
	p.Close()
}

func (p pen) replyDeleteWindow(d *state.Dialog) {
	p.windowHead(p.s.Words.Fill(say.ReplyDeleteTitle, d.Name))
	text := say.ReplyDeleteText
	if d.Shared {
		text = say.ReplyDeleteShared
	}
	p.Leaf(vdom.P, "b-dialog__text", p.word(text))
	if d.Problem.Is() {
		p.alert(p.s.Explain(d.Problem))
	}
	p.confirm(p.word(say.ReplyDelete), state.DeleteReply, d.Busy)
}

// variables puts them into the text with a press.
func (p pen) variables() {
	names := [len(state.Variables)]words.Key{say.VariableContact, say.VariableOperator, say.VariableNumber, say.VariableChannel}
	p.Open(vdom.Div, "variables")
	p.Class("b-variables")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.InsertVariable))
	p.Leaf(vdom.Span, "b-field__hint", p.word(say.InsertVariable))
	for i, name := range state.Variables {
		p.button(name, "b-button b-button--small", state.InsertVariable, name)
		p.Text(p.word(names[i]))
		p.Close()
	}
	p.Close()
}

// quickPreview shows a text with its variables filled in, as it is typed.
func (p pen) quickPreview(f *state.QuickForm) {
	if !strings.Contains(f.Text, "{{") {
		return
	}
	known, unknown := p.s.Sample(f.Text, true), p.s.Sample(f.Text, false)
	p.Open(vdom.Div, "preview")
	p.Class("b-quickpreview")
	p.previewOf(say.QuickPreview, known)
	if unknown != known {
		p.previewOf(say.QuickPreviewUnknown, unknown)
	}
	p.Close()
}

func (p pen) previewOf(title words.Key, text string) {
	p.Leaf(vdom.Span, "b-field__hint", p.word(title))
	p.Open(vdom.P, "")
	p.Class("b-quickpreview__text")
	p.Attr(vdom.Dir, "auto")
	p.Text(text)
	p.Close()
}
