package badgerdb

import (
	"sync/atomic"
	"testing"
	"time"

	"beseda/store"
	"beseda/store/storetest"
)

// fakeDisk is a disk whose room the test decides.
type fakeDisk struct{ free atomic.Int64 }

func newFakeDisk(free int64) *fakeDisk {
	d := &fakeDisk{}
	d.free.Store(free)
	return d
}

func (d *fakeDisk) measure(string) (free, total int64, err error) { return d.free.Load(), 1 << 40, nil }

// tick is a clock that moves by more than lookEvery whenever it is read, so that every look at the disk is a fresh one.
func tick() func() time.Time {
	var n atomic.Int64
	return func() time.Time { return time.Unix(0, n.Add(int64(2*lookEvery))) }
}

func open(t *testing.T, dir string, o Options) *DB {
	t.Helper()
	db, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

const watermark = 1 << 30

// fillable is a store that storetest can make full.
type fillable struct {
	*DB
	disk *fakeDisk
}

func (f fillable) SetFull(full bool) { setFull(f.disk, full) }

type fillableBlobs struct {
	*Blobs
	disk *fakeDisk
}

func (f fillableBlobs) SetFull(full bool) { setFull(f.disk, full) }

func setFull(d *fakeDisk, full bool) {
	if full {
		d.free.Store(watermark - 1)
	} else {
		d.free.Store(4 * watermark)
	}
}

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		disk := newFakeDisk(4 * watermark)
		return fillable{open(t, t.TempDir(), Options{
			DiskFree: disk.measure, Now: tick(), Watermark: watermark, Ballast: 4096,
		}), disk}
	})
}

func TestBlobs(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(t *testing.T, c *storetest.Clock) store.Blobs {
		disk := newFakeDisk(4 * watermark)
		db := open(t, t.TempDir(), Options{DiskFree: disk.measure, Now: tick(), Watermark: watermark, Ballast: -1})
		db.blobs.now = c.Now
		return fillableBlobs{db.Blobs(), disk}
	})
}
