package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// What pages that list something are made of: what stands where there is no list, the table, and, where the list is of
// what happened, newest first, what is above and below it. Rows never push.

// none says that there is none, and what would make some.
func (p pen) none(title, text words.Key) {
	p.Open(vdom.Div, "none")
	p.Class("b-empty")
	p.art()
	p.Leaf(vdom.H3, "b-empty__title", p.word(title))
	p.Leaf(vdom.P, "", p.word(text))
	p.Close()
}

// listFailed says why a list did not come, and how to ask again.
func (p pen) listFailed(why state.Problem, again vdom.Handler) {
	p.Open(vdom.Div, "failed")
	p.Class("b-empty")
	p.Attr(vdom.Role, "alert")
	p.Icon("#i-alert")
	p.Leaf(vdom.P, "", p.s.Explain(why))
	p.button("again", "b-button", again, "")
	p.Text(p.word(say.TryAgain))
	p.Close()
	p.Close()
}

// listLoading stands where so many rows will.
func (p pen) listLoading(what words.Key, rows int) {
	p.Open(vdom.Div, "loading")
	p.Class("b-late")
	p.Attr(vdom.Role, "status")
	p.hidden(p.word(what))
	for range rows {
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
	}
	p.Close()
}

// table opens a box that scrolls sideways, the table in it, and its head: columns follow, then rows, then tableEnd.
func (p pen) table(key, class string, name words.Key) {
	p.Open(vdom.Div, key)
	p.Class("b-tablewrap")
	p.Int(vdom.TabIndex, 0)
	p.Attr(vdom.Role, "region")
	p.Attr(vdom.AriaLabel, p.word(name))
	p.tableHead(class)
}

func (p pen) tableHead(class string) {
	p.Open(vdom.Table, "")
	p.Class(class)
	p.Open(vdom.THead, "")
	p.Open(vdom.TR, "")
}

// tableRows ends the head.
func (p pen) tableRows() {
	p.Close()
	p.Close()
	p.Open(vdom.TBody, "")
}

// tableEnd ends the rows, the table and its box.
func (p pen) tableEnd() {
	p.Close()
	p.Close()
	p.Close()
}

// happened is the table of a list of what happened: its first column is the time.
func (p pen) happened(id string, name words.Key, columns []words.Key) {
	p.Open(vdom.Div, "table")
	p.Class("b-tablewrap")
	p.Attr(vdom.ID, id)
	p.Int(vdom.TabIndex, 0)
	p.Attr(vdom.Role, "region")
	p.Attr(vdom.AriaLabel, p.word(name))
	p.tableHead("b-table b-table--events")
	for i, column := range columns {
		p.Open(vdom.TH, "")
		p.Attr(vdom.Scope, "col")
		if i == 0 {
			p.Attr(vdom.AriaSort, "descending")
		}
		p.Text(p.word(column))
		p.Close()
	}
	p.tableRows()
}

// whenAndWho are the first two cells of what happened.
func (p pen) whenAndWho(row *state.EventRow) {
	p.Open(vdom.TD, "time")
	p.Class("b-num")
	p.Text(p.stamp(row))
	p.Close()
	p.Open(vdom.TD, "author")
	p.Open(vdom.Span, "")
	p.Class("b-person")
	p.eventFace(row)
	p.Leaf(vdom.BDI, "", p.s.EventAuthor(row))
	p.Close()
	p.Close()
}

// stamp is the time of an event in words, to the second.
func (p pen) stamp(row *state.EventRow) string {
	return p.s.Words.Day(row.At, p.s.Now+p.s.Skew) + ", " + p.s.Words.ClockSeconds(row.At)
}

// newer leads to what happened since, where there is something: text says how much.
func (p pen) newer(some bool, text string, on vdom.Handler) {
	p.Open(vdom.Div, "new")
	p.Class("b-newrows")
	p.Attr(vdom.Role, "status")
	if some {
		p.button("", "b-button b-button--soft b-button--small", on, "")
		p.small("#i-up")
		p.Text(text)
		p.Close()
	}
	p.Close()
}

// older says how many are shown and leads to those before; asked: they are on their way.
func (p pen) older(shown string, more, asked bool, why state.Problem, on vdom.Handler, name words.Key) {
	p.Open(vdom.Div, "foot")
	p.Class("b-toolbar")
	p.Open(vdom.Span, "count")
	p.Class("b-events__count")
	p.Attr(vdom.Role, "status")
	p.Text(shown)
	if !more {
		p.Text(" · " + p.word(say.EventsAll))
	}
	p.Close()
	if why.Is() {
		p.alert(p.s.Explain(why))
	}
	if more {
		p.button("older", "b-button b-button--small b-toolbar__end", on, "")
		if asked {
			p.Attr(vdom.DataState, "loading")
			p.spinner()
		}
		p.Text(p.word(name))
		p.Close()
	}
	p.Close()
}
