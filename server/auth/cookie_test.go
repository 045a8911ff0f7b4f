package auth

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/peer"
)

func TestCookieIsAsStrictAsItsTransportAllows(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	s := Session{ExpiresAt: now.Add(SessionLife)}
	for _, row := range []struct {
		transport    peer.Transport
		cookie, gone string
		refused      bool
	}{
		{
			transport: peer.Secure,
			cookie:    "__Host-beseda=t0ken; Path=/; Max-Age=5184000; HttpOnly; Secure; SameSite=Strict",
			gone:      "__Host-beseda=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict",
		},
		{
			transport: peer.Loopback,
			cookie:    "beseda=t0ken; Path=/; Max-Age=5184000; HttpOnly; SameSite=Strict",
			gone:      "beseda=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict",
		},
		{transport: peer.Insecure, refused: true},
		{transport: peer.Transport(9), refused: true},
	} {
		c, err := NewCookie(row.transport, "t0ken", s, now)
		if row.refused {
			want(t, err, protocol.CodeForbidden)
			want(t, MaySignIn(row.transport), protocol.CodeForbidden)
			if c != nil || !strings.Contains(err.Error(), "https") || strings.Contains(err.Error(), "t0ken") {
				t.Errorf("%v: %v, %v", row.transport, c, err)
			}
			_, err = EndCookie(row.transport)
			want(t, err, protocol.CodeForbidden)
			continue
		}
		if err != nil || c.String() != row.cookie {
			t.Errorf("%v: got %q, %v\nwant %q", row.transport, c, err, row.cookie)
		}
		gone, err := EndCookie(row.transport)
		if err != nil || gone.String() != row.gone {
			t.Errorf("%v: got %q, %v\nwant %q", row.transport, gone, err, row.gone)
		}
		want(t, MaySignIn(row.transport), "ok")
	}
}

func TestTokenIsReadFromTheCookieOfItsTransport(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		transport peer.Transport
		header    string
		want      string
	}{
		"over TLS the prefixed one":               {peer.Secure, "a=1; __Host-beseda=t", "t"},
		"over TLS never the plain one":            {peer.Secure, "beseda=t", ""},
		"on loopback the plain one":               {peer.Loopback, "beseda=t", "t"},
		"on loopback not the prefixed one":        {peer.Loopback, "__Host-beseda=t", ""},
		"over insecure http none":                 {peer.Insecure, "beseda=t; __Host-beseda=t", ""},
		"two of the name are none":                {peer.Secure, "__Host-beseda=a; __Host-beseda=b", ""},
		"an empty one is none":                    {peer.Secure, "__Host-beseda=", ""},
		"no cookie is none":                       {peer.Secure, "", ""},
		"a name in another case is another":       {peer.Secure, "__host-beseda=t", ""},
		"the plain one beside it changes nothing": {peer.Secure, "beseda=planted; __Host-beseda=t", "t"},
	} {
		r := httptest.NewRequest("GET", "https://chat.example.com/session", nil)
		if row.header != "" {
			r.Header.Set("Cookie", row.header)
		}
		got, ok := Token(row.transport, r)
		if string(got) != row.want || ok != (row.want != "") {
			t.Errorf("%s: %q, %v", name, string(got), ok)
		}
	}
}
