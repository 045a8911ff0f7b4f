package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// happenedWords are what a list of what happened says. more counts what is new, moreThan says it where nobody counted on;
// shown counts the rows.
type happenedWords struct {
	loading, none, noneText, shown, more, moreThan, older, table words.Key
	columns                                                      []words.Key
}

// happened is a list of what happened: what is new behind a button, the rows, and the way to older ones.
func (p pen) happened(h *state.Happened, w happenedWords, row func(*state.EventRow)) {
	switch {
	case h.Problem.Is() && !h.Loaded:
		p.listFailed(h.Problem, state.RetryPage)
	case !h.Loaded:
		p.listLoading(w.loading, 6)
	case len(h.Rows) == 0 && !h.More:
		p.none(w.none, w.noneText)
		p.newer(h.New, &w)
	default:
		p.newer(h.New, &w)
		p.happenedTable(w.table, w.columns)
		for i := range h.Rows {
			row(&h.Rows[i])
		}
		p.tableEnd()
		p.older(h, &w)
	}
}

// happenedTable opens the table of a list of what happened: its first column is the time.
func (p pen) happenedTable(name words.Key, columns []words.Key) {
	p.Open(vdom.Div, "table")
	p.Class("b-tablewrap")
	p.Attr(vdom.ID, state.HappenedTopID)
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

// newer leads to what happened since, where there is something.
func (p pen) newer(n int, w *happenedWords) {
	p.Open(vdom.Div, "new")
	p.Class("b-newrows")
	p.Attr(vdom.Role, "status")
	if n > 0 {
		text := p.s.Words.Count(w.more, n)
		if n >= protocol.EventsPage {
			text = p.s.Words.Fill(w.moreThan, itoa(n-1))
		}
		p.button("", "b-button b-button--soft b-button--small", state.ShowNew, "")
		p.small("#i-up")
		p.Text(text)
		p.Close()
	}
	p.Close()
}

// older says how many are shown and leads to those before.
func (p pen) older(h *state.Happened, w *happenedWords) {
	p.Open(vdom.Div, "foot")
	p.Class("b-toolbar")
	p.Open(vdom.Span, "count")
	p.Class("b-events__count")
	p.Attr(vdom.Role, "status")
	p.Text(p.s.Words.Count(w.shown, len(h.Rows)))
	if !h.More {
		p.Text(" · " + p.word(say.EventsAll))
	}
	p.Close()
	if h.Problem.Is() {
		p.alert(p.s.Explain(h.Problem))
	}
	if h.More {
		p.button("older", "b-button b-button--small b-toolbar__end", state.ShowOlder, "")
		if h.Asked {
			p.Attr(vdom.DataState, "loading")
			p.spinner()
		}
		p.Text(p.word(w.older))
		p.Close()
	}
	p.Close()
}
