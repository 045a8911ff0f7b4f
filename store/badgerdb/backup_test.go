package badgerdb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/store"
)

// filled is a store with records, content, and what an upload that never ended leaves behind.
func filled(t *testing.T) *DB {
	t.Helper()
	db := open(t, t.TempDir(), Options{Ballast: -1})
	work(t, db, 0, 200, 2000)
	for _, size := range []int{0, 1, store.ChunkBytes, 3*store.ChunkBytes + 1} {
		putBlob(t, db, bytes.Repeat([]byte{byte(size), 7}, size/2+1)[:size])
	}
	left := db.blobs.newRun()
	if err := db.blobs.k.commit([]store.Write{
		{Key: pendingKey(left), Value: []byte{1}}, {Key: chunkKey(left, 0), Value: []byte("half of a file")},
	}); err != nil {
		t.Fatal(err)
	}
	return db
}

func backup(t *testing.T, db *DB) ([]byte, BackupInfo) {
	t.Helper()
	var out bytes.Buffer
	info, err := Backup(t.Context(), db, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), info
}

func all(t *testing.T, db *DB) map[string]string {
	t.Helper()
	got, err := contents(db)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestARestoredBackupIsEqual(t *testing.T) {
	t.Parallel()
	db := filled(t)
	file, info := backup(t, db)
	read, err := VerifyBackup(t.Context(), bytes.NewReader(file))
	if err != nil || read != info {
		t.Fatalf("VerifyBackup = %+v, %v, want %+v", read, err, info)
	}
	dir := filepath.Join(t.TempDir(), "new")
	if _, err := Restore(t.Context(), bytes.NewReader(file), dir, Options{Ballast: -1}); err != nil {
		t.Fatal(err)
	}
	restored := open(t, dir, Options{Ballast: -1})
	if got, want := all(t, restored), all(t, db); !maps.Equal(got, want) {
		t.Errorf("(-want +got)\n%s", cmp.Diff(want, got))
	}
	work(t, restored, 200, 210, 100) // it is a store like any other
	if err := restored.blobs.k.view(func(r *reader) error {
		if left := r.keys(store.Prefix([]byte{'p'})); len(left) > 0 {
			return fmt.Errorf("leftovers were restored: %q", left)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// While the backup is being written, every batch rewrites all keys with its number: any mixture would show.
func TestABackupUnderWritesIsOneMoment(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir(), Options{Ballast: -1})
	const keys = 500
	write := func(n int) error {
		batch := make([]store.Write, keys)
		for i := range batch {
			batch[i] = store.Write{Key: fmt.Appendf(nil, "key%04d", i), Value: fmt.Appendf(nil, "%08d %0600d", n, i)}
		}
		return db.Commit(batch)
	}
	if err := write(0); err != nil {
		t.Fatal(err)
	}
	pipe, feed := io.Pipe()
	writing := make(chan error, 1)
	began, done := make(chan struct{}), make(chan struct{})
	go func() {
		for n := 1; ; n++ {
			if err := write(n); err != nil {
				writing <- err
				return
			}
			if n == 3 {
				close(began) // the backup takes its snapshot among the writes
			}
			select {
			case <-done:
				writing <- nil
				return
			default:
			}
		}
	}()
	<-began
	go func() {
		_, err := Backup(context.Background(), db, feed)
		feed.CloseWithError(err)
	}()
	var file bytes.Buffer
	if _, err := io.Copy(&file, pipe); err != nil {
		t.Fatal(err)
	}
	close(done)
	if err := <-writing; err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := Restore(t.Context(), bytes.NewReader(file.Bytes()), dir, Options{Ballast: -1}); err != nil {
		t.Fatal(err)
	}
	moments := map[string]int{}
	for _, value := range all(t, open(t, dir, Options{Ballast: -1})) {
		moments[value[:8]]++
	}
	if len(moments) != 1 || moments["00000000"] > 0 {
		t.Errorf("the backup has batches %v", moments)
	}
	for n, count := range moments {
		if count != keys {
			t.Errorf("batch %s has %d keys", n, count)
		}
	}
}

func TestABackupThatIsNotWholeRestoresNothing(t *testing.T) {
	t.Parallel()
	file, _ := backup(t, filled(t))
	damaged := map[string][]byte{
		"empty":            {},
		"cut in the magic": file[:7],
		"cut in a block":   file[:len(file)/2],
		"without trailer":  file[:len(file)-blockHeadBytes-trailerBytes],
		"one byte short":   file[:len(file)-1],
		"one byte longer":  append(bytes.Clone(file), 0),
		"twice":            append(bytes.Clone(file), file...),
		"no backup":        bytes.Repeat([]byte("beseda"), 1000),
	}
	for at := 0; at < len(file); at += max(1, len(file)/60) {
		flipped := bytes.Clone(file)
		flipped[at] ^= 4
		damaged[fmt.Sprintf("byte %d flipped", at)] = flipped
	}
	for i := 1; i <= trailerBytes+blockHeadBytes; i += 5 {
		flipped := bytes.Clone(file)
		flipped[len(file)-i] ^= 1
		damaged[fmt.Sprintf("byte %d from the end flipped", i)] = flipped
	}
	for name, bad := range damaged {
		dir := filepath.Join(t.TempDir(), "never made")
		if _, err := Restore(t.Context(), bytes.NewReader(bad), dir, Options{}); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s: %v, want ErrNoBackup", name, err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the folder was touched", name)
		}
	}
}

func TestRestoreRefusesAFolderThatHoldsSomething(t *testing.T) {
	t.Parallel()
	db := filled(t)
	file, _ := backup(t, db)
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "notes.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{other, db.folder.dir} {
		if _, err := Restore(t.Context(), bytes.NewReader(file), dir, Options{}); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("Restore = %v, want ErrNotEmpty", err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(other, "notes.txt")); err != nil || string(text) != "mine" {
		t.Errorf("the file there is now %q, %v", text, err)
	}
}

// failLater is a file that changes between the first reading and the second.
type failLater struct {
	*bytes.Reader
	file []byte
}

func (f *failLater) Seek(offset int64, whence int) (int64, error) {
	f.file[len(f.file)/2] ^= 1
	return f.Reader.Seek(offset, whence)
}

func TestARestoreThatFailsLeavesAnEmptyFolder(t *testing.T) {
	t.Parallel()
	file, _ := backup(t, filled(t))
	dir := t.TempDir()
	changing := bytes.Clone(file)
	if _, err := Restore(t.Context(), &failLater{Reader: bytes.NewReader(changing), file: changing}, dir, Options{Ballast: -1}); !errors.Is(err, ErrNoBackup) {
		t.Fatalf("Restore = %v, want ErrNoBackup", err)
	}
	if _, err := Restore(t.Context(), bytes.NewReader(file), dir, Options{Ballast: -1}); err != nil {
		t.Errorf("the second try: %v", err)
	}
}

func TestAnInterruptedRestoreIsNotOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.writeFormat(restoreWord), f.close()); err != nil {
		t.Fatal(err)
	}
	if db, err := Open(dir, Options{}); err == nil {
		t.Errorf("it was opened")
		_ = db.Close()
	}
}

func TestABackupRefusesWhatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*DB) error{
		"a record whose bytes changed": func(db *DB) error {
			return rawSet(db.main, append([]byte{dataSpace}, "row000001"...), []byte("anything else"))
		},
		"a chunk that is gone": func(db *DB) error {
			var chunk []byte
			err := db.blobs.k.view(func(r *reader) error {
				return scanBlobs(r, store.Prefix([]byte{'b'}), func(_ [32]byte, rec blobRecord) bool {
					chunk = chunkKey(rec.run, 0)
					return rec.size == 0
				})
			})
			return errors.Join(err, db.blobs.k.commit([]store.Write{{Key: chunk}}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := filled(t)
			if err := spoil(db); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "b")
			_, err := BackupFile(t.Context(), db, path)
			var corrupt *store.CorruptError
			if !errors.As(err, &corrupt) {
				t.Errorf("BackupFile = %v, want a CorruptError", err)
			}
			if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
				t.Errorf("it left %v", left)
			}
		})
	}
}

func TestABackupFileIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	db := filled(t)
	path := filepath.Join(t.TempDir(), "backup")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := BackupFile(ended, db, path); !errors.Is(err, context.Canceled) {
		t.Errorf("BackupFile = %v, want Canceled", err)
	}
	info, err := BackupFile(t.Context(), db, path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if read, err := VerifyBackup(t.Context(), f); err != nil || read != info {
		t.Errorf("VerifyBackup = %+v, %v, want %+v", read, err, info)
	}
	if _, err := BackupFile(t.Context(), db, path); !errors.Is(err, os.ErrExist) {
		t.Errorf("over an older one: %v, want ErrExist", err)
	}
}

// rawSet writes past the checksums, as only damage can.
func rawSet(k *keeper, badgerKey, value []byte) error {
	txn := k.b.NewTransaction(true)
	defer txn.Discard()
	if err := txn.Set(badgerKey, value); err != nil {
		return err
	}
	return txn.Commit()
}
