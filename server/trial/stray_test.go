package trial

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// strays are visitors who come once, say one thing to a server that may be dying, and never come back to say it again.
type strays struct {
	house *house
	mu    sync.Mutex
	all   []stray
}

type stray struct {
	text     string
	answered bool
}

// straysPerRound come one after another.
const straysPerRound = 40

// come lets strays come until the server is gone. The function returned waits for that.
func (s *strays) come(ctx context.Context) (ends func()) {
	done := make(chan struct{})
	base := s.house.url()
	go func() {
		defer close(done)
		for range straysPerRound {
			if !s.visit(ctx, base) {
				return
			}
		}
	}()
	return func() { <-done }
}

// flow lets strays come until it is over.
func (s *strays) flow(ctx context.Context, over <-chan struct{}) (ends func()) {
	done := make(chan struct{})
	base := s.house.url()
	go func() {
		defer close(done)
		for s.visit(ctx, base) {
			select {
			case <-over:
				return
			default:
			}
		}
	}()
	return func() { <-done }
}

// visit is one stray's, and tells whether the server still lived at its end.
func (s *strays) visit(ctx context.Context, base string) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	l, err := line.Dial(ctx, base, line.Options{})
	if err != nil {
		return false
	}
	defer l.Close()
	if _, err := l.Hello(ctx, protocol.Hello{Channel: s.house.channel}); err != nil {
		return false
	}
	text := "a stray's " + string(line.NewID())
	_, err = l.Do(ctx, protocol.KindMessageSend, &protocol.MessageSend{Text: text})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, stray{text, err == nil})
	return err == nil
}

// agree asserts that what was acknowledged is there once, and everything else at most once.
func (s *strays) agree(t testing.TB, found records) (stored, unanswered int) {
	t.Helper()
	times := make(map[string]int)
	for _, conversation := range found.conversations {
		for _, m := range conversation {
			times[m.text]++
		}
	}
	for _, x := range slices.All(s.all) {
		n := times[x.text]
		switch {
		case n > 1:
			t.Errorf("%q stands there %d times", x.text, n)
		case n == 0 && x.answered:
			t.Errorf("%q was acknowledged and is lost", x.text)
		case n == 1 && !x.answered:
			unanswered++
		}
		stored += min(n, 1)
	}
	return stored, unanswered
}
