// Command msgpgen writes protocol_msgp.go: what msgp generates for the wire structs, behind a build constraint that
// keeps it out of what browsers run. It runs in package protocol's folder, by go generate; its output depends on
// nothing but the sources.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	output     = "protocol_msgp.go"
	constraint = "//go:build !tinygo && !js\n\n"
	// ignored are exported types that never cross the wire as themselves, and Raw, which has methods of its own.
	ignored = "ignore Raw Refusal Advice"
)

func main() {
	code, err := generate(".")
	if err == nil {
		err = os.WriteFile(output, code, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "msgpgen:", err)
		os.Exit(1)
	}
}

// generate runs msgp over a copy of the package's wire structs: given the folder itself, it would trip over tests and
// over its own last output.
func generate(dir string) ([]byte, error) {
	work, err := os.MkdirTemp("", "msgpgen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(file, "_test.go") || bytes.Contains(code, []byte("//go:build ")) {
			continue // what only some builds have holds no wire structs
		}
		if err := os.WriteFile(filepath.Join(work, filepath.Base(file)), code, 0o600); err != nil {
			return nil, err
		}
	}
	made := filepath.Join(work, "made.go")
	tool := exec.Command("go", "tool", "msgp", "-io=false", "-tests=false", "-d", ignored, "-file", work, "-o", made)
	tool.Dir = dir
	if said, err := tool.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("msgp: %w\n%s", err, said)
	}
	code, err := os.ReadFile(made)
	if err != nil {
		return nil, err
	}
	return append([]byte(constraint), code...), nil
}
