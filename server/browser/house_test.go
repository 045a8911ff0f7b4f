package browser

import (
	"bufio"
	"context"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	shots    = flag.String("browser.shots", "", "keep pictures in this folder")
	prebuilt = flag.String("browser.program", "", "test this binary instead of building one")
)

// patience is how long anything may take before a test gives up: machines are slow and shared.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	quitShared()
	if dir, err := workshop(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// house is a running server.
type house struct {
	t       testing.TB
	build   build
	args    []string
	port    string
	cmd     *exec.Cmd
	shop    string
	console string
	setup   string
	temp    string // what the program has for temporary folders
}

// demo starts a demo: a shop and a team.
func demo(t testing.TB) *house { t.Helper(); return asBundled.demo(t) }

func (b build) demo(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, build: b, args: []string{"demo", "--rate-limits", "off", "--listen", "127.0.0.1:0"}}
	h.start()
	return h
}

// empty starts a server over an empty folder that survives a restart.
func empty(t testing.TB) *house { t.Helper(); return asBundled.empty(t) }

func (b build) empty(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, build: b, args: []string{"serve", "--rate-limits", "off", "--data", filepath.Join(t.TempDir(), "data"), "--listen", "127.0.0.1:0"}}
	h.start()
	return h
}

func (h *house) start() {
	h.t.Helper()
	path, err := h.build.program()
	if err != nil {
		h.t.Fatal(err)
	}
	h.temp = h.t.TempDir()
	h.cmd = exec.Command(path, h.args...)
	h.cmd.Env = append(os.Environ(), "TMPDIR="+h.temp) // what is killed tidies nothing up
	h.cmd.Stderr = testLog{h.t}
	stdout, err := h.cmd.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(h.kill)
	said := make(chan string, 32)
	go func() {
		defer close(said)
		for s := bufio.NewScanner(stdout); s.Scan(); {
			said <- s.Text()
		}
	}()
	h.read(said)
}

// read takes the addresses from what the program prints.
func (h *house) read(said <-chan string) {
	h.t.Helper()
	last := "Set up: "
	if h.args[0] == "demo" {
		last = "Sign in as"
	} else if h.port != "" {
		last = "Listening on "
	}
	deadline := time.After(patience)
	for {
		select {
		case line, ok := <-said:
			if !ok {
				h.t.Fatal("the program ended")
			}
			for prefix, into := range map[string]*string{"Shop: ": &h.shop, "Console: ": &h.console, "Set up: ": &h.setup, "Listening on ": &h.console} {
				if rest, found := strings.CutPrefix(line, prefix); found {
					*into = rest
				}
			}
			if !strings.HasPrefix(line, last) {
				continue
			}
			base := h.console[:strings.LastIndex(h.console, ":")]
			h.port, _, _ = strings.Cut(h.console[len(base)+1:], "/")
			h.console = "http://127.0.0.1:" + h.port + "/console/"
			go func() {
				for range said { //nolint:revive // the pipe must not fill up
				}
			}()
			return
		case <-deadline:
			h.t.Fatal("the program did not say where it listens")
		}
	}
}

// kill ends the process without a word, as a power cut does.
func (h *house) kill() {
	if h.cmd == nil || h.cmd.Process == nil {
		return
	}
	_ = h.cmd.Process.Signal(syscall.SIGKILL)
	_ = h.cmd.Wait()
	h.cmd = nil
}

// again starts it over the same folder and port.
func (h *house) again() {
	h.t.Helper()
	h.args[len(h.args)-1] = "127.0.0.1:" + h.port
	h.start()
}

func (h *house) base() string { return "http://127.0.0.1:" + h.port }

// get fetches a path of the house.
func (h *house) get(path string) (*http.Response, string) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, h.base()+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(b)
}

type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Logf("server: %s", strings.TrimSpace(string(b)))
	return len(b), nil
}
