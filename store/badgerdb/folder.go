package badgerdb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"beseda/store"
)

// formatVersion is what this code writes; it reads all up to it.
const formatVersion = 1

const (
	formatFile  = "format"
	formatWord  = "beseda store"
	restoreWord = "beseda restore" // stands there until a restore has ended
)

// errNoRoom is ErrFull on opening.
var errNoRoom = fmt.Errorf("the disk is too full to open the store: %w", store.ErrFull)

// folder is a locked data folder of a format that this code knows.
type folder struct {
	dir  string
	lock *os.File
}

// openFolder makes the folder where there is none, looks at its format before anything is touched, and locks it.
func openFolder(dir string) (*folder, error) {
	fresh, err := makeDir(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir}
	if !fresh {
		if err := f.checkFormat(); err != nil {
			return nil, err
		}
	}
	if f.lock, err = takeLock(dir); err != nil {
		return nil, err
	}
	if fresh {
		err = f.writeFormat(formatWord)
	} else {
		err = f.checkFormat() // it may have been changed by who held the lock
	}
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return f, nil
}

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) path(name string) string { return filepath.Join(f.dir, name) }

// checkFormat refuses a folder that this code does not know.
func (f *folder) checkFormat() error {
	text, err := os.ReadFile(f.path(formatFile))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s holds other files and is no Beseda store", f.dir)
	}
	if err != nil {
		return err
	}
	word, version := strings.TrimSpace(string(text)), 0
	if i := strings.LastIndexByte(word, ' '); i >= 0 {
		version, err = strconv.Atoi(word[i+1:])
		word = word[:i]
	}
	switch {
	case err != nil || version < 1 || word != formatWord && word != restoreWord:
		return fmt.Errorf("%s: the format file says %q, which is no format of Beseda", f.dir, text)
	case version > formatVersion:
		return fmt.Errorf("%s has format %d, this program reads up to %d: %w", f.dir, version, formatVersion, store.ErrNewer)
	case word == restoreWord:
		return fmt.Errorf("%s: restoring into this folder did not end; empty it and restore again", f.dir)
	}
	return nil
}

// writeFormat replaces the format file, durably.
func (f *folder) writeFormat(word string) error {
	fresh := f.path(formatFile + ".new")
	if err := writeSynced(fresh, fmt.Sprintf("%s %d\n", word, formatVersion)); err != nil {
		return err
	}
	if err := os.Rename(fresh, f.path(formatFile)); err != nil {
		return err
	}
	return syncDir(f.dir)
}

// makeDir makes dir and tells whether nothing is in it but what this package puts there before the format.
func makeDir(dir string) (fresh bool, err error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return false, fmt.Errorf("make the data folder: %w", err)
		}
		return true, syncDirOf(dir)
	case err != nil:
		return false, fmt.Errorf("data folder: %w", err)
	case !info.IsDir():
		return false, fmt.Errorf("data folder: %s is a file", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, fmt.Errorf("data folder: %w", err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "lock", formatFile + ".new", "lost+found":
		default:
			return false, nil
		}
	}
	return true, nil
}

func takeLock(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot write in the data folder: %w", err)
	}
	ok, err := lockFile(f)
	if err == nil && !ok {
		err = fmt.Errorf("%s: %w", dir, store.ErrInUse)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func writeSynced(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncDirOf makes the name of a file or folder durable.
func syncDirOf(path string) error { return syncDir(filepath.Dir(filepath.Clean(path))) }
