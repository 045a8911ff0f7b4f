package server

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// law is which of our packages each may import: an arrow is written once, here, or it does not exist. A name that ends
// in /... stands for the folder and all below it.
var law = map[string][]string{
	"protocol":              {},
	"store":                 {"protocol"},
	"store/...":             {"protocol", "store", "store/..."},
	"server/peer":           {},
	"server/config":         {"server/peer"},
	"server/certificate":    {},
	"server/auth":           {"protocol", "store", "server/peer"},
	"server/engine":         {"protocol", "store"},
	"server/desk":           {"protocol", "store", "server/desk/..."},
	"server/desk/...":       {"protocol", "store", "server/desk/..."},
	"server/inbox":          {"protocol", "store", "server/desk/..."},
	"server/hub":            {"protocol", "store", "server/desk/...", "server/inbox"},
	"server/session":        {"protocol", "store", "server/auth", "server/desk", "server/desk/...", "server/engine", "server/hub", "server/inbox", "server/peer"},
	"server/allocation":     {"protocol", "store", "server/desk/...", "server/engine", "server/hub", "server/inbox"},
	"server/session/line":   {"protocol"},
	"server/web":            {"protocol", "store", "server/auth", "server/desk/...", "server/engine", "server/inbox", "server/peer", "server/session", "widget"},
	"server/control":        {"protocol", "store", "server/auth", "server/desk", "server/desk/...", "server/engine"},
	"server/demo":           {"protocol", "store", "server/auth", "server/desk", "server/desk/...", "server/engine"},
	"server":                {"protocol", "store", "server/allocation", "server/auth", "server/config", "server/desk", "server/engine", "server/hub", "server/inbox", "server/session", "server/web", "widget"},
	"server/trial":          {}, // its tests use what they need
	"server/browser":        {}, // and so do its
	"server/cmd/beseda":     {"protocol", "store", "store/badgerdb", "server", "server/certificate", "server/config", "server/control", "server/demo", "widget"},
	"wasm/...":              {"protocol", "wasm/..."},
	"widget":                {},
	"widget/...":            {"widget", "wasm/..."},
	"examples/...":          {"protocol"},
	"protocol/internal/...": {"protocol"},
}

// only is which of our packages alone may import a library.
var only = map[string][]string{
	"github.com/dgraph-io/badger/v4": {"store/badgerdb"},
	"nhooyr.io/websocket":            {"server/session/...", "examples/..."},
	"syscall/js":                     {"wasm/bridge"},
}

// never is what must not be reached at all, not even through others.
var never = map[string][]string{
	"protocol":        {"net/http", "log/slog"},
	"wasm/...":        {"net/http", "log/slog", "beseda/server", "beseda/store"},
	"store":           {"net/http"},
	"server/desk/...": {"net/http", "log/slog", "beseda/server/engine", "beseda/server/session"},
}

// impure is what the desk must not import itself: a decision knows no clock, no chance and no machine.
var impure = []string{"time", "os", "net", "math/rand", "math/rand/v2", "crypto/rand", "sync", "context"}

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, p := range append(list(t, ""), list(t, "js")...) {
		name := strings.TrimPrefix(p.ImportPath, "beseda/")
		if name == "build" || strings.HasPrefix(name, "build/") {
			continue // what is made, and not committed
		}
		allowed, ok := lookUp(law, name)
		if !ok {
			t.Errorf("%s is not in the law: say in one sentence what it is for, then add its row", name)
			continue
		}
		for _, path := range p.Imports {
			if ours, found := strings.CutPrefix(path, "beseda/"); found && !matches(allowed, ours) {
				t.Errorf("%s must not import %s", name, ours)
			}
			if strings.HasPrefix(name, "server/desk") && slices.Contains(impure, path) {
				t.Errorf("%s must not import %s: decisions are pure", name, path)
			}
			if who, found := only[path]; found && !matches(who, name) {
				t.Errorf("%s must not import %s: only %v may", name, path, who)
			}
		}
		if name == "wasm/bridge/trial" {
			continue
		}
		bad, _ := lookUp(never, name)
		for _, dep := range p.Deps {
			for _, b := range bad {
				if dep == b || strings.HasPrefix(dep, b+"/") && strings.HasPrefix(b, "beseda/") {
					t.Errorf("%s reaches %s", name, dep)
				}
			}
		}
	}
}

// list asks the go command about all our packages; os is "" for this machine, "js" for browsers.
func list(t *testing.T, os string) (all []pkg) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "beseda/...")
	if os == "js" {
		cmd = exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "beseda/protocol", "beseda/wasm/...")
		cmd.Env = append(cmd.Environ(), "GOOS=js", "GOARCH=wasm")
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// lookUp finds a package's row: its own, or that of the nearest folder above.
func lookUp(table map[string][]string, name string) ([]string, bool) {
	if row, ok := table[name]; ok {
		return row, true
	}
	for at := name; ; {
		i := strings.LastIndex(at, "/")
		if i < 0 {
			return nil, false
		}
		at = at[:i]
		if row, ok := table[at+"/..."]; ok {
			return row, true
		}
	}
}

func matches(list []string, name string) bool {
	for _, want := range list {
		folder, whole := strings.CutSuffix(want, "/...")
		if want == name || whole && (name == folder || strings.HasPrefix(name, folder+"/")) {
			return true
		}
	}
	return false
}
