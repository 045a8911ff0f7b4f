package certificate

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// lookEvery is how often a handshake looks whether the files have changed.
const lookEvery = 5 * time.Second

// Files takes certificate and key from PEM files, and takes them again when either changes: handshakes look at most
// every five seconds, so no goroutine waits. Where the new pair does not fit, because one of them is still being
// written, the old one stays in use.
func Files(certFile, keyFile string, now func() time.Time, log *slog.Logger) (Source, error) {
	p := &pair{certFile: certFile, keyFile: keyFile, now: now, log: log}
	if err := p.read(); err != nil {
		return Source{}, fmt.Errorf("read the certificate: %w", err)
	}
	return Source{config: base(p.get)}, nil
}

type pair struct {
	certFile, keyFile string
	now               func() time.Time
	log               *slog.Logger

	mu     sync.Mutex
	using  *tls.Certificate
	seen   [2]mark // what using was read from
	tried  [2]mark // what was read last, good or bad
	looked time.Time
	failed string // the reason logged last, not to repeat it every five seconds
}

// mark recognises a version of a file.
type mark struct {
	modified time.Time
	size     int64
}

func (p *pair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if since := p.now().Sub(p.looked); since >= lookEvery || since < 0 {
		p.look()
	}
	return p.using, nil
}

// look reads again what changed. A pair that failed is tried again when it changes again.
func (p *pair) look() {
	p.looked = p.now()
	marks, err := p.marks()
	if err == nil && (marks == p.seen || marks == p.tried) {
		return
	}
	if err == nil {
		err = p.read()
	}
	if err != nil {
		p.tried = marks
		if p.failed == err.Error() {
			return
		}
		p.failed = err.Error()
		p.log.Error("certificate could not be read again; the last one stays in use", "err", err)
		return
	}
	p.failed = ""
	p.log.Info("certificate was read again", "until", p.using.Leaf.NotAfter)
}

func (p *pair) read() error {
	marks, err := p.marks()
	if err != nil {
		return err
	}
	cert, err := tls.LoadX509KeyPair(p.certFile, p.keyFile)
	if err != nil {
		return err
	}
	p.using, p.seen, p.tried, p.looked = &cert, marks, marks, p.now()
	return nil
}

func (p *pair) marks() (m [2]mark, err error) {
	for i, name := range []string{p.certFile, p.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return m, err
		}
		m[i] = mark{info.ModTime(), info.Size()}
	}
	return m, nil
}
