package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"beseda/protocol"
	"beseda/widget"
)

const fakePage = `<!doctype html><html lang="en" data-stamp><title>x</title></html>`

// bundled gives a house a small bundle.
func bundled(h *house) {
	files := fstest.MapFS{}
	type asset struct {
		Name string `json:"name"`
		File string `json:"file"`
		Type string `json:"type"`
		Hash string `json:"hash"`
	}
	var list []asset
	for name, content := range map[string]string{
		"visitor.html": fakePage, "console.html": fakePage, "setup.html": fakePage,
		"loader.js": "// BESEDA_CONFIG is the channel's\n(c=>{window.config=c})(BESEDA_CONFIG);", "visitor.js": "1;",
	} {
		stem, ending, _ := strings.Cut(name, ".")
		a := asset{name, stem + ".0123456789ab." + ending, "text/" + ending + "; charset=utf-8", "0123456789ab"}
		list = append(list, a)
		files["dist/"+a.File] = &fstest.MapFile{Data: []byte(content)}
	}
	manifest, err := json.Marshal(list)
	if err != nil {
		h.t.Fatal(err)
	}
	files["dist/manifest.json"] = &fstest.MapFile{Data: manifest}
	if h.assets, err = widget.OpenFrom(files); err != nil {
		h.t.Fatal(err)
	}
}

// content reads an answer's body.
func content(t testing.TB, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestHeadersOfEveryRoute(t *testing.T) {
	t.Parallel()
	h := open(t, bundled)
	closed := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Closed", Color: "#112233"}})
	listed := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Listed", Color: "#112233"},
		Sites: []string{"https://shop.example", "https://магазин.рф", "*.wild.example", "http://localhost:3000"}})
	_, w := h.visitor("")
	file := h.upload(t, h.fromWidget(w.VisitorKey), "a.png", tinyPNG)
	strict := "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
	page := func(script, ancestors string) string {
		return "default-src 'none'; script-src 'self'" + script + "; style-src 'self'; img-src 'self' blob: data:; " +
			"media-src 'self' blob:; font-src 'self'; connect-src 'self' blob: ws://" + strings.TrimPrefix(h.base, "http://") +
			"; frame-ancestors " + ancestors + "; base-uri 'none'; form-action 'self'"
	}
	const wasm = " 'wasm-unsafe-eval'"
	for name, c := range map[string]struct {
		method, path string
		edit         func(*http.Request)
		status       int
		want         map[string]string
	}{
		"the loader": {"GET", "/widget.js?channel=" + string(h.channel), nil, 200, map[string]string{
			"Content-Security-Policy": strict, "Cross-Origin-Resource-Policy": "cross-origin", "Content-Type": "text/javascript; charset=utf-8",
			"Cache-Control": "public, max-age=300, stale-while-revalidate=86400"}},
		"the widget where any site may embed it": {"GET", "/widget/?channel=" + string(h.channel), nil, 200, map[string]string{
			"Content-Security-Policy": page(wasm, "*"), "Cross-Origin-Embedder-Policy": "require-corp",
			"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Opener-Policy": "", "Cache-Control": "no-cache",
			"Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()"}},
		"the widget where no site is listed": {"GET", "/widget/?channel=" + string(closed), nil, 200, map[string]string{
			"Content-Security-Policy": page(wasm, "'none'")}},
		"the widget of listed sites": {"GET", "/widget/?channel=" + string(listed), nil, 200, map[string]string{
			"Content-Security-Policy": page(wasm, "https://shop.example https://xn--80aairftm.xn--p1ai https://*.wild.example http://localhost:3000")}},
		"the console": {"GET", "/console/", nil, 200, map[string]string{
			"Content-Security-Policy": page(wasm, "'none'"), "Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Embedder-Policy": "", "Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8"}},
		"any path of the console": {"GET", "/console/conversations/41", nil, 200, map[string]string{"Content-Security-Policy": page(wasm, "'none'")}},
		"set-up": {"GET", "/setup", nil, 200, map[string]string{
			"Content-Security-Policy": page("", "'none'"), "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin"}},
		"an asset": {"GET", "/assets/visitor.0123456789ab.js", nil, 200, map[string]string{
			"Cache-Control": "public, max-age=31536000, immutable", "Cross-Origin-Resource-Policy": "cross-origin", "Content-Security-Policy": strict}},
		"a file": {"GET", "/files/" + string(file.ID), h.fromWidget(w.VisitorKey), 200, map[string]string{
			"Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
			"Cache-Control": "private, max-age=0, must-revalidate", "Vary": "Cookie, Authorization, Beseda-Channel", "Content-Type": "image/png"}},
		"who nobody is":      {"GET", "/session", nil, 401, map[string]string{"Cache-Control": "no-store", "Content-Type": "application/json"}},
		"health":             {"GET", "/healthz", nil, 200, nil},
		"metrics":            {"GET", "/metrics", nil, 200, nil},
		"nothing":            {"GET", "/nothing", nil, 404, map[string]string{"Content-Type": "application/json"}},
		"a wrong method":     {"PUT", "/session", nil, 404, map[string]string{"Content-Type": "application/json"}},
		"an unknown asset":   {"GET", "/assets/x.js", nil, 404, nil},
		"an unknown channel": {"GET", "/widget/?channel=" + newID(), nil, 404, nil},
		"no channel":         {"GET", "/widget.js", nil, 404, nil},
		"a host of no end": {"GET", "/widget.js?channel=" + string(h.channel),
			func(r *http.Request) { r.Host = strings.Repeat("a", 300) }, 400, nil},
		"a path upwards": {"GET", "/assets/..%2f..%2fmanifest.json", nil, 404, nil},
		"the front door": {"GET", "/", nil, 302, map[string]string{"Location": "/console/"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			edit := c.edit
			if edit == nil {
				edit = func(*http.Request) {}
			}
			res := h.request(c.method, c.path, nil, edit)
			if res.StatusCode != c.status {
				t.Errorf("%s, want %d", res.Status, c.status)
			}
			want := map[string]string{"X-Content-Type-Options": "nosniff", "Set-Cookie": "", "Server": "", "Strict-Transport-Security": ""}
			if res.StatusCode >= 300 {
				want["Content-Security-Policy"] = strict
			}
			for k, v := range c.want {
				want[k] = v
			}
			for k, v := range want {
				if got := strings.Join(res.Header.Values(k), "|"); got != v {
					t.Errorf("%s: %q, want %q", k, got, v)
				}
			}
			if csp := res.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, "'unsafe-eval'") || csp == "" {
				t.Errorf("policy %q", csp)
			}
		})
	}
}

