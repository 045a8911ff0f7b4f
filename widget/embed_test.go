package widget

import (
	"bytes"
	"compress/gzip"
	"errors"
	"testing"
	"testing/fstest"
)

func packed(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bundled(t *testing.T) fstest.MapFS {
	t.Helper()
	return fstest.MapFS{
		"dist/manifest.json": {Data: []byte(`[
			{"name":"a.js","file":"a.1.js","type":"text/javascript; charset=utf-8","hash":"1","size":5,"br":2,"gzip":3},
			{"name":"b.wasm","file":"b.2.wasm","type":"application/wasm","hash":"2","size":5,"br":2,"gzip":3,"packed":true,"tool":"go"},
			{"name":"c.png","file":"c.3.png","type":"image/png","hash":"3","size":3}]`)},
		"dist/a.1.js":      {Data: []byte("plain")},
		"dist/a.1.js.br":   {Data: []byte("br")},
		"dist/a.1.js.gz":   {Data: packed(t, "plain")},
		"dist/b.2.wasm.br": {Data: []byte("br")},
		"dist/b.2.wasm.gz": {Data: packed(t, "large")},
		"dist/c.3.png":     {Data: []byte("png")},
	}
}

func TestAssetsAreFoundByNameAndFile(t *testing.T) {
	t.Parallel()
	s, err := open(bundled(t))
	if err != nil {
		t.Fatal(err)
	}
	a, ok := s.Find("a.js")
	if !ok || a.Path() != "/assets/a.1.js" || string(a.Bytes("")) != "plain" || string(a.Bytes("br")) != "br" || a.Bytes("zstd") != nil {
		t.Errorf("a.js: %+v", a)
	}
	b, ok := s.File("b.2.wasm")
	if !ok || string(b.Bytes("")) != "large" || b.Tool != "go" {
		t.Errorf("b.wasm: %+v", b)
	}
	c, _ := s.Find("c.png")
	if string(c.Bytes("")) != "png" || c.Bytes("br") != nil || c.Bytes("gzip") != nil {
		t.Errorf("c.png: %+v", c)
	}
	if _, ok := s.Find("a.1.js"); ok {
		t.Error("a file was found as a name")
	}
}

func TestABundleThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(fstest.MapFS){
		"a twin is missing":       func(f fstest.MapFS) { delete(f, "dist/a.1.js.br") },
		"a plain file is missing": func(f fstest.MapFS) { delete(f, "dist/c.3.png") },
		"a packed twin is broken": func(f fstest.MapFS) { f["dist/b.2.wasm.gz"] = &fstest.MapFile{Data: []byte("x")} },
		"the manifest is broken":  func(f fstest.MapFS) { f["dist/manifest.json"] = &fstest.MapFile{Data: []byte("x")} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := bundled(t)
			damage(files)
			if _, err := open(files); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestAProgramWithoutABundleSaysSo(t *testing.T) {
	t.Parallel()
	if _, err := open(fstest.MapFS{"dist/README.md": {}}); !errors.Is(err, ErrNotBundled) {
		t.Errorf("error %v", err)
	}
}
