//go:build !unix

package badgerdb

import "os"

// lockFile leaves it to Badger's own lock here.
func lockFile(*os.File) (bool, error) { return true, nil }
