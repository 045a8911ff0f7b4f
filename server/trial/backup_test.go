package trial

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// A backup is made while everybody talks, and is what the house was at one moment.
func TestABackupUnderLoadIsTheHouseAtOneMoment(t *testing.T) {
	t.Parallel()
	r := chance(t)
	h := settle(t, folder(t))
	c := gather(t, r, h, 4, 2)
	file := h.upload(t, http.StatusCreated)
	c.talk(t, 100)
	c.quiet(t)
	before := h.read()

	c.talk(t, 400)
	backup := filepath.Join(t.TempDir(), "backup")
	succeed(t, "backup", "--data", h.data, backup)
	unsaid := 0
	c.each(func(a *app) { a.ask(t, func() { unsaid += a.speech.quota + a.pending() }) })
	if unsaid == 0 {
		t.Error("all was said before the backup was made: this proves little")
	}
	c.quiet(t)
	after := h.read()
	h.process.kill()

	restored := h.again(folder(t))
	succeed(t, "restore", "--data", restored.data, backup)
	restored.sound()
	restored.start()
	found := restored.read()
	found.part(t, after)
	if found.last < before.last || found.last >= after.last {
		t.Errorf("the backup ends at %d; it was made between %d and %d", found.last, before.last, after.last)
	}
	t.Logf("%d of %d messages are in the backup, which was made after %d", found.messages(), after.messages(), before.messages())
	res := restored.ask(http.MethodGet, "/files/"+file, h.ann.cookie, nil, nil)
	if text := body(t, res); res.StatusCode != http.StatusOK || text != content {
		t.Errorf("a file: %s %q", res.Status, text)
	}
	if _, cookie := restored.signIn("ann@example.com"); cookie == nil {
		t.Error("nobody can sign in to the restored house")
	}

	// Of a house that nobody serves it is the same.
	whole := filepath.Join(t.TempDir(), "whole")
	succeed(t, "backup", "--data", h.data, whole)
	again := h.again(folder(t))
	succeed(t, "restore", "--data", again.data, whole)
	again.start()
	again.read().same(t, after)
}

func TestABackupThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	r := chance(t)
	h := settle(t, folder(t))
	h.upload(t, http.StatusCreated)
	backup := filepath.Join(t.TempDir(), "backup")
	succeed(t, "backup", "--data", h.data, backup)
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("over a file that is there", func(t *testing.T) {
		fail(t, "exists", "backup", "--data", h.data, backup)
		if now, err := os.ReadFile(backup); err != nil || string(now) != string(whole) {
			t.Errorf("the earlier backup was touched: %v", err)
		}
	})
	t.Run("into a folder with something in it", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "mine"), []byte("precious"), 0o600); err != nil {
			t.Fatal(err)
		}
		fail(t, "not empty", "restore", "--data", dir, backup)
		if text, err := os.ReadFile(filepath.Join(dir, "mine")); err != nil || string(text) != "precious" {
			t.Errorf("what was there: %q, %v", text, err)
		}
		if names := names(t, dir); len(names) != 1 {
			t.Errorf("it left %v", names)
		}
	})
	t.Run("into the folder that is served", func(t *testing.T) { fail(t, "", "restore", "--data", h.data, backup) })
	spoilt := func(t *testing.T, content []byte) {
		t.Helper()
		path, dir := filepath.Join(t.TempDir(), "spoilt"), folder(t)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		fail(t, "", "restore", "--data", dir, path)
		if left := names(t, dir); len(left) > 0 {
			t.Errorf("it left %v", left)
		}
	}
	t.Run("cut short", func(t *testing.T) {
		for _, n := range []int{0, 1, len(whole) - 1, r.IntN(len(whole)), r.IntN(len(whole)), r.IntN(len(whole))} {
			spoilt(t, whole[:n])
		}
	})
	t.Run("longer", func(t *testing.T) { spoilt(t, append(whole[:len(whole):len(whole)], 0)) })
	t.Run("altered", func(t *testing.T) {
		for range 8 {
			flipped := append([]byte(nil), whole...)
			flipped[r.IntN(len(flipped))] ^= 1 << r.IntN(8)
			spoilt(t, flipped)
		}
	})
}

// names lists a folder; nothing where there is none. A lock that nobody holds is nothing.
func names(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "lock" {
			names = append(names, e.Name())
		}
	}
	return names
}
