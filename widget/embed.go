package widget

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

//go:embed dist
var dist embed.FS

// ErrNotBundled says that the program was built before the browser's files were made.
var ErrNotBundled = errors.New("the browser's files are not bundled: go run ./widget/bundle, then build again")

// Stamp stands in the <html> tag of pages: the server puts the page's language and data attributes in its place.
const Stamp = `lang="en" data-stamp`

// Asset is one file in its encodings.
type Asset struct {
	Name string `json:"name"`
	File string `json:"file"`
	// Type is the media type, with the charset where there is one.
	Type string `json:"type"`
	// Hash is the content's, 12 hexadecimal digits; good for an ETag.
	Hash string `json:"hash"`
	// Size is of the plain content, Brotli and Gzip of the encoded; 0 where there is no such twin.
	Size   int `json:"size"`
	Brotli int `json:"br,omitempty"`
	Gzip   int `json:"gzip,omitempty"`
	// Packed: dist has the encoded twins alone, since nearly nobody asks for the plain one.
	Packed bool `json:"packed,omitempty"`
	// Tool says which compiler made a program.
	Tool string `json:"tool,omitempty"`

	plain, br, gz []byte
}

// Path is where the asset is served for ever: /assets/visitor.1f3ab90c2d4e.js.
func (a *Asset) Path() string { return "/assets/" + a.File }

// Bytes answers the content in an encoding: "br", "gzip", or "" for the plain one, which is always there; nil where
// there is no such twin. The plain content of a packed asset is unpacked with every call. The bytes are not to be
// changed.
func (a *Asset) Bytes(encoding string) []byte {
	switch encoding {
	case "br":
		return a.br
	case "gzip":
		return a.gz
	case "":
		if a.Packed {
			return unpacked(a.gz)
		}
		return a.plain
	}
	return nil
}

func unpacked(b []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil // Open has read it: the program's own bytes do not change
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return plain
}

// Assets are all files of one bundle.
type Assets struct {
	names map[string]*Asset
	files map[string]*Asset
}

// Find finds an asset by its logical name.
func (s *Assets) Find(name string) (*Asset, bool) {
	a, ok := s.names[name]
	return a, ok
}

// File finds an asset by the name with the hash, the last part of Path.
func (s *Assets) File(file string) (*Asset, bool) {
	a, ok := s.files[file]
	return a, ok
}

// Open reads what the program was built with; ErrNotBundled where that is nothing.
func Open() (*Assets, error) { return open(dist) }

// OpenFrom reads another bundle, from the files that hold its dist folder; the same errors.
func OpenFrom(files fs.FS) (*Assets, error) { return open(files) }

func open(files fs.FS) (*Assets, error) {
	b, err := fs.ReadFile(files, "dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBundled
	}
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	var list []*Asset
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	s := &Assets{names: map[string]*Asset{}, files: map[string]*Asset{}}
	for _, a := range list {
		if err := a.load(files); err != nil {
			return nil, err
		}
		s.names[a.Name], s.files[a.File] = a, a
	}
	return s, nil
}

func (a *Asset) load(files fs.FS) (err error) {
	read := func(ending string, want bool) []byte {
		if !want || err != nil {
			return nil
		}
		var b []byte
		if b, err = fs.ReadFile(files, "dist/"+a.File+ending); err != nil {
			err = fmt.Errorf("read %s: %w", a.Name, err)
		}
		return b
	}
	a.plain = read("", !a.Packed)
	a.br = read(".br", a.Brotli > 0)
	a.gz = read(".gz", a.Gzip > 0)
	if err == nil && a.Packed && unpacked(a.gz) == nil {
		err = fmt.Errorf("read %s: its gzip twin is broken", a.Name)
	}
	return err
}
