package store_test

import (
	"errors"
	"testing"

	"beseda/store"
)

func TestWhatIsOverALimitIsRefused(t *testing.T) {
	t.Parallel()
	limits := store.Limits{MaxKeys: 3, MaxBytes: 200, MaxKey: 10, MaxValue: 150}
	write := func(n int) store.Write { return store.Write{Key: []byte("key"), Value: make([]byte, n)} }
	for name, c := range map[string]struct {
		writes []store.Write
		want   error
	}{
		"nothing":             {nil, nil},
		"a few":               {[]store.Write{write(1), write(1)}, nil},
		"exactly enough keys": {[]store.Write{write(1), write(1), write(1)}, nil},
		"one key too many":    {[]store.Write{write(1), write(1), write(1), write(1)}, store.ErrTooBig},
		"exactly enough":      {[]store.Write{write(65), write(65)}, nil},
		"a byte too much":     {[]store.Write{write(65), write(66)}, store.ErrTooBig},
		"the longest value":   {[]store.Write{write(150)}, nil},
		"a longer value":      {[]store.Write{write(151)}, store.ErrTooBig},
		"the longest key":     {[]store.Write{{Key: make([]byte, 10)}}, nil},
		"a longer key":        {[]store.Write{{Key: make([]byte, 11)}}, store.ErrTooBig},
		"no key":              {[]store.Write{{Value: []byte("a")}}, store.ErrEmpty},
		"an empty value":      {[]store.Write{{Key: []byte("a"), Value: []byte{}}}, store.ErrEmpty},
	} {
		if err := limits.Check(c.writes); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
