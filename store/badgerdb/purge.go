package badgerdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"

	"beseda/store"
)

// What was deleted or overwritten stays in Badger's files for as long as nothing compels it to go: in a write-ahead file
// until the memtable is full, in tables until a compaction happens to meet both versions of a key. Purge compels it,
// while the store is read and written as ever:
//
//	turn over    fill the memtable, so that it becomes a table and its write-ahead file goes
//	flatten      merge all levels into one: of each key the newest version is left
//	look         at every version of every key in the tables; what is left beside a newer one is written again, so that
//	             the next round meets it
//
// A reader that began before what was overwritten holds its version back. Purge does not wait for it for ever: then it
// says so, and is to be called again.

const (
	// purgeRounds bounds how often what was found left over is written again.
	purgeRounds = 4
	// purgePatience is how long files of before may take to go: a reader may have them open.
	purgePatience = 20 * time.Second
	purgeLook     = 5 * time.Millisecond
	// topTables is how many tables at the top are certainly merged.
	topTables = 2 * levelZeroTables
	// fillBytes is a value of what fills a memtable; two of them, with what a batch has beside, are within a batch.
	fillBytes = 400 << 10
	// rewriteBytes ends a batch of what is written again, which has keys of less than a hundred bytes and values of at
	// most a chunk.
	rewriteBytes = 256 << 10
)

// errHeldBack says that a reader keeps what was overwritten in the files.
var errHeldBack = errors.New("a reader that began earlier holds it back")

// fillKeys are what fills the memtable.
var fillKeys = [...][]byte{{metaSpace, 'f', 'i', 'l', 'l', '0'}, {metaSpace, 'f', 'i', 'l', 'l', '1'}}

// Purge makes what was deleted or overwritten before it was called leave the files of the records.
func (db *DB) Purge(ctx context.Context) error { return db.main.purge(ctx) }

// Purge makes content that was swept before it was called leave the files.
func (b *Blobs) Purge(ctx context.Context) error { return b.k.purge(ctx) }

func (k *keeper) purge(ctx context.Context) error {
	if !k.gate.Enter() {
		return store.ErrClosed
	}
	defer k.gate.Leave()
	k.purges.Lock()
	defer k.purges.Unlock()
	bound := k.version()
	for round := 1; ; round++ {
		if err := k.compact(ctx); err != nil {
			return fmt.Errorf("purge %s: %w", k.name, err)
		}
		left, err := k.outlived(ctx, bound)
		switch {
		case err != nil:
			return fmt.Errorf("purge %s: %w", k.name, err)
		case len(left) == 0:
			return nil
		case round == purgeRounds:
			return fmt.Errorf("purge %s: %d old versions are left: %w", k.name, len(left), errHeldBack)
		}
		if err := k.rewrite(ctx, left); err != nil {
			return fmt.Errorf("purge %s: %w", k.name, err)
		}
	}
}

// version is that of the newest batch. Reading it tells Badger, too, that readers are at least there.
func (k *keeper) version() uint64 {
	txn := k.b.NewTransaction(false)
	defer txn.Discard()
	return txn.ReadTs()
}

// compact brings everything into tables of one level, and returns when the files of before are gone.
func (k *keeper) compact(ctx context.Context) error {
	logs, err := k.files("*.mem")
	if err != nil {
		return err
	}
	for range topTables {
		if err := k.turnOver(ctx, logs); err != nil {
			return err
		}
		k.version()
		if err := k.b.Flatten(1); err != nil {
			return fmt.Errorf("flatten: %w", err)
		}
		if !k.onlyTop() {
			break
		}
		if logs, err = k.files("*.mem"); err != nil {
			return err
		}
	}
	return k.await(ctx, func() (bool, error) {
		known := map[string]bool{}
		for _, t := range k.b.Tables() {
			known[fmt.Sprintf("%06d.sst", t.ID)] = true
		}
		tables, err := k.files("*.sst")
		for name := range tables {
			if !known[name] {
				return false, err
			}
		}
		return true, err
	})
}

