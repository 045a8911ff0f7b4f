//go:build unix

package desk_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// crashDir names the folder in which a copy of this test works until it is killed.
const crashDir = "BESEDA_TEST_CRASH_DIR"

// TestNUM03NothingAnsweredIsLostWhenTheProcessIsKilled begins conversations in a process of its own, kills it in the
// middle, opens the store again and goes on to a thousand: what was answered is there and is answered the same,
// positions and numbers have no gap, and every client that comes again with its id has one conversation.
func TestNUM03NothingAnsweredIsLostWhenTheProcessIsKilled(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv(crashDir); dir != "" {
		beginConversations(crashOffice(t, dir), 0, func(line string) { fmt.Println(line) })
		return
	}
	dir := t.TempDir()
	answered := untilKilled(t, dir, 200)
	o := crashOffice(t, dir)
	checkInvariants(t, o)
	survived := len(look(t, o).conversations)
	if survived < len(answered) {
		t.Errorf("%d conversations of %d that were answered", survived, len(answered))
	}
	var mu sync.Mutex
	again := map[string]string{}
	beginConversations(o, max(1000, survived+100), func(line string) {
		mu.Lock()
		defer mu.Unlock()
		who, what, _ := strings.Cut(line, " ")
		again[who] = what
	})
	for who, what := range answered {
		if again[who] != what {
			t.Errorf("%s was answered %q, and after the crash %q", who, what, again[who])
		}
	}
	if w := checkInvariants(t, o); len(w.conversations) != len(again) {
		t.Errorf("%d conversations of %d visitors", len(w.conversations), len(again))
	}
	last := protocol.Position(0)
	for _, ev := range o.events(0) { // Changes fails where a position is missing
		last = ev.Position
	}
	if last != o.last() {
		t.Errorf("the log ends at %d, not %d", last, o.last())
	}
}

// untilKilled runs beginConversations in another process and kills it after so many answers; it returns them all.
func untilKilled(t *testing.T, dir string, after int) map[string]string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answered := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		who, what, ok := strings.Cut(lines.Text(), " ")
		if !ok || !strings.HasPrefix(who, "visitor-") {
			continue
		}
		if answered[who] = what; len(answered) == after {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the other process ended by itself: %v", err)
	}
	return answered
}

// crashOffice opens the office in a folder, where one may be already.
func crashOffice(t *testing.T, dir string) *office {
	t.Helper()
	o := &office{t: t, store: openBadger(t, dir)}
	o.clock.Store(1_700_000_000_000)
	o.open()
	o.ids.Store(int64(o.last()) * 10) // ids of before are not given again
	found := false
	o.read(func(r store.Reader) error {
		for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
			if err != nil {
				return err
			}
			o.channel, found = ch.Channel.ID, true
		}
		for op, err := range store.Operators.Scan(r, store.Operators.Under()) {
			if err != nil {
				return err
			}
			if op.Role == protocol.RoleAdmin {
				o.eve = o.colleague(op.ID, op.Name, op.Role, op.Bot)
			}
		}
		return nil
	})
	if !found {
		o.found()
	}
	return o
}

// beginConversations lets visitors 0, 1, 2 … write for the first time, 20 at once, each under ids of its own that are
// always the same; up to so many, or for ever where that is 0. told hears of each answer.
func beginConversations(o *office, visitors int, told func(line string)) {
	var next atomic.Int64
	var writers sync.WaitGroup
	for range 20 {
		writers.Go(func() {
			for {
				n := next.Add(1) - 1
				if visitors > 0 && n >= int64(visitors) {
					return
				}
				v := o.visitor("somebody")
				v.call.By.ID = fmt.Sprintf("01JV%022d", n)
				a, err := v.repeat(protocol.CommandID(fmt.Sprintf("01JC%022d", n)), protocol.KindMessageSend,
					&protocol.MessageSend{Text: "hello"})
				if err != nil {
					o.t.Error(err)
					return
				}
				told(fmt.Sprintf("visitor-%d #%d at %d", n, a.Conversation, a.Position))
			}
		})
	}
	writers.Wait()
}
