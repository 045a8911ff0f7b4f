package trial

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// outstanding is how many messages a bot sends ahead of their answers.
const outstanding = 8

// bot is an integration that speaks JSON and does not wait: a crash finds several of its messages in one batch. After
// it, the bot sends again what was not answered, in order and with the same ids, before anything new.
type bot struct {
	house      *house
	token, id  string
	number     protocol.Number
	speech     speech
	unanswered []unanswered
	fault      error
}

type unanswered struct {
	id   protocol.CommandID
	text string
}

func newBot(t testing.TB, h *house, n protocol.Number) *bot {
	t.Helper()
	b := &bot{house: h, number: n, speech: speech{who: "bot", said: make(map[protocol.Number][]string)}}
	b.token = strings.TrimSpace(succeed(t, "bot", "add", "Echo", "--data", h.data))
	l := h.dial(line.Options{Bearer: b.token, JSON: true})
	defer l.Close()
	w, err := l.Hello(bounded(t, 10*time.Second), protocol.Hello{})
	if err != nil {
		t.Fatal(err)
	}
	b.id = string(w.Operator.Me.ID)
	return b
}

func (b *bot) more(n int) { b.speech.quota += n }

func (b *bot) pending() int { return len(b.unanswered) }

// talk lets the bot talk until the server is gone or all is said. The function returned waits for that; until then the
// bot is its goroutine's.
func (b *bot) talk(ctx context.Context) (ends func()) {
	done := make(chan struct{})
	base := b.house.url()
	go func() {
		defer close(done)
		ctx, cancel := context.WithTimeout(ctx, minute)
		defer cancel()
		err := b.converse(ctx, base)
		var refusal *protocol.Refusal
		if errors.As(err, &refusal) {
			b.fault = err
		}
	}()
	return func() { <-done }
}

func (b *bot) converse(ctx context.Context, base string) error {
	l, err := line.Dial(ctx, base, line.Options{Bearer: b.token, JSON: true})
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err := l.Hello(ctx, protocol.Hello{}); err != nil {
		return err
	}
	for _, u := range b.unanswered {
		if err := b.send(ctx, l, u); err != nil {
			return err
		}
	}
	for {
		for b.speech.quota > 0 && len(b.unanswered) < outstanding {
			u := unanswered{line.NewID(), b.speech.next()}
			b.speech.quota--
			b.speech.said[b.number] = append(b.speech.said[b.number], u.text)
			b.unanswered = append(b.unanswered, u)
			if err := b.send(ctx, l, u); err != nil {
				return err
			}
		}
		if len(b.unanswered) == 0 {
			return nil
		}
		if _, err := l.Answer(ctx, b.unanswered[0].id); err != nil {
			return err
		}
		b.unanswered = b.unanswered[1:]
	}
}

func (b *bot) send(ctx context.Context, l *line.Line, u unanswered) error {
	return l.Frame(ctx, protocol.Frame{Kind: protocol.KindMessageSend, ID: u.id,
		Body: protocol.EncodeBody(&protocol.MessageSend{Conversation: b.number, Text: u.text})})
}

// finish has the bot say the rest.
func (b *bot) finish(t testing.TB) {
	t.Helper()
	b.talk(t.Context())()
	if b.fault != nil || b.pending() > 0 || b.speech.quota > 0 {
		t.Fatalf("the bot has %d unanswered, %d unsaid: %v", b.pending(), b.speech.quota, b.fault)
	}
}

// agree asserts that all of it is there, once and in order.
func (b *bot) agree(t testing.TB, found records) {
	t.Helper()
	if d := differ("the bot", found.conversations[b.number].by(b.id), b.speech.said[b.number]); d != "" {
		t.Error(d)
	}
}
