package config

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/server/peer"
)

// world is an environment and files for one test.
type world struct {
	env   map[string]string
	files map[string]string
}

func (w world) outside() Outside {
	return Outside{
		LookupEnv: func(name string) (string, bool) { v, ok := w.env[name]; return v, ok },
		ReadFile: func(name string) ([]byte, error) {
			v, ok := w.files[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return []byte(v), nil
		},
	}
}

func load(w world, args ...string) (Config, error) {
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	set.SetOutput(&bytes.Buffer{})
	l := Register(set, w.outside())
	if err := set.Parse(args); err != nil {
		return Config{}, err
	}
	return l.Load()
}

func defaults() Config {
	return Config{Data: "beseda-data", Listen: "127.0.0.1:8080", RateLimits: true}
}

func TestNothingGivenLoadsTheDefaults(t *testing.T) {
	t.Parallel()
	got, err := load(world{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(defaults(), got); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func TestFlagBeatsEnvironmentBeatsFileBeatsDefault(t *testing.T) {
	t.Parallel()
	file := map[string]string{"f": "listen = 127.0.0.1:3\n", "g": "listen = 127.0.0.1:4\n"}
	env := map[string]string{"BESEDA_LISTEN": "127.0.0.1:2"}
	for name, row := range map[string]struct {
		world world
		args  []string
		want  string
	}{
		"the default":              {world{}, nil, "127.0.0.1:8080"},
		"the file":                 {world{files: file}, []string{"--config", "f"}, "127.0.0.1:3"},
		"the environment's file":   {world{files: file, env: map[string]string{"BESEDA_CONFIG": "f"}}, nil, "127.0.0.1:3"},
		"the flag's file before":   {world{files: file, env: map[string]string{"BESEDA_CONFIG": "f"}}, []string{"--config", "g"}, "127.0.0.1:4"},
		"the environment":          {world{env: env, files: file}, []string{"--config", "f"}, "127.0.0.1:2"},
		"the flag":                 {world{env: env, files: file}, []string{"--config", "f", "--listen", "127.0.0.1:1"}, "127.0.0.1:1"},
		"the flag of one dash":     {world{env: env}, []string{"-listen=127.0.0.1:1"}, "127.0.0.1:1"},
		"an empty flag beats also": {world{env: map[string]string{"BESEDA_PUBLIC_URL": "https://a.example"}}, []string{"--public-url="}, "127.0.0.1:8080"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := load(row.world, row.args...)
			if err != nil || got.Listen != row.want || got.PublicURL != nil {
				t.Errorf("listen %q, public %v, %v; want %q", got.Listen, got.PublicURL, err, row.want)
			}
		})
	}
}

func TestEveryOptionIsRead(t *testing.T) {
	t.Parallel()
	got, err := load(world{files: map[string]string{"f": `
# a comment, and an empty line

data = /var/lib/beseda
listen=0.0.0.0:443
metrics-from = 10.1.2.3/8 ::/0
  trust-proxy  =  10.0.0.0/8, 2001:db8::1 127.0.0.1
`}}, "--config=f", "--public-url", "HTTPS://Беседа.example:8443/", "--acme", "Chat.Example.com, беседа.example.", "--listen-http", ":80",
		"--acme-directory", "https://acme.example/directory", "--log-level=debug", "--log-format", "json")
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Data: "/var/lib/beseda", Listen: "0.0.0.0:443", ListenHTTP: ":80",
		PublicURL:  &url.URL{Scheme: "https", Host: "xn--80abjda5e.example:8443"},
		TrustProxy: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::1/128"), netip.MustParsePrefix("127.0.0.1/32")},
		ACME:       []string{"chat.example.com", "xn--80abjda5e.example"}, ACMEDirectory: "https://acme.example/directory",
		MetricsFrom: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::/0")},
		RateLimits:  true, LogLevel: slog.LevelDebug, LogJSON: true,
	}
	same := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
	if diff := cmp.Diff(want, got, same); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
	rules := peer.Rules{Trusted: want.TrustProxy, Public: want.PublicURL, Domains: want.ACME}
	if diff := cmp.Diff(rules, got.Peer(), same); diff != "" {
		t.Errorf("rules of peers (-want +got):\n%s", diff)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		args []string
		says string
	}{
		"an empty folder":                  {[]string{"--data="}, "--data (from flag): is empty"},
		"an address without port":          {[]string{"--listen=localhost"}, "--listen"},
		"an address with a word for port":  {[]string{"--listen=localhost:http"}, "--listen"},
		"a port that is too high":          {[]string{"--listen=localhost:65536"}, "--listen"},
		"a port below zero":                {[]string{"--listen=localhost:-1"}, "--listen"},
		"a URL for an address":             {[]string{"--listen=http://localhost:80"}, "--listen"},
		"no address at all":                {[]string{"--listen="}, "--listen"},
		"a public URL without scheme":      {[]string{"--public-url=chat.example.com"}, "--public-url"},
		"a public URL of another scheme":   {[]string{"--public-url=ftp://chat.example.com"}, "--public-url"},
		"a public URL without host":        {[]string{"--public-url=https://"}, "--public-url"},
		"a public URL with a path":         {[]string{"--public-url=https://chat.example.com/chat"}, "--public-url (from flag): has a path"},
		"a public URL with a query":        {[]string{"--public-url=https://chat.example.com?a=1"}, "--public-url"},
		"a public URL with a fragment":     {[]string{"--public-url=https://chat.example.com#a"}, "--public-url"},
		"a public URL with credentials":    {[]string{"--public-url=https://ann:s3cret@chat.example.com"}, "--public-url (from flag): has credentials in it"},
		"a public URL with a wild port":    {[]string{"--public-url=https://chat.example.com:99999"}, "--public-url"},
		"a public URL of no valid name":    {[]string{"--public-url=https://-chat-.example"}, "--public-url"},
		"a proxy that is a name":           {[]string{"--trust-proxy=proxy.example"}, "--trust-proxy"},
		"a network too narrow to exist":    {[]string{"--trust-proxy=10.0.0.0/33"}, "--trust-proxy"},
		"everybody as proxy":               {[]string{"--trust-proxy=10.0.0.1,0.0.0.0/0"}, "--trust-proxy"},
		"everybody of IPv6":                {[]string{"--trust-proxy=::/0"}, "--trust-proxy"},
		"everybody of IPv4 by IPv6":        {[]string{"--trust-proxy=::ffff:0.0.0.0/96"}, "--trust-proxy"},
		"a certificate without key":        {[]string{"--tls-cert=c.pem"}, "--tls-cert and --tls-key"},
		"a key without certificate":        {[]string{"--tls-key=k.pem"}, "--tls-cert and --tls-key"},
		"a certificate and ACME":           {[]string{"--tls-cert=c", "--tls-key=k", "--acme=chat.example.com"}, "--acme"},
		"ACME for an address":              {[]string{"--acme=192.0.2.1"}, "--acme"},
		"ACME for a wildcard":              {[]string{"--acme=*.example.com"}, "--acme"},
		"ACME for a name of one word":      {[]string{"--acme=localhost"}, "--acme"},
		"ACME for a URL":                   {[]string{"--acme=https://chat.example.com"}, "--acme"},
		"a directory without ACME":         {[]string{"--acme-directory=https://acme.example"}, "--acme-directory"},
		"a directory over plain http":      {[]string{"--acme=chat.example.com", "--acme-directory=http://acme.example"}, "--acme-directory"},
		"plain http beside plain http":     {[]string{"--listen-http=:80"}, "--listen-http"},
		"a plain public URL over TLS":      {[]string{"--tls-cert=c", "--tls-key=k", "--public-url=http://chat.example.com"}, "--public-url"},
		"no limits for everybody":          {[]string{"--rate-limits=off", "--listen=:8080"}, "--rate-limits"},
		"no limits on an address outside":  {[]string{"--rate-limits=off", "--listen=192.0.2.1:8080"}, "--rate-limits"},
		"no limits on a name":              {[]string{"--rate-limits=off", "--listen=chat.example.com:8080"}, "--rate-limits"},
		"no limits behind a public URL":    {[]string{"--rate-limits=off", "--public-url=https://chat.example.com"}, "--rate-limits"},
		"no limits beside an open port":    {[]string{"--rate-limits=off", "--tls-cert=c", "--tls-key=k", "--listen-http=:80"}, "--rate-limits"},
		"limits that are neither":          {[]string{"--rate-limits=false"}, `--rate-limits (from flag): "false" is none of on, off`},
		"a level there is not":             {[]string{"--log-level=loud"}, "--log-level"},
		"a format there is not":            {[]string{"--log-format=xml"}, "--log-format"},
		"an option there is not":           {[]string{"--port=80"}, "port"},
		"the same flag twice":              {[]string{"--listen=:1", "--listen=:2"}, "twice"},
		"a file that is not there":         {[]string{"--config=nowhere"}, "--config"},
		"no file":                          {[]string{"--config="}, "--config: is empty"},
		"a file with an unknown option":    {[]string{"--config=unknown"}, "unknown: line 2"},
		"a file with a line of no option":  {[]string{"--config=line"}, "line: line 1"},
		"a file that says something twice": {[]string{"--config=twice"}, "twice: line 2"},
		"a file that is wrong":             {[]string{"--config=wrong"}, "--listen (from file)"},
		"a file that names another":        {[]string{"--config=nested"}, "nested: line 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := load(world{files: map[string]string{
				"unknown": "data = x\nport = 80\n", "line": "hello", "twice": "data = x\ndata = y", "wrong": "listen = 80", "nested": "config = x",
			}}, row.args...)
			if err == nil || !strings.Contains(err.Error(), row.says) {
				t.Fatalf("answered %v, want it to name %q", err, row.says)
			}
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the error repeats a credential: %v", err)
			}
		})
	}
	if _, err := load(world{env: map[string]string{"BESEDA_LOG_LEVEL": "loud"}}); err == nil || !strings.Contains(err.Error(), "--log-level (from BESEDA_LOG_LEVEL)") {
		t.Errorf("from the environment: %v", err)
	}
	broken := errors.New("disk on fire")
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	l := Register(set, Outside{
		LookupEnv: func(string) (string, bool) { return "", false },
		ReadFile:  func(string) ([]byte, error) { return nil, broken },
	})
	if err := set.Parse([]string{"--config", "f"}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(); !errors.Is(err, broken) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

func TestLimitsMayBeOffOnLoopback(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"127.0.0.1:0", "127.9.9.9:80", "[::1]:80", "localhost:80"} {
		c, err := load(world{}, "--rate-limits=off", "--listen", listen)
		if err != nil || c.RateLimits {
			t.Errorf("%s: %v", listen, err)
		}
	}
}

