package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/session/line"
)

// post sends a form as the console's page does.
func (h *house) post(path, form string, edit ...func(*http.Request)) *http.Response {
	h.t.Helper()
	edits := append([]func(*http.Request){h.fromConsole(nil), header("Content-Type", "application/json")}, edit...)
	return h.request("POST", path, strings.NewReader(form), edits...)
}

func signInForm(email, password string) string {
	b, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// session is the cookie that an answer sets.
func (h *house) session(t testing.TB, res *http.Response) *http.Cookie {
	t.Helper()
	all := res.Cookies()
	if res.StatusCode != http.StatusNoContent || len(all) != 1 {
		t.Fatalf("%s with cookies %v", res.Status, all)
	}
	h.secret(all[0].Value)
	return all[0]
}

func TestSigningInListingAndOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	first := h.session(t, h.post("/session", signInForm("bob@example.com", password)))
	if first.Name != "beseda" || !first.HttpOnly || first.SameSite != http.SameSiteStrictMode || first.Path != "/" || first.MaxAge <= 0 {
		t.Errorf("the cookie is %+v", first)
	}
	second := h.session(t, h.post("/session", signInForm(" BOB@example.com", password), header("User-Agent", "Mozilla/5.0 (Android) Firefox/140.0")))
	if first.Value == second.Value {
		t.Error("two sessions have one token")
	}
	who := h.request("GET", "/session", nil, func(r *http.Request) { r.AddCookie(second) })
	var me struct{ Operator protocol.Operator }
	if err := json.NewDecoder(who.Body).Decode(&me); err != nil || me.Operator.ID != h.bob || me.Operator.Email != "bob@example.com" {
		t.Fatalf("%+v, %v", me, err)
	}
	type row struct {
		ID, Device string
		Current    bool
	}
	list := func() (all []row) {
		res := h.request("GET", "/sessions", nil, func(r *http.Request) { r.AddCookie(second) })
		if err := json.NewDecoder(res.Body).Decode(&all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	all := list()
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	var other string
	for _, s := range all {
		switch {
		case s.Current && s.Device != "Firefox · Android":
			t.Errorf("this device is %q", s.Device)
		case !s.Current:
			other = s.ID
		}
	}
	console := h.dial(line.Options{Cookie: first})
	if _, err := console.Hello(h.ctx(), protocol.Hello{}); err != nil {
		t.Fatal(err)
	}
	if res := h.request("DELETE", "/sessions/"+other, nil, h.fromConsole(second)); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.Status)
	}
	if code := h.goodbye(console); code != protocol.CodeUnauthorized {
		t.Errorf("the revoked session's socket ended with %s", code)
	}
	if len(list()) != 1 {
		t.Error("it is still listed")
	}
	anns := h.cookieOf(h.ann)
	var mine []row
	if err := json.NewDecoder(h.request("GET", "/sessions", nil, func(r *http.Request) { r.AddCookie(anns) }).Body).Decode(&mine); err != nil {
		t.Fatal(err)
	}
	if res := h.request("DELETE", "/sessions/"+mine[0].ID, nil, h.fromConsole(second)); res.StatusCode != http.StatusNotFound {
		t.Errorf("Bob ends Ann's session: %s", res.Status)
	}
	out := h.request("DELETE", "/session", nil, h.fromConsole(second))
	if c := out.Cookies(); out.StatusCode != http.StatusNoContent || len(c) != 1 || c[0].MaxAge >= 0 {
		t.Errorf("signing out: %s %v", out.Status, c)
	}
	if res := h.request("GET", "/session", nil, func(r *http.Request) { r.AddCookie(second) }); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("afterwards: %s", res.Status)
	}
}

func TestAWrongPasswordAndAnUnknownAddressAreAnsweredAlike(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	h.secret("wrong horse battery")
	var answers []protocol.Refused
	for _, form := range []string{
		signInForm("bob@example.com", "wrong horse battery"), signInForm("nobody@example.com", "wrong horse battery"),
		signInForm("ann@example.com", "wrong horse battery"), // who has no password yet
	} {
		res := h.post("/session", form)
		if res.StatusCode != http.StatusUnauthorized || len(res.Cookies()) != 0 {
			t.Errorf("%s", res.Status)
		}
		answers = append(answers, refusal(t, res))
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("%+v", answers)
	}
}

