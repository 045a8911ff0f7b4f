package server

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"beseda/protocol"
)

// request is what a page sends; edit changes it.
func (h *house) request(method, path string, content io.Reader, edit ...func(*http.Request)) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.ctx(), method, h.base+path, content)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range edit {
		e(req)
	}
	wire := http.DefaultTransport
	if h.pipe != nil {
		wire = &http.Transport{DialContext: h.connect, DisableKeepAlives: true}
	}
	res, err := wire.RoundTrip(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// fromConsole makes a request look like the console's own.
func (h *house) fromConsole(cookie *http.Cookie) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Origin", h.base)
		r.Header.Set("Beseda-Request", "1")
		if cookie != nil {
			r.AddCookie(cookie)
		}
	}
}

// fromWidget proves to be a visitor.
func (h *house) fromWidget(key string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", "Visitor "+key)
		r.Header.Set("Beseda-Channel", string(h.channel))
	}
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// refusal reads the answer that every error has over HTTP.
func refusal(t testing.TB, res *http.Response) protocol.Refused {
	t.Helper()
	var r protocol.Refused
	raw, err := io.ReadAll(res.Body)
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	if err != nil || res.StatusCode < 400 || res.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s %q is no refusal: %v", res.Status, raw, err)
	}
	return r
}
