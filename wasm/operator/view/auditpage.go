package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// auditPage lists what was done to the workspace itself, newest first, each act with its seal.
func (p pen) auditPage() {
	p.pageHead("audit", p.word(say.AuditPage), p.word(say.AuditLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.button("check", "b-button", state.OpenAuditCheck, "")
	p.Attr(vdom.ID, state.AuditCheckButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.small("#i-shield")
	p.Text(p.word(say.AuditCheck))
	p.Close()
	p.Close()
	p.Close()
	p.auditFilter()
	p.happened(&p.s.Audit.Happened, happenedWords{
		loading: say.LoadingAudit, none: say.AuditEmpty, noneText: say.AuditEmptyText, shown: say.AuditShown,
		more: say.AuditNew, moreThan: say.AuditNewMore, older: say.AuditOlder, table: say.AuditTable, columns: []words.Key{
			say.ColumnTime, say.ColumnAuthor, say.AuditColumnWhat, say.ColumnBefore, say.ColumnAfter, say.AuditColumnSeal,
		},
	}, p.auditRow)
	p.Close()
}

func (p pen) auditFilter() {
	s := p.s
	p.Open(vdom.Div, "filters")
	p.Class("b-toolbar b-filters")
	p.filterField("author", say.FilterAuthor)
	p.Open(vdom.Select, "")
	p.Class("b-input")
	p.Attr(vdom.ID, "filter-author")
	p.On(vdom.Change, state.AuditBy, "")
	p.option("", p.word(say.FilterEverybody), s.Audit.Author == "")
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		p.option(string(o.ID), o.Name, s.Audit.Author == string(o.ID))
	}
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) auditRow(row *state.EventRow) {
	p.Open(vdom.TR, utoa(uint64(row.Position)))
	p.whenAndWho(row)
	p.Open(vdom.TD, "what")
	p.Text(p.eventName(row.Kind))
	if n := row.Conversation; n != 0 {
		p.Text(" #" + n.String())
	}
	p.Close()
	before, after := p.eventChange(row)
	p.eventValue("before", "b-events__before", before)
	p.eventValue("after", "", after)
	p.Open(vdom.TD, "seal")
	p.sealButton(row.Seal, p.s.Words.Fill(say.AuditCopy, p.stamp(row)))
	p.Close()
	p.Close()
}

// sealButton shows how a seal begins, and copies the whole.
func (p pen) sealButton(seal, name string) {
	p.button("", "b-seal", state.CopySeal, seal)
	p.Attr(vdom.Title, seal)
	p.Open(vdom.Code, "")
	p.Attr(vdom.Dir, "ltr")
	p.Text(state.ShortSeal(seal) + "…")
	p.Close()
	p.small("#i-copy")
	p.hidden(name)
	p.Close()
}

// auditCheckWindow says what seals are for, and how to compare them.
func (p pen) auditCheckWindow() {
	a := &p.s.Audit
	p.windowHead(p.word(say.AuditCheckTitle))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.AuditCheckText))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.AuditCheckKeep))
	if len(a.Rows) > 0 && a.Author == "" {
		p.Leaf(vdom.H3, "b-form__title", p.word(say.AuditNewest))
		p.Open(vdom.Div, "newest")
		p.Class("b-code b-code--stack")
		p.Open(vdom.Code, "")
		p.Attr(vdom.Dir, "ltr")
		p.Text(a.Rows[0].Seal)
		p.Close()
		p.button("copy", "b-button b-button--small", state.CopySeal, a.Rows[0].Seal)
		p.small("#i-copy")
		p.Text(p.word(say.Copy))
		p.Close()
		p.Close()
	}
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.AuditCheckRun))
	p.Open(vdom.Div, "run")
	p.Class("b-code")
	p.Open(vdom.Code, "")
	p.Attr(vdom.Dir, "ltr")
	p.Text("beseda check")
	p.Close()
	p.Close()
	p.foot("done", p.word(say.Done))
	p.Close()
}