func TestPagesAreMissingWhereThereIsNoBundle(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, path := range []string{"/console/", "/setup", "/widget/?channel=" + string(h.channel), "/widget.js?channel=" + string(h.channel), "/assets/x.js"} {
		if res := h.request("GET", path, nil); refusal(t, res).Code != protocol.CodeNotFound {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	if res := h.request("GET", "/favicon.ico", nil); res.StatusCode != http.StatusNoContent {
		t.Errorf("favicon: %s", res.Status)
	}
}

func TestALoaderIsStampedWithTheChannelAndNothingBreaksOut(t *testing.T) {
	t.Parallel()
	h := open(t, bundled)
	for _, looks := range []protocol.Looks{
		{Name: `</script><script>alert(1)</script>`, Color: "#ffee00", Greeting: `'"` + "`${alert(1)}\\"},
		{Name: "a\u2028b\u2029c", Color: "#000000", Greeting: "<!--"},
		{Name: "BESEDA_CONFIG", Color: "#777777", Greeting: "$& $1 \\u0000"},
		{Name: "Лампы", Color: "#0a6a78", Language: "ru", Left: true},
	} {
		id := h.newChannel(protocol.ChannelCreate{Looks: looks, AnySite: true})
		res := h.request("GET", "/widget.js?channel="+string(id), nil)
		code := content(t, res)
		before, rest, ok := strings.Cut(code, "(c=>{window.config=c})(")
		config, after, ok2 := strings.Cut(rest, ");")
		if !ok || !ok2 || before != "// BESEDA_CONFIG is the channel's\n" || after != "" {
			t.Fatalf("the loader became %q", code)
		}
		if strings.ContainsAny(config, "<>\u2028\u2029\n") {
			t.Errorf("it holds %q", config)
		}
		var got struct {
			Channel                                                protocol.ChannelID
			Origin, Name, Color, ContrastColor, Greeting, Language string
			Left                                                   bool
		}
		if err := json.Unmarshal([]byte(config), &[]any{&got.Channel, &got.Origin, &got.Name, &got.Color, &got.ContrastColor,
			&got.Greeting, &got.Language, &got.Left}); err != nil {
			t.Fatalf("%q: %v", config, err)
		}
		var stored protocol.Channel
		for _, ch := range h.channels(t) {
			if ch.ID == id {
				stored = ch
			}
		}
		if got.Channel != id || got.Name != stored.Looks.Name || got.Greeting != stored.Looks.Greeting || got.Origin != h.base ||
			got.Left != looks.Left || got.Language != looks.Language {
			t.Errorf("the page gets %+v of %+v", got, stored.Looks)
		}
		if want := map[string]string{"#ffee00": "#000000", "#000000": "#ffffff", "#777777": "#000000", "#0a6a78": "#ffffff"}[looks.Color]; got.ContrastColor != want {
			t.Errorf("on %s it writes in %s", looks.Color, got.ContrastColor)
		}
		page := content(t, h.request("GET", "/widget/?channel="+string(id), nil))
		if strings.Contains(page, "<script") || strings.Count(page, "<") != strings.Count(fakePage, "<") {
			t.Errorf("the page became %s", page)
		}
	}
}

func (h *house) channels(t testing.TB) []protocol.Channel {
	t.Helper()
	l, w := h.operator(h.ann)
	l.Close()
	return w.Team.Channels
}

func TestALoaderIsSentOnceAndAgainWhenItChanges(t *testing.T) {
	t.Parallel()
	h := open(t, bundled)
	path := "/widget.js?channel=" + string(h.channel)
	first := h.request("GET", path, nil)
	etag := first.Header.Get("ETag")
	if again := h.request("GET", path, nil, header("If-None-Match", etag)); again.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %s", again.Status)
	}
	for _, encoding := range []string{"br", "gzip", "deflate, gzip;q=0.5", "identity", "br;q=0"} {
		res := h.request("GET", path, nil, header("Accept-Encoding", encoding))
		got := res.Header.Get("Content-Encoding")
		if want := map[string]string{"br": "br", "gzip": "gzip", "deflate, gzip;q=0.5": "gzip"}[encoding]; got != want {
			t.Errorf("for %q it comes as %q, want %q", encoding, got, want)
		}
		if res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Vary: %q", res.Header.Get("Vary"))
		}
	}
	h.asAnn(&protocol.ChannelChange{Channel: h.channel, Looks: protocol.Looks{Name: "New name", Color: "#0a6a78"}, AnySite: true})
	if res := h.request("GET", path, nil, header("If-None-Match", etag)); res.StatusCode != http.StatusOK || !strings.Contains(content(t, res), "New name") {
		t.Errorf("changed: %s", res.Status)
	}
}

