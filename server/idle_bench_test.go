//go:build linux

package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// BenchmarkIdle keeps ten thousand visitors connected to a server in a process of its own and prints what each costs it
// after a garbage collection. The measured anchor is centrifuge 0.38 with 28 973 bytes.
func BenchmarkIdle(b *testing.B) {
	const centrifuge = 28_973
	for b.Loop() {
		heap, rss := idle(b, 10_000)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(heap, "heap+stack-B/connection")
		b.ReportMetric(rss, "rss-B/connection")
		b.ReportMetric(rss/centrifuge, "rss-of-centrifuge")
		b.ReportMetric(heap/centrifuge, "heap-of-centrifuge")
	}
}

// idleServer in the environment makes this test binary the server of BenchmarkIdle.
const idleServer = "BESEDA_BENCH_IDLE"

func TestMain(m *testing.M) {
	if os.Getenv(idleServer) != "" {
		serveIdle()
		return
	}
	os.Exit(m.Run())
}

// serveIdle answers each line on its standard input with what it has: heap and stacks in use, and resident bytes.
func serveIdle() {
	var t testing.B // for open: nothing of it is run
	h := open(&t)
	fmt.Println(h.base, h.channel)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		for range 3 {
			debug.FreeOSMemory() // a garbage collection, and what the runtime does by itself a little later
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Println(m.HeapAlloc+m.StackInuse, resident(), h.sessions.Connections())
	}
}

func resident() (bytes int) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(status)) {
		if fields := strings.Fields(l); fields[0] == "VmRSS:" {
			kb, _ := strconv.Atoi(fields[1])
			return kb << 10
		}
	}
	return 0
}

func idle(b *testing.B, n int) (heap, rss float64) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), idleServer+"=1", "GODEBUG=adaptivestackstart=0") // as the program starts itself
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil || cmd.Start() != nil {
		b.Fatal("the server does not start", err1, err2)
	}
	defer func() { _ = in.Close(); _ = cmd.Wait() }()
	var base, channel string
	if _, err := fmt.Fscan(out, &base, &channel); err != nil {
		b.Fatal(err)
	}
	ask := func() (used, rss, open float64) {
		_, _ = io.WriteString(in, "\n")
		if _, err := fmt.Fscan(out, &used, &rss, &open); err != nil {
			b.Fatal(err)
		}
		return used, rss, open
	}
	warm := dialIdle(b, base, channel, 100) // what comes once, with the first, is not counted
	heap0, rss0, open0 := ask()
	conns := dialIdle(b, base, channel, n)
	heap1, rss1, open1 := ask()
	if open1-open0 != float64(n) {
		b.Fatalf("%v connections are open, want %d", open1-open0, n)
	}
	for _, c := range append(warm, conns...) {
		_ = c.Close()
	}
	return (heap1 - heap0) / float64(n), (rss1 - rss0) / float64(n)
}

// dialIdle opens connections, some at a time, and says hello on each.
func dialIdle(b *testing.B, base, channel string, n int) []net.Conn {
	conns := make([]net.Conn, n)
	hello := protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{
		Version: 1, Channel: protocol.ChannelID(channel), Language: "en-GB",
		Visit: &protocol.VisitorVisit{URL: "https://shop.example/lamps/30?colour=linen", Title: "Luma 30, table lamp"},
	})}
	var wg sync.WaitGroup
	next := atomic.Int64{}
	for range 16 {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
				if err != nil {
					b.Error(err)
					return
				}
				conns[i] = c
				s := upgrade(nothingToClean{b}, c, base, func(r *http.Request) {
					// What browsers send: it must not be kept.
					r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36")
					r.Header.Set("Accept-Language", "en-GB,en;q=0.9,ru;q=0.8")
					r.Header.Set("Cache-Control", "no-cache")
				})
				s.frames(hello)
				s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome })
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return conns
}

// nothingToClean is a benchmark whose helpers leave connections open.
type nothingToClean struct{ *testing.B }

func (nothingToClean) Cleanup(func()) {}
