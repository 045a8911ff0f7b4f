package badgerdb

import (
	"os"

	"golang.org/x/sys/unix"
)

// diskFree asks the system: what an unprivileged process may still use, and the size of the file system.
func diskFree(dir string) (free, total int64, err error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, 0, err
	}
	return int64(st.Bavail) * st.Bsize, int64(st.Blocks) * st.Bsize, nil
}

// allocate gives f size bytes on the disk.
func allocate(f *os.File, size int64) error {
	if err := unix.Fallocate(int(f.Fd()), 0, 0, size); err == nil {
		return nil
	}
	return fillUp(f, size)
}
