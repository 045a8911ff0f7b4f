package peer

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// Rules say whom to believe.
type Rules struct {
	// Trusted are the proxies whose forwarding headers count.
	Trusted []netip.Prefix
	// Public is where the outside finds this server; nil where that is the address it listens on.
	Public *url.URL
	// Domains are the names of this server's own certificates, lower case and punycode.
	Domains []string
}

// Address is the peer's: the right-most address of X-Forwarded-For that is no trusted proxy, where a trusted proxy sent
// the request, and otherwise the connection's. Entries further left were written by whoever sent them. The zero Addr
// where there is none, as on a Unix socket. IPv4 is never mapped into IPv6 and a zone is dropped.
func (p Rules) Address(r *http.Request) netip.Addr {
	addr := remote(r)
	if !p.trusts(addr) {
		return addr
	}
	lines := r.Header.Values("X-Forwarded-For")
	for i := len(lines) - 1; i >= 0; i-- {
		for line := lines[i]; line != ""; {
			var entry string
			if comma := strings.LastIndexByte(line, ','); comma >= 0 {
				line, entry = line[:comma], line[comma+1:]
			} else {
				line, entry = "", line
			}
			next, ok := parseEntry(entry)
			if !ok {
				return addr // a trusted proxy wrote no address: the last known hop stands
			}
			addr = next
			if !p.trusts(addr) {
				return addr
			}
		}
	}
	return addr
}

// remote is the connection's own address.
func remote(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return clean(ap.Addr())
}

func (p Rules) trusts(a netip.Addr) bool {
	if !a.IsValid() {
		return false
	}
	for _, prefix := range p.Trusted {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// parseEntry reads one entry of X-Forwarded-For: an address, with a port as some proxies write it.
func parseEntry(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")); err == nil {
		return clean(a), true
	}
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return clean(ap.Addr()), true
	}
	return netip.Addr{}, false
}

func clean(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }
