package peer

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOrigin(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		public, host string
		tls          bool
		want         string
		own          bool
	}{
		"the public URL, whatever the host":  {public: "https://chat.example.com", host: "evil.example", want: "https://chat.example.com", own: true},
		"a domain of the certificate":        {host: "chat.example.com", tls: true, want: "https://chat.example.com", own: true},
		"another of them":                    {host: "help.example.com", tls: true, want: "https://help.example.com", own: true},
		"a domain at the listener's port":    {host: "chat.example.com:8443", tls: true, want: "https://chat.example.com:8443", own: true},
		"a domain at another port":           {host: "chat.example.com:9", tls: true, want: "https://chat.example.com:9"},
		"a domain in another case":           {host: "Chat.example.com", tls: true, want: "https://Chat.example.com"},
		"a domain with its dot":              {host: "chat.example.com.", tls: true, want: "https://chat.example.com."},
		"below a domain":                     {host: "x.chat.example.com", tls: true, want: "https://x.chat.example.com"},
		"anybody's":                          {host: "evil.example", want: "http://evil.example"},
		"this machine":                       {host: "localhost:8443", want: "http://localhost:8443", own: true},
		"this machine by address":            {host: "127.0.0.1:8443", want: "http://127.0.0.1:8443", own: true},
		"this machine by IPv6":               {host: "[::1]:8443", want: "http://[::1]:8443", own: true},
		"this machine by a name of no end":   {host: "a.localhost:8443", want: "http://a.localhost:8443"},
		"this machine by another of its own": {host: "127.0.0.2:8443", want: "http://127.0.0.2:8443"},
		"half an address":                    {host: "[[::1]", want: "http://[[::1]"},
		"no host":                            {want: "http://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: net.IPv4(10, 0, 0, 5), Port: 8443})))
			r.RemoteAddr, r.Host = "203.0.113.7:1", row.host
			if row.tls {
				r.TLS = &tls.ConnectionState{}
			}
			rules := Rules{Public: mustURL(t, row.public), Domains: []string{"chat.example.com", "help.example.com"}}
			if got, own := rules.Origin(r); got != row.want || own != row.own {
				t.Errorf("got %q, %v; want %q, %v", got, own, row.want, row.own)
			}
		})
	}
}

func TestOriginOfARequestThatCameToNoListener(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "chat.example.com:"
	if got, own := (Rules{Domains: []string{"chat.example.com"}}).Origin(r); own {
		t.Errorf("%q is its own", got)
	}
}
