package server

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

// table reads the event list as a file, without its first line.
func table(t testing.TB, res *http.Response) [][]string {
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
	want := []string{"position", "time", "event", "conversation", "author_kind", "author", "before", "after"}
	if d := cmp.Diff(want, all[0]); d != "" {
		t.Errorf("the columns (-want +got)\n%s", d)
	}
	return all[1:]
}

// column is one of a table's, without what repeats nothing.
func column(all [][]string, i int) (out []string) {
	for _, row := range all {
		out = append(out, row[i])
	}
	return out
}

// mayExport gives somebody the right to take lists out of the house, beside what everybody may.
func (h *house) mayExport(id protocol.OperatorID) {
	h.t.Helper()
	group := h.asAnn(&protocol.GroupCreate{Name: newID(), Rights: []protocol.Right{protocol.RightClose, protocol.RightBlock, protocol.RightExport}})
	h.asAnn(&protocol.RoleChange{Operator: id, Role: protocol.RoleOperator, Group: protocol.GroupID(group.Made)})
}

func TestEVT02AFileOfEventsIsWrittenDown(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.mayExport(h.bob)
	ann, _ := h.operator(h.ann)
	all := table(t, h.request("GET", "/events.csv?type=group.set&actor=operator&conversation=0&since=1", nil, h.fromConsole(h.cookieOf(h.bob))))
	if len(all) != 0 { // which are for administrators
		t.Errorf("Bob gets %q", all)
	}
	log := body[protocol.Audit](t, h.ask(ann, protocol.KindAuditRead, &protocol.AuditRead{Limit: 1}))
	if len(log.Entries) != 1 || log.Entries[0].Event.Kind != protocol.KindExportMade || log.Entries[0].Event.Actor.Name != "Bob" {
		t.Fatalf("the log has %+v", log.Entries)
	}
	want := protocol.ExportMade{What: "events", Format: "csv", Filter: "actor=operator&since=1&type=group.set"}
	if got := body[protocol.ExportMade](t, log.Entries[0].Event); got != want {
		t.Errorf("it says %+v", got)
	}
	refusal(t, h.request("GET", "/events.csv?since=yesterday", nil, h.fromConsole(h.cookieOf(h.bob))))
	if again := body[protocol.Audit](t, h.ask(ann, protocol.KindAuditRead, &protocol.AuditRead{Limit: 1})); again.Entries[0].Seal != log.Entries[0].Seal {
		t.Errorf("what was refused is in the log: %+v", again.Entries)
	}
}

func TestSUB03NoCellOfTheFileIsAFormula(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "@SUM(1+1)*cmd|' /C calc'!A0")
	ann, _ := h.operator(h.ann)
	for _, subject := range []string{"=1+1", "+1+1", "-1+1", "＝1+1", "\"=quoted\", and more", "Возврат: «17», 5 €", "a - b = c"} {
		h.ask(ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 1, Subject: subject})
	}
	h.ask(ann, protocol.KindProfileChange, &protocol.ProfileChange{Name: "=HYPERLINK(\"http://evil.example\")"})
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: " =2+2"})
	all := table(t, h.request("GET", "/events.csv?conversation=1", nil, h.fromConsole(h.cookieOf(h.ann))))
	for _, row := range all {
		for _, cell := range row {
			if begins := strings.TrimLeft(cell, " \t\r\n\u00a0"); begins != "" && strings.ContainsAny(begins[:1], "=+-@") || strings.HasPrefix(begins, "＝") {
				t.Errorf("a spreadsheet reckons with %q", cell)
			}
		}
	}
	after := column(all, 7)
	want := []string{"' =2+2", "a - b = c", "Возврат: «17», 5 €", "\"=quoted\", and more", "'＝1+1", "'-1+1", "'+1+1", "'=1+1",
		"'@SUM(1+1)*cmd|' /C calc'!A0", ""} // and the beginning
	if d := cmp.Diff(want, after); d != "" {
		t.Errorf("the values (-want +got)\n%s", d)
	}
	if by := column(all, 5); by[0] != "'=HYPERLINK(\"http://evil.example\")" || by[1] != "Ann" {
		t.Errorf("the authors are %q", by)
	}
}

