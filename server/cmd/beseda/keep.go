package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"beseda/server/control"
	"beseda/store"
	"beseda/store/badgerdb"
)

// backup writes a whole backup to a file that does not exist yet, and reads it back before it is named so.
func backup(ctx context.Context, args []string, out io.Writer) error {
	cfg, rest, err := parse("backup", args, nil)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return errors.New("backup needs one file")
	}
	path := rest[0]
	var info badgerdb.BackupInfo
	if c, dialErr := control.Dial(cfg.Data); dialErr == nil {
		info, err = badgerdb.WriteBackup(ctx, path, func(w io.Writer) error { return c.Stream(ctx, "/backup", w) })
	} else {
		if _, err := os.Stat(cfg.Data); err != nil {
			return fmt.Errorf("--data %s: %w", cfg.Data, err)
		}
		db, openErr := badgerdb.Open(cfg.Data, badgerdb.Options{})
		if openErr != nil {
			return openErr
		}
		info, err = badgerdb.BackupFile(ctx, db, path)
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		return err
	}
	return tell(out, path, info)
}

func tell(out io.Writer, what string, info badgerdb.BackupInfo) error {
	_, err := fmt.Fprintf(out, "%s: %d records of %d bytes, %d blob records of %d bytes, verified\n",
		what, info.MainRecords, info.MainBytes, info.BlobRecords, info.BlobBytes)
	return err
}

// restore makes a data folder out of a backup.
func restore(ctx context.Context, args []string, out io.Writer) error {
	cfg, rest, err := parse("restore", args, nil)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return errors.New("restore needs one file")
	}
	f, err := os.Open(rest[0])
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := badgerdb.Restore(ctx, f, cfg.Data, badgerdb.Options{})
	if err != nil {
		return err
	}
	return tell(out, cfg.Data, info)
}

// check reads everything and reports what cannot be trusted. It fails if there is anything.
func check(ctx context.Context, args []string, out io.Writer) error {
	cfg, rest, err := parse("check", args, nil)
	if err != nil {
		return err
	}
	if len(rest) != 0 {
		return errors.New("check takes no arguments")
	}
	if _, err := os.Stat(cfg.Data); err != nil {
		return fmt.Errorf("--data %s: %w", cfg.Data, err)
	}
	db, err := badgerdb.Open(cfg.Data, badgerdb.Options{})
	if err != nil {
		return err
	}
	var done store.Checked
	err = db.View(func(r store.Reader) (err error) {
		done, err = store.Check(ctx, r, db.Blobs(), func(p store.Problem) { fmt.Fprintln(out, p) })
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if done.Problems > 0 {
		return fmt.Errorf("%d problems in %s", done.Problems, cfg.Data)
	}
	_, err = fmt.Fprintf(out, "%s is sound: %d records, %d events, %d files\n", cfg.Data, done.Records, done.Events, done.Blobs)
	return err
}
