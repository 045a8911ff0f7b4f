package badgerdb

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beseda/store"
)

func TestAFolderInUseIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	_, err := Open(dir, Options{Ballast: -1})
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open = %v, want ErrInUse with the folder's name", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir, Options{Ballast: -1}) // and is free again
}

func TestAFolderThatCannotBeAStoreIsRefused(t *testing.T) {
	t.Parallel()
	write := func(t *testing.T, path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		file, text string
		open       string // below the test's folder
		is         error
		says       string
	}{
		"a newer format":              {"d/format", "beseda store 2\n", "d", store.ErrNewer, "format 2"},
		"a much newer format":         {"d/format", "beseda store 900\n", "d", store.ErrNewer, "900"},
		"a newer format of a restore": {"d/format", "beseda restore 2\n", "d", store.ErrNewer, "format 2"},
		"a format of something else":  {"d/format", "quux 1\n", "d", nil, "no format of Beseda"},
		"an empty format":             {"d/format", "", "d", nil, "no format of Beseda"},
		"somebody's folder":           {"d/photo.jpg", "x", "d", nil, "no Beseda store"},
		"a file":                      {"d", "x", "d", nil, "is a file"},
		"a folder below a file":       {"d", "x", "d/data", nil, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, c.file), c.text)
			before := names(t, dir)
			db, err := Open(filepath.Join(dir, c.open), Options{Ballast: -1})
			if err == nil {
				_ = db.Close()
				t.Fatal("it was opened")
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("Open = %v, want %v", err, c.is)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("Open = %v, want it to say %q", err, c.says)
			}
			if after := names(t, dir); after != before {
				t.Errorf("it was touched: %s, before %s", after, before)
			}
		})
	}
}

// names lists all below a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		list = append(list, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}
