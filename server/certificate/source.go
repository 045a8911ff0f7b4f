package certificate

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/url"

	"golang.org/x/crypto/acme"
)

// Source is where a listener's certificates come from. The zero value is plain http: behind a proxy, or on loopback.
type Source struct {
	config    *tls.Config
	challenge func(fallback http.Handler) http.Handler
}

// TLS is what the listener needs, nil where it speaks plain http. It belongs to the Source: do not change it.
func (s Source) TLS() *tls.Config { return s.config }

// Plain answers on the plain listener beside TLS: ACME's challenges where there are any, and a redirect to the same
// path at host (with its port, where that is not 443) for the rest. Only reading requests are redirected: a password
// that came here has crossed the net readable, and is refused instead of being sent again.
func (s Source) Plain(host string) http.Handler {
	redirect := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "use https", http.StatusForbidden)
			return
		}
		to := url.URL{Scheme: "https", Host: redirectHost(host), Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
	})
	if s.challenge != nil {
		return s.challenge(redirect)
	}
	return redirect
}

func redirectHost(host string) string {
	if h, port, err := net.SplitHostPort(host); err == nil && port == "443" {
		return h
	}
	return host
}

// base is what all our listeners agree on.
func base(get func(*tls.ClientHelloInfo) (*tls.Certificate, error), protocols ...string) *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: get,
		NextProtos:     append([]string{"h2", "http/1.1"}, protocols...),
	}
}

const alpnChallenge = acme.ALPNProto
