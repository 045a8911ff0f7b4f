package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is one run of the program that a test started.
type process struct {
	cmd      *exec.Cmd
	out, log *lines
	ended    chan struct{} // closed when it is over
}

// run starts the program with arguments. It is killed at the test's end at the latest.
func run(t testing.TB, args ...string) *process {
	t.Helper()
	p := prepare(t, args...)
	p.start(t)
	return p
}

// prepare is a process that was not started.
func prepare(t testing.TB, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(binary(t), args...), out: newLines(), log: newLines(), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.log
	p.cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=/usr/bin:/bin"} // none of BESEDA_*
	return p
}

func (p *process) start(t testing.TB) {
	t.Helper()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is asked of ProcessState
		p.out.end()
		p.log.end()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
}

// kill is kill -9, and waits until the process is gone. Killing twice is no error.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// tell sends a signal.
func (p *process) tell(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// wait is the exit code, once it has ended by itself.
func (p *process) wait(ctx context.Context) (int, error) {
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-ctx.Done():
		return 0, fmt.Errorf("still running: %w\n%s", ctx.Err(), p.log)
	}
}

// command runs the program to its end and answers its exit code and what it said.
func command(t testing.TB, args ...string) (code int, out, log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p := run(t, args...)
	code, err := p.wait(ctx)
	if err != nil {
		t.Fatalf("beseda %s: %v", strings.Join(args, " "), err)
	}
	return code, p.out.String(), p.log.String()
}

// succeed runs a command that must, and answers what it printed.
func succeed(t testing.TB, args ...string) string {
	t.Helper()
	code, out, log := command(t, args...)
	if code != 0 {
		t.Fatalf("beseda %s: exit %d\n%s%s", strings.Join(args, " "), code, out, log)
	}
	return out
}

// fail runs a command that must be refused in one line that says something.
func fail(t testing.TB, says string, args ...string) {
	t.Helper()
	code, out, log := command(t, args...)
	if code != 1 || out != "" || !complains(log, says) {
		t.Errorf("beseda %s: exit %d, %q, it should say %q\n%s", strings.Join(args, " "), code, out, says, log)
	}
}

// complains tells whether a log ends with one complaint that says something.
func complains(log, says string) bool {
	all := strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	last := all[len(all)-1]
	for _, line := range all[:len(all)-1] {
		if !strings.HasPrefix(line, "time=") {
			return false
		}
	}
	return strings.HasPrefix(last, "beseda: ") && strings.Contains(last, says)
}

// lines collects what a process writes, for those who wait for a line of it.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	over bool
	news chan struct{} // closed and made anew with every change
}

func newLines() *lines { return &lines{news: make(chan struct{})} }

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell()
	return l.text.Write(b)
}

func (l *lines) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	l.tell()
}

func (l *lines) tell() {
	close(l.news)
	l.news = make(chan struct{})
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// errEnded says that a line never came.
var errEnded = errors.New("the process ended before")

// line waits for a whole line with a beginning and answers the rest of it.
func (l *lines) line(ctx context.Context, beginning string) (string, error) {
	for {
		l.mu.Lock()
		text, over, news := l.text.String(), l.over, l.news
		l.mu.Unlock()
		for line := range strings.Lines(text) {
			if rest, ok := strings.CutPrefix(line, beginning); ok && strings.HasSuffix(rest, "\n") {
				return strings.TrimSpace(rest), nil
			}
		}
		if over {
			return "", fmt.Errorf("wait for %q: %w", beginning, errEnded)
		}
		select {
		case <-news:
		case <-ctx.Done():
			return "", fmt.Errorf("wait for %q: %w", beginning, ctx.Err())
		}
	}
}
