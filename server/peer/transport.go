package peer

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Transport is what the way between browser and server is worth.
type Transport uint8

const (
	// Insecure: somebody on the way may read and write. Nobody signs in here.
	Insecure Transport = iota
	// Loopback: plain http that does not leave the machine.
	Loopback
	// Secure: TLS, ended here or at a trusted proxy.
	Secure
)

func (t Transport) String() string {
	switch t {
	case Secure:
		return "secure"
	case Loopback:
		return "loopback"
	}
	return "insecure"
}

// Transport judges a request. Whatever is unclear is Insecure.
func (p Rules) Transport(r *http.Request) Transport {
	if r.TLS != nil {
		return Secure
	}
	if p.trusts(remote(r)) && p.forwardedSecure(r.Header.Values("X-Forwarded-Proto")) {
		return Secure
	}
	if p.Local(r) {
		return Loopback
	}
	return Insecure
}

// Local tells whether a request comes from a program on this machine, by a name of this machine, and not for somebody
// elsewhere.
func (p Rules) Local(r *http.Request) bool {
	return remote(r).IsLoopback() && IsLoopbackHost(r.Host) && p.vouched(r) && p.Address(r).IsLoopback()
}

// Within tells whether a request comes from one of some networks.
func (p Rules) Within(r *http.Request, networks []netip.Prefix) bool {
	from := p.Address(r)
	return p.vouched(r) && slices.ContainsFunc(networks, func(n netip.Prefix) bool { return n.Contains(from) })
}

// vouched tells whether no proxy is on the way, or one that is trusted. Behind another one a visitor may be anywhere.
func (p Rules) vouched(r *http.Request) bool { return !forwarded(r) || p.trusts(remote(r)) }

// forwardedSecure reads X-Forwarded-Proto of a trusted proxy: every hop named there was https. Where the proxy says
// nothing, the configured public URL speaks for it.
func (p Rules) forwardedSecure(said []string) bool {
	if len(said) == 0 {
		return p.Public != nil && p.Public.Scheme == "https"
	}
	for hop := range strings.SplitSeq(strings.Join(said, ","), ",") {
		if !strings.EqualFold(strings.TrimSpace(hop), "https") {
			return false
		}
	}
	return true
}

// forwarded tells whether any proxy left its mark.
func forwarded(r *http.Request) bool {
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(name)) > 0 {
			return true
		}
	}
	return false
}

// IsLoopbackHost tells whether a Host header names this machine: localhost, a name below it, or a loopback address;
// with or without port. Names that merely resolve to loopback are somebody else's.
func IsLoopbackHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// SameOrigin tells whether a request carries an Origin header and it is this server's own. A request with a cookie and
// without Origin is not: browsers send one with every socket and every changing request.
func (p Rules) SameOrigin(r *http.Request) bool {
	values := r.Header.Values("Origin")
	if len(values) != 1 {
		return false
	}
	origin, ok := canonical(values[0])
	if !ok {
		return false
	}
	t := p.Transport(r)
	if p.Public != nil && t != Loopback {
		own, ok := canonical(p.Public.Scheme + "://" + p.Public.Host)
		return ok && origin == own
	}
	scheme := "http"
	if t == Secure {
		scheme = "https"
	}
	own, ok := canonical(scheme + "://" + r.Host)
	return ok && origin == own
}

// canonical writes an origin in one way: lower case, without the scheme's own port.
func canonical(origin string) (string, bool) {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" {
		return "", false
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	default:
		return "", false
	}
	return scheme + "://" + host, true
}

// StrictTransport sets Strict-Transport-Security where TLS is really on. Never for this machine's own names: browsers
// would then refuse every other program that serves plain http there.
func (p Rules) StrictTransport(h http.Header, r *http.Request) {
	if p.Transport(r) == Secure && !IsLoopbackHost(r.Host) {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
