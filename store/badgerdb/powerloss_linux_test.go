package badgerdb

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"beseda/store"
)

// A kill proves nothing about the loss of power: what a process has written stays in the system's memory. So the store
// works on a disk that is a file, and the file is copied right after an acknowledgement: the copy has what was synced,
// and nothing that the system still kept in memory.
func TestWhatWasAcknowledgedSurvivesTheLossOfPower(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	image := filepath.Join(dir, "disk")
	makeDisk(t, image)
	running := mountDisk(t, image, filepath.Join(dir, "running"))
	db := open(t, filepath.Join(running, "data"), Options{Watermark: mb, Ballast: -1})

	content := func(i int) []byte { return bytes.Repeat([]byte{byte(i), 3}, 150_000) }
	acknowledged := 0
	for round, batches := range []int{1, 7, 40} {
		for range batches {
			acknowledged++
			if err := db.Commit(crashBatch(acknowledged)); err != nil {
				t.Fatal(err)
			}
		}
		putBlob(t, db, content(round))
		if err := db.Commit([]store.Write{{Key: []byte("round"), Value: fmt.Append(nil, round)}}); err != nil {
			t.Fatal(err)
		}
		lost := filepath.Join(dir, fmt.Sprintf("disk%d", round))
		if err := copyFile(image, lost); err != nil {
			t.Fatal(err)
		}

		after, err := Open(filepath.Join(mountDisk(t, lost, filepath.Join(dir, fmt.Sprintf("after%d", round))), "data"), Options{Watermark: mb, Ballast: -1})
		if err != nil {
			t.Fatalf("after the loss of power in round %d: %v", round, err)
		}
		got, err := contents(after)
		if err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		for i := 1; i <= acknowledged; i++ {
			for _, w := range crashBatch(i)[1:] {
				if got[string(w.Key)] != string(w.Value) {
					t.Errorf("round %d: %s is lost or changed", round, w.Key)
				}
			}
		}
		if got["round"] != fmt.Sprint(round) {
			t.Errorf("round %d: the last batch is %q", round, got["round"])
		}
		blobs := 0
		for i := range round + 1 {
			for _, value := range got {
				if value == string(content(i)) {
					blobs++
				}
			}
		}
		if blobs != round+1 {
			t.Errorf("round %d: %d blobs", round, blobs)
		}
		if err := after.Close(); err != nil {
			t.Error(err)
		}
	}
}

func makeDisk(t *testing.T, image string) {
	t.Helper()
	f, err := os.Create(image)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(256 * mb); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "mkfs.ext4", "-q", "-F", image).CombinedOutput(); err != nil {
		t.Skipf("no file system can be made here: %v: %s", err, out)
	}
}

// mountDisk mounts a file as a disk that writes to it only when it is told to sync, as far as that can be asked for.
func mountDisk(t *testing.T, image, at string) string {
	t.Helper()
	if err := os.Mkdir(at, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "mount", "-o", "loop,commit=600", image, at).CombinedOutput(); err != nil {
		t.Skipf("mounting a disk is not permitted here: %v: %s", err, out)
	}
	unmountLater(t, at)
	return at
}

func TestAFolderThatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("mounting a small disk is not permitted here: %v", err)
	}
	unmountLater(t, dir)
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{
		dir:                        "cannot write in the data folder: open " + filepath.Join(dir, "lock") + ": read-only file system",
		filepath.Join(dir, "data"): "make the data folder: mkdir " + filepath.Join(dir, "data") + ": read-only file system",
	} {
		if _, err := Open(path, Options{}); err == nil || err.Error() != says {
			t.Errorf("Open = %v, want %s", err, says)
		}
	}
}
