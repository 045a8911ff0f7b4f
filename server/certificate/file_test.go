package certificate

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestFilesServeHTTPSAndOnlyModernTLS(t *testing.T) {
	t.Parallel()
	f := newFolder(t, "one.example")
	source, err := Files(f.cert, f.key, time.Now, new(lines).logger())
	if err != nil {
		t.Fatal(err)
	}
	addr := serve(t, source)
	text, err := os.ReadFile(f.cert)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	answer, err := client.Get("https://" + addr)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil || string(body) != "hello over HTTP/2.0" {
		t.Errorf("answered %q, %v", body, err)
	}
	_ = answer.Body.Close()

	// A socket needs HTTP/1.1, and gets it where the browser offers nothing else.
	conn, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: roots, NextProtos: []string{"http/1.1"}})
	if err != nil || conn.ConnectionState().NegotiatedProtocol != "http/1.1" {
		t.Errorf("http/1.1 alone: %v", err)
	} else {
		_ = conn.Close()
	}
	if conn, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		_ = conn.Close()
		t.Error("TLS 1.1 was accepted")
	}
}

func TestFilesAreReadAgainWhenTheyChange(t *testing.T) {
	t.Parallel()
	f := newFolder(t, "one.example")
	c := &clock{at: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)}
	var log lines
	source, err := Files(f.cert, f.key, c.now, log.logger())
	if err != nil {
		t.Fatal(err)
	}
	addr := serve(t, source)
	trusting := &tls.Config{InsecureSkipVerify: true} // the question is which one is shown
	expect := func(when, name string) {
		t.Helper()
		if got := shown(t, addr, trusting); got != name {
			t.Errorf("%s: shows %s, want %s", when, got, name)
		}
	}
	expect("at first", "one.example")
	c.move(lookEvery)
	expect("unchanged", "one.example")

	cert, key := pairOf(t, "two.example")
	f.write(f.cert, cert)
	c.move(lookEvery)
	expect("with a new certificate and the old key", "one.example")
	if !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("nothing was said: %s", log.String())
	}
	f.write(f.key, key)
	expect("before it looks again", "one.example")
	c.move(lookEvery)
	expect("with both new", "two.example")

	f.write(f.cert, []byte("-----BEGIN CERT"))
	c.move(lookEvery)
	expect("with half a file", "two.example")
	if err := os.Remove(f.cert); err != nil {
		t.Fatal(err)
	}
	said := 0
	for range 5 {
		c.move(lookEvery)
		expect("without a file", "two.example")
		if n := strings.Count(log.String(), "no such file"); said == 0 {
			said = n
		} else if n != said {
			t.Error("says the same every time it looks")
		}
	}
	cert, key = pairOf(t, "three.example")
	f.write(f.key, key)
	f.write(f.cert, cert)
	c.move(-365 * 24 * time.Hour)
	expect("when the clock went back", "three.example")
	if n := strings.Count(log.String(), "was read again"); n != 2 {
		t.Errorf("read again %d times, want once per new pair", n)
	}
	if strings.Contains(log.String(), "PRIVATE KEY") {
		t.Error("the log holds a key")
	}
}

func TestFilesThatCannotBeReadStopTheStart(t *testing.T) {
	t.Parallel()
	one, two := newFolder(t, "one.example"), newFolder(t, "two.example")
	for name, pair := range map[string][2]string{
		"no certificate":           {one.cert + ".gone", one.key},
		"no key":                   {one.cert, one.key + ".gone"},
		"a key of another":         {one.cert, two.key},
		"swapped":                  {one.key, one.cert},
		"a folder for certificate": {t.TempDir(), one.key},
		"nothing":                  {"", ""},
	} {
		if _, err := Files(pair[0], pair[1], time.Now, new(lines).logger()); err == nil {
			t.Errorf("%s: started", name)
		}
	}
}

func TestPlainHTTPHasNoTLS(t *testing.T) {
	t.Parallel()
	if (Source{}).TLS() != nil {
		t.Error("the zero Source speaks TLS")
	}
}
