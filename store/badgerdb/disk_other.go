//go:build !linux

package badgerdb

import (
	"math"
	"os"
)

// diskFree knows nothing here: the disk is never seen as full.
func diskFree(string) (free, total int64, err error) {
	return math.MaxInt64 / 2, math.MaxInt64 / 2, nil
}

func allocate(f *os.File, size int64) error { return fillUp(f, size) }
