package badgerdb

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/store"
)

// secrets are texts that no compression shortens and no other record has, so that a search of the files finds them
// wherever their bytes are.
func secrets(n int) [][]byte {
	rnd := rand.New(rand.NewPCG(1, uint64(n)))
	all := make([][]byte, n)
	for i := range all {
		for range 40 {
			all[i] = append(all[i], byte(rnd.Uint32()))
		}
	}
	return all
}

// holding lists the files under dir that hold any of the secrets.
func holding(t *testing.T, dir string, secrets [][]byte) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, secret := range secrets {
			if bytes.Contains(data, secret) {
				found = append(found, filepath.Base(path))
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// hide stores the secrets among other records, so much that some are in tables of several levels and some in the
// write-ahead file.
func hide(t *testing.T, db *DB, secrets [][]byte) {
	t.Helper()
	var batch []store.Write
	for i, secret := range secrets {
		batch = append(batch, store.Write{Key: secretKey(i), Value: secret})
		for j := range 80 {
			batch = append(batch, store.Write{Key: fmt.Appendf(nil, "other%d-%d", j, i), Value: bytes.Repeat([]byte{byte(i), byte(j)}, 500)})
		}
		if i%5 < 4 {
			continue
		}
		if err := db.Commit(batch); err != nil {
			t.Fatal(err)
		}
		batch = nil
	}
}

func secretKey(i int) []byte { return fmt.Appendf(nil, "other%d-%d-secret", i%80, i) }

// erase overwrites every other secret and deletes the rest.
func erase(t *testing.T, db *DB, secrets [][]byte) {
	t.Helper()
	var batch []store.Write
	for i := range secrets {
		w := store.Write{Key: secretKey(i)}
		if i%2 == 0 {
			w.Value = []byte("overwritten")
		}
		batch = append(batch, w)
	}
	if err := db.Commit(batch); err != nil {
		t.Fatal(err)
	}
}

func TestAPurgeTakesWhatWasErasedOutOfAllFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	hidden := secrets(150)
	hide(t, db, hidden)
	before := holding(t, dir, hidden)
	erase(t, db, hidden)
	if after := holding(t, dir, hidden); len(before) < 2 || len(after) < 2 {
		t.Fatalf("the secrets are in %v, and once erased in %v: too few files to try it on", before, after)
	}
	// Others write and read meanwhile.
	var busy sync.WaitGroup
	stop := make(chan struct{})
	busy.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if err := db.Commit([]store.Write{{Key: fmt.Appendf(nil, "busy%d", i%50), Value: fmt.Appendf(nil, "%d", i)}}); err != nil {
				t.Error(err)
			}
			if err := db.View(func(r store.Reader) error { _, err := r.Get([]byte("other3-3")); return err }); err != nil {
				t.Error(err)
			}
		}
	})
	began := time.Now()
	if err := db.Purge(t.Context()); err != nil {
		t.Error(err)
	}
	t.Logf("purged in %v", time.Since(began))
	close(stop)
	busy.Wait()
	if found := holding(t, dir, hidden); found != nil {
		t.Errorf("secrets are left in %v", found)
	}
	for i := range hidden {
		err := db.View(func(r store.Reader) error {
			value, err := r.Get(secretKey(i))
			if i%2 == 0 && string(value) != "overwritten" || i%2 == 1 && !errors.Is(err, store.ErrNotFound) {
				t.Errorf("secret %d reads %q, %v", i, value, err)
			}
			_, err = r.Get(fmt.Appendf(nil, "other7-%d", i))
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// A reader may hold old versions back while tables are merged, so that both come to lie in one table and no later merge
// would part them: the purge says so, and the next one gets rid of them.
func TestAReaderHoldsAPurgeBackAndNoLonger(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	hidden := secrets(40)
	hide(t, db, hidden)
	err := db.View(func(r store.Reader) error {
		erase(t, db, hidden)
		if err := db.Purge(t.Context()); !errors.Is(err, errHeldBack) {
			t.Errorf("a purge beside an older reader: %v", err)
		}
		value, err := r.Get(secretKey(3))
		if !bytes.Equal(value, hidden[3]) {
			t.Errorf("the older reader reads %q", value)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if holding(t, dir, hidden) == nil {
		t.Error("nothing was held back")
	}
	if err := db.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := holding(t, dir, hidden); found != nil {
		t.Errorf("secrets are left in %v", found)
	}
}

func TestAPurgeTakesSweptContentOutOfAllFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	hidden := secrets(2 * 20)
	for i := range hidden[:20] {
		content := bytes.Join([][]byte{hidden[i], bytes.Repeat([]byte{byte(i)}, 2*store.ChunkBytes), hidden[20+i]}, nil)
		if _, err := db.Blobs().Put(t.Context(), bytes.NewReader(content), 1<<30, nil); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := db.Blobs().Put(t.Context(), bytes.NewReader([]byte("kept")), 1<<30, nil)
	if err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour).UnixMilli()
	if n, err := db.Blobs().Sweep(t.Context(), later, 0, func(hash string) bool { return hash == kept.Hash }); n != 20 || err != nil {
		t.Fatalf("%d swept, %v", n, err)
	}
	if holding(t, dir, hidden) == nil {
		t.Fatal("the content is gone before the purge")
	}
	if err := db.Blobs().Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := holding(t, dir, hidden); found != nil {
		t.Errorf("content is left in %v", found)
	}
	if r, _, err := db.Blobs().Open(kept.Hash); err != nil {
		t.Error(err)
	} else {
		_ = r.Close()
	}
}

// A purge leaves what the next opening accepts, also where the process ends right behind it.
func TestAPurgedFolderOpensAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir, Options{Ballast: -1})
	hidden := secrets(100)
	hide(t, db, hidden)
	erase(t, db, hidden)
	for range 2 {
		if err := errors.Join(db.Purge(t.Context()), db.Blobs().Purge(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	want, err := contents(db)
	if err != nil {
		t.Fatal(err)
	}
	crashed := open(t, image(t, dir), Options{Ballast: -1})
	got, err := contents(crashed)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
		t.Errorf("%d records, before the crash - after +\n%s", len(got), diff)
	}
}
