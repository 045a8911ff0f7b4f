package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/session/line"
)

const nextPassword = "quite another sentence"

func passwordForm(current, next string) string {
	b, err := json.Marshal(map[string]string{"current": current, "new": next})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// changes sends the form of the account page.
func (h *house) changes(cookie *http.Cookie, current, next string) *http.Response {
	h.t.Helper()
	h.secret(current)
	h.secret(next)
	return h.post("/password", passwordForm(current, next), func(r *http.Request) { r.AddCookie(cookie) })
}

func TestChangingThePasswordLeavesOnlyThisSession(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	mine := h.session(t, h.post("/session", signInForm("bob@example.com", password)))
	here := h.dial(line.Options{Cookie: mine})
	if _, err := here.Hello(h.ctx(), protocol.Hello{}); err != nil {
		t.Fatal(err)
	}
	there, _ := h.operator(h.bob)
	ann, _ := h.operator(h.ann)
	res := h.changes(mine, password, nextPassword)
	if res.StatusCode != http.StatusNoContent || len(res.Cookies()) != 0 {
		t.Fatalf("%s, cookies %v", res.Status, res.Cookies())
	}
	if code := h.goodbye(there); code != protocol.CodeUnauthorized {
		t.Errorf("the other device's socket ended with %s", code)
	}
	h.settle(here)
	h.settle(ann)
	if res := h.request("GET", "/session", nil, func(r *http.Request) { r.AddCookie(mine) }); res.StatusCode != http.StatusOK {
		t.Errorf("this session: %s", res.Status)
	}
	if res := h.post("/session", signInForm("bob@example.com", password)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("signing in with the old one: %s", res.Status)
	}
	h.session(t, h.post("/session", signInForm("bob@example.com", nextPassword)))
}

func TestAPasswordIsNotChanged(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	mine, other := h.cookieOf(h.bob), h.cookieOf(h.bob)
	for name, row := range map[string]struct {
		form   string
		status int
		want   protocol.Refused
	}{
		"without the current one": {passwordForm("wrong horse battery", nextPassword), 400, protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=current"}},
		"to a short one":          {passwordForm(password, "short"), 400, protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=new min=10"}},
		"to one that is too long": {passwordForm(password, strings.Repeat("x", 201)), 413, protocol.Refused{Code: protocol.CodeTooLong, Reason: "field=new limit=200"}},
		"by half a form":          {`{"current":"x"`, 400, protocol.Refused{Code: protocol.CodeInvalid, Reason: "malformed"}},
		"for somebody else":       {`{"operator":"x","current":"x","new":"y"}`, 400, protocol.Refused{Code: protocol.CodeInvalid, Reason: "malformed"}},
	} {
		res := h.post("/password", row.form, func(r *http.Request) { r.AddCookie(mine) })
		if r := refusal(t, res); res.StatusCode != row.status || r != row.want {
			t.Errorf("%s: %s %+v", name, res.Status, r)
		}
	}
	if res := h.post("/password", passwordForm(password, nextPassword)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("signed out: %s", res.Status)
	}
	for _, cookie := range []*http.Cookie{mine, other} {
		if res := h.request("GET", "/session", nil, func(r *http.Request) { r.AddCookie(cookie) }); res.StatusCode != http.StatusOK {
			t.Errorf("a session ended: %s", res.Status)
		}
	}
	h.session(t, h.post("/session", signInForm("bob@example.com", password)))
}

func TestGuessingTheCurrentPasswordIsLimited(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	h.password(h.bob)
	mine := h.cookieOf(h.bob)
	for range auth.Limitations[auth.LimitSignInEmail].Burst {
		if res := h.changes(mine, "wrong horse battery", nextPassword); res.StatusCode != http.StatusBadRequest {
			t.Fatal(res.Status)
		}
	}
	res := h.changes(mine, password, nextPassword)
	r := refusal(t, res)
	if res.StatusCode != http.StatusTooManyRequests || r.Code != protocol.CodeRateLimited || r.RetryMs < 1000 {
		t.Errorf("the right one after too many wrong ones: %s %+v", res.Status, r)
	}
	h.advance(time.Duration(r.RetryMs) * time.Millisecond)
	if res := h.changes(mine, password, nextPassword); res.StatusCode != http.StatusNoContent {
		t.Errorf("in time: %s", res.Status)
	}
}

// relinked asks for a colleague's new link.
func (h *house) relinked(l *line.Line, id protocol.OperatorID) string {
	h.t.Helper()
	in := body[protocol.Invited](h.t, h.ask(l, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: id}))
	token, ok := strings.CutPrefix(in.Path, "/setup#")
	if !ok || in.Operator != id || in.ExpiresAt <= h.now().UnixMilli() {
		h.t.Fatalf("the answer is %+v", in)
	}
	return h.secret(token)
}

func TestANewLinkLetsAColleagueChooseAnotherPassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	first, second := h.relinked(ann, h.bob), h.relinked(ann, h.bob)
	look := func(token string) *http.Response {
		return h.post("/setup/look", fmt.Sprintf(`{"token":%q}`, token))
	}
	if res := look(first); res.StatusCode != http.StatusNotFound {
		t.Errorf("the link before it: %s", res.Status)
	}
	var whose map[string]string
	if err := json.NewDecoder(look(second).Body).Decode(&whose); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"kind": "invite", "name": "Bob", "email": "bob@example.com", "state": "active"}, whose); diff != "" {
		t.Error(diff)
	}
	h.settle(bob) // a link that nobody used ends nothing
	h.session(t, h.post("/session", signInForm("bob@example.com", password)))
	form := fmt.Sprintf(`{"token":%q,"name":"Robert","password":%q}`, second, h.secret(nextPassword))
	cookie := h.session(t, h.post("/setup", form))
	if code := h.goodbye(bob); code != protocol.CodeUnauthorized {
		t.Errorf("his socket ended with %s", code)
	}
	if res := h.post("/session", signInForm("bob@example.com", password)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("signing in with the old one: %s", res.Status)
	}
	again := h.dial(line.Options{Cookie: cookie})
	w, err := again.Hello(h.ctx(), protocol.Hello{})
	if err != nil || w.Operator.Me.ID != h.bob || w.Operator.Me.Name != "Bob" || w.Operator.Me.Role != protocol.RoleOperator {
		t.Errorf("he comes back as %+v, %v", w.Operator, err)
	}
}

