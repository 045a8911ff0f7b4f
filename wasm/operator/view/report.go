package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// reportPage says how many conversations there are, and who handles them.
func (p pen) reportPage() {
	s, r := p.s, &p.s.Report
	lead := say.ReportsOwn
	if s.Admin() {
		lead = say.ReportsLead
	}
	p.pageHead("report", p.word(say.ReportsPage), p.word(lead))
	p.Close()
	switch {
	case r.Problem.Is() && !r.Loaded:
		p.listFailed(r.Problem, state.RetryReport)
	case !r.Loaded:
		p.listLoading(say.LoadingReport, 4)
	case r.Workload.Conversations == 0:
		p.none(say.NoneYet, say.NoneYetText)
	default:
		p.figures(&r.Workload)
		p.workload(&r.Workload)
	}
	p.Close()
}

func (p pen) figures(w *protocol.Workload) {
	p.Open(vdom.DL, "figures")
	p.Class("b-figures")
	p.Open(vdom.Div, "all")
	p.Class("b-figure")
	p.Leaf(vdom.DT, "", p.word(say.Conversations))
	p.Leaf(vdom.DD, "", itoa(w.Conversations))
	p.Close()
	p.Close()
}

// workload is a table with a row for everybody who has a conversation.
func (p pen) workload(w *protocol.Workload) {
	p.table("workload", "b-table b-table--num", say.ReportsTable)
	for _, name := range [...]words.Key{say.RoleOperator, say.Conversations, say.ReportsActive} {
		p.column(p.word(name), false)
	}
	p.tableRows()
	for i := range w.Operators {
		p.workloadRow(&w.Operators[i])
	}
	p.tableEnd()
	if len(w.Operators) == 0 {
		p.Leaf(vdom.P, "b-page__lead", p.word(say.ReportsNobody))
	}
}

func (p pen) workloadRow(w *protocol.OperatorWorkload) {
	o := p.s.Operator(w.Operator)
	name := p.s.OperatorName(&protocol.Actor{Kind: protocol.ActorOperator, ID: string(w.Operator)})
	p.Open(vdom.TR, string(w.Operator))
	p.Open(vdom.TH, "")
	p.Attr(vdom.Scope, "row")
	p.Open(vdom.Span, "")
	p.Class("b-person")
	f := face.Face{ID: string(w.Operator), Name: name, Picture: state.Picture(o), Size: "b-avatar--sm"}
	if o != nil && o.Bot {
		f.Icon, f.Picture = "#i-bot", ""
	}
	face.Draw(p.Builder, f)
	p.Leaf(vdom.BDI, "", name)
	p.Close()
	p.Close()
	p.Leaf(vdom.TD, "", itoa(w.Conversations))
	p.Leaf(vdom.TD, "", itoa(w.Active))
	p.Close()
}
