package badgerdb

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"beseda/store"
)

// DB is the durable store.Store. Open makes one; safe for concurrent use.
type DB struct {
	folder *folder
	disk   *disk
	main   *keeper
	blobs  *Blobs

	closing sync.Once // of the folder
}

var _ store.Store = (*DB)(nil)

// LossError says that a store has fewer batches than it has acknowledged.
type LossError struct {
	Store      string // "main" or "blobs"
	Have, Want uint64 // numbers of the last batch
}

func (e *LossError) Error() string {
	return fmt.Sprintf("%s has lost acknowledged batches: the last one is %d and should be %d", e.Store, e.Have, e.Want)
}

// Open opens the data folder, or makes it. It reads the files through before Badger may touch them; damage ends with a
// *DamageError or a *LossError unless o.AcceptLoss. Also store.ErrInUse, store.ErrNewer and store.ErrFull.
func Open(dir string, o Options) (*DB, error) {
	o = o.withDefaults()
	f, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	db := &DB{folder: f, disk: newDisk(dir, o)}
	if err := db.open(o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (db *DB) open(o Options) error {
	if err := db.disk.prepare(); err != nil {
		return err
	}
	var err error
	if db.main, err = db.openPart("main", mainOptions, o); err != nil {
		return err
	}
	blobs, err := db.openPart("blobs", blobOptions, o)
	if err != nil {
		return err
	}
	db.blobs = newBlobs(blobs, o.Now)
	return nil
}

// openPart opens one of the two Badgers.
func (db *DB) openPart(name string, options func(string, *slog.Logger) badger.Options, o Options) (*keeper, error) {
	dir := db.folder.path(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	m, err := openMark(db.folder.path(name + ".mark"))
	if err != nil {
		return nil, err
	}
	if damage := inspect(dir, m.serial); len(damage) > 0 {
		err := &DamageError{Dir: dir, Found: damage}
		if !o.AcceptLoss {
			return nil, errors.Join(err, m.close())
		}
		o.Log.Warn("accepting damage", "store", name, "err", err)
	}
	if err := dropUnborn(dir); err != nil {
		return nil, errors.Join(err, m.close())
	}
	k, err := openKeeper(name, options(dir, o.Log), db.disk, m, o.AcceptLoss, o.Log)
	if err != nil {
		return nil, errors.Join(err, m.close())
	}
	return k, nil
}

// View runs fn on a snapshot.
func (db *DB) View(fn func(store.Reader) error) error {
	return db.main.view(func(r *reader) error { return fn(r) })
}

// Commit stores the whole batch durably, or nothing of it. After any error but ErrFull, ErrTooBig, ErrEmpty and
// ErrClosed, every later one is store.ErrBroken.
func (db *DB) Commit(batch []store.Write) error { return db.main.commit(batch) }

// Limits bound one batch.
func (db *DB) Limits() store.Limits { return limits }

// Full tells whether the disk is below its watermark.
func (db *DB) Full() bool { return db.disk.full() }

// Blobs is the content store beside the records. It is closed with the DB.
func (db *DB) Blobs() *Blobs { return db.blobs }

// Close waits for what is under way and closes both Badgers. Closing twice is no error.
func (db *DB) Close() error {
	err := db.closeParts()
	db.closing.Do(func() { err = errors.Join(err, db.folder.close()) })
	return err
}

func (db *DB) closeParts() error {
	var errs []error
	if db.blobs != nil {
		errs = append(errs, db.blobs.Close())
	}
	if db.main != nil {
		errs = append(errs, db.main.close())
	}
	return errors.Join(errs...)
}
