package server

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// moveClock asks for the clock to be moved, as tests from outside do.
func (h *house) moveClock(body string, headers ...string) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.ctx(), http.MethodPost, h.base+"/test/clock", strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func TestTheClockOfTheNormalBuildCannotBeMoved(t *testing.T) {
	t.Parallel()
	if movable {
		t.Skip("this is the build for tests")
	}
	h := open(t)
	if got := h.moveClock(`{"advance_ms":600000}`).StatusCode; got != http.StatusNotFound {
		t.Errorf("POST /test/clock answered %d", got)
	}
}

// The other build is another binary: the tests that only it has run in it.
func TestTheBuildForTestsHasAClock(t *testing.T) {
	t.Parallel()
	if movable {
		t.Skip("this is it")
	}
	if testing.Short() {
		t.Skip("builds the server a second time")
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-tags", "testclock", "-count=1", "-v", "-run", "^TestClock", ".")
	cmd.Env = append(os.Environ(), "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestClockMovesTimersAlong") {
		t.Errorf("%v\n%s", err, out)
	}
}
