//go:build unix

package desk_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/badgerdb"
)

const (
	benchWriters = 500
	benchRounds  = 5
	benchTime    = time.Second // of each side in each round
)

// BenchmarkEngine compares message.send through desk and engine with the store's bare group commit, in turn within one
// run: 500 writers, each waiting for its answer. The bare side stores 3 keys and 300 bytes for each write. On a machine
// that does other things too, the ratio of processor time says more than that of throughput.
func BenchmarkEngine(b *testing.B) {
	for _, mode := range []struct {
		name string
		team bool
	}{{"visitors write", false}, {"operators answer", true}} {
		b.Run(mode.name, func(b *testing.B) {
			for b.Loop() {
				benchmarkEngine(b, mode.team)
			}
		})
	}
}

func benchmarkEngine(b *testing.B, team bool) {
	bare, desk := newBare(b), newBusyDesk(b, team)
	var ratios, cpuRatios, commands, cpu []float64
	for range benchRounds {
		base, got := throughput(bare.write), throughput(desk.send)
		ratios, commands = append(ratios, got.perSecond/base.perSecond), append(commands, got.perSecond)
		cpuRatios, cpu = append(cpuRatios, base.cpuMicros/got.cpuMicros), append(cpu, got.cpuMicros)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ratios), "of-bare")
	b.ReportMetric(median(cpuRatios), "of-bare-by-cpu")
	b.ReportMetric(median(commands), "commands/s")
	b.ReportMetric(median(cpu), "cpu-µs/command")
	b.ReportMetric(float64(desk.store.keys.Load())/float64(desk.sent.Load()), "keys/message")
	b.ReportMetric(float64(desk.store.bytes.Load())/float64(desk.sent.Load()), "B/message")
	b.ReportMetric(float64(desk.sent.Load())/float64(desk.store.commits.Load()), "messages/commit")
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

type rate struct{ perSecond, cpuMicros float64 }

// throughput is how often per second do returns when all writers call it, and what that costs.
func throughput(do func(writer int)) rate {
	var count atomic.Int64
	var wg sync.WaitGroup
	begin, cpu := time.Now(), cpuTime()
	for w := range benchWriters {
		wg.Go(func() {
			for time.Since(begin) < benchTime {
				do(w)
				count.Add(1)
			}
		})
	}
	wg.Wait()
	n := float64(count.Load())
	return rate{n / time.Since(begin).Seconds(), float64((cpuTime() - cpu).Microseconds()) / n}
}

// cpuTime is what this process has used of all processors.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// bare is the floor: one goroutine that gathers what waits and commits it.
type bare struct {
	waiting chan bareWrite
	next    atomic.Uint64
}

type bareWrite struct {
	writes []store.Write
	done   chan error
}

func newBare(b *testing.B) *bare {
	db := openBench(b)
	l := &bare{waiting: make(chan bareWrite, 1024)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		l.loop(db)
	}()
	b.Cleanup(func() { close(l.waiting); <-ended })
	return l
}

func (l *bare) loop(db store.Store) {
	for first := range l.waiting {
		batch, asked := first.writes, []chan error{first.done}
		for more := true; more && len(asked) < 1024; {
			select {
			case w, ok := <-l.waiting:
				if more = ok; ok {
					batch, asked = append(batch, w.writes...), append(asked, w.done)
				}
			default:
				more = false
			}
		}
		err := db.Commit(batch)
		for _, done := range asked {
			done <- err
		}
	}
}

func (l *bare) write(int) {
	n := l.next.Add(1)
	w := bareWrite{done: make(chan error, 1)}
	for table := range byte(3) {
		key := binary.BigEndian.AppendUint64([]byte{0, 0, 0, 1, table}, n)
		w.writes = append(w.writes, store.Write{Key: key, Value: make([]byte, 100)})
		copy(w.writes[table].Value, benchText)
	}
	l.waiting <- w
	if err := <-w.done; err != nil {
		panic(err)
	}
}

var benchText = strings.Repeat("Is it in stock in size 38? ", 4)