func TestTheFileHasWhatTheListHas(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	ann, _ := h.operator(h.ann)
	h.say(kira, 0, "Где моя лампа?")
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1, Last: position(t, h)})
	h.say(kira, 0, "Ещё вопрос")
	console := h.fromConsole(h.cookieOf(h.ann))
	middle := h.now().UnixMilli() + 1
	h.advance(time.Hour)
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 2, Text: "later"})
	for query, want := range map[string][]string{
		"": {"note.added", "conversation.completed", "completion.announced", "message.sent", "conversation.started", "conversation.closed",
			"message.sent", "conversation.started", "visitor.arrived", "channel.created",
			"operator.joined", "operator.invited", "operator.joined", "operator.invited"},
		"type=conversation.started&type=conversation.closed": {"conversation.started", "conversation.closed", "conversation.started"},
		"type=conversation.closed&actor=visitor":             nil,
		"type=message.sent&actor_id=" + string(w.Visitor):    {"message.sent", "message.sent"},
		"conversation=2":                             {"note.added", "conversation.completed", "completion.announced", "message.sent", "conversation.started"},
		fmt.Sprint("since=", middle):                 {"note.added", "conversation.completed", "completion.announced"},
		fmt.Sprint("type=note.added&until=", middle): nil,
	} {
		res := h.request("GET", "/events.csv?"+query, nil, console)
		kinds := slices.DeleteFunc(column(table(t, res), 2), func(kind string) bool { return kind == "export.made" }) // of those before
		if d := cmp.Diff(want, kinds); d != "" {
			t.Errorf("%q (-want +got)\n%s", query, d)
		}
		for name, want := range map[string]string{
			"Content-Type": "text/csv; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Content-Disposition": `attachment; filename="events-` + h.now().UTC().Format(time.DateOnly) + `.csv"`,
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
	}
	last := table(t, h.request("GET", "/events.csv?type=message.sent&conversation=1", nil, console))[0]
	at, err := time.Parse(time.RFC3339, last[1])
	if err != nil || at.After(h.now()) || at.Before(h.now().Add(-2*time.Hour)) {
		t.Errorf("the time is %q", last[1])
	}
	if d := cmp.Diff([]string{"message.sent", "1", "visitor", "", "", "Где моя лампа?"}, last[2:]); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestABadFilterOfTheFileIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	console := h.fromConsole(h.cookieOf(h.ann))
	for query, field := range map[string]string{
		"since=yesterday": "since", "until=1e9": "until", "conversation=%2341": "conversation", "conversation=-1": "conversation",
		"actor=martian": "actors[0]", "actor_id=..%2F..": "actor_ids[0]", "since=99999999999999999999": "since",
		strings.Repeat("type=message.sent&", 61): "types",
	} {
		res := h.request("GET", "/events.csv?"+query, nil, console)
		if r := refusal(t, res); res.StatusCode != http.StatusBadRequest || !strings.HasPrefix(r.Reason, "field="+field) {
			t.Errorf("%.40s: %s %+v", query, res.Status, r)
		}
	}
}

func TestTheFileIsForWhoMaySeeWhatIsInIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	h.say(kira, 0, "SECRET")
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	for name, c := range map[string]struct {
		edit func(*http.Request)
		code protocol.Code
	}{
		"signed out":         {header("Accept", "text/csv"), protocol.CodeUnauthorized},
		"with a made-up key": {func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "beseda", Value: newID()}) }, protocol.CodeUnauthorized},
		"a visitor":          {h.fromWidget(w.VisitorKey), protocol.CodeForbidden},
	} {
		res := h.request("GET", "/events.csv", nil, c.edit)
		if r := refusal(t, res); r.Code != c.code || strings.Contains(r.Reason, "SECRET") {
			t.Errorf("%s: %s %+v", name, res.Status, r)
		}
	}
	bobs := h.cookieOf(h.bob)
	if r := refusal(t, h.request("GET", "/events.csv", nil, h.fromConsole(bobs))); r.Code != protocol.CodeForbidden || r.Reason != "right=export" {
		t.Errorf("without the right Bob gets %+v", r)
	}
	h.mayExport(h.bob)
	seen := table(t, h.request("GET", "/events.csv", nil, h.fromConsole(bobs)))
	if d := cmp.Diff([]string{"policy.set"}, column(seen, 2)); d != "" {
		t.Errorf("Bob gets (-want +got)\n%s", d)
	}
	if all := table(t, h.request("GET", "/events.csv?type=visitor.arrived&type=receipt.advanced&type=message.sent", nil, h.fromConsole(bobs))); len(all) != 0 {
		t.Errorf("Bob gets %q", all)
	}
	if all := table(t, h.request("GET", "/events.csv?conversation=1", nil, h.fromConsole(h.cookieOf(h.ann)))); len(all) != 3 {
		t.Errorf("Ann gets %q", all)
	}
	h.asAnn(&protocol.OperatorDeactivate{Operator: h.bob})
	if r := refusal(t, h.request("GET", "/events.csv", nil, h.fromConsole(bobs))); r.Code != protocol.CodeUnauthorized {
		t.Errorf("once deactivated, Bob gets %+v", r)
	}
}

// TestALongFileStreamsAndEndsWithTheRightToIt takes the beginning of a long file, loses the right to what follows, and
// takes the rest.
func TestALongFileStreamsAndEndsWithTheRightToIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	thread := h.say(kira, 0, "hello").Thread
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	h.mayExport(h.bob)
	const total, once = 60_000, 500
	text := strings.Repeat("ж", 120)
	for i := 0; i < total; i += once {
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			for range once {
				out.Events = append(out.Events, protocol.Frame{Kind: protocol.KindNoteAdded, Thread: thread, Conversation: 1,
					Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Анна"},
					Body:  protocol.EncodeBody(&protocol.NoteAdded{Text: text})})
			}
			return out, nil
		}}))
	}
	all := table(t, h.request("GET", "/events.csv?type=note.added", nil, h.fromConsole(h.cookieOf(h.ann))))
	if len(all) != total {
		t.Fatalf("Ann gets %d rows of %d", len(all), total)
	}
	seen := map[string]bool{}
	for _, row := range all {
		if seen[row[0]] || row[5] != "Анна" || row[7] != text {
			t.Fatalf("a row is %q, there before: %v", row, seen[row[0]])
		}
		seen[row[0]] = true
	}
	res := h.request("GET", "/events.csv?type=note.added", nil, h.fromConsole(h.cookieOf(h.bob)))
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	n, err := io.Copy(io.Discard, res.Body)
	if full := int64(total * 300); err == nil && n > full-1000 {
		t.Errorf("after losing the conversation Bob got %d bytes more", n)
	}
}
