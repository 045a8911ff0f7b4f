// Page serves a page with the widget: what a site owner does, and nothing else.
//
//	go run ./examples/page --channel ID --beseda http://127.0.0.1:8080
//
// The channel's list of sites must hold the page's address, http://localhost:8090.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"html/template"
	"log"
	"net/http"
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

// page answers every address with the page.
func page(t tag) http.Handler {
	whole := template.Must(template.New("page").Parse(index))
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := whole.Execute(w, t); err != nil {
			log.Print(err)
		}
	})
}
