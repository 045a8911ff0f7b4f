package widget_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
)

// TestTheLoaderIsSmallAndCanBeStamped holds what package web and every customer's page rely on: the mark stands once,
// where an expression may stand, minified too, and all of it weighs at most 3 KB.
func TestTheLoaderIsSmallAndCanBeStamped(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("loader.js")
	if err != nil {
		t.Fatal(err)
	}
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	code, err := m.Bytes("text/javascript", source)
	if err != nil {
		t.Fatal(err)
	}
	const mark = "(BESEDA_CONFIG)"
	if n := strings.Count(string(code), mark); n != 1 {
		t.Errorf("the mark stands %d times", n)
	}
	var packed bytes.Buffer
	w := brotli.NewWriterLevel(&packed, 11)
	_, _ = w.Write(code)
	_ = w.Close()
	t.Logf("%d bytes, %d with brotli", len(code), packed.Len())
	if packed.Len() > 3<<10 {
		t.Errorf("it weighs %d bytes", packed.Len())
	}
}