func TestX28LinksAndPasswordsStandInTheAuditLogWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	ann, _ := h.operator(h.ann)
	token := h.relinked(ann, h.bob)
	cookie := h.session(t, h.post("/setup", fmt.Sprintf(`{"token":%q,"name":"Ann","password":%q}`, token, h.secret(nextPassword))))
	if res := h.changes(cookie, "wrong horse battery", password); res.StatusCode != http.StatusBadRequest {
		t.Fatal(res.Status)
	}
	if res := h.changes(cookie, nextPassword, password); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.Status)
	}
	log := body[protocol.Audit](t, h.ask(ann, protocol.KindAuditRead, &protocol.AuditRead{Limit: 3}))
	var got []string
	for _, e := range log.Entries {
		got = append(got, fmt.Sprintf("%s by %s: %s", e.Event.Kind, e.Event.Actor.Name, h.json(&e.Event)))
		if e.Seal == "" {
			t.Errorf("%s is not sealed", e.Event.Kind)
		}
	}
	want := []string{
		fmt.Sprintf(`password.set by Bob: {"operator":%q}`, h.bob), fmt.Sprintf(`password.set by Bob: {"operator":%q,"link":true}`, h.bob),
		fmt.Sprintf(`operator.linked by Ann: {"operator":%q}`, h.bob),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// json is a frame's body as an integrator reads it.
func (h *house) json(f *protocol.Frame) string {
	h.t.Helper()
	entry, _ := protocol.Lookup(f.Kind)
	into := entry.New()
	if err := protocol.DecodeBody(f.Body, into); err != nil {
		h.t.Fatal(err)
	}
	b, err := json.Marshal(into)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(b)
}

func TestANewLinkReplacesALostInvitation(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	invited := body[protocol.Invited](t, h.ask(ann, protocol.KindOperatorInvite,
		&protocol.OperatorInvite{Name: "Dora", Email: "dora@example.com", Role: protocol.RoleOperator}))
	lost := h.secret(strings.TrimPrefix(invited.Path, "/setup#"))
	token := h.relinked(ann, invited.Operator)
	if res := h.post("/setup/look", fmt.Sprintf(`{"token":%q}`, lost)); res.StatusCode != http.StatusNotFound {
		t.Errorf("the lost one: %s", res.Status)
	}
	h.session(t, h.post("/setup", fmt.Sprintf(`{"token":%q,"name":"Dora","password":%q}`, token, h.secret(nextPassword))))
}

func TestWhoGetsNoNewLink(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	_, bot := h.bot("Robot")
	gone := h.hire("Dora", "dora@example.com", protocol.RoleOperator, false)
	h.asAnn(&protocol.OperatorDeactivate{Operator: gone})
	h.refused(ann, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: bot}, protocol.CodeInvalid)
	h.refused(ann, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: gone}, protocol.CodeConflict)
	h.refused(ann, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: h.ann}, protocol.CodeForbidden)
	h.refused(ann, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: protocol.OperatorID(newID())}, protocol.CodeNotFound)
	h.refused(bob, protocol.KindOperatorLink, &protocol.OperatorLink{Operator: h.ann}, protocol.CodeForbidden)
}

// A command's id names what was decided. Sent again with somebody else in it, it must not reach them.
func TestARepeatedIDGivesNobodyElsesLink(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	id := line.NewID()
	for _, whom := range []protocol.OperatorID{h.bob, h.ann} {
		if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindOperatorLink, ID: id,
			Body: protocol.EncodeBody(&protocol.OperatorLink{Operator: whom})}); err != nil {
			t.Fatal(err)
		}
		f, err := ann.Answer(h.ctx(), id)
		if err != nil {
			t.Fatal(err)
		}
		if in := body[protocol.Invited](t, f); in.Operator != h.bob {
			t.Errorf("asked for %s it is the link of %s", whom, in.Operator)
		}
	}
}
