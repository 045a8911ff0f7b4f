package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
)

const beseda = "https://chat.example"

func TestThePolicyNamesBesedaAndNothingLoose(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	page(tag{beseda, "01J00000000000000000SH0P00"}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	got := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none';", "script-src " + beseda + ";", "frame-src " + beseda + ";", "connect-src " + beseda + ";"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if strings.Contains(got, "unsafe") || strings.Contains(got, "*") || strings.Contains(got, "'self'") {
		t.Errorf("%q is loose", got)
	}
	if inline := regexp.MustCompile(`<style|style=|<script>| on[a-z]+=`).FindString(w.Body.String()); inline != "" {
		t.Errorf("the page has %s, which its policy forbids", inline)
	}
}

func TestTheReadmeExplainsEachDirectiveOfTheWidget(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(policy(beseda), "; ") {
		if name, value, _ := strings.Cut(part, " "); value == beseda && !strings.Contains(string(readme), "| `"+name+"` | `"+beseda+"` |") {
			t.Errorf("README.md has no row for %s", name)
		}
	}
}
