package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThePageIsNotStale(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..")
	got, err := os.ReadFile(filepath.Join(dir, output))
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("go generate ./protocol writes it anew: %s", diff)
	}
}

func TestAnotherFolderIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := generate(t.TempDir()); err == nil {
		t.Error("a page without a source")
	}
}
