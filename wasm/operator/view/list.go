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