func TestOperatorsSeeWhereTheWidgetWasLoaded(t *testing.T) {
	t.Parallel()
	h := open(t, bundled)
	listed := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Listed", Color: "#112233"}, Sites: []string{"https://shop.example"}})
	ann, _ := h.operator(h.ann)
	load := func(referer string) {
		res := h.request("GET", "/widget.js?channel="+string(listed), nil, header("Referer", referer))
		if res.StatusCode != http.StatusOK {
			t.Fatal(res.Status)
		}
	}
	load("https://evil.example/page")  // may load the script, and is no place where it works
	load("javascript:alert(1)")        // is no place at all
	load("https://Shop.example/lamps") // is
	seen := func(on string) func(protocol.Frame) bool {
		return func(f protocol.Frame) bool {
			if f.Kind != protocol.KindTeam {
				return false
			}
			for _, ch := range body[protocol.Team](t, f).Channels {
				if ch.ID == listed && ch.SeenAt != 0 {
					if ch.SeenOn != on {
						t.Errorf("seen on %q", ch.SeenOn)
					}
					return true
				}
			}
			return false
		}
	}
	h.wait(ann, seen("https://shop.example"))
	h.settle(ann)
	h.stop()
	h.start()
	for _, ch := range h.channels(t) {
		if ch.ID == listed && ch.SeenOn != "https://shop.example" {
			t.Errorf("after a restart: %+v", ch)
		}
	}
}

