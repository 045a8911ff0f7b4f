package store

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every table of records.go has a byte of its own, a check, and a golden of its version.
func TestEveryTableIsCheckedAndHasAGolden(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("records.go")
	if err != nil {
		t.Fatal(err)
	}
	tables := regexp.MustCompile(`Table\[.*\]\{"([^"]+)", '(.)', (\d+)\}`).FindAllStringSubmatch(string(source), -1)
	if len(tables) < 16 {
		t.Fatalf("%d tables were found in records.go", len(tables))
	}
	names := map[byte]string{}
	for _, m := range tables {
		name, prefix, version := m[1], m[2][0], m[3]
		if other, taken := names[prefix]; taken {
			t.Errorf("%s and %s both begin with %q", name, other, prefix)
		}
		names[prefix] = name
		if checks[prefix] == nil {
			t.Errorf("%s has no check", name)
		}
		golden := fmt.Sprintf("testdata/%s.v%s.txt", strings.ReplaceAll(name, " ", "_"), version)
		if _, err := os.Stat(golden); err != nil {
			t.Errorf("%s has no golden: %v", name, err)
		}
	}
	for prefix := range checks {
		if names[prefix] == "" {
			t.Errorf("%q has a check and is no table", prefix)
		}
	}
}
