package demo_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"beseda/server/demo"
)

const (
	channel = "01J00000000000000000SH0P00"
	russian = "01J00000000000000000RVSS00"
)

func ask(url string) *http.Response {
	w := httptest.NewRecorder()
	// What the server says of every answer, unless the handler knows better.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	demo.Shop(demo.Facts{Beseda: beseda, Shop: shop, Channel: channel, Russian: russian}).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
	return w.Result()
}

func TestPagesCarryTheTagAndNothingElseOfBeseda(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ path, title, lang, channel string }{
		{"/demo/", "Acme home: lamps, chairs and tableware", "en", channel},
		{"/demo/ru/", "Акме дом: светильники, стулья и посуда", "ru", russian},
		{"/demo/spa/", "Single page", "en", channel},
		{"/demo/spa/lamps", "Single page", "en", channel},
		{"/demo/strict/", "Strict page", "en", channel},
		{"/demo/coep/", "Isolated page", "en", channel},
		{"/demo/plain/", "Plain page", "en", channel},
		{"/demo/?channel=01J00000000000000000B10G00", "Acme home: lamps, chairs and tableware", "en", "01J00000000000000000B10G00"},
	} {
		got := ask(shop + tt.path)
		if got.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", tt.path, got.StatusCode)
			continue
		}
		body := text(t, got)
		for _, want := range []string{
			`<script async src="` + beseda + `/widget.js?channel=` + tt.channel + `"></script>`,
			"<title>" + tt.title + "</title>",
			`<html lang="` + tt.lang + `">`,
		} {
			if strings.Count(body, want) != 1 {
				t.Errorf("%s: %d times %s", tt.path, strings.Count(body, want), want)
			}
		}
		// One script of Beseda's, nothing inline, nothing from anywhere else.
		if inline := regexp.MustCompile(`<style|style=|<script>| on[a-z]+=`).FindString(body); inline != "" {
			t.Errorf("%s: has %s inline", tt.path, inline)
		}
		for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "/demo/") && !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], beseda+"/") {
				t.Errorf("%s: leads to %s", tt.path, m[1])
			}
		}
	}
}

func TestPoliciesAllowTheWidget(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"/demo/":        {"default-src 'none'", "script-src " + beseda + ";", "frame-src " + beseda + ";", "connect-src " + beseda, "style-src 'self'"},
		"/demo/ru/":     {"default-src 'none'", "script-src " + beseda + ";", "frame-src " + beseda + ";"},
		"/demo/spa/":    {"script-src 'self' " + beseda + ";", "frame-src " + beseda + ";"},
		"/demo/strict/": {"default-src 'none'", "script-src " + beseda + ";", "require-trusted-types-for 'script'"},
		"/demo/coep/":   {"default-src 'none'", "script-src " + beseda + ";"},
	} {
		got := ask(shop + path).Header.Get("Content-Security-Policy")
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q lacks %q", path, got, part)
			}
		}
		if strings.Contains(got, "unsafe") || strings.Contains(got, "*") {
			t.Errorf("%s: %q is loose", path, got)
		}
	}
	if strict := ask(shop + "/demo/strict/").Header.Get("Content-Security-Policy"); strings.Contains(strict, "style-src") || strings.Contains(strict, "'self'") {
		t.Errorf("the strict page allows more than the widget: %q", strict)
	}
	if plain := ask(shop + "/demo/plain/").Header.Values("Content-Security-Policy"); len(plain) != 0 {
		t.Errorf("the plain page has a policy: %q", plain)
	}
}

func TestTheIsolatedPageAsksForIsolation(t *testing.T) {
	t.Parallel()
	h := ask(shop + "/demo/coep/").Header
	if h.Get("Cross-Origin-Embedder-Policy") != "require-corp" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Errorf("got %v", h)
	}
}

func TestTheConsolesHostSendsToTheShops(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/demo/", "/demo/ru/", "/demo/spa/lamps?channel=" + channel, "/demo/shop.css"} {
		got := ask(beseda + path)
		if got.StatusCode != http.StatusTemporaryRedirect || got.Header.Get("Location") != shop+path {
			t.Errorf("%s: status %d to %q", path, got.StatusCode, got.Header.Get("Location"))
		}
	}
}

func TestARedirectStaysWithinTheShop(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/demo//elsewhere.example/", "/demo/@elsewhere.example/", "/demo/%0d%0aX: y"} {
		if got := ask(beseda + strings.ReplaceAll(path, " ", "%20")).Header.Get("Location"); !strings.HasPrefix(got, shop+"/demo/") {
			t.Errorf("%s: to %q", path, got)
		}
	}
}

func TestAChannelThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, id := range []string{
		`%22%3E%3Cscript%3Ealert(1)%3C/script%3E`, `01J00000000000000000SH0P0%22`, "..%2f..%2f", "javascript:alert(1)",
	} {
		got := ask(shop + "/demo/?channel=" + id)
		if body := text(t, got); got.StatusCode != http.StatusBadRequest || strings.ContainsAny(body, `<>"`) {
			t.Errorf("%s: status %d: %s", id, got.StatusCode, body)
		}
	}
}

func TestAChannelOfOddLettersCannotLeaveItsAttribute(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	demo.Shop(demo.Facts{Beseda: beseda, Shop: shop, Channel: `"><b>&x=1`}).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, shop+"/demo/", nil))
	if want := `/widget.js?channel=%22%3e%3cb%3e%26x%3d1"`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("no %s in %s", want, w.Body)
	}
}

func TestLinksWithinThePageLeadSomewhere(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/demo/", "/demo/ru/"} {
		body := text(t, ask(shop+path))
		links := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(body, -1)
		if len(links) < 8 {
			t.Errorf("%s: %d links only", path, len(links))
		}
		for _, l := range links {
			if strings.Count(body, ` id="`+l[1]+`"`) != 1 {
				t.Errorf("%s: #%s is there %d times", path, l[1], strings.Count(body, ` id="`+l[1]+`"`))
			}
		}
	}
}

func TestFurtherPagesAndFilesAreThere(t *testing.T) {
	t.Parallel()
	for _, m := range regexp.MustCompile(`href="(/demo/[^"]*)"`).FindAllStringSubmatch(text(t, ask(shop+"/demo/")), -1) {
		if got := ask(shop + m[1]); got.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", m[1], got.StatusCode)
		}
	}
	for path, want := range map[string]string{"/demo/shop.css": "text/css", "/demo/spa.js": "text/javascript"} {
		if got := ask(shop + path); got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), want) {
			t.Errorf("%s: status %d, type %s", path, got.StatusCode, got.Header.Get("Content-Type"))
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/demo/nothing", "/demo/strict/below", "/demo/pages/shop.html", "/demo/shop.html"} {
		if got := ask(shop + path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, got.StatusCode)
		}
	}
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(b.String(), "\r\n\r\n")
	return body
}
