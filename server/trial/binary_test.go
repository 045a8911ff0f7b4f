package trial

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var (
	rounds   = flag.Int("trial.rounds", 30, "how often the process is killed")
	seedFlag = flag.Uint64("trial.seed", 0, "repeats the draws of an earlier run; 0 draws anew")
	given    = flag.String("trial.binary", "", "program to try instead of building it")
)

// built is the folder of what was built, to be removed at the end.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "trial-")
	if err != nil {
		return "", err
	}
	// Also somebody without rights shall be able to run it: a test does.
	if err := os.Chmod(dir, 0o755); err != nil {
		return dir, err
	}
	cmd := exec.Command("go", "build", "-o", filepath.Join(dir, "beseda"), "beseda/server/cmd/beseda")
	if out, err := cmd.CombinedOutput(); err != nil {
		return dir, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if *given == "" {
		if dir, _ := built(); dir != "" && os.RemoveAll(dir) != nil && code == 0 {
			code = 1
		}
	}
	os.Exit(code)
}

// binary is the program's path.
func binary(t testing.TB) string {
	t.Helper()
	if *given != "" {
		path, err := filepath.Abs(*given)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "beseda")
}

// chance is a test's generator; its seed is printed.
func chance(t testing.TB) *rand.Rand {
	seed := *seedFlag
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("draws: -trial.seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}
