package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// option is one row: how one field is named, read and printed.
type option struct {
	// name is the flag, and the key in the file; the environment has it as BESEDA_NAME.
	name  string
	usage string // what stands for the value in help
	def   string
	help  string
	read  func(c *Config, text string) error
	print func(c Config) string
}

func (o option) env() string {
	return "BESEDA_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// options are all of them, in the order of help. A fixed literal.
var options = [...]option{
	{"data", "DIR", "beseda-data", "folder where everything is kept",
		func(c *Config, s string) error { c.Data = s; return filled(s) },
		func(c Config) string { return c.Data }},
	{"listen", "ADDR", "127.0.0.1:8080", "address to listen on; port 0 takes a free one",
		func(c *Config, s string) error { c.Listen = s; return address(s) },
		func(c Config) string { return c.Listen }},
	{"listen-http", "ADDR", "", "address for plain http beside TLS: redirects, and ACME's HTTP challenge (usually :80)",
		func(c *Config, s string) error { c.ListenHTTP = s; return addressOrNone(s) },
		func(c Config) string { return c.ListenHTTP }},
	{"public-url", "URL", "", "where the outside finds this server, where a proxy stands in front",
		func(c *Config, s string) (err error) { c.PublicURL, err = origin(s); return err },
		func(c Config) string { return originText(c.PublicURL) }},
	{"trust-proxy", "CIDR,…", "", "proxies whose forwarding headers are believed",
		func(c *Config, s string) (err error) { c.TrustProxy, err = proxies(s); return err },
		func(c Config) string { return join(c.TrustProxy) }},
	{"tls-cert", "FILE", "", "certificate chain, PEM; read again when it changes",
		func(c *Config, s string) error { c.TLSCert = s; return nil },
		func(c Config) string { return c.TLSCert }},
	{"tls-key", "FILE", "", "its private key, PEM",
		func(c *Config, s string) error { c.TLSKey = s; return nil },
		func(c Config) string { return c.TLSKey }},
	{"acme", "DOMAIN,…", "", "get and renew certificates for these domains, agreeing to the terms of who gives them",
		func(c *Config, s string) (err error) { c.ACME, err = domains(s); return err },
		func(c Config) string { return strings.Join(c.ACME, ",") }},
	{"acme-directory", "URL", "", "where to get them instead of Let's Encrypt",
		func(c *Config, s string) (err error) { c.ACMEDirectory, err = directory(s); return err },
		func(c Config) string { return c.ACMEDirectory }},
	{"metrics-from", "CIDR,…", "", "networks that may read /metrics, besides programs on this machine",
		func(c *Config, s string) (err error) { c.MetricsFrom, err = networks(s); return err },
		func(c Config) string { return join(c.MetricsFrom) }},
	{"rate-limits", "on|off", "on", "off only for tests, on loopback",
		func(c *Config, s string) error { return choose(s, &c.RateLimits, "on", true, "off", false) },
		func(c Config) string { return onOff(c.RateLimits) }},
	{"log-level", "LEVEL", "info", "debug, info, warn or error",
		func(c *Config, s string) error {
			return choose(s, &c.LogLevel, "debug", slog.LevelDebug, "info", slog.LevelInfo, "warn", slog.LevelWarn, "error", slog.LevelError)
		},
		func(c Config) string { return strings.ToLower(c.LogLevel.String()) }},
	{"log-format", "FORMAT", "text", "text or json",
		func(c *Config, s string) error { return choose(s, &c.LogJSON, "text", false, "json", true) },
		func(c Config) string {
			if c.LogJSON {
				return "json"
			}
			return "text"
		}},
}

func filled(s string) error {
	if s == "" {
		return errors.New("is empty")
	}
	return nil
}

func address(s string) error {
	host, port, err := net.SplitHostPort(s)
	if err != nil || !validPort(port) {
		return fmt.Errorf("%q is no host:port", s)
	}
	if strings.ContainsAny(host, " /@") {
		return fmt.Errorf("%q is no host", host)
	}
	return nil
}

func addressOrNone(s string) error {
	if s == "" {
		return nil
	}
	return address(s)
}

// webURL reads an absolute URL. Errors do not repeat it: it may hold credentials.
func webURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "":
		return nil, errors.New("is no https:// or http:// URL")
	case u.User != nil:
		return nil, errors.New("has credentials in it")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("has more than a scheme, a host and a path")
	case u.Port() != "" && !validPort(u.Port()):
		return nil, errors.New("has no valid port")
	}
	u.Host = strings.ToLower(u.Host)
	return u, nil
}

// origin reads scheme and host.
func origin(s string) (*url.URL, error) {
	if s == "" {
		return nil, nil
	}
	u, err := webURL(s)
	if err != nil {
		return nil, err
	}
	if u.Path != "" && u.Path != "/" {
		return nil, errors.New("has a path: Beseda needs a host of its own")
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil { // a name, not an address
		name, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			return nil, errors.New("has no valid host name")
		}
		u.Host = name + strings.TrimPrefix(u.Host, u.Hostname())
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func originText(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func directory(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := webURL(s)
	if err != nil {
		return "", err
	}
	if u.Scheme != "https" {
		return "", errors.New("is no https:// URL")
	}
	return u.String(), nil
}

// proxies reads the networks of proxies.
func proxies(s string) ([]netip.Prefix, error) {
	all, err := networks(s)
	for _, p := range all {
		if p.Bits() == 0 {
			return nil, fmt.Errorf("%q trusts everybody: then anybody chooses their own address", p)
		}
	}
	return all, err
}

// networks reads addresses and networks.
func networks(s string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, part := range list(s) {
		p, err := netip.ParsePrefix(part)
		if err != nil {
			a, err := netip.ParseAddr(part)
			if err != nil || a.Zone() != "" {
				return nil, fmt.Errorf("%q is no address or network", part)
			}
			a = a.Unmap()
			p = netip.PrefixFrom(a, a.BitLen())
		}
		if p.Addr().Is4In6() {
			if p.Bits() < 96 {
				return nil, fmt.Errorf("%q is no network of one kind", part)
			}
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// domains reads host names that a public certificate can be made for.
func domains(s string) ([]string, error) {
	var out []string
	for _, part := range list(s) {
		name, err := idna.Lookup.ToASCII(strings.TrimSuffix(part, "."))
		_, ip := netip.ParseAddr(part)
		if err != nil || ip == nil || !strings.Contains(name, ".") || strings.ContainsAny(name, "*:/ _") || len(name) > 253 {
			return nil, fmt.Errorf("%q is no domain", part)
		}
		out = append(out, name)
	}
	return out, nil
}

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

func join[T fmt.Stringer](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = v.String()
	}
	return strings.Join(texts, ",")
}

// choose reads one of a few words: pairs of a word and its value.
func choose[T any](s string, to *T, pairs ...any) error {
	words := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		word := pairs[i].(string)
		if s == word {
			*to = pairs[i+1].(T)
			return nil
		}
		words = append(words, word)
	}
	return fmt.Errorf("%q is none of %s", s, strings.Join(words, ", "))
}
