package server

import (
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/session/line"
)

// The matrix over HTTP: every route of package web, for everybody. A route without a row fails the test.

// address is a row: what each column is answered, or "public" where nobody is asked who they are.
type address struct {
	route string
	path  string // with FILE for a file of a conversation that Dan has, MINE for one that waits for its uploader
	may   string
}

// Columns: administrator, operator of the team, one with the right to read all and to export and outside the team,
// operator outside the team, bot, the conversation's visitor, another visitor, one who was deactivated, nobody.
//
// A refusal by the visitor's key or the bot's token where only a signed-in person is known is 401.
var addresses = []address{
	{"POST /files", "/files", "201 201 201 201 201 201 201 401 401"},
	{"GET /files/{id}", "/files/FILE", "200 200 200 403 200 200 404 401 401"},
	{"GET /files/{id}", "/files/MINE", "200 404 404 404 404 404 404 401 401"}, // the administrator's own upload
	{"POST /pictures", "/pictures", "204 204 204 204 204 403 403 401 401"},
	{"GET /session", "/session", "200 200 200 200 401 401 401 401 401"},
	{"GET /sessions", "/sessions", "200 200 200 200 401 401 401 401 401"},
	{"POST /password", "/password", "400 400 400 400 401 401 401 401 401"}, // an empty body
	{"DELETE /sessions/{id}", "/sessions/01J00000000000000000000000", "404 404 404 404 401 401 401 401 401"},
	{"GET /events.csv", "/events.csv", "200 403 200 403 403 403 403 401 401"},
	{"GET /console/export.csv", "/console/export.csv", "200 403 200 403 403 403 403 401 401"},
	{"GET /console/export.xlsx", "/console/export.xlsx", "200 403 200 403 403 403 403 401 401"},
	{"DELETE /session", "/session", "204 204 204 204 401 401 401 401 401"}, // the last: it signs out

	{"GET /ws", "/ws", "public"}, // asks with hello: TestWhoIsNobodyAsksNothing
	{"GET /widget.js", "", "public"},
	{"GET /widget/{$}", "", "public"},
	{"GET /widget/waiting", "", "public"}, // asks for a visitor's key, and tells a number
	{"OPTIONS /widget/waiting", "", "public"},
	{"GET /console/", "", "public"},
	{"GET /setup", "", "public"},
	{"GET /assets/{name}", "", "public"},
	{"GET /favicon.ico", "", "public"},
	{"GET /pictures/{operator}", "", "public"},
	{"POST /setup/look", "", "public"}, // by one-time link
	{"POST /setup", "", "public"},
	{"POST /session", "", "public"}, // by password
	{"GET /healthz", "", "public"},
	{"GET /metrics", "", "public"}, // by address: TestMetricsAreForThisMachine
	{"GET /{$}", "", "public"},
	{"/", "", "public"},
	{"GET /demo/", "", "public"},
}

