//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// reached lists what a build of the package imports, however far.
func reached(t *testing.T, env []string, tags string) []string {
	t.Helper()
	list := exec.Command("go", "list", "-deps", "-tags", tags, ".")
	list.Env = append(list.Environ(), env...)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

func TestBuildsReachOnlyWhatTheyMay(t *testing.T) {
	t.Parallel()
	wasm := []string{"GOOS=js", "GOARCH=wasm"}
	large := []string{"time", "fmt", "reflect", "net", "net/http", "net/url", "log", "log/slog", "encoding/json",
		"encoding/binary", "github.com/tinylib/msgp/msgp", "github.com/go-playground/validator/v10",
		"golang.org/x/text/unicode/norm"}
	for _, tc := range []struct {
		name      string
		env       []string
		tags      string
		forbidden []string
	}{
		{"the visitor's widget carries no large package", wasm, "tinygo", large},
		{"nor does the console", wasm, "", large},
		{"the server's build brings no server", nil, "", []string{"net/http", "log/slog"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			deps := reached(t, tc.env, tc.tags)
			for _, path := range tc.forbidden {
				if slices.Contains(deps, path) {
					t.Errorf("reaches %s", path)
				}
			}
			for _, path := range deps {
				if strings.HasPrefix(path, "beseda/") && path != "beseda/protocol" {
					t.Errorf("reaches %s: protocol imports no package of ours", path)
				}
			}
		})
	}
}

// The builds that no test runs in must at least compile: the widget's, the console's, and the console's in TinyGo.
func TestEveryBuildCompiles(t *testing.T) {
	t.Parallel()
	for _, tags := range []string{"", "tinygo", "tinygo,console"} {
		t.Run("tags "+tags, func(t *testing.T) {
			t.Parallel()
			vet := exec.Command("go", "vet", "-tags", tags, ".")
			vet.Env = append(vet.Environ(), "GOOS=js", "GOARCH=wasm")
			if out, err := vet.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, bytes.TrimSpace(out))
			}
		})
	}
}
