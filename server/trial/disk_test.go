package trial

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// disk is a small file system in memory, whose room can be taken away.
type disk struct {
	t   testing.TB
	dir string
	hog string // the file that takes it
}

// mount makes a disk, or skips the test where that is not permitted.
func mount(t testing.TB, size string) *disk {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("mounting a small disk is not permitted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return &disk{t, dir, filepath.Join(dir, "hog")}
}

const (
	hogStep = 8 << 20
	// hogRest after each step makes a fast disk of it: 8 MB in 20 ms. Memory alone would outrun any look at it.
	hogRest = 20 * time.Millisecond
)

// fill takes the room that is left, to the last byte.
func (d *disk) fill() {
	d.t.Helper()
	f, err := os.OpenFile(d.hog, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	step := bytes.Repeat([]byte{1}, hogStep)
	for {
		if _, err := f.Write(step); errors.Is(err, unix.ENOSPC) {
			return
		} else if err != nil {
			d.t.Fatal(err)
		}
		await(hogRest)
	}
}

// free gives the room back.
func (d *disk) free() {
	d.t.Helper()
	if err := os.Remove(d.hog); err != nil {
		d.t.Fatal(err)
	}
}

// room is how many bytes are left.
func (d *disk) room() int64 {
	d.t.Helper()
	var s unix.Statfs_t
	if err := unix.Statfs(d.dir, &s); err != nil {
		d.t.Fatal(err)
	}
	return int64(s.Bavail) * s.Bsize
}
