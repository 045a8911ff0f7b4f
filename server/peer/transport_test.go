package peer

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
)

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestTransport(t *testing.T) {
	t.Parallel()
	const public = "https://chat.example.com"
	for name, row := range map[string]struct {
		public, remote, host string
		tls                  bool
		headers              map[string]string
		want                 Transport
	}{
		"TLS here":                                   {remote: "203.0.113.7:1", host: "chat.example.com", tls: true, want: Secure},
		"TLS here, whatever the header says":         {remote: "203.0.113.7:1", host: "x", tls: true, headers: map[string]string{"X-Forwarded-Proto": "http"}, want: Secure},
		"plain http from afar":                       {remote: "203.0.113.7:1", host: "chat.example.com", want: Insecure},
		"plain http that claims to be https":         {remote: "203.0.113.7:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": "https"}, want: Insecure},
		"plain http that claims to be here":          {remote: "203.0.113.7:1", host: "localhost", want: Insecure},
		"this machine by name":                       {remote: "127.0.0.1:1", host: "localhost:8080", want: Loopback},
		"this machine by address":                    {remote: "127.0.0.1:1", host: "127.0.0.1:8080", want: Loopback},
		"this machine by IPv6":                       {remote: "[::1]:1", host: "[::1]:8080", want: Loopback},
		"this machine below localhost":               {remote: "127.0.0.1:1", host: "shop.localhost:8080", want: Loopback},
		"a name that was made to point here":         {remote: "127.0.0.1:1", host: "rebound.example.com", want: Insecure},
		"a name that begins like this machine":       {remote: "127.0.0.1:1", host: "localhost.example.com", want: Insecure},
		"a name that ends like it without a dot":     {remote: "127.0.0.1:1", host: "evillocalhost", want: Insecure},
		"no host":                                    {remote: "127.0.0.1:1", host: "", want: Insecure},
		"a local proxy nobody trusts":                {remote: "127.0.0.1:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "127.0.0.1"}, want: Insecure},
		"a local proxy nobody trusts, other header":  {remote: "127.0.0.1:1", host: "localhost:8080", headers: map[string]string{"Forwarded": "for=127.0.0.1"}, want: Insecure},
		"a trusted proxy with https":                 {remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": "https"}, want: Secure},
		"a trusted proxy with HTTPS":                 {remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": " HTTPS"}, want: Secure},
		"a trusted proxy with http":                  {public: public, remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": "http"}, want: Insecure},
		"https only on a part of the way":            {public: public, remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": "https, http"}, want: Insecure},
		"a header sent along in front":               {public: public, remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-Proto": "http, https"}, want: Insecure},
		"a trusted proxy that says nothing":          {public: public, remote: "10.0.0.1:1", host: "chat.example.com", want: Secure},
		"the same where the public URL is not https": {public: "http://chat.example.com", remote: "10.0.0.1:1", host: "chat.example.com", want: Insecure},
		"the same without a public URL":              {remote: "10.0.0.1:1", host: "chat.example.com", want: Insecure},
		"somebody else under the public URL":         {public: public, remote: "203.0.113.7:1", host: "chat.example.com", want: Insecure},
		"a trusted proxy here for one from afar":     {remote: "127.0.0.2:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "203.0.113.7"}, want: Insecure},
		"a trusted proxy here for one from here":     {remote: "127.0.0.2:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "127.0.0.1"}, want: Loopback},
		"a Unix socket":                              {remote: "@", host: "localhost", want: Insecure},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr, r.Host = row.remote, row.host
			if row.tls {
				r.TLS = &tls.ConnectionState{}
			}
			for k, v := range row.headers {
				r.Header.Set(k, v)
			}
			rules := Rules{Trusted: nets("10.0.0.0/8", "127.0.0.2/32"), Public: mustURL(t, row.public)}
			if got := rules.Transport(r); got != row.want {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	const public = "https://chat.example.com"
	for name, row := range map[string]struct {
		public, remote, host string
		tls                  bool
		origins              []string
		want                 bool
	}{
		"our own over TLS":                        {host: "chat.example.com", tls: true, origins: []string{public}, want: true},
		"our own with the usual port written":     {host: "chat.example.com:443", tls: true, origins: []string{public}, want: true},
		"our own in another case":                 {host: "Chat.Example.com", tls: true, origins: []string{"HTTPS://chat.example.COM"}, want: true},
		"our own without TLS":                     {host: "chat.example.com", tls: true, origins: []string{"http://chat.example.com"}},
		"another port":                            {host: "chat.example.com", tls: true, origins: []string{public + ":8443"}},
		"another site":                            {host: "chat.example.com", tls: true, origins: []string{"https://example.com"}},
		"one that begins like ours":               {host: "chat.example.com", tls: true, origins: []string{public + ".evil.example"}},
		"one that ends like ours":                 {host: "chat.example.com", tls: true, origins: []string{"https://evilchat.example.com"}},
		"ours as a name for somebody else's":      {host: "chat.example.com", tls: true, origins: []string{"https://chat.example.com@evil.example"}},
		"ours with a path":                        {host: "chat.example.com", tls: true, origins: []string{public + "/"}},
		"none":                                    {host: "chat.example.com", tls: true},
		"an empty one":                            {host: "chat.example.com", tls: true, origins: []string{""}},
		"null, as sandboxed pages send":           {host: "chat.example.com", tls: true, origins: []string{"null"}},
		"two":                                     {host: "chat.example.com", tls: true, origins: []string{public, public}},
		"another scheme":                          {host: "chat.example.com", tls: true, origins: []string{"ftp://chat.example.com"}},
		"behind a proxy that rewrites Host":       {public: public, remote: "10.0.0.1:1", host: "10.0.0.5:8080", origins: []string{public}, want: true},
		"behind a proxy, the inner address":       {public: public, remote: "10.0.0.1:1", host: "10.0.0.5:8080", origins: []string{"https://10.0.0.5:8080"}},
		"on loopback":                             {remote: "127.0.0.1:1", host: "127.0.0.1:8080", origins: []string{"http://127.0.0.1:8080"}, want: true},
		"on loopback under a public URL":          {public: public, remote: "127.0.0.1:1", host: "127.0.0.1:8080", origins: []string{"http://127.0.0.1:8080"}, want: true},
		"the shop of the demo is another site":    {remote: "127.0.0.1:1", host: "127.0.0.1:8080", origins: []string{"http://localhost:8080"}},
		"a name that was made to point here":      {remote: "127.0.0.1:1", host: "127.0.0.1:8080", origins: []string{"http://rebound.example.com:8080"}},
		"a proxy that hid the host, unsaid to us": {remote: "127.0.0.1:1", host: "127.0.0.1:8080", origins: []string{"http://chat.example.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/ws", nil)
			r.RemoteAddr, r.Host = row.remote, row.host
			if row.tls {
				r.TLS = &tls.ConnectionState{}
			}
			for _, o := range row.origins {
				r.Header.Add("Origin", o)
			}
			rules := Rules{Trusted: nets("10.0.0.0/8"), Public: mustURL(t, row.public)}
			if got := rules.SameOrigin(r); got != row.want {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestStrictTransportIsAskedForOnlyWhereTLSIsOn(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		host, remote string
		tls          bool
		want         string
	}{
		"over TLS":                     {host: "chat.example.com", remote: "203.0.113.7:1", tls: true, want: "max-age=31536000"},
		"behind the proxy":             {host: "chat.example.com", remote: "10.0.0.1:1", want: "max-age=31536000"},
		"over plain http":              {host: "chat.example.com", remote: "203.0.113.7:1"},
		"on loopback":                  {host: "localhost:8080", remote: "127.0.0.1:1"},
		"on loopback with TLS, either": {host: "localhost:8443", remote: "127.0.0.1:1", tls: true},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Host = row.remote, row.host
		if row.tls {
			r.TLS = &tls.ConnectionState{}
		}
		h := http.Header{}
		Rules{Trusted: nets("10.0.0.0/8"), Public: mustURL(t, "https://chat.example.com")}.StrictTransport(h, r)
		if got := h.Get("Strict-Transport-Security"); got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}

func TestWhoIsHereAndWhoIsWithinANetwork(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		remote, host  string
		headers       map[string]string
		local, within bool
	}{
		"a program here": {remote: "127.0.0.1:1", host: "localhost:8080", local: true},
		"here, by IPv6":  {remote: "[::1]:1", host: "[::1]:8080", local: true},
		"here, over TLS or not, by a site's name": {remote: "127.0.0.1:1", host: "chat.example.com"},
		"somebody who says to call this machine":  {remote: "203.0.113.7:1", host: "localhost:8080"},
		"a proxy here that nobody trusts":         {remote: "127.0.0.1:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "127.0.0.1"}},
		"a trusted one, for somebody here":        {remote: "127.0.0.2:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "127.0.0.1"}, local: true},
		"a trusted one, for somebody else":        {remote: "127.0.0.2:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "203.0.113.7"}},
		"a trusted one elsewhere":                 {remote: "10.0.0.1:1", host: "localhost:8080", headers: map[string]string{"X-Forwarded-For": "127.0.0.1"}},
		"of the network":                          {remote: "192.0.2.9:1", host: "chat.example.com", within: true},
		"of the network, by a trusted proxy":      {remote: "10.0.0.1:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-For": "192.0.2.9"}, within: true},
		"an untrusted proxy of the network":       {remote: "192.0.2.9:1", host: "chat.example.com", headers: map[string]string{"X-Forwarded-For": "203.0.113.7"}},
		"a Unix socket":                           {remote: "@", host: "localhost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr, r.Host = row.remote, row.host
			for k, v := range row.headers {
				r.Header.Set(k, v)
			}
			rules := Rules{Trusted: nets("10.0.0.0/8", "127.0.0.2/32")}
			if got := rules.Local(r); got != row.local {
				t.Errorf("here: %v, want %v", got, row.local)
			}
			if got := rules.Within(r, nets("192.0.2.0/24")); got != row.within {
				t.Errorf("within: %v, want %v", got, row.within)
			}
		})
	}
}
