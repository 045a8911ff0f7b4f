// Strict-csp serves a page that forbids itself nearly everything, and has the widget all the same. README.md explains
// each directive.
//
//	go run ./examples/strict-csp --channel ID --beseda http://127.0.0.1:8080
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"strings"
)

//go:embed index.html
var index string

// tag is what stands in the page for this site.
type tag struct{ Beseda, Channel string }

func main() {
	var t tag
	flag.StringVar(&t.Beseda, "beseda", "http://127.0.0.1:8080", "where Beseda is")
	flag.StringVar(&t.Channel, "channel", "", "the channel's id, as the console shows it in the tag")
	listen := flag.String("listen", "localhost:8090", "where to serve the page")
	flag.Parse()
	if t.Channel == "" {
		log.Fatal("--channel is missing: copy it from the channel's tag in the console")
	}
	fmt.Printf("Page: http://%s/\n", *listen)
	log.Fatal(http.ListenAndServe(*listen, page(t)))
}

// policy is the page's whole Content-Security-Policy: the three lines with Beseda's origin are for the widget.
func policy(beseda string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src " + beseda,
		"frame-src " + beseda,
		"connect-src " + beseda,
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; ")
}

// page answers every address with the page.
func page(t tag) http.Handler {
	whole := template.Must(template.New("page").Parse(index))
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy(t.Beseda))
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if err := whole.Execute(w, t); err != nil {
			log.Print(err)
		}
	})
}
