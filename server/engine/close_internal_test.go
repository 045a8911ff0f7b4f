package engine

import (
	"errors"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// TestWhatWaitsWhenTheWriterEndsIsAnswered lets the end and three commands come to the writer in the same moment, again
// and again, since it takes either first.
func TestWhatWaitsWhenTheWriterEndsIsAnswered(t *testing.T) {
	t.Parallel()
	for range 50 {
		e, err := newEngine(Config{Store: memory.New(), Workspace: store.Main, Domain: idle{}, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		answered := 0
		for range 3 {
			e.waiting <- &pending{
				cmd: Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) { return store.Outcome{}, nil }},
				done: func(_ protocol.Accepted, err error) {
					answered++
					if err != nil && !errors.Is(err, errStopped) {
						t.Error(err)
					}
				},
			}
		}
		close(e.stop)
		go e.commits()
		e.loop()
		if answered != 3 {
			t.Fatalf("%d of 3 were answered", answered)
		}
	}
}

// idle is a domain in which nothing happens.
type idle struct{}

func (idle) Apply(store.Tx, *protocol.Frame) error                             { return nil }
func (idle) Deadlines(store.Reader, *protocol.Frame) ([]store.Deadline, error) { return nil, nil }
func (idle) Fire(store.Reader, store.Deadline, func() string) (o store.Outcome, err error) {
	return o, nil
}
func (idle) Armed(store.Reader, func(store.Deadline)) error { return nil }
