package badgerdb

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// DamageError says what is wrong with the files of a store.
type DamageError struct {
	Dir   string
	Found []Damage
}

// Damage is one thing wrong with one file.
type Damage struct{ File, Reason string }

func (e *DamageError) Error() string {
	lines := make([]string, len(e.Found))
	for i, d := range e.Found {
		lines[i] = d.File + ": " + d.Reason
	}
	return fmt.Sprintf("damaged files in %s: %s", e.Dir, strings.Join(lines, "; "))
}

// inspect reads the files of a closed Badger through and tells what is wrong with them, worst or not. marked is the
// number of the last batch that is known to have been acknowledged. It changes nothing.
//
// Badger would cut a damaged manifest or write-ahead file short at the first bad byte and delete what no longer fits,
// answer a bad block with "not found", and end the process over a bad index.
func inspect(dir string, marked uint64) []Damage {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) == 0 {
		return nil // not made yet
	}
	tables, found := inspectManifest(dir)
	return slices.Concat(found, inspectTables(dir, tables), inspectWAL(dir, marked))
}

// inspectManifest lists the tables, and whether the list ends where the file does.
func inspectManifest(dir string) (map[uint64]badger.TableManifest, []Damage) {
	name := badger.ManifestFilename
	bad := func(format string, args ...any) []Damage {
		return []Damage{{filepath.Join(dir, name), fmt.Sprintf(format, args...)}}
	}
	f, err := os.Open(filepath.Join(dir, name))
	if os.IsNotExist(err) {
		if orphans, _ := filepath.Glob(filepath.Join(dir, "*.sst")); len(orphans) > 0 {
			return nil, bad("missing, though there are %d tables", len(orphans))
		}
		return nil, nil // the process ended before the first opening did
	}
	if err != nil {
		return nil, bad("%v", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, bad("%v", err)
	}
	manifest, end, err := badger.ReplayManifestFile(f, 0, badger.DefaultOptions(dir).WithLogger(nil))
	switch {
	case err != nil:
		return nil, bad("%v", err)
	case end != info.Size():
		return manifest.Tables, bad("ends in the middle of a record at %d of %d", end, info.Size())
	}
	return manifest.Tables, nil
}

// inspectTables verifies every block of every table, on all processors.
func inspectTables(dir string, tables map[uint64]badger.TableManifest) []Damage {
	ids := make(chan uint64)
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		found []Damage
	)
	for range min(runtime.GOMAXPROCS(0), len(tables)) {
		wg.Go(func() {
			for id := range ids {
				path := filepath.Join(dir, fmt.Sprintf("%06d.sst", id))
				if err := verifyTable(path, tables[id].Compression); err != nil {
					mu.Lock()
					found = append(found, Damage{path, err.Error()})
					mu.Unlock()
				}
			}
		})
	}
	for id := range tables {
		ids <- id
	}
	close(ids)
	wg.Wait()
	slices.SortFunc(found, func(a, b Damage) int { return strings.Compare(a.File, b.File) })
	return found
}
