package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"beseda/widget"
)

// build is the server with the visitor's widget from one compiler.
type build struct {
	// program builds the server once and tells where it is.
	program func() (string, error)
}

var (
	// asBundled is what make build makes: with TinyGo's widget, where that is fresh.
	asBundled = build{sync.OnceValues(func() (string, error) {
		if *prebuilt != "" {
			return *prebuilt, nil
		}
		return compile("beseda")
	})}
	// asStandard has the widget as standard Go builds it.
	asStandard = build{sync.OnceValues(compileStandard)}
)

// workshop is the folder that programs are built in.
var workshop = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "beseda-browser-") })

func compile(name string, flags ...string) (string, error) {
	dir, err := workshop()
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	args := append([]string{"build", "-o", path}, flags...)
	out, err := exec.Command("go", append(args, "beseda/server/cmd/beseda")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
}

// compileStandard bundles into a folder of its own, and lays that over widget/dist for one build.
func compileStandard() (string, error) {
	dir, err := workshop()
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return "", err
	}
	dist := filepath.Join(dir, "dist")
	bundle := exec.Command("go", "run", "./widget/bundle", "-standard", "-fast", "-out", dist)
	bundle.Dir = root
	if out, err := bundle.CombinedOutput(); err != nil {
		return "", fmt.Errorf("bundle: %w\n%s", err, out)
	}
	var over struct{ Replace map[string]string }
	over.Replace = map[string]string{}
	for folder, with := range map[string]string{filepath.Join(root, "widget", "dist"): "", dist: dist} {
		files, err := os.ReadDir(folder)
		if err != nil {
			return "", err
		}
		for _, f := range files {
			place := filepath.Join(root, "widget", "dist", f.Name())
			if with != "" {
				over.Replace[place] = filepath.Join(with, f.Name())
			} else if over.Replace[place] == "" {
				over.Replace[place] = "" // as if it were not there
			}
		}
	}
	list, err := json.Marshal(over)
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, list, 0o600); err != nil {
		return "", err
	}
	path, err := compile("beseda-standard", "-overlay", overlay)
	if err != nil {
		return "", err
	}
	return path, carries(path, filepath.Join(dist, "manifest.json"))
}

// carries tells by an error that a program was not built over a bundle.
func carries(program, manifest string) error {
	want, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	code, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	if !bytes.Contains(code, want) {
		return fmt.Errorf("%s does not hold %s", program, manifest)
	}
	return nil
}

// onEveryBuild runs a test with the widget of either compiler, as far as there are two.
func onEveryBuild(t *testing.T, test func(*testing.T, build)) {
	t.Helper()
	assets, err := widget.Open()
	if err != nil {
		t.Fatal(err)
	}
	visitor, ok := assets.Find("visitor.wasm")
	if !ok {
		t.Fatal("the bundle has no visitor.wasm")
	}
	builds := map[string]build{visitor.Tool: asBundled}
	switch {
	case *prebuilt != "":
		t.Log("on the given program alone")
		builds = map[string]build{"given": asBundled}
	case visitor.Tool != "tinygo":
		t.Log("on standard Go alone: visitor.wasm is a stand-in, make visitor renews it")
	default:
		builds["go"] = asStandard
	}
	for name, b := range builds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, b)
		})
	}
}
