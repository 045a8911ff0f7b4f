package link_test

import (
	"fmt"
	"testing"

	"beseda/protocol"
	"beseda/wasm/link"
)

// record is a Conn that writes down what it is asked for.
type record struct {
	said   []string
	sent   [][]byte
	timers map[int]int64
}

func (r *record) Connect(path string) { r.say("connect %s", path) }

func (r *record) SendFrames(b []byte) {
	r.sent = append(r.sent, append([]byte(nil), b...))
	for f, err := range protocol.Frames(b) {
		if err != nil {
			panic(err)
		}
		r.say("%s", f.Kind)
	}
}

func (r *record) Disconnect() { r.say("disconnect") }

func (r *record) Timer(id int, ms int64) {
	if r.timers == nil {
		r.timers = map[int]int64{}
	}
	r.timers[id] = ms
}

func (r *record) CancelTimer(id int) { delete(r.timers, id) }

func (r *record) say(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

// heard answers what was asked for since the last call.
func (r *record) heard() []string {
	said := r.said
	r.said = nil
	return said
}

// frames answers the frames sent since the last call.
func (r *record) frames(t *testing.T) []protocol.Frame {
	t.Helper()
	var all []protocol.Frame
	for _, b := range r.sent {
		for f, err := range protocol.Frames(b) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, f)
		}
	}
	r.sent = nil
	return all
}

const (
	line  = 10 // the link's timers
	retry = 11
)

func visitor() *link.Link {
	return link.New(link.Config{
		Path: "/ws", Hello: protocol.Hello{Channel: "01HZX3V9Q4D8N7M2K5J1R6T0WC"}, Seed: [2]uint64{1, 2}, Timer: line,
	})
}

func operator() *link.Link {
	return link.New(link.Config{Path: "/ws", Seed: [2]uint64{3, 4}, Timer: line})
}

func bytes(frames ...protocol.Frame) []byte {
	var b []byte
	for i := range frames {
		b = protocol.AppendFrame(b, &frames[i])
	}
	return b
}

func frame(kind protocol.Kind, id protocol.CommandID, body protocol.Body) protocol.Frame {
	return protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)}
}

const thread = protocol.ThreadID("01HZX3V9Q4D8N7M2K5J1R6T0TH")

func sent(position protocol.Position, text string) protocol.Frame {
	f := frame(protocol.KindMessageSent, "", &protocol.MessageSent{Text: text})
	f.Position, f.Thread, f.Conversation = position, thread, 7
	return f
}

func welcome(position protocol.Position, items ...protocol.Frame) protocol.Frame {
	return frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: position,
		Visitor: &protocol.VisitorWelcome{Visitor: "01HZX3V9Q4D8N7M2K5J1R6T0VV", Thread: thread, History: protocol.History{Items: items}}})
}

func operatorWelcome() protocol.Frame {
	return frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: 100, Operator: &protocol.OperatorWelcome{}})
}

// live is a link that is welcomed, with nothing left to read in its record.
func live(t *testing.T, l *link.Link, w protocol.Frame) *record {
	t.Helper()
	r := &record{}
	l.Open(0, r)
	l.Opened(10, r)
	if got := l.Frames(20, r, bytes(w)); len(got) != 1 || l.Phase() != link.Live {
		t.Fatalf("not welcomed: %v, phase %d", got, l.Phase())
	}
	r.heard()
	r.sent = nil
	return r
}
