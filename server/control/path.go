package control

import (
	"fmt"
	"os"
	"path/filepath"
)

// socketName is the socket's file in the data folder.
const socketName = "control.sock"

// maxSocketPath is how long a name every system's socket addresses hold.
const maxSocketPath = 100

func socketPath(data string) string { return filepath.Join(data, socketName) }

// near calls fn with a name of the socket that fits a socket address, however deep the data folder lies: a long one goes
// by the open folder, which Linux has a short name for. The name is good until fn returns.
func near(data string, fn func(short string) error) error {
	path := socketPath(data)
	if len(path) <= maxSocketPath {
		return fn(path)
	}
	dir, err := os.Open(data)
	if err != nil {
		return err
	}
	defer dir.Close()
	return fn(fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), socketName))
}
