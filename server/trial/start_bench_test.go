package trial

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
	"beseda/store/badgerdb"
)

var stock = flag.Int("trial.messages", 1_000_000, "messages in the store whose start is measured")

const (
	perConversation = 20
	fillers         = 512 // conversations that go on at once while the store is filled
	startRounds     = 5
	// beforeCrash is what is sent before each kill: most of what Badger may have to replay.
	beforeCrash = 6000
)

// BenchmarkStart measures how long a start takes, to "Listening", over a large store: after it was closed, and after a
// kill -9 while it took messages.
func BenchmarkStart(b *testing.B) {
	h := settle(b, folder(b))
	h.stop()
	began := time.Now()
	fill(b, h, *stock)
	b.Logf("filled with %d messages in %.0f s, %d MB", *stock, time.Since(began).Seconds(), size(b, h.data)>>20)
	timed(b, h, nil).stop() // whatever the first opening does once
	var clean, crash []time.Duration
	for b.Loop() {
		for range startRounds {
			timed(b, h, &clean)
			burst(b, h, beforeCrash)
			h.process.kill()
			timed(b, h, &crash)
			h.stop()
		}
	}
	b.Logf("after closing %v, after a kill %v", clean, crash)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(clean).Seconds(), "s/clean")
	b.ReportMetric(median(crash).Seconds(), "s/crash")
	b.ReportMetric(median(crash).Seconds()/median(clean).Seconds(), "crash/clean")
}

func median(all []time.Duration) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

// timed starts a house and notes how long that took.
func timed(t testing.TB, h *house, into *[]time.Duration) *house {
	t.Helper()
	began := time.Now()
	h.start()
	if into != nil {
		*into = append(*into, time.Since(began))
	}
	return h
}

// fill puts messages into the folder of a house that is not served, through the engine and by the desk's rules, only
// without a network.
func fill(t testing.TB, h *house, messages int) {
	t.Helper()
	db, err := badgerdb.Open(h.data, badgerdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	newID := func() string { return ulid.MustNew(ulid.Now(), rand.Reader).String() }
	e, err := engine.New(engine.Config{
		Store: db, Workspace: store.Main, Domain: desk.Domain{}, Now: time.Now, NewID: newID,
		Published: func([]protocol.Frame, store.Reader) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	say := func(c call.Call, n protocol.Number, text string) (protocol.Number, error) {
		a, err := e.Do(t.Context(), engine.Command{Author: c.Author(), ID: protocol.CommandID(newID()),
			Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
				c.Now, c.NewID = now, newID
				return desk.Decide(r, c, &protocol.MessageSend{Conversation: n, Text: text})
			}})
		return a.Conversation, err
	}
	ann := call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann.id), Name: "Ann"}, Admin: true}
	conversations := make(chan int)
	var workers sync.WaitGroup
	for range fillers {
		workers.Go(func() {
			for i := range conversations {
				visitor := call.Call{By: protocol.Actor{Kind: protocol.ActorVisitor, ID: newID()}, Channel: h.channel, Language: "en"}
				n, err := say(visitor, 0, fmt.Sprintf("Good day, this is conversation %d. Do you have the blue one in stock?", i))
				for m := 1; m < perConversation && err == nil; m++ {
					if m%4 == 0 {
						_, err = say(ann, n, fmt.Sprintf("Yes, we have %d of them; shall I keep one back for you?", m))
					} else {
						_, err = say(visitor, 0, fmt.Sprintf("And what of the one in size %d, with the longer handle?", m))
					}
				}
				if err != nil {
					t.Errorf("conversation %d: %v", i, err)
					return
				}
			}
		})
	}
	for i := range messages / perConversation {
		if t.Failed() {
			break
		}
		conversations <- i
	}
	close(conversations)
	workers.Wait()
	e.Close()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// burst sends messages through the socket, some ahead of their answers.
func burst(t testing.TB, h *house, messages int) {
	t.Helper()
	const senders = 8
	ctx := bounded(t, minute)
	var all sync.WaitGroup
	for range senders {
		all.Go(func() {
			if err := stream(ctx, h, messages/senders); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func stream(ctx context.Context, h *house, messages int) error {
	l, err := line.Dial(ctx, h.url(), line.Options{})
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err := l.Hello(ctx, protocol.Hello{Channel: h.channel}); err != nil {
		return err
	}
	var waiting []protocol.CommandID
	for i := range messages {
		id, err := l.Send(ctx, protocol.KindMessageSend, &protocol.MessageSend{Text: fmt.Sprintf("one more thing, number %d", i)})
		if err != nil {
			return err
		}
		if waiting = append(waiting, id); len(waiting) == 32 || i == messages-1 {
			for _, id := range waiting {
				if _, err := l.Answer(ctx, id); err != nil {
					return err
				}
			}
			waiting = waiting[:0]
			l.Take()
		}
	}
	return nil
}

// size is what a folder holds, in bytes on the disk.
func size(t testing.TB, dir string) (sum int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "ballast" {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Sys().(*syscall.Stat_t).Blocks * 512
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}
