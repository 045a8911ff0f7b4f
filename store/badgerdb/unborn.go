package badgerdb

import (
	"os"
	"path/filepath"
)

// dropUnborn removes log files in which nothing ever stood: the process ended between making them and giving them their
// size. Badger refuses to open such a file, though the next start after that would find it as it should be. A file that
// lost its content is no different to look at, but then batches are missing, which was seen before or will be.
func dropUnborn(dir string) error {
	for _, pattern := range []string{"*.mem", "*.vlog"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, path := range paths {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			if info.Size() > 0 {
				continue
			}
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}