func TestCommandMayHaveOnlySomeOptions(t *testing.T) {
	t.Parallel()
	set := flag.NewFlagSet("backup", flag.ContinueOnError)
	set.SetOutput(&bytes.Buffer{})
	to := set.String("to", "", "")
	l := Register(set, world{env: map[string]string{"BESEDA_LISTEN": "127.0.0.1:9"}}.outside(), "data")
	if err := set.Parse([]string{"--data", "d", "--to", "t", "rest"}); err != nil {
		t.Fatal(err)
	}
	c, err := l.Load()
	if err != nil || c.Data != "d" || *to != "t" || set.Arg(0) != "rest" || c.Listen != "127.0.0.1:9" {
		t.Errorf("%+v, %v", c, err)
	}
	if set.Lookup("listen") != nil {
		t.Error("a command has a flag it did not ask for")
	}
	defer func() {
		if recover() == nil {
			t.Error("an option that does not exist was registered")
		}
	}()
	Register(flag.NewFlagSet("x", flag.ContinueOnError), world{}.outside(), "date")
}

func TestPrintedConfigLoadsTheSame(t *testing.T) {
	t.Parallel()
	first, err := load(world{}, "--acme=chat.example.com,b.example.com", "--listen=[::]:443", "--trust-proxy=10.0.0.0/8,::1",
		"--public-url=https://chat.example.com", "--log-format=json", "--log-level=warn", "--listen-http=:80")
	if err != nil {
		t.Fatal(err)
	}
	again, err := load(world{files: map[string]string{"f": first.String()}}, "--config=f")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, again, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("config (-first +again):\n%s", diff)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("starting", "config", first)
	for _, part := range []string{"config.listen=[::]:443", "config.acme=chat.example.com,b.example.com", "config.rate-limits=on"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("the log lacks %s: %s", part, log.String())
		}
	}
}

func TestTableIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range options {
		if o.name == "" || o.usage == "" || o.help == "" || seen[o.name] {
			t.Errorf("row %q is not whole, or stands twice", o.name)
		}
		seen[o.name] = true
		var c Config
		if err := o.read(&c, o.def); err != nil {
			t.Errorf("--%s refuses its own default: %v", o.name, err)
		} else if got := o.print(c); got != o.def {
			t.Errorf("--%s prints its default %q as %q", o.name, o.def, got)
		}
	}
	if n := reflect.TypeFor[Config]().NumField(); n > 20 || n != len(options) {
		t.Errorf("Config has %d fields and the table %d rows", n, len(options))
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		args []string
		want string // a part of the one warning; empty for none
	}{
		"on loopback all is well":         {nil, ""},
		"with TLS all is well":            {[]string{"--listen=:443", "--tls-cert=c", "--tls-key=k"}, ""},
		"with ACME all is well":           {[]string{"--listen=:443", "--acme=chat.example.com"}, ""},
		"behind a proxy all is well":      {[]string{"--listen=:80", "--public-url=https://chat.example.com", "--trust-proxy=10.0.0.1"}, ""},
		"plain http for everybody":        {[]string{"--listen=:8080"}, "nobody can sign in"},
		"plain http for the next machine": {[]string{"--listen=192.0.2.1:8080"}, "nobody can sign in"},
		"a public URL that is not https":  {[]string{"--listen=:80", "--public-url=http://chat.example.com", "--trust-proxy=10.0.0.1"}, "nobody can sign in"},
		"a proxy nobody trusts":           {[]string{"--public-url=https://chat.example.com"}, "--trust-proxy"},
		"limits off":                      {[]string{"--rate-limits=off"}, "rate limits are off"},
	} {
		c, err := load(world{}, row.args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := c.Warnings()
		if row.want == "" && len(got) != 0 || row.want != "" && (len(got) != 1 || !strings.Contains(got[0], row.want)) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		args  []string
		bound string
		want  string
	}{
		"the listener's own":         {nil, "127.0.0.1:43211", "http://127.0.0.1:43211"},
		"of IPv6":                    {nil, "[::1]:43211", "http://[::1]:43211"},
		"of IPv6 on the usual port":  {nil, "[::1]:80", "http://[::1]"},
		"every address is localhost": {[]string{"--listen=:0"}, "[::]:43211", "http://localhost:43211"},
		"with TLS":                   {[]string{"--tls-cert=c", "--tls-key=k"}, "127.0.0.1:443", "https://127.0.0.1"},
		"with ACME, the domain":      {[]string{"--acme=chat.example.com"}, "[::]:443", "https://chat.example.com"},
		"with ACME on another port":  {[]string{"--acme=chat.example.com"}, "[::]:8443", "https://chat.example.com:8443"},
		"the public URL":             {[]string{"--public-url=https://chat.example.com/"}, "127.0.0.1:8080", "https://chat.example.com"},
	} {
		c, err := load(world{}, row.args...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		bound, err := net.ResolveTCPAddr("tcp", row.bound)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.BaseURL(bound); got != row.want {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}
