package trial

import (
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// flips is how many bytes are flipped, each in a copy of its own.
const flips = 16

// One flipped byte in a data file is reported by check, or was in a place that means nothing: then the house is what it
// was. It never reads otherwise.
func TestAFlippedByteIsReported(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*house){
		"of a house that was closed": func(h *house) { h.stop() },
		"of a house that was killed": func(h *house) { h.process.kill() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := chance(t)
			h := settle(t, folder(t))
			c := gather(t, r, h, 2, 1)
			h.upload(t, http.StatusCreated)
			c.talk(t, 100)
			c.quiet(t)
			want := h.read()
			end(h)
			reported := 0
			var unreported []string
			for range flips {
				copied := h.again(folder(t))
				where := flip(t, r, h.data, copied.data)
				code, out, log := command(t, "check", "--data", copied.data)
				switch {
				case code == 0:
					unreported = append(unreported, where)
					copied.start()
					copied.read().same(t, want)
					copied.process.kill()
				case code == 1 && strings.Contains(log, "beseda: ") && !strings.Contains(log, "goroutine "):
					reported++
				default:
					t.Errorf("%s: exit %d\n%.1000s\n%.3000s", where, code, out, log)
				}
				if t.Failed() {
					t.Fatalf("flipped: %s", where)
				}
				if err := os.RemoveAll(copied.data); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%d of %d flipped bytes were reported, these meant nothing: %s", reported, flips, strings.Join(unreported, ", "))
			if reported < flips/2 {
				t.Errorf("only %d of %d were reported: this proved little", reported, flips)
			}
		})
	}
}

// matters are the files in which every byte that is written is ours.
var matters = regexp.MustCompile(`\.(sst|mem)$|/MANIFEST$|/format$`)

// flip copies a data folder but for one bit, and says where that is: in any file, mostly where something is written.
func flip(t testing.TB, r *rand.Rand, from, to string) (where string) {
	t.Helper()
	files := make(map[string][]byte)
	var candidates []string
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "ballast" {
			return err
		}
		name := strings.TrimPrefix(path, from)
		files[name], err = os.ReadFile(path)
		if len(files[name]) > 0 {
			candidates = append(candidates, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.IntN(8) > 0 { // Badger makes files besides that hold nothing of ours
		candidates = slices.DeleteFunc(candidates, func(name string) bool { return !matters.MatchString(name) })
	}
	name := candidates[r.IntN(len(candidates))]
	at := somewhere(r, files[name])
	files[name][at] ^= 1 << r.IntN(8)
	for name, content := range files {
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return name + " at " + strconv.Itoa(at)
}

// somewhere is a place in a file: of a byte that is not zero, where there is one near.
func somewhere(r *rand.Rand, content []byte) int {
	end := len(content)
	for end > 1 && content[end-1] == 0 { // Badger's files are longer than what is in them
		end--
	}
	return r.IntN(end)
}
