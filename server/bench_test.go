//go:build linux

package server

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/session/line"
	"beseda/store"
	"beseda/store/badgerdb"
)

// The benchmarks print ratios between two sides that run in turn, medians of several rounds: absolute figures move with
// the machine. PERFORMANCE.md has the goals.
const benchRounds = 5

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// onDisk gives a house the durable store.
func onDisk(h *house) {
	db, err := badgerdb.Open(h.t.TempDir(), badgerdb.Options{Ballast: -1})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		if err := db.Close(); err != nil {
			h.t.Error(err)
		}
	})
	h.store, h.blobs = db, db.Blobs()
}

// BenchmarkChat sends durable messages through the whole server: 500 visitors on sockets of their own, each waiting for
// its answer, 25 operators who have 20 conversations open each. Beside it the store's bare group commit, 500 writers.
// Clients and server share the processors; where other programs do too, the ratio of processor time says more.
func BenchmarkChat(b *testing.B) {
	for _, outstanding := range []int{1, 8} {
		b.Run(fmt.Sprintf("outstanding=%d", outstanding), func(b *testing.B) {
			for b.Loop() {
				benchmarkChat(b, outstanding)
			}
		})
	}
}

const (
	rooms      = 500
	perDesk    = 20 // conversations that an operator has open
	chatTime   = time.Second
	chatText   = "Good afternoon! Is the blue one still in stock, and how long does delivery take to a small town up north? Thank you."
	chatWarmUp = 2
)

func benchmarkChat(b *testing.B, outstanding int) {
	bare := newBare(b)
	h := open(b, onDisk)
	visitors := make([]*line.Line, rooms)
	var ready sync.WaitGroup
	for i := range visitors {
		ready.Go(func() {
			visitors[i], _ = h.visitor("")
			h.say(visitors[i], 0, "first")
		})
	}
	ready.Wait()
	for desk := range rooms / perDesk {
		o, _ := h.operator(h.hire(fmt.Sprint("Operator ", desk), fmt.Sprintf("o%d@example.com", desk), protocol.RoleOperator, false))
		for n := range perDesk {
			watch(b, h, o, protocol.Number(desk*perDesk+n+1))
		}
		o.Only() // it hears everything, and nobody looks
	}
	run := func() (perSecond, cpu float64) {
		return throughput(rooms*outstanding, func(w int) error {
			l := visitors[w%rooms]
			_, err := l.Do(context.Background(), protocol.KindMessageSend, &protocol.MessageSend{Text: chatText})
			return err
		}, b)
	}
	for _, v := range visitors {
		v.Only(protocol.KindAccepted, protocol.KindRefused)
	}
	var ratios, byCPU, rates, cpus []float64
	for round := range benchRounds + chatWarmUp {
		base, baseCPU := throughput(rooms, bare.write, b)
		got, cpu := run()
		if round >= chatWarmUp {
			ratios, byCPU = append(ratios, got/base), append(byCPU, baseCPU/cpu)
			rates, cpus = append(rates, got), append(cpus, cpu)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ratios), "of-bare")
	b.ReportMetric(median(byCPU), "of-bare-by-cpu")
	b.ReportMetric(median(rates), "messages/s")
	b.ReportMetric(median(cpus), "cpu-µs/message")
}

// throughput is how often per second do returns where so many call it, and what that costs.
func throughput(callers int, do func(caller int) error, b *testing.B) (perSecond, cpuMicros float64) {
	var count atomic.Int64
	var wg sync.WaitGroup
	began, cpu := time.Now(), cpuTime()
	for w := range callers {
		wg.Go(func() {
			for time.Since(began) < chatTime {
				if err := do(w); err != nil {
					b.Error(err)
					return
				}
				count.Add(1)
			}
		})
	}
	wg.Wait()
	n := float64(count.Load())
	return n / time.Since(began).Seconds(), float64((cpuTime() - cpu).Microseconds()) / n
}

// bare is the floor: one goroutine that gathers what waits and commits it, 3 keys and 300 bytes for each write.
type bare struct {
	waiting chan bareWrite
	next    atomic.Uint64
}

type bareWrite struct {
	writes []store.Write
	done   chan error
}

