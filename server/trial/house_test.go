package trial

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

const password = "a long enough password"

// minute is longer than anything here takes.
const minute = time.Minute

// house is a data folder with people in it, served by one process after another.
type house struct {
	t       testing.TB
	data    string
	process *process
	base    atomic.Pointer[string] // of the process that runs now or ran last
	ann     *person
	channel protocol.ChannelID
}

// person is somebody of the team who is signed in.
type person struct {
	id     protocol.OperatorID
	cookie *http.Cookie
}

// settle opens a house in a folder, as a user does it: set up by the link, which makes Ann its administrator.
func settle(t testing.TB, data string) *house {
	t.Helper()
	h := &house{t: t, data: data}
	h.start()
	link, err := h.process.out.line(bounded(t, 10*time.Second), "Set up: ")
	if err != nil {
		t.Fatal(err)
	}
	h.ann = h.join(link, "Ann", "ann@example.com")
	l := h.dial(line.Options{Cookie: h.ann.cookie})
	defer l.Close()
	w, err := l.Hello(bounded(t, 10*time.Second), protocol.Hello{})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Operator.Team.Channels) != 1 {
		t.Fatalf("a new house has the channels %v", w.Operator.Team.Channels)
	}
	h.channel = w.Operator.Team.Channels[0].ID
	return h
}

// folder is a fresh data folder's name.
func folder(t testing.TB) string { return filepath.Join(t.TempDir(), "data") }

// again is the same house over a copy of its folder.
func (h *house) again(data string) *house {
	return &house{t: h.t, data: data, ann: h.ann, channel: h.channel}
}

// start runs a process over the folder and waits until it listens.
func (h *house) start() {
	h.t.Helper()
	h.begin()
	if err := h.listening(); err != nil {
		h.t.Fatalf("%v\n%s", err, h.process.log)
	}
}

// begin runs a process and waits for nothing.
func (h *house) begin() {
	h.t.Helper()
	h.process = run(h.t, "serve", "--data", h.data, "--listen", "127.0.0.1:0", "--rate-limits", "off")
}

func (h *house) listening() error {
	base, err := h.process.out.line(bounded(h.t, 30*time.Second), "Listening on ")
	if err == nil {
		h.base.Store(&base)
	}
	return err
}

// stop ends the process as a user does, who waits no longer than it may take.
func (h *house) stop() {
	h.t.Helper()
	h.process.tell(h.t, syscall.SIGTERM)
	began := time.Now()
	code, err := h.process.wait(bounded(h.t, minute))
	if took := time.Since(began); err != nil || code != 0 || took > goodbyeTime {
		h.t.Fatalf("stop: exit %d after %s, %v\n%s", code, took, err, h.process.log)
	}
}

// url is where the house is, or was last.
func (h *house) url() string { return *h.base.Load() }

// hire makes a colleague by the command line, who accepts the link.
func (h *house) hire(name, email, role string) *person {
	h.t.Helper()
	out := succeed(h.t, "operator", "add", email, "--name", name, "--role", role, "--data", h.data)
	_, link, ok := strings.Cut(out, "\n")
	if !ok {
		h.t.Fatalf("operator add printed %q", out)
	}
	return h.join(strings.TrimSpace(link), name, email)
}

// join redeems a one-time link.
func (h *house) join(link, name, email string) *person {
	h.t.Helper()
	_, token, _ := strings.Cut(link, "#")
	form := map[string]string{"token": token, "name": name, "email": email, "password": password, "workspace": "Acme"}
	res := h.post("/setup", form)
	if res.StatusCode != http.StatusNoContent {
		h.t.Fatalf("set up %s: %s %s", name, res.Status, body(h.t, res))
	}
	return h.who(cookieOf(h.t, res))
}

// who asks who somebody is.
func (h *house) who(cookie *http.Cookie) *person {
	h.t.Helper()
	res := h.ask(http.MethodGet, "/session", cookie, nil, nil)
	var said struct{ Operator protocol.Operator }
	if err := json.Unmarshal([]byte(body(h.t, res)), &said); err != nil || said.Operator.ID == "" {
		h.t.Fatalf("ask who it is: %s %v", res.Status, err)
	}
	return &person{said.Operator.ID, cookie}
}

// signIn tries a password; a cookie where that is right.
func (h *house) signIn(email string) (*http.Response, *http.Cookie) {
	h.t.Helper()
	res := h.post("/session", map[string]string{"email": email, "password": password})
	if res.StatusCode != http.StatusNoContent {
		return res, nil
	}
	return res, cookieOf(h.t, res)
}

// post sends a form as our own page does.
func (h *house) post(path string, form any) *http.Response {
	h.t.Helper()
	text, err := json.Marshal(form)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.ask(http.MethodPost, path, nil, nil, strings.NewReader(string(text)))
}

// ask sends a request as our own page does.
func (h *house) ask(method, path string, cookie *http.Cookie, header http.Header, content io.Reader) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(bounded(h.t, 20*time.Second), method, h.url()+path, content)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Origin", h.url())
	req.Header.Set("Beseda-Request", "1")
	for name, values := range header {
		req.Header[name] = values
	}
	if cookie != nil {
		req.AddCookie(cookie)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func body(t testing.TB, res *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func cookieOf(t testing.TB, res *http.Response) *http.Cookie {
	t.Helper()
	if len(res.Cookies()) != 1 {
		t.Fatalf("got the cookies %v", res.Cookies())
	}
	return res.Cookies()[0]
}

// dial opens a plain line.
func (h *house) dial(o line.Options) *line.Line {
	h.t.Helper()
	l, err := line.Dial(bounded(h.t, 10*time.Second), h.url(), o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(l.Close)
	return l
}

// sound runs check over the folder of a house that is not served.
func (h *house) sound() {
	h.t.Helper()
	out := succeed(h.t, "check", "--data", h.data)
	if !strings.Contains(out, "is sound") {
		h.t.Errorf("check says %q", out)
	}
}

// bounded is the test's context with an end.
func bounded(t testing.TB, most time.Duration) context.Context {
	ctx, cancel := context.WithTimeoutCause(t.Context(), most, fmt.Errorf("not within %s", most))
	t.Cleanup(cancel)
	return ctx
}