func TestAnswersThatWaitAreToldToTheChannelsOwnPages(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.channel = h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Listed", Color: "#112233"}, Sites: []string{"https://shop.example"}})
	kira, w := h.visitor("")
	h.say(kira, 0, "anybody?")
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, "yes")
	last := h.say(ann, 1, "yes!")
	ask := func(origin, key string) *http.Response {
		return h.request("GET", "/widget/waiting", nil, h.fromWidget(key), header("Origin", origin))
	}
	res := ask("https://shop.example", w.VisitorKey)
	if got := strings.TrimSpace(content(t, res)); got != `{"unread":2}` || res.Header.Get("Access-Control-Allow-Origin") != "https://shop.example" ||
		!strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Origin") || res.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%s %q %v", res.Status, got, res.Header)
	}
	for _, origin := range []string{"https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example", ""} {
		res := ask(origin, w.VisitorKey)
		if res.StatusCode != http.StatusForbidden || res.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("from %q: %s, allowed for %q", origin, res.Status, res.Header.Get("Access-Control-Allow-Origin"))
		}
	}
	if res := ask("https://shop.example", flip(w.VisitorKey, 9)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("with a forged key: %s", res.Status)
	}
	h.ask(kira, protocol.KindReceiptAdvance, advance(last.Position, last.Position))
	if got := strings.TrimSpace(content(t, ask("https://shop.example", w.VisitorKey))); got != `{"unread":0}` {
		t.Errorf("once read: %s", got)
	}
	_, stranger := h.visitor("")
	if got := strings.TrimSpace(content(t, ask("https://shop.example", stranger.VisitorKey))); got != `{"unread":0}` {
		t.Errorf("who never wrote: %s", got)
	}
	pre := h.request("OPTIONS", "/widget/waiting", nil, header("Origin", "https://shop.example"),
		header("Access-Control-Request-Method", "GET"), header("Access-Control-Request-Headers", "authorization, beseda-channel"))
	if pre.StatusCode != http.StatusNoContent || pre.Header.Get("Access-Control-Allow-Origin") != "https://shop.example" ||
		pre.Header.Get("Access-Control-Allow-Headers") != "Authorization, Beseda-Channel" {
		t.Errorf("asked before: %s %v", pre.Status, pre.Header)
	}
}

func TestMetricsAreForThisMachine(t *testing.T) {
	t.Parallel()
	behind := open(t, proxied)
	monitored := open(t, proxied, func(h *house) {
		h.config.MetricsFrom = []netip.Prefix{netip.MustParsePrefix("10.8.0.0/16"), netip.MustParsePrefix("2001:db8::/32")}
	})
	bare := open(t)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for name, c := range map[string]struct {
		h      *house
		edit   func(*http.Request)
		status int
	}{
		"a program here":                                 {bare, func(*http.Request) {}, 200},
		"by another name of this machine":                {bare, host("localhost"), 200},
		"by a name that was made to point here":          {bare, host("rebound.example.com"), 403},
		"through a proxy that nobody vouched for":        {bare, from("127.0.0.1"), 403},
		"a program here, beside the proxy":               {behind, func(*http.Request) {}, 200},
		"somebody through the proxy":                     {behind, from("203.0.113.7"), 403},
		"somebody who says to be here":                   {behind, from("127.0.0.1, 203.0.113.7"), 403},
		"an administrator through the proxy":             {behind, func(r *http.Request) { from("203.0.113.7")(r); r.AddCookie(behind.cookieOf(behind.ann)) }, 403},
		"of a listed network":                            {monitored, from("10.8.255.1"), 200},
		"of another listed one, by the name of the site": {monitored, func(r *http.Request) { from("2001:db8::7")(r); r.Host = "chat.example.com" }, 200},
		"of none": {monitored, from("10.9.0.1"), 403},
		"a program here, where networks are listed": {monitored, func(*http.Request) {}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			res := c.h.request("GET", "/metrics", nil, c.edit)
			if res.StatusCode != c.status {
				t.Errorf("%s, want %d", res.Status, c.status)
			}
			if shown := strings.Contains(content(t, res), "beseda_connections"); shown != (c.status == 200) {
				t.Errorf("shown: %v", shown)
			}
		})
	}
}

func TestMetricsTellHowManyAndNeverWho(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	h.say(kira, 0, "a secret text")
	h.operator(h.ann)
	text := content(t, h.request("GET", "/metrics", nil))
	for _, want := range []string{`beseda_events_total{kind="message.sent"} 1`, "beseda_connections 2", "beseda_visitors_online 1",
		"beseda_operators_online 1", "beseda_storage_full 0"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, never := range []string{"secret", string(w.Visitor), w.VisitorKey, "ann@example.com", "Ann", string(h.channel)} {
		if strings.Contains(text, never) {
			t.Errorf("it tells %q", never)
		}
	}
}
