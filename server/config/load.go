package config

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"beseda/server/peer"
)

// Outside is what main hands in, so that tests need no process of their own.
type Outside struct {
	LookupEnv func(name string) (string, bool)
	ReadFile  func(name string) ([]byte, error)
}

// Loader reads a Config once its flag set has been parsed.
type Loader struct {
	outside Outside
	flags   map[string]*given
	file    *given
}

// given is a flag that remembers whether it was there.
type given struct {
	text string
	set  bool
}

func (g *given) String() string { return g.text }

func (g *given) Set(s string) error {
	if g.set {
		return errors.New("is given twice")
	}
	g.text, g.set = s, true
	return nil
}

// Register adds a flag for each named option, or for all of them, and --config, to a command's flag set. An unknown name
// is a programmer's error and panics.
func Register(set *flag.FlagSet, outside Outside, names ...string) *Loader {
	l := &Loader{outside: outside, flags: map[string]*given{}, file: &given{}}
	set.Var(l.file, "config", "`FILE` with lines of option = value (BESEDA_CONFIG)")
	known := map[string]bool{}
	for _, o := range options {
		known[o.name] = true
		if len(names) > 0 && !slices.Contains(names, o.name) {
			continue
		}
		g := &given{}
		l.flags[o.name] = g
		help := fmt.Sprintf("`%s` %s (%s)", o.usage, o.help, o.env())
		if o.def != "" {
			help = fmt.Sprintf("`%s` %s (%s; default %s)", o.usage, o.help, o.env(), o.def)
		}
		set.Var(g, o.name, help)
	}
	for _, name := range names {
		if !known[name] {
			panic("config: no option " + name)
		}
	}
	return l
}

// Load reads all options and checks them together. Errors name the option and where it was given, never a credential.
func (l *Loader) Load() (Config, error) {
	file, err := l.readFile()
	if err != nil {
		return Config{}, err
	}
	var c Config
	for _, o := range options {
		text, from := o.def, "default"
		if v, ok := file[o.name]; ok {
			text, from = v, "file"
		}
		if v, ok := l.outside.LookupEnv(o.env()); ok {
			text, from = v, o.env()
		}
		if g := l.flags[o.name]; g != nil && g.set {
			text, from = g.text, "flag"
		}
		if err := o.read(&c, strings.TrimSpace(text)); err != nil {
			return Config{}, fmt.Errorf("--%s (from %s): %w", o.name, from, err)
		}
	}
	if err := c.check(); err != nil {
		return Config{}, err
	}
	return c, nil
}

// check refuses what does not go together.
func (c Config) check() error {
	switch {
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key: one without the other")
	case c.TLSCert != "" && len(c.ACME) > 0:
		return errors.New("--acme: not together with --tls-cert")
	case c.ACMEDirectory != "" && len(c.ACME) == 0:
		return errors.New("--acme-directory: only with --acme")
	case c.ListenHTTP != "" && !c.TLS():
		return errors.New("--listen-http: only where --listen speaks TLS")
	case c.TLS() && c.PublicURL != nil && c.PublicURL.Scheme == "http":
		return errors.New("--public-url: is http, but the listener speaks TLS")
	case !c.RateLimits && !onLoopback(c.Listen):
		return errors.New("--rate-limits: off only where --listen is on loopback")
	case !c.RateLimits && c.ListenHTTP != "" && !onLoopback(c.ListenHTTP):
		return errors.New("--rate-limits: off only where --listen-http is on loopback")
	case !c.RateLimits && c.PublicURL != nil && !peer.IsLoopbackHost(c.PublicURL.Host):
		return errors.New("--rate-limits: off only where --public-url is on loopback too")
	}
	return nil
}

// readFile reads the file, if any was named: lines of "option = value", comments after # at a line's start.
func (l *Loader) readFile() (map[string]string, error) {
	name, from := l.file.text, "--config"
	if !l.file.set {
		name, _ = l.outside.LookupEnv("BESEDA_CONFIG")
		from = "BESEDA_CONFIG"
	}
	if name == "" {
		if l.file.set {
			return nil, errors.New("--config: is empty")
		}
		return nil, nil
	}
	raw, err := l.outside.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	values := map[string]string{}
	number := 0
	for line := range strings.Lines(string(raw)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !ok || !isOption(key) {
			return nil, fmt.Errorf("%s: line %d is no option = value", name, number)
		}
		if _, twice := values[key]; twice {
			return nil, fmt.Errorf("%s: line %d gives %s again", name, number, key)
		}
		values[key] = strings.TrimSpace(value)
	}
	return values, nil
}

func isOption(name string) bool {
	return slices.ContainsFunc(options[:], func(o option) bool { return o.name == name })
}
