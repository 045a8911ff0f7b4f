package trial

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// soon is how long a wrong start may take to say so.
const soon = 5 * time.Second

func TestAWrongStartSaysWhy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args func(*testing.T) []string
		says string
	}{
		"a data folder that is a file": {func(t *testing.T) []string {
			return []string{"--data", write(t, filepath.Join(t.TempDir(), "file"), "words")}
		}, "is a file"},
		"a data folder of something else": {func(t *testing.T) []string {
			return []string{"--data", filepath.Dir(write(t, filepath.Join(t.TempDir(), "letter"), "words"))}
		}, "no Beseda store"},
		"a data folder of a newer program": {func(t *testing.T) []string {
			return []string{"--data", filepath.Dir(write(t, filepath.Join(t.TempDir(), "format"), "beseda store 99\n"))}
		}, "format 99"},
		"a port in use": {func(t *testing.T) []string {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = l.Close() })
			return []string{"--data", folder(t), "--listen", l.Addr().String()}
		}, "address already in use"},
		"a store that is open": {func(t *testing.T) []string {
			h := settle(t, folder(t))
			return []string{"--data", h.data}
		}, "already open"},
		"an unknown option": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "--colour", "red"}
		}, "-colour"},
		"an argument too many": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "now"}
		}, `"now"`},
		"no address": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "--listen", "8080"}
		}, "--listen"},
		"no limits where others can come": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "--listen", "0.0.0.0:0", "--rate-limits", "off"}
		}, "--rate-limits"},
		"a certificate without its key": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "--tls-cert", write(t, filepath.Join(t.TempDir(), "cert.pem"), "words")}
		}, "--tls-key"},
		"a certificate that is none": {func(t *testing.T) []string {
			path := write(t, filepath.Join(t.TempDir(), "cert.pem"), "words")
			return []string{"--data", folder(t), "--tls-cert", path, "--tls-key", path}
		}, "certificate"},
		"a settings file that is missing": {func(t *testing.T) []string {
			return []string{"--data", folder(t), "--config", filepath.Join(t.TempDir(), "settings")}
		}, "settings"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := c.args(t)
			p := run(t, append([]string{"serve", "--listen-http", ""}, withPort(args)...)...)
			code, err := p.wait(bounded(t, soon))
			if err != nil {
				t.Fatal(err)
			}
			if code != 1 || p.out.String() != "" || !complains(p.log.String(), c.says) {
				t.Errorf("exit %d, %q, it should say %q\n%s", code, p.out, c.says, p.log)
			}
		})
	}
}

// withPort adds a free port where the arguments name no address.
func withPort(args []string) []string {
	for _, a := range args {
		if a == "--listen" {
			return args
		}
	}
	return append([]string{"--listen", "127.0.0.1:0"}, args...)
}

func write(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFolderThatMayNotBeWrittenIsSaidSo(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]os.FileMode{"nothing may be made in it": 0o555, "it may not even be looked at": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
			p := prepare(t, "serve", "--data", dir, "--listen", "127.0.0.1:0")
			if os.Getuid() == 0 { // who may do everything has to be somebody else for this
				for path := filepath.Dir(dir); path != os.TempDir() && path != "/"; path = filepath.Dir(path) {
					if err := os.Chmod(path, 0o755); err != nil {
						t.Fatal(err)
					}
				}
				p.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
			}
			p.start(t)
			code, err := p.wait(bounded(t, soon))
			if err != nil || code != 1 || !complains(p.log.String(), "permission denied") {
				t.Errorf("exit %d, %v\n%s", code, err, p.log)
			}
		})
	}
}

func TestTheAddressThatIsPrintedIsTheRealOne(t *testing.T) {
	t.Parallel()
	h := settle(t, folder(t))
	res := h.ask("GET", "/healthz", nil, nil, nil)
	if text := body(t, res); res.StatusCode != 200 || text != "ok\n" {
		t.Errorf("%s: %s %q", h.url(), res.Status, text)
	}
	if _, port, err := net.SplitHostPort(h.url()[len("http://"):]); err != nil || port == "0" {
		t.Errorf("%s, %v", h.url(), err)
	}
}
