package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"nhooyr.io/websocket"

	"beseda/protocol"
)

const (
	thread = protocol.ThreadID("01J000000000000000000THR00")
	me     = protocol.OperatorID("01J0000000000000000000B0T0")
	ann    = protocol.OperatorID("01J0000000000000000000ANN0")
)

func ids() func() protocol.CommandID {
	n := 0
	return func() protocol.CommandID {
		n++
		return protocol.CommandID("01J0000000000000000000" + fmt.Sprintf("%04d", n))
	}
}

func visitor() *protocol.Actor { return &protocol.Actor{Kind: protocol.ActorVisitor, ID: "V"} }
func team() *protocol.Actor    { return &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann)} }

func item(at protocol.Position, by *protocol.Actor, text string) protocol.Frame {
	return protocol.Frame{
		Kind: protocol.KindMessageSent, Position: at, At: 1_700_000_000_000, Actor: by, Thread: thread, Conversation: 7,
		Body: protocol.EncodeBody(&protocol.MessageSent{Text: text}),
	}
}

func row(last protocol.Position, by *protocol.Actor, change ...func(*protocol.Row)) protocol.Row {
	r := protocol.Row{Number: 7, Thread: thread, Activity: protocol.Active, LastPosition: last, LastActor: by}
	for _, c := range change {
		c(&r)
	}
	return r
}

func inbox(rows ...protocol.Row) protocol.Frame {
	return command(protocol.KindInbox, "", &protocol.Inbox{Rows: rows})
}

// lost is that the list shows #7 no more: it is completed, or not for us.
func lost(how func(*protocol.Inbox, protocol.Number)) protocol.Frame {
	var in protocol.Inbox
	how(&in, 7)
	return command(protocol.KindInbox, "", &in)
}

func left(in *protocol.Inbox, n protocol.Number) { in.Left = append(in.Left, n) }
func gone(in *protocol.Inbox, n protocol.Number) { in.Gone = append(in.Gone, n) }

func history(items ...protocol.Frame) protocol.Frame {
	return command(protocol.KindHistory, "", &protocol.History{Conversation: 7, Items: items})
}

func welcome(rows ...protocol.Row) protocol.Frame {
	return command(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Operator: &protocol.OperatorWelcome{
		Me: protocol.Operator{ID: me, Name: "Echo"}, Bot: true, Inbox: protocol.Inbox{Rows: rows},
	}})
}

func TestWhatTheBotSays(t *testing.T) {
	t.Parallel()
	assigned := func(r *protocol.Row) { r.Assignee = ann }
	completed := func(r *protocol.Row) { r.Activity = protocol.Completed }
	for name, tt := range map[string]struct {
		hears []protocol.Frame
		want  []string // what it says to the last
	}{
		"it looks where a visitor wrote":               {[]protocol.Frame{welcome(row(5, visitor()))}, []string{"read 7"}},
		"it lets alone what was answered before":       {[]protocol.Frame{welcome(row(5, team()))}, nil},
		"it lets alone what a person has":              {[]protocol.Frame{welcome(row(5, visitor(), assigned))}, nil},
		"it lets alone what is completed":              {[]protocol.Frame{welcome(row(5, visitor(), completed))}, nil},
		"it looks again when the row moved":            {[]protocol.Frame{welcome(row(5, team())), inbox(row(6, visitor()))}, []string{"read 7"}},
		"it looks once":                                {[]protocol.Frame{welcome(), history(item(5, visitor(), "a")), inbox(row(5, visitor()))}, nil},
		"it echoes each message":                       {[]protocol.Frame{welcome(), history(item(5, visitor(), "a"), item(6, visitor(), "b"))}, []string{"send a", "send b"}},
		"it begins after the team's last word":         {[]protocol.Frame{welcome(), history(item(4, visitor(), "a"), item(5, team(), "b"), item(6, visitor(), "c"))}, []string{"send c"}},
		"it echoes what came beside its own answer":    {[]protocol.Frame{welcome(), history(item(5, visitor(), "a")), history(item(5, visitor(), "a"), item(6, visitor(), "b"), item(7, team(), "a"))}, []string{"send b"}},
		"it does not catch up on what a person had":    {[]protocol.Frame{welcome(row(5, team())), inbox(row(8, visitor(), assigned)), inbox(row(8, visitor()))}, nil},
		"it lets alone what was answered off its list": {[]protocol.Frame{welcome(), history(item(5, visitor(), "a")), lost(left), inbox(row(8, team()))}, nil},
		"it begins anew with what comes back":          {[]protocol.Frame{welcome(), history(item(5, visitor(), "a")), lost(gone), inbox(row(9, visitor())), history(item(6, visitor(), "b"), item(7, team(), "c"), item(9, visitor(), "d"))}, []string{"send d"}},
		"it takes no notice of what it does not know":  {[]protocol.Frame{welcome(), {Kind: "rating.answered"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEcho(ids())
			var said []protocol.Frame
			for _, f := range tt.hears {
				var err error
				if said, err = e.hear(f); err != nil {
					t.Fatal(err)
				}
			}
			var got []string
			for _, f := range said {
				got = append(got, words(t, f))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func words(t *testing.T, f protocol.Frame) string {
	t.Helper()
	body, refusal := protocol.Decode(f, protocol.FromBot)
	if refusal != nil {
		t.Fatalf("the server would refuse %s: %v", f.Kind, refusal)
	}
	switch b := body.(type) {
	case *protocol.HistoryRead:
		return "read " + strconv.Itoa(int(b.Conversation))
	case *protocol.MessageSend:
		return "send " + b.Text
	}
	return string(f.Kind)
}

func TestAnAnswerHasAlwaysTheSameID(t *testing.T) {
	t.Parallel()
	seen := make(map[protocol.CommandID]string)
	for _, f := range []protocol.Frame{item(5, visitor(), "a"), item(6, visitor(), "a"), item(5, visitor(), "changed")} {
		id, at := answerID(f), fmt.Sprint(f.Position)
		if !protocol.IsID(string(id)) {
			t.Errorf("%q is no id", id)
		}
		if had, ok := seen[id]; ok && had != at {
			t.Errorf("positions %s and %s have one id", had, at)
		}
		seen[id] = at
	}
	if len(seen) != 2 {
		t.Errorf("two positions have %d ids", len(seen))
	}
}

// peer is a server that follows a script: each connection is one function, and then it is cut.
func peer(t *testing.T, script ...func(*line)) string {
	t.Helper()
	next := make(chan func(*line), len(script))
	for _, f := range script {
		next <- f
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer besb_x" {
			t.Errorf("came with %q", r.Header.Get("Authorization"))
		}
		socket, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"beseda.v1.json"}})
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = socket.CloseNow() }()
		l := &line{t: t, ctx: t.Context(), socket: socket}
		if hello := l.next(); hello.Kind != protocol.KindHello {
			t.Errorf("said %s first", hello.Kind)
		}
		select {
		case f := <-next:
			f(l)
		default:
			t.Error("came once too often")
			l.say(command(protocol.KindGoodbye, "", &protocol.Goodbye{Code: protocol.CodeForbidden}))
		}
	}))
	t.Cleanup(s.Close)
	return s.URL + "/ws"
}