func TestGuessingIsLimitedAndEndsWithTime(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	h.password(h.bob)
	burst := auth.Limitations[auth.LimitSignInEmail].Burst
	for range burst {
		if res := h.post("/session", signInForm("bob@example.com", "wrong horse battery")); res.StatusCode != http.StatusUnauthorized {
			t.Fatal(res.Status)
		}
	}
	res := h.post("/session", signInForm("bob@example.com", password))
	r := refusal(t, res)
	if res.StatusCode != http.StatusTooManyRequests || r.Code != protocol.CodeRateLimited || r.RetryMs < 1000 || res.Header.Get("Retry-After") == "" {
		t.Errorf("the right one after %d wrong ones: %s %+v", burst, res.Status, r)
	}
	h.advance(time.Duration(r.RetryMs) * time.Millisecond)
	h.session(t, h.post("/session", signInForm("bob@example.com", password)))
}

func TestWhatAForeignPageCouldSendChangesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.bob)
	cookie := h.cookieOf(h.bob)
	for _, route := range []struct{ method, path, body string }{
		{"POST", "/session", signInForm("bob@example.com", password)},
		{"DELETE", "/session", ""},
		{"DELETE", "/sessions/x", ""},
		{"POST", "/password", passwordForm(password, nextPassword)},
		{"POST", "/setup", `{"token":"x"}`},
		{"POST", "/setup/look", `{"token":"x"}`},
		{"POST", "/files", "x"},
		{"POST", "/pictures", tinyPNG},
	} {
		for name, edit := range map[string]func(*http.Request){
			"no header": func(r *http.Request) { r.Header.Set("Origin", h.base) },
			"no origin": header("Beseda-Request", "1"),
			"a foreign page": func(r *http.Request) {
				r.Header.Set("Beseda-Request", "1")
				r.Header.Set("Origin", "https://evil.example")
			},
			"a page of none": func(r *http.Request) { r.Header.Set("Beseda-Request", "1"); r.Header.Set("Origin", "null") },
			"a form":         func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") },
			"our name within": func(r *http.Request) {
				r.Header.Set("Beseda-Request", "1")
				r.Header.Set("Origin", h.base+"@evil.example")
			},
		} {
			res := h.request(route.method, route.path, strings.NewReader(route.body), func(r *http.Request) { r.AddCookie(cookie) }, edit)
			if r := refusal(t, res); res.StatusCode != http.StatusForbidden || r.Code != protocol.CodeForbidden {
				t.Errorf("%s %s with %s: %s %+v", route.method, route.path, name, res.Status, r)
			}
		}
	}
	if res := h.request("GET", "/session", nil, func(r *http.Request) { r.AddCookie(cookie) }); res.StatusCode != http.StatusOK {
		t.Errorf("Bob's session: %s", res.Status)
	}
}

func TestAFormThatIsNone(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, c := range map[string]struct {
		form   string
		status int
	}{
		"nothing":               {"", 400},
		"no JSON":               {"email=bob", 400},
		"an array":              {`["bob"]`, 400},
		"null":                  {"null", 401},
		"half of it":            {`{"email":"bob"`, 400},
		"a field too many":      {`{"email":"bob","password":"x","role":"administrator"}`, 400},
		"a number for a text":   {`{"email":7,"password":"x"}`, 400},
		"an object for a text":  {`{"email":{"$ne":null},"password":"x"}`, 400},
		"something after it":    {`{"email":"bob","password":"x"} {"email":"ann"}`, 400},
		"rubbish after it":      {`{"email":"bob","password":"x"}]`, 400},
		"too much of it":        {`{"email":"` + strings.Repeat("b", 9000) + `"}`, 413},
		"a zero in the address": {`{"email":"bob\u0000@example.com","password":"x"}`, 401},
		"deep brackets":         {strings.Repeat("[", 4000), 400},
	} {
		res := h.post("/session", c.form)
		if r := refusal(t, res); res.StatusCode != c.status {
			t.Errorf("%s: %s %+v, want %d", name, res.Status, r, c.status)
		}
	}
}