func TestEveryAddressAsksForItsRight(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, row := range addresses {
		listed[row.route] = true
	}
	source, err := os.ReadFile("web/web.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`\{"((?:[A-Z]+ )?/[^"]*)", `).FindAllStringSubmatch(string(source), -1)
	if len(found) < 20 {
		t.Fatalf("the table of routes has %d rows", len(found))
	}
	there := map[string]bool{}
	for _, route := range found {
		there[route[1]] = true
		if !listed[route[1]] {
			t.Errorf("%s has no row in the matrix of rights", route[1])
		}
	}

	h := open(t)
	reader := h.hire("Rita", "rita@example.com", protocol.RoleOperator, false)
	out := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	dan := h.hire("Dan", "dan@example.com", protocol.RoleOperator, false)
	gone := h.hire("Sam", "sam@example.com", protocol.RoleOperator, false)
	group := h.asAnn(&protocol.GroupCreate{Name: "Readers", Rights: []protocol.Right{protocol.RightReadAll, protocol.RightExport}})
	h.asAnn(&protocol.RoleChange{Operator: reader, Role: protocol.RoleOperator, Group: protocol.GroupID(group.Made)})
	h.asAnn(&protocol.TeamChange{Channel: h.channel, Operators: []protocol.OperatorID{h.bob, dan}})
	kira, w := h.visitor("")
	lev, other := h.visitor("")
	h.say(lev, 0, "hello")
	file := h.upload(t, h.fromWidget(w.VisitorKey), "boot.png", tinyPNG)
	n := h.say(kira, 0, "", file.ID).Conversation
	h.asAnn(&protocol.ConversationAssign{Conversation: n, Assignee: dan})
	token, err := h.Auth.Bots.Add(h.hire("Robot", "", protocol.RoleOperator, true))
	if err != nil {
		t.Fatal(err)
	}
	left := h.cookieOf(gone)
	ann := h.cookieOf(h.ann)
	mine := h.upload(t, h.fromConsole(ann), "mine.png", tinyPNG)
	l, _ := h.operator(h.ann)
	h.ask(l, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: gone})

	columns := []struct {
		name string
		edit func(*http.Request)
	}{
		{"an administrator", h.fromConsole(ann)}, {"an operator", h.fromConsole(h.cookieOf(h.bob))},
		{"one who reads all", h.fromConsole(h.cookieOf(reader))}, {"one outside the team", h.fromConsole(h.cookieOf(out))},
		{"a bot", header("Authorization", "Bearer "+h.secret(string(token)))}, {"its visitor", h.fromWidget(w.VisitorKey)},
		{"another visitor", h.fromWidget(other.VisitorKey)}, {"who was deactivated", h.fromConsole(left)},
		{"nobody", h.fromConsole(nil)},
	}
	for _, row := range addresses {
		if row.may == "public" || !there[row.route] {
			continue
		}
		method, _, _ := strings.Cut(row.route, " ")
		path := strings.NewReplacer("FILE", string(file.ID), "MINE", string(mine.ID)).Replace(row.path)
		for i, want := range strings.Fields(row.may) {
			var content string
			if path == "/files" || path == "/pictures" {
				content = tinyPNG
			}
			res := h.request(method, path, strings.NewReader(content), columns[i].edit, named("a.png"))
			if got := strconv.Itoa(res.StatusCode); got != want {
				t.Errorf("%s %s by %s: %s, want %s", method, row.path, columns[i].name, got, want)
			}
		}
	}
}

// TestWhoIsNobodyAsksNothing: without an account that is active there is no connection, and a command that comes from
// one that was active a moment ago is refused.
func TestWhoIsNobodyAsksNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	cookie := h.cookieOf(h.bob)
	kira, _ := h.visitor("")
	said := h.say(kira, 0, "hello")
	h.asAnn(&protocol.OperatorDeactivate{Operator: h.bob})
	for name, o := range map[string]line.Options{"nobody": {}, "who was deactivated": {Cookie: cookie}} {
		l := h.dial(o)
		if _, err := l.Hello(h.ctx(), protocol.Hello{}); codeOf(err) != protocol.CodeUnauthorized && codeOf(err) != protocol.CodeInvalid {
			t.Errorf("%s is welcomed: %v", name, err)
		}
	}
	c := &cell{h: h, n: said.Conversation, last: said.Position, in: said.Thread, to: h.ann, spare: h.ann,
		group: protocol.GroupOperators, tag: protocol.TagID(newID())}
	bob := call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.bob), Name: "Bob"}}
	for _, row := range matrix {
		e, _ := protocol.Lookup(row.kind)
		if e.From&(protocol.FromOperator|protocol.FromAdministrator) == 0 {
			continue
		}
		if _, err := h.do(bob, row.body(c)); codeOf(err) != protocol.CodeUnauthorized {
			t.Errorf("%s by who was deactivated: %v", row.kind, err)
		}
	}
}