// onlyTop tells whether all tables lie at the top, as in a young store: Badger takes them for flat already, though they
// lie over one another, until they are more than its options allow there.
func (k *keeper) onlyTop() bool {
	tables := k.b.Tables()
	for _, t := range tables {
		if t.Level > 0 {
			return false
		}
	}
	return len(tables) > 0
}

// turnOver writes until the write-ahead files of before are no longer written to, and waits until they are gone.
func (k *keeper) turnOver(ctx context.Context, logs map[string]bool) error {
	for written := 0; ; {
		now, err := k.files("*.mem")
		if err != nil {
			return err
		}
		fresh := false
		for name := range now {
			fresh = fresh || !logs[name]
		}
		if fresh {
			break
		}
		if written > 4*memTableBytes {
			return errors.New("the write-ahead file is never full")
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if k.disk.full() {
			return store.ErrFull
		}
		if err := k.write(fillUpTable); err != nil {
			return err
		}
		written += len(fillKeys) * fillBytes
	}
	return k.await(ctx, func() (bool, error) {
		now, err := k.files("*.mem")
		for name := range now {
			if logs[name] {
				return false, err
			}
		}
		return true, err
	})
}

// fillUpTable sets what means nothing and takes room.
func fillUpTable(txn *badger.Txn) error {
	for _, key := range fillKeys {
		if err := txn.Set(key, seal(make([]byte, 0, fillBytes+sealBytes), key, make([]byte, fillBytes))); err != nil {
			return err
		}
	}
	return nil
}

// files lists names in the folder.
func (k *keeper) files(pattern string) (map[string]bool, error) {
	entries, err := os.ReadDir(k.b.Opts().Dir)
	names := map[string]bool{}
	for _, e := range entries {
		if ok, _ := filepath.Match(pattern, e.Name()); ok && !strings.HasPrefix(e.Name(), ".") {
			names[e.Name()] = true
		}
	}
	return names, err
}

// await looks until something is so.
func (k *keeper) await(ctx context.Context, so func() (bool, error)) error {
	patience := time.NewTimer(purgePatience)
	defer patience.Stop()
	look := time.NewTicker(purgeLook)
	defer look.Stop()
	for {
		if ok, err := so(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-patience.C:
			return errHeldBack
		case <-look.C:
		}
	}
}

// outlived lists the keys that have, among the versions up to bound, more than the newest one.
func (k *keeper) outlived(ctx context.Context, bound uint64) (keys [][]byte, err error) {
	txn := k.b.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{AllVersions: true})
	defer it.Close()
	var last []byte // the key of which a version up to bound was seen
	for it.Rewind(); it.Valid(); it.Next() {
		item := it.Item()
		if item.Version() > bound {
			continue
		}
		if last == nil || string(last) != string(item.Key()) {
			last = item.KeyCopy(last)
			continue
		}
		if n := len(keys); n == 0 || string(keys[n-1]) != string(last) {
			keys = append(keys, item.KeyCopy(nil))
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// rewrite writes the newest version of keys once more, or deletes once more what is deleted.
func (k *keeper) rewrite(ctx context.Context, keys [][]byte) error {
	for len(keys) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if k.disk.full() {
			return store.ErrFull
		}
		done := 0
		err := k.write(func(txn *badger.Txn) error { // no other write comes between
			for size := 0; done < len(keys) && size < rewriteBytes; done++ {
				n, err := again(txn, keys[done])
				if err != nil {
					return err
				}
				size += n
			}
			return nil
		})
		if err != nil {
			return err
		}
		keys = keys[done:]
	}
	return nil
}

// again writes a key as it is, and returns what that takes.
func again(txn *badger.Txn, key []byte) (int, error) {
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return len(key) + store.Write{}.Size(), txn.Delete(key)
	}
	if err != nil {
		return 0, err
	}
	sealed, err := item.ValueCopy(nil)
	if err != nil {
		return 0, err
	}
	return store.Write{Key: key, Value: sealed}.Size(), txn.Set(key, sealed)
}
