package badgerdb

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"beseda/store"
)

// childEnv tells the test binary to be a process that works on a folder until it is killed.
const childEnv = "BESEDA_BADGERDB_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// child commits batches for ever and says which it was told are durable.
func child(dir string) error {
	db, err := Open(dir, Options{Ballast: -1})
	if err != nil {
		return err
	}
	first := 0
	err = db.View(func(r store.Reader) error {
		if last, err := r.Get([]byte("newest")); err == nil {
			first, err = strconv.Atoi(string(last))
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := max(first, 1); ; i++ { // the newest once more: its content may not have been put
		if err := db.Commit(crashBatch(i)); err != nil {
			return err
		}
		if _, err := db.Blobs().Put(context.Background(), bytes.NewReader(crashContent(i)), 1<<30, nil); err != nil {
			return err
		}
		fmt.Println("done", i)
	}
}

// crashBatch is large, so that a few hundred fill memtables and make tables.
func crashBatch(i int) []store.Write {
	batch := []store.Write{{Key: []byte("newest"), Value: strconv.AppendInt(nil, int64(i), 10)}}
	for part := range 4 {
		batch = append(batch, store.Write{
			Key:   fmt.Appendf(nil, "row%06d/%d", i, part),
			Value: bytes.Repeat([]byte{byte(i), byte(part + 1)}, 20_000),
		})
	}
	return batch
}

func crashContent(i int) []byte { return bytes.Repeat([]byte{byte(i), byte(i >> 8)}, 20_000) }

// After each kill everything that was acknowledged is there, and no batch is there by half.
func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := 0
	for _, batches := range []int{1, 90, 25} {
		acknowledged = runChild(t, dir, acknowledged+batches)
		db, err := Open(dir, Options{Ballast: -1})
		if err != nil {
			t.Fatal(err)
		}
		err = db.View(func(r store.Reader) error {
			text, err := r.Get([]byte("newest"))
			if err != nil {
				return err
			}
			newest, err := strconv.Atoi(string(text))
			if err != nil || newest < acknowledged {
				return fmt.Errorf("the newest is %q, acknowledged were %d", text, acknowledged)
			}
			for i := 1; i <= newest; i++ {
				for _, w := range crashBatch(i)[1:] {
					if got, err := r.Get(w.Key); err != nil || !bytes.Equal(got, w.Value) {
						return fmt.Errorf("Get(%s) gives %d bytes, %w", w.Key, len(got), err)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		found := map[int64]int{}
		for info, err := range db.Blobs().All() {
			if err != nil {
				t.Error(err)
			}
			found[info.Size]++
		}
		if n := found[40_000]; n < acknowledged {
			t.Errorf("%d blobs of %d are there", n, acknowledged)
		}
		if _, err := db.Blobs().Sweep(t.Context(), 0, 0, func(string) bool { return true }); err != nil {
			t.Error(err)
		}
		if err := db.blobs.k.view(func(r *reader) error {
			if chunks, blobs := r.keys(store.Prefix([]byte{'c'})), r.keys(store.Prefix([]byte{'b'})); len(chunks) != len(blobs) {
				return fmt.Errorf("after the sweep %d chunks stand for %d blobs", len(chunks), len(blobs))
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// runChild starts a child and kills it once it has acknowledged a batch; it returns the last one acknowledged.
func runChild(t *testing.T, dir string, until int) int {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), "done "))
		if err != nil {
			t.Errorf("the child says %q", lines.Text())
		}
		if last = n; n == until {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // it was killed
	if last < until {
		t.Fatalf("the child ended after %d of %d: %s", last, until, complaints.Bytes())
	}
	return last
}
