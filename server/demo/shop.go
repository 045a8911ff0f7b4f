package demo

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"beseda/protocol"
)

//go:embed pages
var pages embed.FS

// page is what a template is given.
type page struct {
	Beseda  string
	Channel protocol.ChannelID
	Words   words
	Pages   []link
	// Emails and Password open the console.
	Emails   []string
	Password string
}

// route is one page of the shop's host.
type route struct {
	pattern  string
	template string
	words    words
	channel  protocol.ChannelID
	headers  map[string]string
}

// shop is the handlers' receiver.
type shop struct {
	facts     Facts
	templates *template.Template
	host      string // the shop's
	other     string // the console's
}

// Shop answers everything below /demo/. Asked on the console's host it redirects to the shop's: there the widget would
// stand on its own site, which is not what customers have. "?channel=ID" puts another channel's widget on a page.
func Shop(f Facts) http.Handler {
	s := &shop{
		facts: f, host: hostOf(f.Shop), other: hostOf(f.Beseda),
		templates: template.Must(template.ParseFS(pages, "pages/*.html")),
	}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, s.page(r))
	}
	mux.HandleFunc("GET /demo/shop.css", s.file("text/css; charset=utf-8"))
	mux.HandleFunc("GET /demo/spa.js", s.file("text/javascript; charset=utf-8"))
	return s.own(mux)
}

// routes is the one table. A policy is what a site's own headers have to say for the widget to work on it:
//
//	script-src   Beseda's origin, for the loader
//	frame-src    Beseda's origin, for the frame in which everything else runs
//	connect-src  Beseda's origin, for the loader's one question whether answers wait
//
// Styles need nothing: the loader makes its own without inline ones. What the frame itself needs is Beseda's to say.
func (s *shop) routes() []route {
	widget := "script-src " + s.facts.Beseda + "; frame-src " + s.facts.Beseda + "; connect-src " + s.facts.Beseda
	widgetAndOwn := strings.Replace(widget, "script-src", "script-src 'self'", 1)
	closed := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
	policy := func(p string) map[string]string { return map[string]string{"Content-Security-Policy": p} }
	shopPolicy := policy(closed + "style-src 'self'; " + widget)
	return []route{
		{"GET /demo/{$}", "shop", english(), s.facts.Channel, shopPolicy},
		{"GET /demo/ru/{$}", "shop", russian(), s.facts.Russian, shopPolicy},
		// Any address below belongs to the page's own navigation.
		{"GET /demo/spa/", "spa", english(), s.facts.Channel, policy(closed + "style-src 'self'; " + widgetAndOwn)},
		{"GET /demo/strict/{$}", "strict", english(), s.facts.Channel,
			policy(closed + widget + "; require-trusted-types-for 'script'; trusted-types 'none'")},
		{"GET /demo/coep/{$}", "isolated", english(), s.facts.Channel, map[string]string{
			"Content-Security-Policy":      closed + widget,
			"Cross-Origin-Embedder-Policy": "require-corp",
			"Cross-Origin-Opener-Policy":   "same-origin",
		}},
		// As most pages are: without a policy.
		{"GET /demo/plain/{$}", "plain", english(), s.facts.Channel, policy("")},
	}
}

// own sends those who ask the console's host for the shop to the shop's.
func (s *shop) own(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.EqualFold(r.Host, s.other) && s.other != s.host {
			http.Redirect(w, r, s.facts.Shop+r.URL.RequestURI(), http.StatusTemporaryRedirect)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *shop) page(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p := page{
			Beseda: s.facts.Beseda, Channel: rt.channel, Words: rt.words, Pages: furtherPages(),
			Emails: []string{AnnEmail, BobEmail}, Password: Password,
		}
		if id := r.URL.Query().Get("channel"); id != "" {
			if !protocol.IsID(id) {
				http.Error(w, "channel is no identifier", http.StatusBadRequest)
				return
			}
			p.Channel = protocol.ChannelID(id)
		}
		var out bytes.Buffer
		if err := s.templates.ExecuteTemplate(&out, rt.template, p); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h := w.Header()
		for name, value := range rt.headers {
			if h.Set(name, value); value == "" {
				h.Del(name)
			}
		}
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		_, _ = out.WriteTo(w)
	}
}

// file answers one of the pages' own files, under its name.
func (s *shop) file(mediaType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		content, err := pages.ReadFile("pages/" + strings.TrimPrefix(r.URL.Path, "/demo/"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", mediaType)
		h.Set("Cache-Control", "no-cache")
		// Also the isolated page may use them.
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		_, _ = w.Write(content)
	}
}

// furtherPages are the other places where the widget has to work.
func furtherPages() []link {
	return []link{
		{"Plain", "/demo/plain/"}, {"Single page", "/demo/spa/"}, {"Strict policy", "/demo/strict/"},
		{"Isolated", "/demo/coep/"},
	}
}

// hostOf is an origin's host, as requests name it.
func hostOf(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Host
}
