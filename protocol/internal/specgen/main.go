// Command specgen writes PROTOCOL.md, the specification for people who write clients: package protocol's own
// documentation, then every code, limit, kind and struct, with the goldens as examples. It runs in package protocol's
// folder, by go generate; a test finds the page stale.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

const output = "PROTOCOL.md"

func main() {
	page, err := generate(".")
	if err == nil {
		err = os.WriteFile(output, page, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "specgen:", err)
		os.Exit(1)
	}
}

// generate makes the page from the package in dir.
func generate(dir string) ([]byte, error) {
	src, err := readSource(dir)
	if err != nil {
		return nil, err
	}
	examples, err := readExamples(filepath.Join(dir, "testdata"))
	if err != nil {
		return nil, err
	}
	return write(src, examples), nil
}
