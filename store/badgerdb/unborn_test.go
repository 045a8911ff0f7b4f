package badgerdb

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileThatWasMadeAndNotFilledIsNoObstacle(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"main/00099.mem", "main/000099.vlog", "blobs/00099.mem", "blobs/000099.vlog"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			db, err := Open(dir, Options{Ballast: -1})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Commit(crashBatch(1)); err != nil {
				t.Fatal(err)
			}
			want := all(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if db, err = Open(dir, Options{Ballast: -1}); err != nil {
					t.Fatal(err)
				}
				if got := all(t, db); len(got) != len(want) {
					t.Errorf("%d rows are read, %d were stored", len(got), len(want))
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
