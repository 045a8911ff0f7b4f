package engine

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/store"
	"beseda/store/memory"
)

// TestAnOverlayReadsAsIfItWereStored compares random writes, marks and scans with a plain map.
func TestAnOverlayReadsAsIfItWereStored(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(seed, 7))
			base := memory.New()
			model := map[string]string{}
			var stored []store.Write
			for range rnd.IntN(40) {
				k, v := randomKey(rnd), fmt.Sprint("base ", rnd.IntN(1000))
				model[k] = v
				stored = append(stored, store.Write{Key: []byte(k), Value: []byte(v)})
			}
			if err := base.Commit(stored); err != nil {
				t.Fatal(err)
			}
			err := base.View(func(r store.Reader) error {
				o := newOverlay(r, base.Limits(), 0)
				kept := maps.Clone(model)
				for range 400 {
					step(t, rnd, o, model)
					switch rnd.IntN(12) {
					case 0:
						o.keep()
						kept = maps.Clone(model)
					case 1:
						o.rollback()
						model = maps.Clone(kept)
					}
				}
				checkSize(t, o)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func randomKey(rnd *rand.Rand) string {
	key := make([]byte, 1+rnd.IntN(3))
	for i := range key {
		key[i] = "ab\x00\xff"[rnd.IntN(4)]
	}
	return string(key)
}

// step does one thing to both sides, or compares them.
func step(t *testing.T, rnd *rand.Rand, o *overlay, model map[string]string) {
	t.Helper()
	key := randomKey(rnd)
	switch rnd.IntN(5) {
	case 0, 1:
		value := fmt.Sprint("own ", rnd.IntN(1000))
		model[key] = value
		if err := o.Put([]byte(key), []byte(value)); err != nil {
			t.Fatal(err)
		}
	case 2:
		delete(model, key)
		if err := o.Delete([]byte(key)); err != nil {
			t.Fatal(err)
		}
	case 3:
		value, err := o.Get([]byte(key))
		want, ok := model[key]
		if ok != (err == nil) || !ok && !errors.Is(err, store.ErrNotFound) || string(value) != want {
			t.Fatalf("Get(%q) = %q, %v; want %q", key, value, err, want)
		}
	case 4:
		rng := store.Range{Reverse: rnd.IntN(2) == 0}
		if rnd.IntN(4) > 0 {
			rng.From = []byte(randomKey(rnd))
		}
		if rnd.IntN(4) > 0 {
			rng.To = []byte(randomKey(rnd))
		}
		stop := rnd.IntN(20) // some scans are left early
		want := scanOf(model, rng)
		want = want[:min(stop, len(want))]
		if diff := cmp.Diff(want, collect(t, o, rng, stop)); diff != "" {
			t.Fatalf("Scan(%q, %q, reverse %v), want - got +:\n%s", rng.From, rng.To, rng.Reverse, diff)
		}
	}
}

func scanOf(model map[string]string, rng store.Range) []string {
	out := []string{}
	for _, k := range slices.Sorted(maps.Keys(model)) {
		if k >= string(rng.From) && (len(rng.To) == 0 || k < string(rng.To)) {
			out = append(out, k+" = "+model[k])
		}
	}
	if rng.Reverse {
		slices.Reverse(out)
	}
	return out
}

func collect(t *testing.T, r store.Reader, rng store.Range, limit int) []string {
	t.Helper()
	out := []string{}
	for e, err := range r.Scan(rng) {
		if err != nil {
			t.Fatal(err)
		}
		if len(out) == limit {
			break
		}
		out = append(out, string(e.Key)+" = "+string(e.Value))
	}
	return out
}

// checkSize counts anew what the overlay counts as it goes.
func checkSize(t *testing.T, o *overlay) {
	t.Helper()
	size := 0
	for _, w := range o.batch(store.Main) {
		if w.Size() > len(w.Key)+len(w.Value)+writeOverhead {
			t.Fatalf("a store counts %d for a write, writeOverhead is too small", w.Size())
		}
		size += len(w.Key) - workspaceLen + len(w.Value) + writeOverhead
	}
	if size != o.size {
		t.Fatalf("size %d, counted %d", o.size, size)
	}
}

func TestWritingDuringAScanDisturbsNeitherSide(t *testing.T) {
	t.Parallel()
	base := memory.New()
	for _, k := range []string{"b", "d"} {
		if err := base.Commit([]store.Write{{Key: []byte(k), Value: []byte("base")}}); err != nil {
			t.Fatal(err)
		}
	}
	err := base.View(func(r store.Reader) error {
		o := newOverlay(r, base.Limits(), 0)
		for _, k := range []string{"c", "e"} {
			if err := o.Put([]byte(k), []byte("own")); err != nil {
				t.Fatal(err)
			}
		}
		var seen []string
		for e, err := range o.Scan(store.Range{}) {
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, string(e.Key)+string(e.Value))
			if err := o.Put(bytes.Clone(append(e.Key, 'x')), []byte("new")); err != nil {
				t.Fatal(err)
			}
			if err := o.Put([]byte("e"), []byte("changed")); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{"bbase", "cown", "dbase", "echanged"}, seen); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOverlayRefusesWhatAStoreRefuses(t *testing.T) {
	t.Parallel()
	limits := store.Limits{MaxKeys: 10, MaxBytes: 1000, MaxKey: 8, MaxValue: 20}
	err := memory.NewLimited(limits).View(func(r store.Reader) error {
		o := newOverlay(r, limits, 0)
		for name, c := range map[string]struct {
			key, value []byte
			want       error
		}{
			"no key":            {nil, []byte("v"), store.ErrEmpty},
			"an empty value":    {[]byte("k"), []byte{}, store.ErrEmpty},
			"no value":          {[]byte("k"), nil, store.ErrEmpty},
			"a key too long":    {[]byte("12345"), []byte("v"), store.ErrTooBig},
			"a value too long":  {[]byte("k"), make([]byte, 21), store.ErrTooBig},
			"the longest there": {[]byte("1234"), make([]byte, 20), nil},
		} {
			if err := o.Put(c.key, c.value); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
