package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// auditPage lists what was done to the workspace itself, newest first, each act with its seal.
func (p pen) auditPage() {
	s, a := p.s, &p.s.Audit
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
	switch {
	case a.Problem.Is() && !a.Loaded:
		p.Open(vdom.Div, "failed")
		p.Class("b-empty")
		p.Attr(vdom.Role, "alert")
		p.Icon("#i-alert")
		p.Leaf(vdom.P, "", s.Explain(a.Problem))
		p.button("again", "b-button", state.OlderAudit, "")
		p.Text(p.word(say.TryAgain))
		p.Close()
		p.Close()
	case !a.Loaded:
		p.Open(vdom.Div, "loading")
		p.Class("b-late")
		p.Attr(vdom.Role, "status")
		p.hidden(p.word(say.LoadingAudit))
		for range 6 {
			p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
		}
		p.Close()
	case len(a.Rows) == 0 && !a.More:
		p.Open(vdom.Div, "none")
		p.Class("b-empty")
		p.art()
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.AuditEmpty))
		p.Leaf(vdom.P, "", p.word(say.AuditEmptyText))
		p.Close()
	default:
		p.auditNew()
		p.auditTable()
		p.auditFoot()
	}
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

// auditNew leads to what happened since: rows never push.
func (p pen) auditNew() {
	p.Open(vdom.Div, "new")
	p.Class("b-newrows")
	p.Attr(vdom.Role, "status")
	if n := p.s.Audit.New; n > 0 {
		p.button("", "b-button b-button--soft b-button--small", state.NewAudit, "")
		p.small("#i-up")
		p.Text(p.s.Words.Count(say.AuditNew, n))
		p.Close()
	}
	p.Close()
}

func (p pen) auditTable() {
	p.Open(vdom.Div, "table")
	p.Class("b-tablewrap")
	p.Attr(vdom.ID, state.AuditTopID)
	p.Int(vdom.TabIndex, 0)
	p.Attr(vdom.Role, "region")
	p.Attr(vdom.AriaLabel, p.word(say.AuditTable))
	p.Open(vdom.Table, "")
	p.Class("b-table b-table--events")
	p.Open(vdom.THead, "")
	p.Open(vdom.TR, "")
	for i, name := range [...]words.Key{say.ColumnTime, say.ColumnAuthor, say.AuditColumnWhat, say.ColumnBefore, say.ColumnAfter, say.AuditColumnSeal} {
		p.Open(vdom.TH, "")
		p.Attr(vdom.Scope, "col")
		if i == 0 {
			p.Attr(vdom.AriaSort, "descending")
		}
		p.Text(p.word(name))
		p.Close()
	}
	p.Close()
	p.Close()
	p.Open(vdom.TBody, "")
	for i := range p.s.Audit.Rows {
		p.auditRow(&p.s.Audit.Rows[i])
	}
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) auditRow(row *state.AuditRow) {
	s := p.s
	when := s.Words.Day(row.At, s.Now+s.Skew) + ", " + s.Words.ClockSeconds(row.At)
	p.Open(vdom.TR, utoa(uint64(row.Position)))
	p.Open(vdom.TD, "time")
	p.Class("b-num")
	p.Text(when)
	p.Close()
	p.Open(vdom.TD, "author")
	p.Open(vdom.Span, "")
	p.Class("b-person")
	p.eventFace(&row.EventRow)
	p.Leaf(vdom.BDI, "", s.EventAuthor(&row.EventRow))
	p.Close()
	p.Close()
	p.Open(vdom.TD, "what")
	p.Text(p.eventName(row.Kind))
	if n := row.Conversation; n != 0 {
		p.Text(" #" + n.String())
	}
	p.Close()
	before, after := p.eventChange(&row.EventRow)
	p.eventValue("before", "b-events__before", before)
	p.eventValue("after", "", after)
	p.Open(vdom.TD, "seal")
	p.sealButton(row.Seal, s.Words.Fill(say.AuditCopy, when))
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

func (p pen) auditFoot() {
	a := &p.s.Audit
	p.Open(vdom.Div, "foot")
	p.Class("b-toolbar")
	p.Open(vdom.Span, "count")
	p.Class("b-events__count")
	p.Attr(vdom.Role, "status")
	p.Text(p.s.Words.Count(say.AuditShown, len(a.Rows)))
	if !a.More {
		p.Text(" · " + p.word(say.EventsAll))
	}
	p.Close()
	if a.Problem.Is() {
		p.alert(p.s.Explain(a.Problem))
	}
	if a.More {
		p.button("older", "b-button b-button--small b-toolbar__end", state.OlderAudit, "")
		if a.Asked {
			p.Attr(vdom.DataState, "loading")
			p.spinner()
		}
		p.Text(p.word(say.AuditOlder))
		p.Close()
	}
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
