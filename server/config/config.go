package config

import (
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"beseda/server/peer"
)

// Config is everything that can be chosen from outside. Load makes valid ones.
type Config struct {
	// Data is the folder where everything lies.
	Data string
	// Listen is the address of the one listener, host:port; port 0 takes a free one.
	Listen string
	// ListenHTTP is where plain http is answered beside a TLS listener, with redirects and ACME's challenges; empty
	// for nowhere.
	ListenHTTP string
	// PublicURL is where the outside finds it, scheme and host only; nil where that is Listen.
	PublicURL *url.URL
	// TrustProxy are the proxies whose forwarding headers are believed.
	TrustProxy []netip.Prefix
	// TLSCert and TLSKey are PEM files, both or neither.
	TLSCert, TLSKey string
	// ACME are the domains to get certificates for, punycode.
	ACME []string
	// ACMEDirectory is where the certificates come from; empty for Let's Encrypt.
	ACMEDirectory string
	// MetricsFrom are the networks that may read /metrics besides programs on this machine.
	MetricsFrom []netip.Prefix
	// RateLimits off is for tests from outside, on loopback.
	RateLimits bool
	LogLevel   slog.Level
	// LogJSON chooses JSON over text.
	LogJSON bool
}

// TLS tells whether the listener itself speaks TLS.
func (c Config) TLS() bool { return c.TLSCert != "" || len(c.ACME) > 0 }

// Peer gives the rules by which requests are judged. The domains of ACME do not stand for a public URL: each of several
// is as good as the first, and the port outside may be another one.
func (c Config) Peer() peer.Rules {
	return peer.Rules{Trusted: c.TrustProxy, Public: c.PublicURL, Domains: c.ACME}
}

// BaseURL is where people open it: the public URL, or the domain of its certificate, or the listener's own address.
// bound is what the listener got.
func (c Config) BaseURL(bound net.Addr) string {
	if c.PublicURL != nil {
		return c.PublicURL.Scheme + "://" + c.PublicURL.Host
	}
	host, port, err := net.SplitHostPort(bound.String())
	if err != nil {
		host, port = bound.String(), ""
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	scheme, usual := "http", "80"
	if c.TLS() {
		scheme, usual = "https", "443"
	}
	if len(c.ACME) > 0 {
		host = c.ACME[0]
	}
	switch {
	case port != "" && port != usual:
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return scheme + "://" + host
}

// Warnings are what somebody who starts it should know, though it starts.
func (c Config) Warnings() []string {
	var out []string
	proxied := c.PublicURL != nil && c.PublicURL.Scheme == "https" && len(c.TrustProxy) > 0
	if !c.TLS() && !proxied && !onLoopback(c.Listen) {
		out = append(out, "plain http on "+c.Listen+": nobody can sign in from another machine, because passwords could be read on the way; "+
			"set --tls-cert and --tls-key, or --acme, or put a proxy in front with --public-url https://… and --trust-proxy")
	}
	if !c.TLS() && c.PublicURL != nil && c.PublicURL.Scheme == "https" && len(c.TrustProxy) == 0 {
		out = append(out, "--public-url is https, but no proxy is trusted: set --trust-proxy to its address, or signing in is refused")
	}
	if !c.RateLimits {
		out = append(out, "rate limits are off")
	}
	return out
}

// onLoopback tells whether a listening address is reachable from this machine only.
func onLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// LogValue shows every option.
func (c Config) LogValue() slog.Value {
	attrs := make([]slog.Attr, 0, len(options))
	for _, o := range options {
		attrs = append(attrs, slog.String(o.name, o.print(c)))
	}
	return slog.GroupValue(attrs...)
}

// String is Config as lines of a file that would load the same.
func (c Config) String() string {
	var b strings.Builder
	for _, o := range options {
		b.WriteString(o.name + " = " + o.print(c) + "\n")
	}
	return b.String()
}

func onOff(v bool) string {
	if v {
		return "on"
	}
	return "off"
}

// validPort reads a port of a listening address.
func validPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && strconv.FormatUint(n, 10) == s
}
