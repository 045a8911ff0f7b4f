package badgerdb

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// lookEvery is how long a measurement of the disk is believed.
const lookEvery = 100 * time.Millisecond

// openBytes is what Badger may need on opening: two memtables written out as tables, two new write-ahead files, for each
// of the two Badgers. Below it, opening is refused, because it would end the process.
const openBytes = 4 * memTableBytes

// closeBytes is what Badger may need on closing: two memtables written out. Below it, Badger is left as a kill leaves it.
const closeBytes = 2 * memTableBytes

// disk watches how much room there is. Badger maps its files, so it must never be at work on a full disk:
//
//	free ≥ watermark               everything is stored
//	free < watermark               full: nothing is stored; compactions under way have room to end
//	free < watermark / 2           the ballast is given back, for those and for opening again
//	free ≥ watermark + ballast     not full any more: the ballast is taken again
//
// and a disk that was full has to have a sixteenth more, so that it does not flutter.
//
// What is under way when the watermark is reached needs room of its own, because a compaction deletes what it read only
// after it has written: at most 8 tables of 8 MB and the level below them, about 100 MB, a second compaction of up to
// 30 MB (100 MB of blobs), and three memtables. The default watermark and the ballast cover that.
type disk struct {
	dir       string
	watermark int64
	ballast   int64
	now       func() time.Time
	free      func(dir string) (free, total int64, err error)
	log       *slog.Logger

	mu     sync.Mutex
	looked time.Time
	isFull bool
	held   bool // the ballast is on the disk
}

func newDisk(dir string, o Options) *disk {
	d := &disk{dir: dir, watermark: o.Watermark, ballast: o.Ballast, now: o.Now, free: o.DiskFree, log: o.Log}
	if info, err := os.Stat(d.path()); err == nil && info.Size() >= d.ballast {
		d.held = true
	}
	return d
}

func (d *disk) path() string { return filepath.Join(d.dir, "ballast") }

// prepare makes room for opening, or says why there is none.
func (d *disk) prepare() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	free, total, err := d.free(d.dir)
	if err != nil {
		return fmt.Errorf("measure the disk of %s: %w", d.dir, err)
	}
	if d.watermark == 0 {
		d.watermark = max(256<<20, min(total/50, 1<<30))
	}
	need := min(openBytes, d.watermark) // a watermark set lower than that is somebody's decision
	if free < need && d.held {
		d.giveBack()
		if free, _, err = d.free(d.dir); err != nil {
			return fmt.Errorf("measure the disk of %s: %w", d.dir, err)
		}
	}
	if free < need {
		return fmt.Errorf("%s has %d MB free, opening needs %d MB: %w", d.dir, free>>20, need>>20, errNoRoom)
	}
	d.judge(free)
	return nil
}

// mayClose tells whether there is room for what Badger writes out as it closes, with the ballast if need be.
func (d *disk) mayClose() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	need := min(closeBytes, d.watermark)
	free, _, err := d.free(d.dir)
	if err == nil && free < need && d.held {
		d.giveBack()
		free, _, err = d.free(d.dir)
	}
	return err != nil || free >= need
}

// full tells whether the disk is below its watermark. It asks the system at most every lookEvery.
func (d *disk) full() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if since := now.Sub(d.looked); since >= 0 && since < lookEvery {
		return d.isFull
	}
	free, _, err := d.free(d.dir)
	if err != nil {
		// Not knowing is no reason to stop a house that works, nor to trust a disk that was full.
		d.log.Error("measure the disk", "err", err)
		d.looked = now
		return d.isFull
	}
	d.judge(free)
	return d.isFull
}

func (d *disk) judge(free int64) {
	d.looked = d.now()
	was := d.isFull
	enough := d.watermark
	if was {
		enough += d.watermark / 16
	}
	if !d.held {
		enough += d.ballast
	}
	d.isFull = free < enough
	switch {
	case d.held && free < d.watermark/2:
		d.giveBack()
	case !d.held && !d.isFull:
		d.take()
	}
	switch {
	case d.isFull && !was:
		d.log.Error("the disk is nearly full: nothing is stored until there is room", "free", free, "watermark", d.watermark)
	case was && !d.isFull:
		d.log.Warn("the disk has room again", "free", free)
	}
}

// giveBack returns the ballast to the disk.
func (d *disk) giveBack() {
	if err := os.Remove(d.path()); err != nil && !errors.Is(err, os.ErrNotExist) {
		d.log.Error("give back the ballast", "err", err)
		return
	}
	d.held = false
}

// take writes the ballast: real bytes, because a file with holes holds nothing.
func (d *disk) take() {
	if d.ballast == 0 {
		d.held = true
		return
	}
	err := func() error {
		f, err := os.OpenFile(d.path(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return err
		}
		if err := allocate(f, d.ballast); err != nil {
			return errors.Join(err, f.Close())
		}
		return errors.Join(f.Sync(), f.Close())
	}()
	if err != nil {
		d.log.Warn("take the ballast; going on without", "err", err)
		_ = os.Remove(d.path())
		d.ballast = 0
	}
	d.held = true
}

// fillUp writes size bytes where the system cannot allocate them.
func fillUp(f *os.File, size int64) error {
	_, err := io.CopyN(f, pattern{}, size)
	return err
}

// pattern is bytes that no file system keeps as holes.
type pattern struct{}

func (pattern) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(i*131 + 7)
	}
	return len(p), nil
}
