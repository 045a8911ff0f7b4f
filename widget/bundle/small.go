package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
)

// cache keeps what took long, by the hash of what it was made from.
const cache = "build/bundle"

// cached answers what is kept under a name, or makes and keeps it.
func cached(name string, make func() ([]byte, error)) ([]byte, error) {
	file := filepath.Join(cache, name)
	if b, err := os.ReadFile(file); err == nil {
		now := time.Now()
		return b, os.Chtimes(file, now, now) // sweep goes by the last use
	}
	b, err := make()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return nil, err
	}
	// Whole or not at all: a run that is stopped leaves no half a file.
	if err := os.WriteFile(file+".new", b, 0o644); err != nil {
		return nil, err
	}
	return b, os.Rename(file+".new", file)
}

// sweep takes away what was not used for a week.
func sweep() error {
	files, err := os.ReadDir(cache)
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			return err
		}
		if time.Since(info.ModTime()) > 7*24*time.Hour {
			if err := os.Remove(filepath.Join(cache, f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// hash is what file names carry: 48 bits of SHA-256.
func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

func minified(mediaType string, b []byte) ([]byte, error) {
	m := minify.New()
	m.Add("text/css", &css.Minifier{})
	m.Add("text/javascript", &js.Minifier{Version: 2022})
	m.Add("image/svg+xml", &svg.Minifier{})
	// The stamp is replaced as text, so quotes and tags stay.
	m.Add("text/html", &html.Minifier{KeepQuotes: true, KeepDocumentTags: true, KeepEndTags: true, KeepDefaultAttrVals: true})
	out, err := m.Bytes(mediaType, b)
	if err == minify.ErrNotExist {
		return b, nil
	}
	return out, err
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css"
	case ".js":
		return "text/javascript"
	case ".html":
		return "text/html"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain"
	case ".wasm":
		return "application/wasm"
	case ".png":
		return "image/png"
	case ".webp":
		return "image/webp"
	case ".jpg":
		return "image/jpeg"
	case ".json":
		return "application/json"
	}
	return "application/octet-stream"
}

// pressed tells whether encoding a file is worth it: pictures are small already.
func pressed(name string) bool {
	switch path.Ext(name) {
	case ".png", ".webp", ".jpg":
		return false
	}
	return true
}

func brotliOf(b []byte, level int) ([]byte, error) {
	return cached("brotli-"+strconv.Itoa(level)+"-"+hash(b), func() ([]byte, error) {
		var out bytes.Buffer
		w := brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: level, LGWin: 24})
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		err := w.Close()
		return out.Bytes(), err
	})
}

func gzipOf(b []byte) ([]byte, error) {
	return cached("gzip-"+hash(b), func() ([]byte, error) {
		var out bytes.Buffer
		w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		err = w.Close()
		return out.Bytes(), err
	})
}
