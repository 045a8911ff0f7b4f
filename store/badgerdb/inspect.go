package badgerdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"beseda/store"
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

// Check opens the folder of a server that is not running and checks all of it: its files, then every record and all
// content (store.Check). Damage to files is reported and ends it there, because Badger may not open them. It stores
// nothing but what opening does. The error says why it could not be done.
func Check(ctx context.Context, dir string, o Options, report func(store.Problem)) (checked store.Checked, err error) {
	if _, err := os.Stat(filepath.Join(dir, formatFile)); err != nil { // Open would make it
		return checked, fmt.Errorf("check: %w", err)
	}
	db, err := Open(dir, o)
	if err != nil {
		for _, text := range damageIn(err) {
			checked.Problems++
			report(store.Problem{Text: text})
		}
		if checked.Problems > 0 {
			return checked, nil
		}
		return checked, fmt.Errorf("check: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Check(ctx, report)
}

// Check checks every record and all content of a store at work, on one snapshot.
func (db *DB) Check(ctx context.Context, report func(store.Problem)) (checked store.Checked, err error) {
	err = db.View(func(r store.Reader) error {
		checked, err = store.Check(ctx, r, db.Blobs(), report)
		return err
	})
	return checked, err
}

// damageIn lists the damage that an error of Open is about; nil if it is about something else.
func damageIn(err error) []string {
	var damage *DamageError
	if errors.As(err, &damage) {
		var texts []string
		for _, d := range damage.Found {
			texts = append(texts, d.File+": "+d.Reason)
		}
		return texts
	}
	var loss *LossError
	var corrupt *store.CorruptError
	if errors.As(err, &loss) || errors.As(err, &corrupt) {
		return []string{err.Error()}
	}
	return nil
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
