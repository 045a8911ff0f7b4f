package certificate

import (
	"net/http/httptest"
	"testing"
)

func TestPlainListenerSendsReadersToTLS(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		host, method, target string
		status               int
		location             string
	}{
		"a page":                            {"chat.example.com", "GET", "/console/?a=1&b=%20", 301, "https://chat.example.com/console/?a=1&b=%20"},
		"a path that needs escaping":        {"chat.example.com", "GET", "/a%2Fb/%3Fc", 301, "https://chat.example.com/a%2Fb/%3Fc"},
		"the usual port is left out":        {"chat.example.com:443", "HEAD", "/", 301, "https://chat.example.com/"},
		"another port stays":                {"chat.example.com:8443", "GET", "/", 301, "https://chat.example.com:8443/"},
		"a password is refused":             {"chat.example.com", "POST", "/session", 403, ""},
		"a path that looks like a host":     {"chat.example.com", "GET", "//evil.example/", 301, "https://chat.example.com//evil.example/"},
		"a challenge where nobody asked":    {"chat.example.com", "GET", "/.well-known/acme-challenge/x", 301, "https://chat.example.com/.well-known/acme-challenge/x"},
		"the request's own Host is no help": {"chat.example.com", "GET", "http://evil.example/", 301, "https://chat.example.com/"},
	} {
		r := httptest.NewRequest(row.method, row.target, nil)
		w := httptest.NewRecorder()
		Source{}.Plain(row.host).ServeHTTP(w, r)
		if w.Code != row.status || w.Header().Get("Location") != row.location {
			t.Errorf("%s: %d %q, want %d %q", name, w.Code, w.Header().Get("Location"), row.status, row.location)
		}
		if w.Header().Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over plain http", name)
		}
	}
}
