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

// ErrNotEmpty is returned by Restore for a folder that holds something.
var ErrNotEmpty = errors.New("the folder is not empty")

// Restore makes a data folder of a backup. dir must be empty or missing (ErrNotEmpty). The backup is read twice: to its
// end before anything is written, so that one cut short or altered (ErrNoBackup) leaves no trace, then again to restore
// it. Until that has ended the folder says that it is not whole, and Open refuses it; after an error it is emptied.
func Restore(ctx context.Context, r io.ReadSeeker, dir string, o Options) (BackupInfo, error) {
	info, err := VerifyBackup(ctx, r)
	if err != nil {
		return info, fmt.Errorf("restore: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return info, fmt.Errorf("restore: %w", err)
	}
	fresh, err := makeDir(dir)
	if err != nil {
		return info, fmt.Errorf("restore: %w", err)
	}
	if !fresh {
		return info, fmt.Errorf("restore into %s: %w", dir, ErrNotEmpty)
	}
	lock, err := takeLock(dir)
	if err != nil {
		return info, fmt.Errorf("restore: %w", err)
	}
	f := &folder{dir: dir, lock: lock}
	if err := restoreInto(ctx, r, f, o.withDefaults(), info); err != nil {
		return info, errors.Join(fmt.Errorf("restore: %w", err), f.empty(), f.close())
	}
	return info, f.close()
}

func restoreInto(ctx context.Context, r io.Reader, f *folder, o Options, info BackupInfo) (err error) {
	if err := f.writeFormat(restoreWord); err != nil {
		return err
	}
	db := &DB{disk: newDisk(f.dir, o), folder: f}
	defer func() { err = errors.Join(err, db.closeParts()) }()
	if err := db.open(o); err != nil {
		return err
	}
	main, blobs := loader{ctx: ctx, k: db.main}, loader{ctx: ctx, k: db.blobs.k}
	again, err := readArchive(bufio.NewReaderSize(r, 256<<10), func(kind byte, key, value []byte) error {
		if kind == mainBlock {
			return main.add(key, value)
		}
		return blobs.add(key, value)
	})
	switch {
	case err != nil:
		return err
	case again != info:
		return altered("it changed while it was read")
	}
	if err := errors.Join(main.flush(), blobs.flush()); err != nil {
		return err
	}
	if err := db.closeParts(); err != nil {
		return err
	}
	return f.writeFormat(formatWord)
}

// loader commits records in batches as large as they may be.
type loader struct {
	ctx   context.Context
	k     *keeper
	batch []store.Write
	size  int
}

func (l *loader) add(key, value []byte) error {
	w := store.Write{Key: append([]byte(nil), key...), Value: append([]byte(nil), value...)}
	if len(l.batch) == limits.MaxKeys || l.size+w.Size() > limits.MaxBytes {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.batch, l.size = append(l.batch, w), l.size+w.Size()
	return nil
}

func (l *loader) flush() error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	err := l.k.commit(l.batch)
	l.batch, l.size = l.batch[:0], 0
	return err
}

// empty removes all but the lock from a folder whose restore has failed.
func (f *folder) empty() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if e.Name() != "lock" && e.Name() != "lost+found" {
			errs = append(errs, os.RemoveAll(f.path(e.Name())))
		}
	}
	return errors.Join(errs...)
}
