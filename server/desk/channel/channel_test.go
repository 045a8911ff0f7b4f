package channel_test

import (
	"testing"

	"beseda/protocol"
	"beseda/server/desk/channel"
)

func TestSite(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, typed, want string }{
		{"a bare host is https", "shop.example", "https://shop.example"},
		{"letters become small", "Shop.EXAMPLE", "https://shop.example"},
		{"an address keeps only its origin", "https://shop.example/boots?size=38#top", "https://shop.example"},
		{"http stays where it is written", "http://shop.example", "http://shop.example"},
		{"white space around is dropped", "  shop.example\n", "https://shop.example"},
		{"Cyrillic becomes punycode", "https://магазин.рф", "https://xn--80aairftm.xn--p1ai"},
		{"a scheme's own port is dropped", "https://shop.example:443", "https://shop.example"},
		{"and so is that of http", "http://shop.example:80", "http://shop.example"},
		{"another port stays", "shop.example:8443", "https://shop.example:8443"},
		{"443 is another port for http", "http://shop.example:443", "http://shop.example:443"},
		{"localhost with a port", "http://localhost:8080", "http://localhost:8080"},
		{"an IPv4 address", "http://192.0.2.7", "http://192.0.2.7"},
		{"an IPv6 address", "http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"},
		{"every host below", "*.shop.example", "https://*.shop.example"},
		{"every host below, with scheme and port", "http://*.shop.example:8080", "http://*.shop.example:8080"},
		{"nothing", "", ""},
		{"a scheme alone", "https://", ""},
		{"another scheme", "ftp://shop.example", ""},
		{"a script", "javascript:alert(1)", ""},
		{"a star alone", "*", ""},
		{"a star in the middle", "shop.*.example", ""},
		{"two stars", "*.*.example", ""},
		{"a name and password", "https://ann:secret@shop.example", ""},
		{"what would end a header", "shop.example; frame-ancestors *", ""},
		{"a line break", "shop.example\r\nX-Header: 1", ""},
		{"a quote", "shop'.example", ""},
		{"a port that is none", "shop.example:http", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, ok := channel.Site(tc.typed)
			if got != tc.want || ok != (tc.want != "") {
				t.Errorf("Site(%q) = %q, %v; want %q", tc.typed, got, ok, tc.want)
			}
			if again, ok := channel.Site(got); tc.want != "" && (again != got || !ok) {
				t.Errorf("a second time it becomes %q, %v", again, ok)
			}
		})
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	sites := protocol.Channel{Sites: []string{"https://shop.example", "https://*.wide.example", "http://localhost:8080"}}
	for _, tc := range []struct {
		name    string
		channel protocol.Channel
		origin  string
		want    bool
	}{
		{"its site", sites, "https://shop.example", true},
		{"in capitals", sites, "HTTPS://Shop.Example", true},
		{"another scheme", sites, "http://shop.example", false},
		{"another port", sites, "https://shop.example:8443", false},
		{"a host below", sites, "https://www.shop.example", false},
		{"a host that ends alike", sites, "https://evilshop.example", false},
		{"a host that begins alike", sites, "https://shop.example.evil.test", false},
		{"below a wide one", sites, "https://www.wide.example", true},
		{"far below a wide one", sites, "https://a.b.wide.example", true},
		{"the wide one itself", sites, "https://wide.example", false},
		{"what ends like the wide one", sites, "https://evilwide.example", false},
		{"with its port", sites, "http://localhost:8080", true},
		{"without its port", sites, "http://localhost", false},
		{"no origin", sites, "", false},
		{"an opaque origin", sites, "null", false},
		{"no sites refuse all", protocol.Channel{}, "https://shop.example", false},
		{"any site", protocol.Channel{AnySite: true}, "https://shop.example", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := channel.Allows(tc.channel, tc.origin); got != tc.want {
				t.Errorf("Allows(%q) = %v", tc.origin, got)
			}
		})
	}
}
