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
	ann := somebody(t, looks{width: 1440, height: 900})
	page := ann.setUp(t, h)
	kira := somebody(t, looks{})
	widget := kira.visit(page)
	widget.write("The first message ever")
	widget.state("The first message ever", "Delivered")
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
func (p *person) setUp(t *testing.T, h *house) (page string) {
	t.Helper()
	p.open(h.setup)
	p.shot("setup")
	p.ask("the form", `!document.querySelector('#fields').hidden`)
	for id, text := range map[string]string{"workspace": "Acme shop", "name": "Ann", "email": "ann@example.com", "password": "a long enough one"} {
		must[int](p, fmt.Sprintf(`(document.getElementById(%q).focus(), 1)`, id))
		p.typed(text)
	}
	p.ask("no token in the address", `location.hash === ''`)
	must[int](p, `(document.getElementById('go').click(), 1)`)
	p.says("No conversations yet")
	p.shot("console-empty")
	site := newSite(t)
	p.open(h.base() + "/console/channels")
	p.press("link", "Acme shop")
	p.see("textbox", "Sites that may show it")
	p.fill("Sites that may show it", site.origin)
	p.press("button", "Save")
	p.ask("the tag", `[...document.querySelectorAll('.b-code')].some(e => e.innerText.includes('widget.js?channel='))`)
	tag := must[string](p, `[...document.querySelectorAll('.b-code')].map(e => e.innerText).find(t => t.includes('widget.js?channel=')).match(/<script[^]*<\/script>/)[0]`)
	p.shot("channel")
	site.serve(tag)
	p.open(h.console)
	p.says("No conversations yet")
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
