package server

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/words"
	"beseda/wasm/words/source"
)

// listTable reads the list of conversations as a file, without its first line.
func listTable(t testing.TB, res *http.Response) [][]string {
	t.Helper()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("the file answers %s", res.Status)
	}
	text, marked := strings.CutPrefix(content(t, res), "\ufeff")
	if !marked {
		t.Error("it does not say that it is UTF-8")
	}
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"number", "subject", "contact", "channel", "activity", "status", "assignee", "created", "closed", "tags"}
	if d := cmp.Diff(want, all[0]); d != "" {
		t.Errorf("the columns (-want +got)\n%s", d)
	}
	return all[1:]
}

func TestSTT02ClosedConversationsLeaveAsATable(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	for n := range protocol.Number(6) {
		l, _ := h.visitor("")
		h.say(l, 0, "Where is my lamp?")
		if n < 4 {
			h.say(ann, n+1, "On its way.")
			closes(h, ann, n+1)
		}
	}
	h.ask(ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 2, Subject: "=1+1"})
	h.ask(ann, protocol.KindContactChange, &protocol.ContactChange{Conversation: 3, Name: "Кира"})
	vip := protocol.TagID(h.asAnn(&protocol.TagCreate{Name: "vip", Color: "rose"}).Made)
	h.ask(ann, protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: 3, Tag: vip})
	console := h.fromConsole(h.cookieOf(h.ann))
	all := listTable(t, h.request("GET", "/console/export.csv?status=closed", nil, console))
	if d := cmp.Diff([]string{"4", "3", "2", "1"}, column(all, 0)); d != "" {
		t.Errorf("the rows (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"Where is my lamp?", "Where is my lamp?", "'=1+1", "Where is my lamp?"}, column(all, 1)); d != "" {
		t.Errorf("the subjects (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{alias(t, h, "en", 4), "Кира", alias(t, h, "en", 2), alias(t, h, "en", 1)}, column(all, 2)); d != "" {
		t.Errorf("the contacts (-want +got)\n%s", d)
	}
	russian := listTable(t, h.request("GET", "/console/export.csv?language=ru&status=closed", nil, console))
	if d := cmp.Diff([]string{alias(t, h, "ru", 4), "Кира", alias(t, h, "ru", 2), alias(t, h, "ru", 1)}, column(russian, 2)); d != "" {
		t.Errorf("the contacts in Russian (-want +got)\n%s", d)
	}
	kira := all[1]
	for _, at := range []int{7, 8} {
		when, err := time.Parse(time.RFC3339, kira[at])
		if err != nil || when.After(h.now()) || when.Before(h.now().Add(-time.Hour)) {
			t.Errorf("a time is %q", kira[at])
		}
		kira[at] = ""
	}
	if d := cmp.Diff([]string{"3", "Where is my lamp?", "Кира", "Acme shop", "completed", "closed", "Ann", "", "", "vip"}, kira); d != "" {
		t.Errorf("a row (-want +got)\n%s", d)
	}

	res := h.request("GET", "/console/export.xlsx?status=closed", nil, console)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("the sheet answers %s", res.Status)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(content(t, res))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 5 {
		t.Fatalf("the sheet has %d rows, %v", len(rows), err)
	}
	if d := cmp.Diff([]string{"created (UTC)", "closed (UTC)"}, rows[0][7:9]); d != "" {
		t.Errorf("the sheet's times are headed (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"4", "3", "2", "1"}, column(rows[1:], 0)); d != "" {
		t.Errorf("the sheet's rows (-want +got)\n%s", d)
	}
	if formula, err := book.GetCellFormula(book.GetSheetName(0), "B4"); formula != "" || err != nil || rows[3][1] != "'=1+1" {
		t.Errorf("the sheet reckons %q, shows %q, %v", formula, rows[3][1], err)
	}
	log := table(t, h.request("GET", "/events.csv?type=export.made", nil, console))
	if len(log) != 3 {
		t.Errorf("the log has %q", log)
	}
}

// alias is how the console calls the visitor of a conversation, who has no name.
func alias(t *testing.T, h *house, language string, n protocol.Number) string {
	t.Helper()
	all, err := source.Read("../widget/languages", "console")
	if err != nil {
		t.Fatal(err)
	}
	console := state.State{Words: words.Parse(all.Compile(language))}
	ann, _ := h.operator(h.ann)
	return console.VisitorName("", watch(t, h, ann, n).Row.Visitor)
}

func TestAListLeavesTheHouseUnderRightsAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range 2 {
		l, _ := h.visitor("")
		h.say(l, 0, "hello")
	}
	bobs := h.fromConsole(h.cookieOf(h.bob))
	for _, path := range []string{"/console/export.csv", "/console/export.xlsx"} {
		if r := refusal(t, h.request("GET", path, nil, bobs)); r.Code != protocol.CodeForbidden || r.Reason != "right=export" {
			t.Errorf("%s: without the right Bob gets %+v", path, r)
		}
		if r := refusal(t, h.request("GET", path, nil)); r.Code != protocol.CodeUnauthorized {
			t.Errorf("%s: a stranger gets %+v", path, r)
		}
	}
	group := protocol.GroupID(h.asAnn(&protocol.GroupCreate{Name: "Reports", Rights: []protocol.Right{protocol.RightExport}}).Made)
	h.asAnn(&protocol.RoleChange{Operator: h.bob, Role: protocol.RoleOperator, Group: group})
	if all := listTable(t, h.request("GET", "/console/export.csv", nil, bobs)); len(all) != 2 {
		t.Errorf("Bob gets %q", all)
	}
	setPolicy(h, "access.read", "assigned")
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	if d := cmp.Diff([]string{"2"}, column(listTable(t, h.request("GET", "/console/export.csv", nil, bobs)), 0)); d != "" {
		t.Errorf("Bob gets (-want +got)\n%s", d)
	}
	for _, query := range []string{"status=none", "status=closed,none", "colour=red", "assignee=me", "unread=yes", "order=up", "language=xx", "language=../visitor.en", "%zz"} {
		if r := refusal(t, h.request("GET", "/console/export.csv?"+query, nil, bobs)); r.Code != protocol.CodeInvalid {
			t.Errorf("%q: Bob gets %+v", query, r)
		}
	}
	h.asAnn(&protocol.GroupChange{Group: group, Name: "Reports"})
	if r := refusal(t, h.request("GET", "/console/export.csv", nil, bobs)); r.Code != protocol.CodeForbidden {
		t.Errorf("once the right is gone Bob gets %+v", r)
	}
}

// TestATableOnItsWayEndsWithTheRightToIt takes the beginning of a long list, loses what follows, and takes the rest. A
// pipe holds nothing: what was not taken was not written.
func TestATableOnItsWayEndsWithTheRightToIt(t *testing.T) {
	t.Parallel()
	h := open(t, func(h *house) { h.pipe = new(pipes) })
	const many = 3000
	h.fill(many)
	group := protocol.GroupID(h.asAnn(&protocol.GroupCreate{Name: "Reports", Rights: []protocol.Right{protocol.RightExport}}).Made)
	h.asAnn(&protocol.RoleChange{Operator: h.bob, Role: protocol.RoleOperator, Group: group})
	if all := listTable(t, h.request("GET", "/console/export.csv", nil, h.fromConsole(h.cookieOf(h.ann)))); len(all) != many {
		t.Fatalf("Ann gets %d rows of %d", len(all), many)
	}
	res := h.request("GET", "/console/export.csv", nil, h.fromConsole(h.cookieOf(h.bob)))
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	h.asAnn(&protocol.GroupChange{Group: group, Name: "Reports"})
	if n, err := io.Copy(io.Discard, res.Body); err == nil || n > many*20 {
		t.Errorf("after losing the right Bob got %d bytes more, %v", n, err)
	}
}
