package trial

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheLinkOfTheFirstRun(t *testing.T) {
	t.Parallel()
	h := &house{t: t, data: folder(t)}
	serve := func() (link, token string) {
		h.process = run(t, "serve", "--data", h.data, "--listen", "127.0.0.1:0", "--log-level", "debug")
		if err := h.listening(); err != nil {
			t.Fatalf("%v\n%s", err, h.process.log)
		}
		link, err := h.process.out.line(bounded(t, 10*time.Second), "Set up: ")
		if err != nil {
			t.Fatal(err)
		}
		page, token, ok := strings.Cut(link, "#")
		if !ok || page != h.url()+"/setup" || token == "" {
			t.Fatalf("the link is %q at %s", link, h.url())
		}
		return link, token
	}
	look := func(token string) int { return h.post("/setup/look", map[string]string{"token": token}).StatusCode }

	_, earlier := serve()
	if got := look(earlier); got != http.StatusOK {
		t.Errorf("a fresh link: %d", got)
	}
	first := h.process
	h.process.kill()
	link, token := serve()
	if got := look(earlier); got == http.StatusOK {
		t.Error("the link of the run before is good beside the new one")
	}
	res := h.post("/setup/look", map[string]string{"token": token})
	var kind struct{ Kind string }
	if err := json.Unmarshal([]byte(body(t, res)), &kind); err != nil || kind.Kind != "first" {
		t.Errorf("the link is of kind %q, %v", kind.Kind, err)
	}
	h.ann = h.join(link, "Ann", "ann@example.com")
	if got := look(token); got == http.StatusOK {
		t.Error("the link is good twice")
	}
	again := h.post("/setup", map[string]string{
		"token": token, "name": "Eve", "email": "eve@example.com", "password": password, "workspace": "Eve's",
	})
	if again.StatusCode < 400 || len(again.Cookies()) > 0 {
		t.Errorf("the link makes a second administrator: %s", again.Status)
	}
	if _, cookie := h.signIn("eve@example.com"); cookie != nil {
		t.Error("the second administrator can sign in")
	}
	h.process.kill()
	for _, p := range []*process{first, h.process} {
		for _, secret := range []string{earlier, token, password} {
			if strings.Contains(p.log.String(), secret) {
				t.Errorf("%q stands in the log", secret)
			}
		}
	}
	nowhere(t, h.data, earlier, token, password)

	h.start()
	h.process.tell(t, 15)
	if _, err := h.process.wait(bounded(t, 10*time.Second)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(h.process.out.String(), "Set up") {
		t.Error("a house that is set up prints a link again")
	}
}

// nowhere asserts that secrets stand in no file as they are.
func nowhere(t testing.TB, dir string, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "ballast" {
			return err
		}
		content, err := os.ReadFile(path)
		for _, s := range secrets {
			if strings.Contains(string(content), s) {
				t.Errorf("a secret stands in %s", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
