//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
)

// reported is the page of reports with what the server counted.
func reported(t *testing.T, w *protocol.Workload, change ...func(*protocol.OperatorWelcome)) *desk {
	t.Helper()
	d := signedIn(t, "/console/reports", change...)
	d.hear(d.last(protocol.KindWorkloadRead).ID, protocol.KindWorkload, w)
	return d
}

func someWork() *protocol.Workload {
	return &protocol.Workload{Conversations: 6, Operators: []protocol.OperatorWorkload{
		{Operator: ann, Conversations: 3, Active: 1}, {Operator: bob, Conversations: 2},
	}}
}

func (d *desk) tableRows() (rows []string) {
	for _, n := range d.Page.All(func(n *pageNode) bool { return n.Tag == "tr" }) {
		var cells []string
		for _, cell := range n.Children {
			cells = append(cells, strings.TrimSpace(cell.AllText()))
		}
		rows = append(rows, strings.Join(cells, " | "))
	}
	return rows
}

func TestSTT01TheReportSaysWhoHandlesHowMany(t *testing.T) {
	t.Parallel()
	d := reported(t, someWork())
	if diff := cmp.Diff([]string{"Operator | Conversations | Active now", "AAnn | 3 | 1", "BBob | 2 | 0"}, d.tableRows()); diff != "" {
		t.Error(diff)
	}
	d.want("all of them", d.text("b-figure"), "Conversations6")
	asked := d.count(protocol.KindWorkloadRead)
	d.wait(60_000)
	if d.count(protocol.KindWorkloadRead) != asked {
		t.Error("it counts anew although nothing changed")
	}
	d.changed(0, row(41))
	d.changed(0, row(41))
	d.wait(2000)
	if d.count(protocol.KindWorkloadRead) != asked+1 {
		t.Errorf("after a change it counted %d times", d.count(protocol.KindWorkloadRead)-asked)
	}
	work := someWork()
	work.Operators[1].Conversations = 9
	d.hear(d.last(protocol.KindWorkloadRead).ID, protocol.KindWorkload, work)
	d.want("anew", d.tableRows()[2], "BBob | 9 | 0")
}

func TestTheReportSaysWhatToDoWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	d := reported(t, &protocol.Workload{})
	d.want("nothing yet", d.text("b-empty__title"), "No conversations yet")
	d = reported(t, &protocol.Workload{Conversations: 2})
	if len(d.tableRows()) != 1 || !strings.Contains(d.HTML(), "Nobody has taken any yet.") {
		t.Errorf("nobody has any: %v", d.tableRows())
	}
	d = signedIn(t, "/console/reports")
	d.hear(d.last(protocol.KindWorkloadRead).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	d.Click("Try again")
	d.hear(d.last(protocol.KindWorkloadRead).ID, protocol.KindWorkload, someWork())
	if len(d.tableRows()) != 3 {
		t.Errorf("after trying again: %v", d.tableRows())
	}
}

func TestSTT01TheCustomersCountIsOfAllTheirConversations(t *testing.T) {
	t.Parallel()
	d := opened(t)
	other := row(38)
	other.Visitor, other.Thread = row(41).Visitor, row(41).Thread
	current := row(41)
	current.Started = 5
	d.changed(0, other, current)
	var pill string
	for _, n := range d.Page.ByClass("b-card__head") {
		if strings.HasPrefix(n.AllText(), "Earlier conversations") {
			pill = strings.TrimPrefix(n.AllText(), "Earlier conversations")
		}
	}
	d.want("earlier ones", pill, "4")
}
