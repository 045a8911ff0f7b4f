package certificate

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"golang.org/x/net/dns/dnsmessage"
)

const domain = "chat.example.test"

// authority is pebble in this process, on loopback: a real ACME server whose network is one name server that sends
// every name here.
type authority struct {
	directory string
	client    *http.Client   // trusts its TLS
	roots     *x509.CertPool // of what it issues
	server    *httptest.Server
}

func newAuthority(t *testing.T, tlsPort, httpPort int) *authority {
	t.Helper()
	quiet := log.New(io.Discard, "", 0)
	memory := db.NewMemoryStore()
	issuer := ca.New(quiet, memory, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "test", ValidityPeriod: 90 * 86400}})
	validator := va.New(quiet, httpPort, tlsPort, true, names(t), memory)
	front := wfe.New(quiet, memory, validator, issuer, []string{"pebble.test"}, true, false, 1, 1)
	a := &authority{roots: x509.NewCertPool(), server: httptest.NewUnstartedServer(front.Handler())}
	a.server.Config.ErrorLog = quiet
	a.server.StartTLS()
	t.Cleanup(a.server.Close)
	a.directory, a.client = a.server.URL+wfe.DirectoryPath, a.server.Client()
	a.roots.AddCert(issuer.GetRootCert(0).Cert)
	return a
}

// names answers every question for an address with 127.0.0.1, and all others with nothing, over TCP.
func names(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				for answerName(conn) == nil {
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func answerName(conn net.Conn) error {
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return err
	}
	raw := make([]byte, int(size[0])<<8|int(size[1]))
	if _, err := io.ReadFull(conn, raw); err != nil {
		return err
	}
	var m dnsmessage.Message
	if err := m.Unpack(raw); err != nil {
		return err
	}
	m.Response, m.Additionals = true, nil
	for _, q := range m.Questions {
		if q.Type == dnsmessage.TypeA {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
				Body:   &dnsmessage.AResource{A: netip.MustParseAddr("127.0.0.1").As4()},
			})
		}
	}
	out, err := m.AppendPack([]byte{0, 0})
	if err != nil {
		return err
	}
	out[0], out[1] = byte((len(out)-2)>>8), byte(len(out)-2)
	_, err = conn.Write(out)
	return err
}

// late is a listener whose Source comes after its port is known.
type late struct {
	net.Listener
	port int
}

func newLate(t *testing.T) *late {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return &late{listener, listener.Addr().(*net.TCPAddr).Port}
}

func (l *late) serve(t *testing.T, h http.Handler, c *tls.Config) {
	t.Helper()
	var on net.Listener = l.Listener
	if c != nil {
		on = tls.NewListener(on, c)
	}
	server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(on) }()
	t.Cleanup(func() { _ = server.Close() })
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }

// get fetches https://domain/ from addr, trusting only what the authority issues.
func (a *authority) get(addr, name string) (string, error) {
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: a.roots, ServerName: name},
		DisableKeepAlives: true,
	}}
	answer, err := client.Get("https://" + addr)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}

// TestACME runs alone: pebble is told by the environment not to dawdle.
func TestACME(t *testing.T) {
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")

	t.Run("gets a certificate in the handshake, for its domains only, and keeps it", func(t *testing.T) {
		secure := newLate(t)
		a := newAuthority(t, secure.port, 1)
		folder := t.TempDir() // made by somebody who lets others in
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		var said lines
		order := Authority{Domains: []string{domain}, Folder: folder, Directory: a.directory, Client: a.client, Log: said.logger()}
		source, err := ACME(order)
		if err != nil {
			t.Fatal(err)
		}
		secure.serve(t, http.HandlerFunc(hello), source.TLS())
		addr := secure.Addr().String()

		var wg sync.WaitGroup
		for range 4 { // the first visitors come at once
			wg.Go(func() {
				if body, err := a.get(addr, domain); err != nil || body != "hello" {
					t.Errorf("answered %q, %v; log: %s", body, err, said.String())
				}
			})
		}
		wg.Wait()
		for _, name := range []string{"other.example.test", "example.test", "localhost"} {
			if _, err := a.get(addr, name); err == nil {
				t.Errorf("%s got a certificate", name)
			}
		}
		if strings.Contains(said.String(), "other.example.test") {
			t.Error("strangers write the log")
		}
		if got := shown(t, addr, &tls.Config{InsecureSkipVerify: true}); got != domain {
			t.Errorf("a client that names no host is shown %s", got)
		}
		kept(t, folder)

		// The authority is gone, and the house starts again.
		a.server.Close()
		again := newLate(t)
		source, err = ACME(order)
		if err != nil {
			t.Fatal(err)
		}
		again.serve(t, http.HandlerFunc(hello), source.TLS())
		if body, err := a.get(again.Addr().String(), domain); err != nil || body != "hello" {
			t.Errorf("after a restart: %q, %v", body, err)
		}
	})

	t.Run("gets a certificate through plain http where the handshake cannot be reached", func(t *testing.T) {
		secure, plain := newLate(t), newLate(t)
		a := newAuthority(t, 1, plain.port) // nothing answers on port 1
		var said lines
		source, err := ACME(Authority{Domains: []string{domain}, Folder: t.TempDir(), Directory: a.directory, Client: a.client, Log: said.logger()})
		if err != nil {
			t.Fatal(err)
		}
		plain.serve(t, source.Plain(domain), nil)
		secure.serve(t, http.HandlerFunc(hello), source.TLS())
		if body, err := a.get(secure.Addr().String(), domain); err != nil || body != "hello" {
			t.Errorf("answered %q, %v; log: %s", body, err, said.String())
		}
	})

	t.Run("says why there is no certificate, once", func(t *testing.T) {
		secure := newLate(t)
		a := newAuthority(t, 1, 1)
		a.server.Close()
		var said lines
		source, err := ACME(Authority{Domains: []string{domain}, Folder: t.TempDir(), Directory: a.directory, Client: a.client, Log: said.logger()})
		if err != nil {
			t.Fatal(err)
		}
		secure.serve(t, http.HandlerFunc(hello), source.TLS())
		if _, err := a.get(secure.Addr().String(), domain); err == nil {
			t.Error("a certificate out of nothing")
		}
		if !strings.Contains(said.String(), "no certificate") || !strings.Contains(said.String(), domain) {
			t.Errorf("said %q", said.String())
		}
	})
}

// kept looks at what lies on the disk: readable for its owner alone.
func kept(t *testing.T, folder string) {
	t.Helper()
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) < 2 {
		t.Fatalf("keeps %d files, %v", len(entries), err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestACMEWithoutAPlaceOrADomainStopsTheStart(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]Authority{
		"no domain":              {Folder: t.TempDir()},
		"a file where a folder ": {Domains: []string{domain}, Folder: file},
	} {
		if _, err := ACME(a); err == nil {
			t.Errorf("%s: started", name)
		}
	}
}
