package badgerdb

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBadgerIsClosedOnlyWhereItHasRoom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		free, ballast int64
		unknown       error
		want, given   bool // the ballast
	}{
		"there is room":                         {free: closeBytes, ballast: mb, want: true},
		"there is none":                         {free: closeBytes - 2*mb, ballast: mb, given: true},
		"there is with the ballast":             {free: closeBytes - mb, ballast: mb, want: true, given: true},
		"nobody knows, and Badger may be right": {ballast: mb, unknown: errors.New("no such device"), want: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			ballast := filepath.Join(dir, "ballast")
			if err := os.WriteFile(ballast, make([]byte, c.ballast), 0o600); err != nil {
				t.Fatal(err)
			}
			given := func() bool {
				_, err := os.Stat(ballast)
				return err != nil
			}
			d := newDisk(dir, Options{
				Watermark: 48 * mb, Ballast: c.ballast, Now: tick(),
				DiskFree: func(string) (int64, int64, error) {
					if given() {
						return c.free + c.ballast, 1 << 40, c.unknown
					}
					return c.free, 1 << 40, c.unknown
				},
			}.withDefaults())
			if got := d.mayClose(); got != c.want || given() != c.given {
				t.Errorf("may close: %v, ballast given back: %v", got, given())
			}
		})
	}
}
