package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beseda/widget"
)

// TestMain stands at the root of the module, as the command does.
func TestMain(m *testing.M) {
	if err := os.Chdir(filepath.Join("..", "..")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestAPageNamesAssetsByTheirHash(t *testing.T) {
	t.Parallel()
	b := &bundle{}
	b.add("x.css", []byte("a{}"))
	page, err := b.page("x.html", `<!doctype html><html `+widget.Stamp+`><link rel="stylesheet" href="asset:x.css"><body data-icon="#i-send"><!--icons--></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="/assets/x.` + hash([]byte("a{}")) + `.css"`, `id="i-send"`, widget.Stamp} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	if strings.Contains(string(page), `id="i-attach"`) {
		t.Error("an icon that nobody mentions is there")
	}
}

func TestAPageThatNamesWhatIsNotThereIsRefused(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"an asset": `<p title="asset:y.js">`, "an icon": `<p title="#i-moonshine"><!--icons-->`} {
		if page, err := (&bundle{}).page("x.html", body); err == nil {
			t.Errorf("%s: %s", name, page)
		}
	}
}

func TestThePagesKeepTheStamp(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("widget/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, file := range pages {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		small, err := minified("text/html", body)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(small), widget.Stamp) != 1 {
			t.Errorf("%s: the stamp is not there once", file)
		}
		for _, forbidden := range []string{" style=", "<style", " onclick=", "<script>"} {
			if strings.Contains(string(small), forbidden) {
				t.Errorf("%s: %s is not allowed by the page's policy", file, forbidden)
			}
		}
	}
}

func TestBrotliAndGzipAreKept(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func() ([]byte, error){
		"brotli": func() ([]byte, error) { return brotliOf([]byte("hello hello hello"), 11) },
		"gzip":   func() ([]byte, error) { return gzipOf([]byte("hello hello hello")) },
	} {
		first, err := make()
		if err != nil {
			t.Fatal(name, err)
		}
		second, err := make()
		if err != nil || string(first) != string(second) {
			t.Errorf("%s: %q and %q, %v", name, first, second, err)
		}
	}
}
