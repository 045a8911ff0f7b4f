package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheSumCoversWhatTheVisitorsProgramIsBuiltFrom(t *testing.T) {
	t.Parallel()
	files, err := sources("./wasm/visitor", true)
	if err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(filepath.ToSlash(f), name) })
	}
	for _, name := range []string{
		"/wasm/visitor/main.go", "/wasm/visitor/state/state.go", "/wasm/visitor/view/view.go", "/wasm/link/link.go",
		"/wasm/link/watch_not.go", "/wasm/bridge/run_js.go", "/wasm/vdom/builder.go", "/protocol/codec_compact.go",
	} {
		if !has(name) {
			t.Errorf("without %s", name)
		}
	}
	for _, name := range []string{"_test.go", "/protocol/codec_msgp.go", "/wasm/link/watch.go", "/wasm/bridge/fake.go"} {
		if has(name) {
			t.Errorf("with %s, which that build leaves out", name)
		}
	}
}

func TestTheSumChangesWithSourcesAndFlags(t *testing.T) {
	t.Parallel()
	write := func(dir, body string) string {
		file := filepath.Join(dir, "a.go")
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	sum := func(file string, flags ...string) string {
		s, err := sumOf([]string{file}, flags)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	here, there, other := write(t.TempDir(), "package a"), write(t.TempDir(), "package a"), write(t.TempDir(), "package b")
	if sum(here, "-x") != sum(there, "-x") {
		t.Error("the same sources in another folder have another sum")
	}
	for what, s := range map[string]string{
		"another source": sum(other, "-x"), "another flag": sum(here, "-y"), "one flag more": sum(here, "-x", ""),
		"two flags for one": sum(here, "-", "x"),
	} {
		if s == sum(here, "-x") {
			t.Errorf("%s has the same sum", what)
		}
	}
}

func TestTheCommittedProgramNamesNoMachine(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	home, _ := os.UserHomeDir()
	for _, path := range []string{root, home + "/", "/home/", "/root/", "/Users/", "/tmp/", "/go/pkg/mod", "/.cache/"} {
		if path != "/" && strings.Contains(string(body), path) {
			t.Errorf("%s is in %s", path, committed)
		}
	}
}
