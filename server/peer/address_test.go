package peer

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func nets(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func TestAddressIsTheRightmostThatIsNotTrusted(t *testing.T) {
	t.Parallel()
	proxies := nets("10.0.0.0/8", "2001:db8:aaaa::/48", "127.0.0.1/32")
	for name, row := range map[string]struct {
		trusted []netip.Prefix
		remote  string
		headers []string // X-Forwarded-For, one a line
		want    string
	}{
		"without proxies it is the connection's":          {nil, "203.0.113.7:5000", nil, "203.0.113.7"},
		"without proxies the header is a lie":             {nil, "203.0.113.7:5000", []string{"198.51.100.1"}, "203.0.113.7"},
		"a stranger's header is a lie":                    {proxies, "203.0.113.7:5000", []string{"198.51.100.1"}, "203.0.113.7"},
		"a stranger claims to be a proxy":                 {proxies, "203.0.113.7:5000", []string{"10.0.0.1"}, "203.0.113.7"},
		"a proxy tells it":                                {proxies, "10.0.0.1:5000", []string{"203.0.113.7"}, "203.0.113.7"},
		"what stands left of it was sent by the visitor":  {proxies, "10.0.0.1:5000", []string{"1.1.1.1, 127.0.0.1, 203.0.113.7"}, "203.0.113.7"},
		"two proxies in a row":                            {proxies, "10.0.0.1:5000", []string{"1.1.1.1, 203.0.113.7, 10.9.9.9"}, "203.0.113.7"},
		"several header lines are one list":               {proxies, "10.0.0.1:5000", []string{"1.1.1.1", "203.0.113.7", "10.9.9.9"}, "203.0.113.7"},
		"a line of the visitor's own before the proxy's":  {proxies, "10.0.0.1:5000", []string{"10.1.1.1, 10.2.2.2", "203.0.113.7"}, "203.0.113.7"},
		"only proxies: the one farthest away":             {proxies, "10.0.0.1:5000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"a proxy that says nothing":                       {proxies, "10.0.0.1:5000", nil, "10.0.0.1"},
		"a proxy that says nothing sensible":              {proxies, "10.0.0.1:5000", []string{"203.0.113.7, unknown"}, "10.0.0.1"},
		"an empty entry":                                  {proxies, "10.0.0.1:5000", []string{"203.0.113.7,"}, "10.0.0.1"},
		"an empty header":                                 {proxies, "10.0.0.1:5000", []string{""}, "10.0.0.1"},
		"nonsense left of it is never read":               {proxies, "10.0.0.1:5000", []string{"<script>, 203.0.113.7"}, "203.0.113.7"},
		"with a port":                                     {proxies, "10.0.0.1:5000", []string{"203.0.113.7:4711"}, "203.0.113.7"},
		"IPv6":                                            {proxies, "10.0.0.1:5000", []string{"2001:db8::7"}, "2001:db8::7"},
		"IPv6 in brackets":                                {proxies, "10.0.0.1:5000", []string{"[2001:db8::7]"}, "2001:db8::7"},
		"IPv6 in brackets with a port":                    {proxies, "10.0.0.1:5000", []string{"[2001:db8::7]:443"}, "2001:db8::7"},
		"a proxy of IPv6":                                 {proxies, "[2001:db8:aaaa::1]:5000", []string{"203.0.113.7"}, "203.0.113.7"},
		"a proxy written as IPv4 in IPv6":                 {proxies, "[::ffff:10.0.0.1]:5000", []string{"203.0.113.7"}, "203.0.113.7"},
		"an address written as IPv4 in IPv6":              {proxies, "10.0.0.1:5000", []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		"a trusted one written as IPv4 in IPv6 is passed": {proxies, "10.0.0.1:5000", []string{"203.0.113.7, ::ffff:10.0.0.2"}, "203.0.113.7"},
		"a zone is dropped":                               {nil, "[fe80::1%eth0]:5000", nil, "fe80::1"},
		"a Unix socket has none":                          {proxies, "@", []string{"203.0.113.7"}, "invalid IP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = row.remote
			for _, h := range row.headers {
				r.Header.Add("X-Forwarded-For", h)
			}
			if got := (Rules{Trusted: row.trusted}).Address(r).String(); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func FuzzAddressBehindOneProxy(f *testing.F) {
	rules := Rules{Trusted: nets("10.0.0.0/8")}
	f.Add("1.1.1.1, ")
	f.Add("10.0.0.1,10.0.0.2,")
	f.Add(strings.Repeat(",", 1000))
	f.Fuzz(func(t *testing.T, sent string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "10.0.0.1:1"
		r.Header["X-Forwarded-For"] = []string{sent, "203.0.113.7"}
		if got := rules.Address(r).String(); got != "203.0.113.7" {
			t.Errorf("%q made it %s", sent, got)
		}
	})
}
