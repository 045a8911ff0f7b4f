package browser

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFromAnEmptyFolderToTheFirstMessage(t *testing.T) {
	t.Parallel()
	h := empty(t)
	ann := &operator{somebody(t, looks{width: 1440, height: 900})}
	page := ann.setUp(t, h)
	kira := somebody(t, looks{})
	widget := kira.visit(page)
	widget.asks("The first message ever")
	ann.says("The first message ever")
	ann.shot("first-message")
	// The link worked once.
	late := somebody(t, looks{})
	late.open(h.setup)
	late.says("This link does not work any more")
	late.ask("no form", `document.querySelector('#fields').hidden`)
	late.shot("setup-used")
}

// setUp makes the first administrator by the printed link, lets a site show the first channel's widget, and returns a
// page of that site with the tag as the console gives it.
func (o *operator) setUp(t *testing.T, h *house) (page string) {
	t.Helper()
	o.open(h.setup)
	o.shot("setup")
	o.ask("the form", `!document.querySelector('#fields').hidden`)
	for id, text := range map[string]string{"workspace": "Acme shop", "name": "Ann", "email": "ann@example.com", "password": "a long enough one"} {
		must[int](o, fmt.Sprintf(`(document.getElementById(%q).focus(), 1)`, id))
		o.typed(text)
	}
	o.ask("no token in the address", `location.hash === ''`)
	must[int](o, `(document.getElementById('go').click(), 1)`)
	o.says("No conversations yet")
	o.shot("console-empty")
	site := newSite(t)
	o.open(h.base() + "/console/channels")
	o.press("link", "Acme shop")
	o.see("textbox", "Sites that may show it")
	o.fill("Sites that may show it", site.origin)
	o.press("button", "Save")
	o.ask("the tag", `[...document.querySelectorAll('.b-code')].some(e => e.innerText.includes('widget.js?channel='))`)
	tag := must[string](o, `[...document.querySelectorAll('.b-code')].map(e => e.innerText).find(t => t.includes('widget.js?channel=')).match(/<script[^]*<\/script>/)[0]`)
	o.shot("channel")
	site.serve(tag)
	o.open(h.console)
	o.says("No conversations yet")
	return site.origin + "/"
}

// site is a customer's site: another one than the console's, as browsers see it.
type site struct {
	origin string
	tag    chan string
}

func newSite(t *testing.T) *site {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &site{origin: strings.Replace("http://"+l.Addr().String(), "127.0.0.1", "localhost", 1), tag: make(chan string, 1)}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tag := <-s.tag
		s.tag <- tag
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=en><title>Acme</title><h1>Acme</h1>%s</html>", tag)
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

func (s *site) serve(tag string) { s.tag <- tag }
