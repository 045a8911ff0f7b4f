package peer

import (
	"net"
	"net/http"
	"slices"
)

// Origin is this server as a page around the widget sees it. Own tells that it is one of a few: that of the public URL,
// or a domain of its certificates or localhost, spelled as browsers spell them, at the listener's own port or at none.
// Otherwise it is what the Host header says, which anybody can write.
func (p Rules) Origin(r *http.Request) (origin string, own bool) {
	if p.Public != nil {
		return p.Public.Scheme + "://" + p.Public.Host, true
	}
	scheme := "http"
	if p.Transport(r) == Secure {
		scheme = "https"
	}
	return scheme + "://" + r.Host, p.named(r)
}

func (p Rules) named(r *http.Request) bool {
	port := ownPort(r)
	is := func(name string) bool { return r.Host == name || port != "" && r.Host == name+":"+port }
	return is("localhost") || is("127.0.0.1") || is("[::1]") || slices.ContainsFunc(p.Domains, is)
}

// ownPort is that of the listener that a request came to; "" where it has none.
func ownPort(r *http.Request) string {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return ""
	}
	_, port, _ := net.SplitHostPort(local.String())
	return port
}
