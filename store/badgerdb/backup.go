package badgerdb

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"beseda/store"
)

// Backup writes everything that is in db now to w, from one snapshot of records and content, while db goes on working.
// A record that cannot be trusted ends it with its error: there is no backup with holes. The caller makes w durable and
// then reads it back with VerifyBackup, or leaves both to BackupFile.
func Backup(ctx context.Context, db *DB, w io.Writer) (BackupInfo, error) {
	buffered := bufio.NewWriterSize(w, 256<<10)
	a, err := newArchiveWriter(buffered, db.blobs.now().UnixMilli())
	if err != nil {
		return BackupInfo{}, fmt.Errorf("backup: %w", err)
	}
	err = db.snapshots(func(main, blobs *reader) error {
		if err := backupAll(ctx, a, mainBlock, main, store.Range{}, nil); err != nil {
			return err
		}
		return backupBlobs(ctx, a, blobs)
	})
	var info BackupInfo
	if err == nil {
		info, err = a.close()
	}
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		return BackupInfo{}, fmt.Errorf("backup: %w", err)
	}
	return info, nil
}

func backupAll(ctx context.Context, a *archiveWriter, kind byte, r *reader, rng store.Range, want func(key []byte) bool) error {
	n := 0
	for e, err := range r.Scan(rng) {
		if err != nil {
			return err
		}
		if n++; n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if want != nil && !want(e.Key) {
			continue
		}
		if err := a.add(kind, e.Key, e.Value); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// backupBlobs leaves out chunks that no blob's record names: they are leftovers.
func backupBlobs(ctx context.Context, a *archiveWriter, r *reader) error {
	missing := map[run]int64{} // chunks not met yet
	err := scanBlobs(r, store.Prefix([]byte{'b'}), func(_ [32]byte, rec blobRecord) bool {
		missing[rec.run] = rec.chunks()
		return true
	})
	if err != nil {
		return err
	}
	if err := backupAll(ctx, a, blobBlock, r, store.Prefix([]byte{'b'}), nil); err != nil {
		return err
	}
	err = backupAll(ctx, a, blobBlock, r, store.Prefix([]byte{'c'}), func(key []byte) bool {
		if len(key) != 21 {
			return false
		}
		rn := run(key[1:17])
		_, ok := missing[rn]
		if ok {
			missing[rn]--
		}
		return ok
	})
	for rn, n := range missing {
		if n != 0 && err == nil {
			err = &store.CorruptError{Key: chunkKey(rn, 0), Reason: fmt.Sprintf("%d chunks of a blob are missing", n)}
		}
	}
	return err
}

// snapshots runs fn on both stores as they were at one moment: content is put before it is named by a record, and none
// can be swept between the two snapshots.
func (db *DB) snapshots(fn func(main, blobs *reader) error) error {
	b := db.blobs
	b.mu.Lock()
	locked := true
	unlock := func() {
		if locked {
			locked = false
			b.mu.Unlock()
		}
	}
	defer unlock()
	return db.main.view(func(main *reader) error {
		return b.k.view(func(blobs *reader) error {
			unlock()
			return fn(main, blobs)
		})
	})
}

// VerifyBackup reads a backup to its end and says what is in it; ErrNoBackup if it is not whole or was altered.
func VerifyBackup(ctx context.Context, r io.Reader) (BackupInfo, error) {
	return readArchive(bufio.NewReaderSize(ctxReader{ctx, r}, 256<<10), nil)
}

// BackupFile makes a backup at path, as WriteBackup does.
func BackupFile(ctx context.Context, db *DB, path string) (BackupInfo, error) {
	return WriteBackup(ctx, path, func(w io.Writer) error {
		_, err := Backup(ctx, db, w)
		return err
	})
}

// WriteBackup makes a file of what from writes, a backup from here or from another process. path must not exist: it is
// written beside it, made durable, read back and only then named so. So a file of that name is always a whole backup.
func WriteBackup(ctx context.Context, path string, from func(io.Writer) error) (info BackupInfo, err error) {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return info, fmt.Errorf("backup: %s exists already: %w", path, os.ErrExist)
	}
	partial := path + ".partial"
	f, err := os.OpenFile(partial, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return info, fmt.Errorf("backup: %w", err)
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			_ = os.Remove(partial)
		}
	}()
	if err = from(f); err != nil {
		return info, err
	}
	if err := f.Sync(); err != nil {
		return info, fmt.Errorf("backup: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return info, fmt.Errorf("backup: %w", err)
	}
	if info, err = VerifyBackup(ctx, f); err != nil {
		return info, fmt.Errorf("read the backup back: %w", err)
	}
	if err := os.Rename(partial, path); err != nil {
		return info, fmt.Errorf("backup: %w", err)
	}
	return info, syncDirOf(path)
}

// ctxReader ends reading when a context does.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
