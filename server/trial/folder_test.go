package trial

import (
	"path/filepath"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// The command line reaches a server by a socket in the data folder, and the names of sockets are short.
func TestADataFolderMayLieDeep(t *testing.T) {
	t.Parallel()
	deep := filepath.Join(t.TempDir(), strings.Repeat("d", 60), strings.Repeat("e", 60), "data")
	h := settle(t, deep)
	token := strings.TrimSpace(succeed(t, "bot", "add", "Echo", "--data", deep))
	l := h.dial(line.Options{Bearer: token})
	if _, err := l.Hello(bounded(t, minute), protocol.Hello{}); err != nil {
		t.Error(err)
	}
	h.process.kill()
	h.start()
	if out := succeed(t, "bot", "list", "--data", deep); !strings.Contains(out, "Echo") {
		t.Errorf("after a kill the list of bots is %q", out)
	}
}