func TestTheFirstAdministratorIsSetUpOnce(t *testing.T) {
	t.Parallel()
	h := empty(t)
	h.start()
	t.Cleanup(func() { h.stop(); h.keptSecrets() })
	path, err := h.FirstRun()
	if err != nil {
		t.Fatal(err)
	}
	token := h.secret(strings.TrimPrefix(path, "/setup#"))
	look := h.post("/setup/look", fmt.Sprintf(`{"token":%q}`, token))
	var kind struct{ Kind, Name, Email string }
	if err := json.NewDecoder(look.Body).Decode(&kind); err != nil || kind.Kind != "first" {
		t.Fatalf("%+v, %v", kind, err)
	}
	form := func(name, email, password, workspace string) string {
		b, err := json.Marshal(map[string]string{"token": token, "name": name, "email": email, "password": password, "workspace": workspace})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	h.secret(password)
	for name, f := range map[string]string{
		"no name":          form("", "root@example.com", password, "Acme"),
		"no address":       form("Root", "root", password, "Acme"),
		"a short password": form("Root", "root@example.com", "short", "Acme"),
		"no workspace":     form("Root", "root@example.com", password, ""),
	} {
		if res := h.post("/setup", f); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", name, res.Status)
		}
	}
	cookie := h.session(t, h.post("/setup", form("Root", "root@example.com", password, "Acme")))
	l := h.dial(line.Options{Cookie: cookie})
	w, err := l.Hello(h.ctx(), protocol.Hello{})
	if err != nil || w.Operator.Me.Role != protocol.RoleAdmin || w.Operator.Workspace != "Acme" || len(w.Operator.Team.Channels) != 1 {
		t.Fatalf("%+v, %v", w.Operator, err)
	}
	if sites := w.Operator.Team.Channels[0]; len(sites.Sites) != 0 || sites.AnySite {
		t.Errorf("the first channel lets %+v embed it", sites)
	}
	for _, again := range []string{"/setup", "/setup/look"} {
		f := form("Eve", "eve@example.com", password, "Evil")
		if again == "/setup/look" {
			f = fmt.Sprintf(`{"token":%q}`, token)
		}
		if res := h.post(again, f); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s again: %s", again, res.Status)
		}
	}
	if path, err := h.FirstRun(); err != nil || path != "" {
		t.Errorf("another first run: %q, %v", path, err)
	}
	h.session(t, h.post("/session", signInForm("root@example.com", password)))
}

func TestALinkEndsWithItsTime(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.password(h.ann)
	ann, _ := h.operator(h.ann)
	invited := body[protocol.Invited](t, h.ask(ann, protocol.KindOperatorInvite,
		&protocol.OperatorInvite{Name: "Dora", Email: "dora@example.com", Role: protocol.RoleOperator}))
	token := h.secret(strings.TrimPrefix(invited.Path, "/setup#"))
	look := func() int { return h.post("/setup/look", fmt.Sprintf(`{"token":%q}`, token)).StatusCode }
	if got := look(); got != http.StatusOK {
		t.Fatal(got)
	}
	h.advance(auth.InviteLife)
	if got := look(); got != http.StatusNotFound {
		t.Errorf("after its time: %d", got)
	}
	form := fmt.Sprintf(`{"token":%q,"name":"Dora","password":%q}`, token, password)
	if res := h.post("/setup", form); res.StatusCode != http.StatusNotFound {
		t.Errorf("used after its time: %s", res.Status)
	}
}

func TestAnInvitationKeepsItsAddressAndRole(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	invited := body[protocol.Invited](t, h.ask(ann, protocol.KindOperatorInvite,
		&protocol.OperatorInvite{Name: "Dora", Email: "dora@example.com", Role: protocol.RoleOperator}))
	token := h.secret(strings.TrimPrefix(invited.Path, "/setup#"))
	h.secret(password)
	form := fmt.Sprintf(`{"token":%q,"name":"Dora <b>","email":"evil@example.com","password":%q,"workspace":"x"}`, token, password)
	cookie := h.session(t, h.post("/setup", form))
	l := h.dial(line.Options{Cookie: cookie})
	w, err := l.Hello(h.ctx(), protocol.Hello{})
	if err != nil {
		t.Fatal(err)
	}
	if me := w.Operator.Me; me.Email != "dora@example.com" || me.Role != protocol.RoleOperator || me.Name != "Dora <b>" {
		t.Errorf("she is %+v", me)
	}
	if n := len(w.Operator.Team.Channels); n != 1 {
		t.Errorf("%d channels", n)
	}
	if res := h.post("/setup", form); res.StatusCode != http.StatusNotFound {
		t.Errorf("used twice: %s", res.Status)
	}
}