func newBare(b *testing.B) *bare {
	db, err := badgerdb.Open(b.TempDir(), badgerdb.Options{Ballast: -1})
	if err != nil {
		b.Fatal(err)
	}
	l := &bare{waiting: make(chan bareWrite, 1024)}
	var ended sync.WaitGroup
	ended.Go(func() { l.loop(db) })
	b.Cleanup(func() {
		close(l.waiting)
		ended.Wait()
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return l
}

func (l *bare) loop(db store.Store) {
	most := db.Limits().MaxKeys / 3
	for w := range l.waiting {
		all, batch := []bareWrite{w}, w.writes
		for more := true; more && len(all) < most; {
			select {
			case w, ok := <-l.waiting:
				if more = ok; ok {
					all, batch = append(all, w), append(batch, w.writes...)
				}
			default:
				more = false
			}
		}
		err := db.Commit(batch)
		for _, w := range all {
			w.done <- err
		}
	}
}

func (l *bare) write(room int) error {
	n := l.next.Add(1)
	key := func(table byte, parts ...uint64) []byte {
		k := []byte{0, 0, 0, 1, table}
		for _, p := range parts {
			k = binary.BigEndian.AppendUint64(k, p)
		}
		return k
	}
	text := []byte(strings.Repeat("x", 200))
	w := bareWrite{done: make(chan error, 1), writes: []store.Write{
		{Key: key('l', n), Value: text[:40]}, {Key: key('i', uint64(room), n), Value: text}, {Key: key('c', uint64(room)), Value: text[:60]},
	}}
	l.waiting <- w
	return <-w.done
}

// BenchmarkAck measures the time from sending a message to its durable answer at 1 000 messages a second. Beside it, under
// the same load: a bare WebSocket echo, and an echo and a bare durable commit one after the other, which is the least
// that a durable answer can take on this disk.
func BenchmarkAck(b *testing.B) {
	for b.Loop() {
		benchmarkAck(b)
	}
}

const (
	ackClients = 500
	ackEvery   = 500 * time.Millisecond // of each client: 1 000 a second together
	ackTime    = 3 * time.Second
)

func benchmarkAck(b *testing.B) {
	h := open(b, onDisk)
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled,
			Subprotocols: []string{"beseda.v1.msgpack"}, InsecureSkipVerify: true})
		if err != nil {
			return
		}
		for {
			kind, raw, err := c.Read(context.Background())
			if err != nil || c.Write(context.Background(), kind, raw) != nil {
				return
			}
		}
	}))
	b.Cleanup(echo.Close)
	ours, bare := make([]*line.Line, ackClients), make([]*line.Line, ackClients)
	for i := range ours {
		ours[i], _ = h.visitor("")
		h.say(ours[i], 0, "first")
		ours[i].Only(protocol.KindAccepted, protocol.KindRefused)
		l, err := line.Dial(h.ctx(), echo.URL, line.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(l.Close)
		bare[i] = l
	}
	floor := newBare(b)
	send := func(lines []*line.Line) func(int) error {
		return func(i int) error {
			_, err := lines[i].Do(context.Background(), protocol.KindMessageSend, &protocol.MessageSend{Text: chatText})
			return err
		}
	}
	const sides = 3
	var p50, p99 [sides][]float64 // of ours, the echo, and the echo with a commit
	for round := range benchRounds + 1 {
		for side, do := range [sides]func(int) error{send(ours), send(bare), func(i int) error {
			return errors.Join(send(bare)(i), floor.write(i))
		}} {
			if half, most := latency(b, do); round > 0 {
				p50[side], p99[side] = append(p50[side], half), append(p99[side], most)
			}
		}
	}
	over := func(a, b []float64) (out []float64) {
		for i := range a {
			out = append(out, a[i]/b[i])
		}
		return out
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(over(p50[0], p50[2])), "p50-of-echo+commit")
	b.ReportMetric(median(over(p99[0], p99[2])), "p99-of-echo+commit")
	b.ReportMetric(median(over(p50[0], p50[1])), "p50-of-echo")
	b.ReportMetric(median(over(p99[0], p99[1])), "p99-of-echo")
	b.ReportMetric(median(p50[0]), "p50-ms")
	b.ReportMetric(median(p99[0]), "p99-ms")
}

// latency has each client send at its own even pace.
func latency(b *testing.B, do func(client int) error) (p50, p99 float64) {
	took := make([][]time.Duration, ackClients)
	var wg sync.WaitGroup
	began := time.Now()
	for i := range took {
		wg.Go(func() {
			for at := began.Add(ackEvery * time.Duration(i) / ackClients); at.Sub(began) < ackTime; at = at.Add(ackEvery) {
				<-time.After(time.Until(at))
				sent := time.Now()
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(sent))
			}
		})
	}
	wg.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(took...)))
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return ms(all[len(all)/2]), ms(all[len(all)*99/100])
}
