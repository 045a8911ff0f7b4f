package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// program is a built app.
type program struct {
	body []byte
	tool string // "tinygo" or "go"
}

const (
	committed    = "widget/dist/visitor.wasm"
	committedSum = "widget/dist/visitor.sum"
)

// program builds an app, or takes what is there.
func (b *bundle) program(app app) (*program, error) {
	if app.tiny {
		sum, err := sourceSum(app.main, true)
		if err != nil {
			return nil, err
		}
		kept, err := os.ReadFile(committedSum)
		if err == nil && strings.TrimSpace(string(kept)) == sum {
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
		// No scheduler and no main: a third of the size, and calls a thousand times cheaper.
		_, err := command(nil, "tools/tinygo/build.sh", committed, app.main, "-scheduler=none", "-buildmode=c-shared")
		if err != nil {
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
	if _, err := command(wasmEnv, "go", "build", "-ldflags", "-s -w", "-trimpath", "-o", out, main); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

var wasmEnv = []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS="}

// sourceSum is the hash of everything that a program is built from: its own sources and those of its modules, and the
// compiler's version.
func sourceSum(main string, tiny bool) (string, error) {
	files, err := sources(main, tiny)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %d\n", filepath.Base(f), len(body))
		h.Write(body)
	}
	if tiny {
		for _, f := range []string{"tools/tinygo/go.mod", "tools/tinygo/build.sh"} {
			body, err := os.ReadFile(f)
			if err != nil {
				return "", err
			}
			h.Write(body)
		}
	} else {
		version, err := command(nil, "go", "env", "GOVERSION")
		if err != nil {
			return "", err
		}
		h.Write([]byte(version))
	}
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