type line struct {
	t      *testing.T
	ctx    context.Context
	socket *websocket.Conn
	left   []protocol.Frame
}

func (l *line) next() protocol.Frame {
	for len(l.left) == 0 {
		_, raw, err := l.socket.Read(l.ctx)
		if err != nil {
			l.t.Errorf("read: %v", err)
			return protocol.Frame{}
		}
		for f, err := range protocol.FramesJSON(raw) {
			if err != nil {
				l.t.Errorf("frame: %v", err)
			}
			l.left = append(l.left, f)
		}
	}
	f := l.left[0]
	l.left = l.left[1:]
	return f
}

func (l *line) say(frames ...protocol.Frame) {
	if err := send(l.ctx, l.socket, frames...); err != nil {
		l.t.Errorf("write: %v", err)
	}
}

func TestAnAnswerCutOffIsSentAgainUnchanged(t *testing.T) {
	t.Parallel()
	said := make(chan protocol.Frame, 2)
	url := peer(t,
		func(l *line) {
			l.say(welcome(row(5, visitor())))
			if got := words(l.t, l.next()); got != "read 7" {
				l.t.Errorf("said %s", got)
			}
			l.say(history(item(5, visitor(), "hello")))
			said <- l.next() // and the line is cut before the answer
		},
		func(l *line) {
			l.say(welcome())
			second := l.next()
			said <- second
			l.say(command(protocol.KindAccepted, second.ID, &protocol.Accepted{Position: 6, Conversation: 7}))
			l.say(command(protocol.KindGoodbye, "", &protocol.Goodbye{Code: protocol.CodeGoingAway, RetryMs: 5000}))
		},
		func(l *line) {
			l.say(welcome(), command(protocol.KindPing, "", &protocol.Ping{})) // the ping is nothing to it
			l.say(command(protocol.KindGoodbye, "", &protocol.Goodbye{Code: protocol.CodeUnauthorized, Reason: "revoked"}))
			_, raw, err := l.socket.Read(l.ctx)
			if err == nil {
				l.t.Errorf("said %s though all was accepted", raw)
			}
		},
	)
	var waits []time.Duration
	b := &bot{echo: newEcho(ids()), url: url, token: "besb_x", sleep: func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	err := b.run(ctx)
	var over *ended
	if !errors.As(err, &over) || over.code != protocol.CodeUnauthorized {
		t.Errorf("ended with %v", err)
	}
	if len(said) != 2 {
		t.Fatalf("it answered %d times", len(said))
	}
	first, second := <-said, <-said
	if words(t, first) != "send hello" || first.ID == "" {
		t.Errorf("said %s", words(t, first))
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if len(waits) != 2 || waits[0] > time.Second || waits[1] < 5*time.Second {
		t.Errorf("waited %v", waits)
	}
}

func TestBackOffGrowsAndStaysRandom(t *testing.T) {
	t.Parallel()
	for tries, most := range []time.Duration{1, 2, 4, 8, 16, 30, 30, 30} {
		most *= time.Second
		different := make(map[time.Duration]bool)
		for range 20 {
			d := backOff(tries)
			different[d] = true
			if d < most/10 || d > most {
				t.Errorf("try %d waits %s, of at most %s", tries, d, most)
			}
		}
		if len(different) < 2 {
			t.Errorf("try %d waits always the same", tries)
		}
	}
}
