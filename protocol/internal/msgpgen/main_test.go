package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheGeneratedCodecIsNotStale(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..")
	got, err := os.ReadFile(filepath.Join(dir, output))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time finds what depends on the order of files
		want, err := generate(dir)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Fatalf("go generate ./protocol writes it anew: %s", diff)
		}
	}
}
