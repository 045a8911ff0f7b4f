package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"beseda/widget"
)

// dist is the folder that goes into the program.
const dist = "widget/dist"

// packedFrom is the size from which dist has the encoded twins alone: 8 MB that nobody asks for.
const packedFrom = 64 << 10

// kept are the files of dist that the bundle does not make.
var kept = []string{"README.md", "visitor.wasm", "visitor.sum"}

// write puts all assets into the folder, takes away what is not theirs, and prints what a visitor pays.
func (b *bundle) write() error {
	files := map[string][]byte{}
	var list []*widget.Asset
	for _, a := range b.assets {
		kind := mediaType(a.name)
		if strings.HasPrefix(kind, "text/") {
			kind += "; charset=utf-8"
		}
		entry := &widget.Asset{Name: a.name, File: a.file(), Type: kind, Hash: hash(a.body), Size: len(a.body), Tool: a.tool}
		if pressed(a.name) && len(a.body) > 0 {
			br, err := brotliOf(a.body, b.level)
			if err != nil {
				return fmt.Errorf("%s: %w", a.name, err)
			}
			gz, err := gzipOf(a.body)
			if err != nil {
				return fmt.Errorf("%s: %w", a.name, err)
			}
			entry.Brotli, entry.Gzip = len(br), len(gz)
			files[entry.File+".br"], files[entry.File+".gz"] = br, gz
		}
		if entry.Packed = entry.Gzip > 0 && entry.Size >= packedFrom; !entry.Packed {
			files[entry.File] = a.body
		}
		list = append(list, entry)
	}
	manifest, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return err
	}
	files["manifest.json"] = append(manifest, '\n')

	if err := os.MkdirAll(b.out, 0o755); err != nil {
		return err
	}
	there, err := os.ReadDir(b.out)
	if err != nil {
		return err
	}
	for _, f := range there {
		if _, wanted := files[f.Name()]; !wanted && !slices.Contains(kept, f.Name()) {
			if err := os.RemoveAll(filepath.Join(b.out, f.Name())); err != nil {
				return err
			}
		}
	}
	for name, body := range files {
		file := filepath.Join(b.out, name)
		if old, err := os.ReadFile(file); err == nil && string(old) == string(body) {
			continue // its time stays, and with it what go build has cached
		}
		if err := os.WriteFile(file, body, 0o644); err != nil {
			return err
		}
	}
	report(list)
	return nil
}

// report prints the sizes.
func report(list []*widget.Asset) {
	sum := map[string]int{}
	for _, a := range list {
		size := a.Brotli
		if size == 0 {
			size = a.Size
		}
		fmt.Printf("%-20s %9d  brotli %8d  %s\n", a.Name, a.Size, size, a.Tool)
		app, rest, _ := strings.Cut(a.Name, ".")
		if rest != "ru.txt" { // one language is downloaded
			sum[app] += size
		}
	}
	for _, app := range apps {
		fmt.Printf("%s to its first view: %.1f KB brotli\n", app.name, float64(sum[app.name])/1000)
	}
}
