package store_test

import (
	"errors"
	"testing"

	"beseda/store"
)

func TestWhatFitsIsWhatMayBeCommitted(t *testing.T) {
	t.Parallel()
	limits := store.Limits{MaxKeys: 3, MaxBytes: 200, MaxKey: 10, MaxValue: 500}
	write := func(n int) store.Write { return store.Write{Key: []byte("key"), Value: make([]byte, n)} }
	for name, c := range map[string]struct {
		writes []store.Write
		want   int
	}{
		"nothing":                  {nil, 0},
		"a few":                    {[]store.Write{write(1), write(1)}, 2},
		"too many":                 {[]store.Write{write(1), write(1), write(1), write(1)}, 3},
		"too much":                 {[]store.Write{write(60), write(60), write(60)}, 2},
		"exactly enough":           {[]store.Write{write(65), write(65)}, 2},
		"one that never fits":      {[]store.Write{write(400), write(1)}, 1},
		"one that fits after none": {[]store.Write{write(165), write(1)}, 1},
	} {
		n := limits.Fit(c.writes)
		if n != c.want {
			t.Errorf("%s: Fit = %d, want %d", name, n, c.want)
		}
		if err := limits.Check(c.writes[:n]); err != nil && name != "one that never fits" {
			t.Errorf("%s: what fits is refused: %v", name, err)
		}
		if n < len(c.writes) {
			if err := limits.Check(c.writes[:n+1]); !errors.Is(err, store.ErrTooBig) {
				t.Errorf("%s: one more would have fitted: %v", name, err)
			}
		}
	}
}
