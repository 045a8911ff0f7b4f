package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// recipe are the files that say how TinyGo is made and called.
var recipe = [...]string{
	"tools/tinygo/build.sh", "tools/tinygo/install.sh", "tools/tinygo/assert.c", "tools/tinygo/go.mod", "tools/tinygo/go.sum",
}

// sourceSum is the hash of everything that a program is built from: its own sources and those of its modules, the
// compiler and what it is told.
func sourceSum(main string, tiny bool) (string, error) {
	files, err := sources(main, tiny)
	if err != nil {
		return "", err
	}
	if tiny {
		return sumOf(slices.Concat(files, recipe[:]), tinyFlags[:])
	}
	version, err := command(nil, "go", "env", "GOVERSION")
	if err != nil {
		return "", err
	}
	return sumOf(files, append(goFlags[:], version))
}

// sumOf is the hash of files, by name and content wherever they lie, and of words.
func sumOf(files, words []string) (string, error) {
	h := sha256.New()
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", filepath.Base(f), len(body))
		h.Write(body)
	}
	fmt.Fprintf(h, "%q\n", words)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sources lists the files of a program outside the standard library, sorted by package and name.
func sources(main string, tiny bool) ([]string, error) {
	if !written(main) {
		return nil, nil
	}
	args := []string{"list", "-deps", "-f",
		`{{if not .Standard}}{{$p := .}}{{range .GoFiles}}{{$p.ImportPath}} {{$p.Dir}}/{{.}}{{"\n"}}{{end}}{{end}}`}
	if tiny {
		args = append(args, "-tags", "tinygo")
	}
	list, err := command(wasmEnv, "go", append(args, main)...)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSpace(list), "\n")
	sort.Strings(lines)
	var files []string
	for _, l := range lines {
		if _, file, ok := strings.Cut(l, " "); ok && l != "" {
			files = append(files, file)
		}
	}
	return files, nil
}
