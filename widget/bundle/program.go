package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// program is a built app.
type program struct {
	body []byte
	tool string // "tinygo" or "go"
}

// What the compilers are told, beside what tools/tinygo/build.sh says. Without scheduler and main TinyGo's program has a
// third of the size, and calls are a thousand times cheaper. Our own code is not inlined in Go's: that takes a tenth off
// the console, which waits for the network and for people.
var (
	tinyFlags = [...]string{"-scheduler=none", "-buildmode=c-shared"}
	goFlags   = [...]string{"-ldflags=-s -w", "-trimpath", "-gcflags=beseda/...=-l"}
)

const (
	committed    = "widget/dist/visitor.wasm"
	committedSum = "widget/dist/visitor.sum"
)

// program builds an app, or takes what is there.
func (b *bundle) program(app app) (*program, error) {
	if app.tiny && !b.standard {
		match, err := matches(app)
		if err != nil {
			return nil, err
		}
		if match {
			body, err := os.ReadFile(committed)
			return &program{body, "tinygo"}, err
		}
		fmt.Printf("%s is not built from these sources: building %s with standard Go, which weighs several times as much\n", committed, app.main)
	}
	sum, err := sourceSum(app.main, false)
	if err != nil {
		return nil, err
	}
	body, err := cached("program-"+app.name+"-"+sum, func() ([]byte, error) { return goBuild(app.main) })
	return &program{body, "go"}, err
}

// matches tells whether the committed program was built from these sources.
func matches(app app) (bool, error) {
	sum, err := sourceSum(app.main, true)
	if err != nil {
		return false, err
	}
	kept, err := os.ReadFile(committedSum)
	return err == nil && strings.TrimSpace(string(kept)) == sum, nil
}

// judge fails where the committed program was built from other sources.
func judge() error {
	for _, app := range apps {
		if !app.tiny {
			continue
		}
		match, err := matches(app)
		if err != nil {
			return err
		}
		if !match {
			return fmt.Errorf("%s is not built from these sources: make visitor renews it", committed)
		}
	}
	return nil
}

// written tells whether a program's package is there.
func written(main string) bool {
	files, err := filepath.Glob(filepath.Join(main, "*.go"))
	return err == nil && len(files) > 0
}

// glue is the script that the program's compiler wants before bridge.js.
func (p *program) glue() ([]byte, error) {
	if p.tool != "go" {
		return os.ReadFile("widget/glue.js")
	}
	root, err := command(nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(root), "lib", "wasm", "wasm_exec.js"))
}

// tiny builds the visitor's app with TinyGo, for the commit.
func (b *bundle) tiny() error {
	for _, app := range apps {
		if !app.tiny {
			continue
		}
		args := append([]string{committed, app.main}, tinyFlags[:]...)
		if _, err := command(nil, "tools/tinygo/build.sh", args...); err != nil {
			return err
		}
		sum, err := sourceSum(app.main, true)
		if err != nil {
			return err
		}
		if err := os.WriteFile(committedSum, []byte(sum+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func goBuild(main string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "beseda-bundle")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	args := slices.Concat([]string{"build", "-o", out}, goFlags[:], []string{main})
	if _, err := command(wasmEnv, "go", args...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

var wasmEnv = []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS="}

// command runs a tool and answers what it said.
func command(env []string, name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), env...)
	var out, said bytes.Buffer
	c.Stdout, c.Stderr = &out, &said
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, said.Bytes())
	}
	return out.String(), nil
}
