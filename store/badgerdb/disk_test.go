package badgerdb

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beseda/store"
)

const mb = 1 << 20

func TestTheDiskIsFullBelowItsWatermark(t *testing.T) {
	t.Parallel()
	type step struct {
		free    int64
		full    bool
		ballast bool // on the disk afterwards
	}
	for name, steps := range map[string][]step{
		"room enough":                      {{500 * mb, false, true}, {100 * mb, false, true}},
		"below the watermark":              {{500 * mb, false, true}, {99 * mb, true, true}, {107 * mb, false, true}},
		"it does not flutter":              {{500 * mb, false, true}, {99 * mb, true, true}, {101 * mb, true, true}, {100*mb + 100*mb/16, false, true}},
		"far below, the ballast is given":  {{500 * mb, false, true}, {49 * mb, true, false}, {70 * mb, true, false}},
		"the ballast is taken again":       {{500 * mb, false, true}, {0, true, false}, {116 * mb, true, false}, {117 * mb, false, true}},
		"a small disk, without a ballast":  {{105 * mb, true, false}, {90 * mb, true, false}, {120 * mb, false, true}},
		"full again after it was better":   {{500 * mb, false, true}, {0, true, false}, {500 * mb, false, true}, {99 * mb, true, true}},
		"full from the beginning, then ok": {{60 * mb, true, false}, {500 * mb, false, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, disk := t.TempDir(), newFakeDisk(0)
			d := newDisk(dir, Options{Watermark: 100 * mb, Ballast: 10 * mb, Now: tick(), DiskFree: disk.measure}.withDefaults())
			for i, s := range steps {
				disk.free.Store(s.free)
				if i == 0 {
					if err := d.prepare(); err != nil {
						t.Fatal(err)
					}
				}
				if got := d.full(); got != s.full {
					t.Errorf("step %d with %d MB free: full = %v", i, s.free/mb, got)
				}
				info, err := os.Stat(filepath.Join(dir, "ballast"))
				if got := err == nil && info.Size() == 10*mb; got != s.ballast {
					t.Errorf("step %d with %d MB free: ballast = %v", i, s.free/mb, got)
				}
			}
		})
	}
}

func TestTheDiskIsAskedAtMostTenTimesASecond(t *testing.T) {
	t.Parallel()
	asked, now := 0, time.Unix(1000, 0)
	d := newDisk(t.TempDir(), Options{
		Watermark: mb, Ballast: -1, Now: func() time.Time { return now },
		DiskFree: func(string) (int64, int64, error) { asked++; return 1 << 40, 1 << 41, nil },
	}.withDefaults())
	for range 1000 {
		now = now.Add(time.Millisecond)
		d.full()
	}
	if asked < 9 || asked > 11 {
		t.Errorf("it was asked %d times", asked)
	}
	now = now.Add(-time.Hour) // a clock that jumps back must not stop the looking
	d.full()
	if asked > 12 || asked < 11 {
		t.Errorf("after the jump it was asked %d times", asked)
	}
}

func TestTheDefaultWatermarkFollowsTheDisk(t *testing.T) {
	t.Parallel()
	for total, want := range map[int64]int64{1 << 30: 256 * mb, 20 << 30: (20 << 30) / 50, 4 << 40: 1 << 30} {
		d := newDisk(t.TempDir(), Options{
			Ballast: -1, DiskFree: func(string) (int64, int64, error) { return total, total, nil },
		}.withDefaults())
		if err := d.prepare(); err != nil || d.watermark != want {
			t.Errorf("a disk of %d GB: watermark %d MB, %v, want %d MB", total>>30, d.watermark/mb, err, want/mb)
		}
	}
}

func TestADiskThatCannotBeMeasuredStaysAsItWas(t *testing.T) {
	t.Parallel()
	var broken error
	free := int64(500 * mb)
	d := newDisk(t.TempDir(), Options{
		Watermark: 100 * mb, Ballast: -1, Now: tick(),
		DiskFree: func(string) (int64, int64, error) { return free, 1 << 40, broken },
	}.withDefaults())
	for _, was := range []bool{false, true} {
		broken = nil
		if was {
			free = 1
		}
		d.full()
		broken = errors.New("no such device")
		if got := d.full(); got != was {
			t.Errorf("full = %v after it was %v", got, was)
		}
	}
}

func TestOpeningIsRefusedWhereItWouldEndTheProcess(t *testing.T) {
	t.Parallel()
	dir, disk := t.TempDir(), newFakeDisk(1<<40)
	o := Options{Ballast: mb, Now: tick(), DiskFree: disk.measure}
	db, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	disk.free.Store(3 * mb)
	_, err = Open(dir, o)
	if !errors.Is(err, store.ErrFull) || !strings.Contains(err.Error(), "3 MB free") {
		t.Errorf("Open = %v, want ErrFull with the figures", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "ballast")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the ballast was not given back: %v", err)
	}
	disk.free.Store(openBytes)
	full := open(t, dir, o)
	if !full.Full() {
		t.Error("it is not full below its watermark")
	}
	if err := full.View(func(store.Reader) error { return nil }); err != nil {
		t.Errorf("reading: %v", err)
	}
}
