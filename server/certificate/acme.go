package certificate

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// Authority is an ACME server and what to ask of it.
type Authority struct {
	// Domains are the only names to ask for, punycode.
	Domains []string
	// Folder keeps the account's key and the certificates; made readable for its owner alone.
	Folder string
	// Directory is the authority's directory URL; empty for Let's Encrypt.
	Directory string
	// Client speaks to it; nil for the usual one.
	Client *http.Client
	Log    *slog.Logger
}

// ACME gets certificates when the first handshake for a domain asks, renews them, and keeps them in the folder. It
// answers the authority's challenge in the handshake itself, or on the plain listener where there is one. Starting it
// means agreeing to the authority's terms, as the help of --acme says.
func ACME(a Authority) (Source, error) {
	if len(a.Domains) == 0 {
		return Source{}, errors.New("acme: no domain")
	}
	folder := filepath.Clean(a.Folder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Source{}, fmt.Errorf("acme: %w", err)
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return Source{}, fmt.Errorf("acme: %w", err)
	}
	directory := a.Directory
	if directory == "" {
		directory = acme.LetsEncryptURL
	}
	listed := autocert.HostWhitelist(a.Domains...)
	m := &autocert.Manager{
		Prompt: autocert.AcceptTOS,
		Cache:  autocert.DirCache(folder),
		HostPolicy: func(ctx context.Context, host string) error {
			if h, _, err := net.SplitHostPort(host); err == nil { // as a challenge on another port than 80 has it
				host = h
			}
			return listed(ctx, host)
		},
		Client: &acme.Client{DirectoryURL: directory, HTTPClient: a.Client, UserAgent: "beseda"},
	}
	g := &getter{manager: m, log: a.Log, last: map[string]string{}, only: a.Domains[0]}
	return Source{config: base(g.get, alpnChallenge), challenge: m.HTTPHandler}, nil
}

// getter asks autocert, and says in the log what a browser will only show as a broken connection: once per reason.
type getter struct {
	manager *autocert.Manager
	log     *slog.Logger
	only    string

	mu   sync.Mutex
	last map[string]string // domain → reason logged
}

func (g *getter) get(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if hello.ServerName == "" { // a client that names no host gets the first one's
		named := *hello
		named.ServerName = g.only
		hello = &named
	}
	cert, err := g.manager.GetCertificate(hello)
	if g.manager.HostPolicy(hello.Context(), hello.ServerName) == nil {
		g.tell(hello.ServerName, err)
	}
	return cert, err
}

func (g *getter) tell(domain string, err error) {
	reason := ""
	if err != nil {
		reason = err.Error()
	}
	g.mu.Lock()
	again := g.last[domain] == reason
	g.last[domain] = reason
	g.mu.Unlock()
	switch {
	case again:
	case err != nil:
		g.log.Error("no certificate", "domain", domain, "err", err)
	default:
		g.log.Info("certificate is there", "domain", domain)
	}
}
