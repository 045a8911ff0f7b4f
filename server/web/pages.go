package web

import (
	"html"
	"net/http"
	"net/url"
	"strings"

	"beseda/protocol"
	"beseda/server/peer"
	"beseda/store"
)

// widgetPage is the iframe's page. Which sites may embed it stands in frame-ancestors: inside the frame nothing can be
// known about the page around it.
func (s *site) widgetPage(w http.ResponseWriter, r *http.Request) {
	ch, err := s.channel(r.URL.Query().Get("channel"))
	if err != nil {
		s.refuse(w, err)
		return
	}
	page, ok := s.bundled("visitor.html")
	if !ok {
		s.nothing(w, r)
		return
	}
	s.pageHeaders(w.Header(), r, ancestors(ch.Channel), true)
	h := w.Header()
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=()")
	looks := ch.Channel.Looks
	s.writePage(w, stamped(page, attributes(
		"lang", languageOr(looks.Language, "en"),
		"data-channel", string(ch.Channel.ID), "data-name", looks.Name, "data-color", looks.Color,
		"data-greeting", looks.Greeting, "data-language", looks.Language,
	)))
}

// consolePage is the same page for every path below /console/: the app reads the path.
func (s *site) consolePage(w http.ResponseWriter, r *http.Request) {
	s.ownPage(w, r, "console.html", true)
}

// setupPage is where one-time links lead; the token stands behind # and never reaches us with the address.
func (s *site) setupPage(w http.ResponseWriter, r *http.Request) {
	s.ownPage(w, r, "setup.html", false)
}

func (s *site) ownPage(w http.ResponseWriter, r *http.Request, name string, wasm bool) {
	page, ok := s.bundled(name)
	if !ok {
		s.nothing(w, r)
		return
	}
	s.pageHeaders(w.Header(), r, "'none'", wasm)
	w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
	w.Header().Set("Referrer-Policy", "no-referrer")
	s.writePage(w, stamped(page, attributes("lang", "en")))
}

// pageHeaders is the policy of our own pages: nothing inline, nothing from elsewhere. Only pages that run WebAssembly
// may.
func (s *site) pageHeaders(h http.Header, r *http.Request, ancestors string, wasm bool) {
	script := "'self'"
	if wasm {
		script += " 'wasm-unsafe-eval'"
	}
	// 'self' covers the socket in today's browsers; older Safari wants it by name.
	socket := "ws://" + r.Host
	if s.Peer.Transport(r) == peer.Secure {
		socket = "wss://" + r.Host
	}
	if strings.ContainsAny(r.Host, " ;,'\"") {
		socket = ""
	}
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'", "script-src " + script, "style-src 'self'", "img-src 'self' blob: data:",
		"media-src 'self' blob:", "font-src 'self'", "connect-src 'self' blob: " + socket,
		"frame-ancestors " + ancestors, "base-uri 'none'", "form-action 'self'",
	}, "; "))
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", "text/html; charset=utf-8")
}

func (s *site) writePage(w http.ResponseWriter, page []byte) { _, _ = w.Write(page) }

// ancestors is a channel's sites as frame-ancestors has them: none where the list is empty.
func ancestors(ch protocol.Channel) string {
	switch {
	case ch.AnySite:
		return "*"
	case len(ch.Sites) == 0:
		return "'none'"
	}
	return strings.Join(ch.Sites, " ")
}

// attributes writes pairs as HTML attributes; what strangers or owners typed is escaped.
func attributes(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(pairs[i] + `="` + html.EscapeString(pairs[i+1]) + `"`)
	}
	return b.String()
}

func languageOr(tag, otherwise string) string {
	if tag == "" {
		return otherwise
	}
	return tag
}

func (s *site) channel(id string) (ch store.Channel, err error) {
	if !protocol.IsID(id) {
		return ch, store.ErrNotFound
	}
	err = s.Engine.Read(func(r store.Reader) error {
		ch, err = store.Channels.Get(r, store.Text(protocol.ChannelID(id)))
		return err
	})
	return ch, err
}

// maxOrigin is how long a site's origin may be, in bytes.
const maxOrigin = 255

// originOf reads the site off a header that holds an address; "" where there is none, or one that is too long to keep.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	if len(origin) > maxOrigin {
		return ""
	}
	return origin
}