// busyDesk is an engine with 500 conversations under way.
type busyDesk struct {
	engine *engine.Engine
	store  *counted
	ids    atomic.Int64
	sent   atomic.Int64
	by     [benchWriters]call.Call
	to     [benchWriters]protocol.Number
}

// counted counts what is stored.
type counted struct {
	store.Store
	keys, bytes, commits atomic.Int64
}

func (c *counted) Commit(batch []store.Write) error {
	c.commits.Add(1)
	c.keys.Add(int64(len(batch)))
	for _, w := range batch {
		c.bytes.Add(int64(len(w.Key) + len(w.Value)))
	}
	return c.Store.Commit(batch)
}

func newBusyDesk(b *testing.B, team bool) *busyDesk {
	d := &busyDesk{store: &counted{Store: openBench(b)}}
	e, err := engine.New(engine.Config{
		Store: d.store, Workspace: store.Main, Domain: desk.Domain{}, Now: time.Now, NewID: d.newID,
		Published: func([]protocol.Frame, store.Reader) {},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(e.Close)
	d.engine = e
	channel := protocol.ChannelID(d.newID())
	people := make([]protocol.OperatorID, 20)
	d.prepare(b, func(tx store.Outcome) store.Outcome {
		api := call.Call{By: protocol.Actor{Kind: protocol.ActorAPI}, Now: time.Now().UnixMilli()}
		tx.Events = append(tx.Events, api.Event(protocol.KindChannelCreated, protocol.EncodeBody(&protocol.ChannelCreated{
			Channel: protocol.Channel{ID: channel, Looks: protocol.Looks{Name: "Shop", Color: "#000000"}},
		})))
		for i := range people {
			people[i] = protocol.OperatorID(d.newID())
			tx.Events = append(tx.Events,
				api.Event(protocol.KindOperatorInvited, protocol.EncodeBody(&protocol.OperatorInvited{
					Operator: people[i], Name: fmt.Sprint("Operator ", i), Role: protocol.RoleOperator})),
				api.Event(protocol.KindOperatorJoined, protocol.EncodeBody(&protocol.OperatorJoined{
					Operator: people[i], Name: fmt.Sprint("Operator ", i)})))
		}
		return tx
	})
	for w := range benchWriters {
		visitor := call.Call{By: protocol.Actor{Kind: protocol.ActorVisitor, ID: d.newID()}, Channel: channel}
		a, err := d.do(visitor, &protocol.MessageSend{Text: "hello"})
		if err != nil {
			b.Fatal(err)
		}
		d.by[w] = visitor
		if team {
			d.to[w] = a.Conversation
			d.by[w] = call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(people[w%len(people)])}}
		}
		d.send(w)
	}
	d.sent.Store(0)
	d.store.keys.Store(0)
	d.store.bytes.Store(0)
	d.store.commits.Store(0)
	return d
}

func (d *busyDesk) prepare(b *testing.B, fn func(store.Outcome) store.Outcome) {
	_, err := d.engine.Do(context.Background(), engine.Command{
		Decide: func(store.Reader, int64, func() string) (store.Outcome, error) { return fn(store.Outcome{}), nil },
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (d *busyDesk) newID() string { return fmt.Sprintf("01JD%022d", d.ids.Add(1)) }

func (d *busyDesk) send(w int) {
	d.sent.Add(1)
	if _, err := d.do(d.by[w], &protocol.MessageSend{Conversation: d.to[w], Text: benchText}); err != nil {
		panic(err)
	}
}

func (d *busyDesk) do(c call.Call, body protocol.Body) (protocol.Accepted, error) {
	return d.engine.Do(context.Background(), engine.Command{Author: c.Author(), ID: protocol.CommandID(d.newID()),
		Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
			c.Now, c.NewID = now, newID
			return desk.Decide(r, c, body)
		}})
}

func openBench(b *testing.B) store.Store {
	db, err := badgerdb.Open(b.TempDir(), badgerdb.Options{Ballast: -1})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return db
}
