package auth

import (
	"net/http"
	"time"

	"beseda/protocol"
	"beseda/server/peer"
)

const (
	// cookieSecure: browsers take the prefix only with Secure, Path=/ and no Domain, so no sibling host can plant one.
	cookieSecure = "__Host-beseda"
	// cookieLoopback has no prefix because plain http cannot set one.
	cookieLoopback = "beseda"
)

// NewCookie puts a session's token into a cookie, or refuses where somebody on the way could read it.
func NewCookie(t peer.Transport, token Hidden, s Session, now time.Time) (*http.Cookie, error) {
	c, err := cookie(t)
	if err != nil {
		return nil, err
	}
	c.Value = string(token)
	c.MaxAge = max(1, int(s.ExpiresAt.Sub(now)/time.Second))
	return c, nil
}

// EndCookie takes the cookie back.
func EndCookie(t peer.Transport) (*http.Cookie, error) {
	c, err := cookie(t)
	if err != nil {
		return nil, err
	}
	c.MaxAge = -1
	return c, nil
}

// MaySignIn refuses, with words for the person, where a password would cross the net readable. Ask before reading it.
func MaySignIn(t peer.Transport) error {
	_, err := cookie(t)
	return err
}

// Token reads the cookie that belongs to this transport: never the weaker one over TLS, and none at all over insecure
// http. Two cookies of the name are none: one of them was planted.
func Token(t peer.Transport, r *http.Request) (Hidden, bool) {
	c, err := cookie(t)
	if err != nil {
		return "", false
	}
	found := r.CookiesNamed(c.Name)
	if len(found) != 1 || found[0].Value == "" {
		return "", false
	}
	return Hidden(found[0].Value), true
}

func cookie(t peer.Transport) (*http.Cookie, error) {
	c := &http.Cookie{Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
	switch t {
	case peer.Secure:
		c.Name, c.Secure = cookieSecure, true
	case peer.Loopback:
		c.Name = cookieLoopback
	default:
		return nil, protocol.Refuse(protocol.CodeForbidden,
			"insecure: this page came over plain http, where a password could be read on the way; open it over https")
	}
	return c, nil
}
