package web

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"beseda/protocol"
	"beseda/server/peer"
	"beseda/widget"
)

// TestALoaderThatIsBeingMadeStopsNoOther: the test stands still where one waits for another's.
func TestALoaderThatIsBeingMadeStopsNoOther(t *testing.T) {
	t.Parallel()
	kept := newLoaders()
	begun, finish := make(chan struct{}), make(chan struct{})
	slow := loaderConfig{Channel: "a", Origin: "https://a.example"}
	times := 0
	slowly := func() (*stampedLoader, error) {
		times++
		close(begun)
		<-finish
		return &stampedLoader{etag: "slow"}, nil
	}
	answers := func(n int) chan string {
		out := make(chan string, n)
		for range n {
			go func() {
				made, _ := kept.own.find(slow, slowly)
				out <- made.etag
			}()
		}
		return out
	}
	waiting := answers(3)
	<-begun
	for i := range 2 * strangeLoaders {
		for _, k := range []*keptLoaders{&kept.own, &kept.strange} {
			other := loaderConfig{Channel: "a", Origin: fmt.Sprintf("https://%d.example", i)}
			if made, err := k.find(other, func() (*stampedLoader, error) { return &stampedLoader{etag: "quick"}, nil }); err != nil || made.etag != "quick" {
				t.Fatalf("another: %+v, %v", made, err)
			}
		}
	}
	close(finish)
	for range 3 {
		if got := <-waiting; got != "slow" {
			t.Errorf("who waited got %q", got)
		}
	}
	if times != 1 {
		t.Errorf("it was made %d times", times)
	}
	if n := len(kept.strange.made); n != strangeLoaders {
		t.Errorf("%d strange ones are kept, want %d", n, strangeLoaders)
	}
}

// TestForgedHostsCostLittleAndPushNothingOut asks by many names that are nobody's.
func TestForgedHostsCostLittleAndPushNothingOut(t *testing.T) {
	t.Parallel()
	assets, err := widget.Open()
	if err != nil {
		t.Fatal("make widget comes first: ", err)
	}
	s := &site{Deps: Deps{Assets: assets, Peer: peer.Rules{Domains: []string{"chat.example.com"}}}, loaders: newLoaders()}
	ch := protocol.Channel{ID: "01J00000000000000000000000", Looks: protocol.Looks{Name: "Acme", Color: "#0a6a78"}}
	load := func(host string) *stampedLoader {
		t.Helper()
		r := httptest.NewRequest("GET", "/widget.js", nil)
		r.Host = host
		made, err := s.stampedLoader(ch, r)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	own := load("chat.example.com")
	for i := range 2 * strangeLoaders {
		forged := load(fmt.Sprintf("chat.exampl%03d.com", i))
		if i == 0 && len(forged.encoding["br"]) <= len(own.encoding["br"]) {
			t.Errorf("%d bytes under a name that is nobody's, %d under its own", len(forged.encoding["br"]), len(own.encoding["br"]))
		}
	}
	if load("chat.example.com") != own {
		t.Error("its own loader was made again")
	}
	if n := len(s.loaders.own.made) + len(s.loaders.strange.made); n != 1+strangeLoaders {
		t.Errorf("%d loaders are kept", n)
	}
	ch.Looks.Name = "Another"
	if load("chat.example.com") == own {
		t.Error("it is the old one after a change")
	}
}
