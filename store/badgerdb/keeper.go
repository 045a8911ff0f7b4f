package badgerdb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"beseda/store"
	"beseda/store/internal/gate"
)

// keeper is one Badger with what makes it trustworthy: checksums, batch numbers, the mark, the watermark. There are two,
// for records and for blobs.
type keeper struct {
	name string // for errors: "main" or "blobs"
	b    *badger.DB
	disk *disk
	mark *mark
	gate gate.Gate

	purges  sync.Mutex // held by a purge
	commits sync.Mutex // held while a batch is written; guards what is below
	serial  uint64     // of the last batch acknowledged
	failed  error      // what a write failed with: nothing is written after it
	arena   []byte     // keys and values of the batch being written
}

// serialKey holds the number of the last batch: put by every batch, so a batch that was lost shows.
var serialKey = []byte{metaSpace, 's', 'e', 'r', 'i', 'a', 'l'}

// openKeeper opens one Badger. Its files were inspected before, where there are any.
func openKeeper(name string, o badger.Options, d *disk, m *mark, acceptLoss bool, log *slog.Logger) (*keeper, error) {
	b, err := badger.Open(o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	k := &keeper{name: name, b: b, disk: d, mark: m}
	if k.serial, err = k.readSerial(); err == nil && k.serial < m.serial {
		err = &LossError{Store: name, Have: k.serial, Want: m.serial}
		if acceptLoss {
			log.Warn("accepting lost batches", "err", err)
			m.set(k.serial)
			err = nil
		}
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return k, nil
}

func (k *keeper) readSerial() (uint64, error) {
	txn := k.b.NewTransaction(false)
	defer txn.Discard()
	value, err := get(txn, serialKey)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("number of the last batch in %s: %w", k.name, err)
	case len(value) != 8:
		return 0, &store.CorruptError{Key: serialKey[1:], Reason: "the number of the last batch has a wrong length"}
	}
	return binary.BigEndian.Uint64(value), nil
}

// view runs fn on a snapshot.
func (k *keeper) view(fn func(*reader) error) error {
	if !k.gate.Enter() {
		return store.ErrClosed
	}
	defer k.gate.Leave()
	txn := k.b.NewTransaction(false)
	defer txn.Discard()
	return fn(&reader{txn: txn})
}

// commit stores a batch. It copies the batch into one arena, with its spaces and checksums, because Badger holds on to
// what it is given until the transaction ends.
func (k *keeper) commit(batch []store.Write) error {
	if !k.gate.Enter() {
		return store.ErrClosed
	}
	defer k.gate.Leave()
	if k.disk.full() {
		return store.ErrFull
	}
	if err := limits.Check(batch); err != nil || len(batch) == 0 {
		return err
	}
	return k.write(func(txn *badger.Txn) error { return k.fill(txn, batch) })
}

// write makes what fill sets one numbered batch, and nothing where fill fails.
func (k *keeper) write(fill func(*badger.Txn) error) error {
	k.commits.Lock()
	defer k.commits.Unlock()
	if k.failed != nil {
		return fmt.Errorf("%w: %w", store.ErrBroken, k.failed)
	}
	txn := k.b.NewTransaction(true)
	defer txn.Discard()
	if err := fill(txn); err != nil { // nothing was written yet
		return fmt.Errorf("batch in %s: %w", k.name, err)
	}
	if err := txn.Set(serialKey, seal(nil, serialKey, binary.BigEndian.AppendUint64(nil, k.serial+1))); err != nil {
		return fmt.Errorf("batch in %s: %w", k.name, err)
	}
	if err := txn.Commit(); err != nil {
		k.failed = err
		return fmt.Errorf("commit to %s: %w", k.name, err)
	}
	k.serial++
	k.mark.set(k.serial)
	return nil
}

func (k *keeper) fill(txn *badger.Txn, batch []store.Write) error {
	size := 0
	for _, w := range batch {
		size += 1 + len(w.Key) + len(w.Value) + sealBytes
	}
	if cap(k.arena) < size {
		k.arena = make([]byte, 0, size)
	}
	a := k.arena[:0]
	take := func(from int) []byte { return a[from:len(a):len(a)] }
	for _, w := range batch {
		from := len(a)
		a = append(append(a, dataSpace), w.Key...)
		key := take(from)
		if w.Value == nil {
			if err := txn.Delete(key); err != nil {
				return err
			}
			continue
		}
		from = len(a)
		a = seal(a, key, w.Value)
		if err := txn.Set(key, take(from)); err != nil {
			return err
		}
	}
	return nil
}

// close waits for what is under way and closes Badger. The mark is synced last: it may only name what is durable.
//
// On a disk without room Badger is left open until the process ends, which is what its user wanted: writing out the
// memtable there would end it with SIGBUS. What is in it stands in the write-ahead file, and the next opening reads that.
func (k *keeper) close() error {
	if !k.gate.Close() {
		return nil
	}
	if !k.disk.mayClose() {
		return k.mark.close()
	}
	return errors.Join(k.b.Close(), k.mark.close())
}
