package link_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/link"
)

// The model is a server with a log, and a network that loses lines, delays frames and repeats events. Time is a number
// that jumps from one thing that happens to the next.

type model struct {
	r   *rand.Rand
	now int64
	l   *link.Link
	// kept is the records as the page before left them.
	kept map[protocol.CommandID][]byte
	// calm ends all trouble, so that everything can come to its end.
	calm bool

	log   []protocol.Frame                    // the thread
	known map[protocol.CommandID]protocol.Raw // accepted before: the answer
	line  int                                 // of the connection; frames of older ones are lost
	open  bool                                // the server welcomed it
	held  protocol.Position                   // sent to the client on this line
	queue []happening
	next  int // orders what happens at the same time

	screen []string // what the app shows
	shown  map[protocol.Position]bool
	fault  string
}

type happening struct {
	at    int64
	order int
	do    func()
}

func (m *model) after(ms int64, do func()) {
	m.next++
	m.queue = append(m.queue, happening{m.now + ms, m.next, do})
}

// online is after for things that a lost line takes with it; those of one direction keep their order.
func (m *model) online(floor *int64, do func()) {
	line, ms := m.line, int64(1+m.r.IntN(40))
	*floor = max(*floor, m.now+ms)
	m.after(*floor-m.now, func() {
		if line == m.line {
			do()
		}
	})
}

type network struct {
	*model
	up, down int64
	timers   map[int]int
}

func (n *network) Connect(string) {
	n.line++
	n.open, n.up, n.down = false, 0, 0
	if !n.calm && n.r.IntN(4) == 0 {
		n.online(&n.down, func() { n.cut() })
		return
	}
	n.online(&n.down, func() { n.l.Opened(n.now, n) })
	if !n.calm && n.r.IntN(2) == 0 { // this line will not live long
		line := n.line
		n.after(int64(n.r.IntN(1500)), func() {
			if line == n.line {
				n.cut()
			}
		})
	}
}

func (n *network) cut() {
	n.line++
	n.l.Closed(n.now, n)
}

func (n *network) Disconnect() { n.line++ }

func (n *network) CancelTimer(id int) { n.timers[id]++ }

func (n *network) Timer(id int, ms int64) {
	n.timers[id]++
	set := n.timers[id]
	n.after(ms, func() {
		if n.timers[id] == set {
			n.l.Fired(n.now, n, id)
		}
	})
}

func (n *network) SendFrames(b []byte) {
	b = slices.Clone(b)
	n.online(&n.up, func() {
		for f, err := range protocol.Frames(b) {
			if err != nil {
				n.fault = "the server cannot read what it got"
				return
			}
			n.serve(f)
		}
	})
}

// say sends frames to the client, in one or several messages.
func (n *network) say(frames ...protocol.Frame) {
	b := bytes(frames...)
	n.online(&n.down, func() {
		for _, f := range n.l.Frames(n.now, n, b) {
			n.show(f)
		}
	})
}

func (n *network) serve(f protocol.Frame) {
	switch f.Kind {
	case protocol.KindHello:
		var h protocol.Hello
		if err := protocol.DecodeBody(f.Body, &h); err != nil {
			n.fault = err.Error()
			return
		}
		n.welcome(h)
	case protocol.KindPing:
		n.say(frame(protocol.KindPong, f.ID, &protocol.Pong{}))
	case protocol.KindMessageSend:
		if !n.open {
			n.fault = "a command before the welcome"
			return
		}
		n.store(f)
	}
}

func (n *network) welcome(h protocol.Hello) {
	from := protocol.Position(0)
	if len(h.Resume) > 0 {
		from = h.Resume[0].Position
	}
	reset := from == 0
	if !n.calm && from > 0 {
		switch n.r.IntN(3) {
		case 0: // too generous
			from -= min(from, protocol.Position(n.r.IntN(4)))
		case 1: // the gap is long: the newest page, which here is all of it
			from, reset = 0, true
		}
	}
	var items []protocol.Frame
	for _, f := range n.log {
		if f.Position > from {
			items = append(items, f)
		}
	}
	n.open, n.held = true, protocol.Position(len(n.log))
	n.say(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: n.held, Visitor: &protocol.VisitorWelcome{
		Thread: thread, VisitorKey: "key", History: protocol.History{Items: items, Reset: reset}}}))
}

func (n *network) store(f protocol.Frame) {
	if answer, ok := n.known[f.ID]; ok {
		n.say(protocol.Frame{Kind: protocol.KindAccepted, ID: f.ID, Body: answer})
		return
	}
	if !n.calm {
		switch n.r.IntN(8) {
		case 0:
			n.say(frame(protocol.KindRefused, f.ID, &protocol.Refused{Code: protocol.CodeRateLimited, RetryMs: int64(n.r.IntN(3000))}))
			return
		case 1:
			n.say(frame(protocol.KindGoodbye, "", &protocol.Goodbye{Code: protocol.CodeGoingAway}))
			n.open = false
			return
		}
	}
	var m protocol.MessageSend
	if err := protocol.DecodeBody(f.Body, &m); err != nil {
		n.fault = err.Error()
		return
	}
	answer := protocol.EncodeBody(&protocol.Accepted{Position: protocol.Position(len(n.log) + 1), Thread: thread})
	n.known[f.ID] = answer
	event := n.append(f.ID, m.Text)
	accepted := protocol.Frame{Kind: protocol.KindAccepted, ID: f.ID, Body: answer}
	if n.r.IntN(2) == 0 {
		n.say(accepted, event)
	} else {
		n.say(event, accepted)
	}
}

// append writes to the log.
func (n *network) append(id protocol.CommandID, text string) protocol.Frame {
	f := frame(protocol.KindMessageSent, id, &protocol.MessageSent{Text: text})
	f.Position, f.Thread = protocol.Position(len(n.log)+1), thread
	n.log = append(n.log, f)
	return f
}

// other is a message of the team, with events that came before once more.
func (n *network) other(text string) {
	f := n.append("", text)
	if !n.open {
		return
	}
	frames := []protocol.Frame{f}
	if !n.calm && n.r.IntN(3) == 0 {
		frames = append(slices.Clone(n.log[max(0, len(n.log)-1-n.r.IntN(4)):]), f)
	}
	n.say(frames...)
}

// show is the app: it keeps what it gets, in the order it comes, and drops all at a reset.
func (n *network) show(f protocol.Frame) {
	add := func(f protocol.Frame) {
		var m protocol.MessageSent
		if err := protocol.DecodeBody(f.Body, &m); err != nil {
			n.fault = err.Error()
		}
		if n.shown[f.Position] {
			n.fault = fmt.Sprintf("position %d twice", f.Position)
		}
		n.shown[f.Position] = true
		n.screen = append(n.screen, m.Text)
	}
	switch f.Kind {
	case protocol.KindWelcome:
		var w protocol.Welcome
		if err := protocol.DecodeBody(f.Body, &w); err != nil {
			n.fault = err.Error()
			return
		}
		if w.Visitor.History.Reset {
			n.screen, n.shown = nil, map[protocol.Position]bool{}
		}
		for _, item := range w.Visitor.History.Items {
			add(item)
		}
	case protocol.KindMessageSent:
		add(f)
	}
}

func texts(t *testing.T, log []protocol.Frame) []string {
	t.Helper()
	var all []string
	for _, f := range log {
		var m protocol.MessageSent
		if err := protocol.DecodeBody(f.Body, &m); err != nil {
			t.Fatal(err)
		}
		all = append(all, m.Text)
	}
	return all
}

func TestEveryMessageArrivesOnceAndInOrderOverABadLine(t *testing.T) {
	t.Parallel()
	runs := uint64(4000)
	if testing.Short() {
		runs = 300
	}
	for seed := range runs {
		n := &network{model: &model{r: rand.New(rand.NewPCG(seed, 7)), now: 1_700_000_000_000, known: map[protocol.CommandID]protocol.Raw{},
			kept: map[protocol.CommandID][]byte{}, shown: map[protocol.Position]bool{}}, timers: map[int]int{}}
		make := func() *link.Link {
			return link.New(link.Config{Path: "/ws", Timer: line, Seed: [2]uint64{n.r.Uint64(), n.r.Uint64()},
				Hello: protocol.Hello{Channel: "01HZX3V9Q4D8N7M2K5J1R6T0WC"}})
		}
		n.l = make()
		n.l.Open(n.now, n)
		count := 1 + n.r.IntN(12)
		at := int64(0)
		for i := range count {
			at += int64(n.r.IntN(700))
			n.after(at, func() { n.l.Send(n.now, n, 0, protocol.KindMessageSend, message(fmt.Sprintf("mine %d", i))) })
			if n.r.IntN(2) == 0 {
				n.after(at+int64(n.r.IntN(300)), func() { n.other(fmt.Sprintf("theirs %d", i)) })
			}
			if n.r.IntN(6) == 0 { // the page is loaded anew; the loader's record survives, the screen does not
				n.after(at+int64(n.r.IntN(300)), func() {
					n.line++
					n.l = make()
					n.timers = map[int]int{line: n.timers[line] + 1, retry: n.timers[retry] + 1}
					n.screen, n.shown = nil, map[protocol.Position]bool{}
					n.l.Open(n.now, n)
					n.l.Import(n.now, n, slices.Collect(maps.Values(n.kept))...) // in any order
				})
			}
			if n.r.IntN(5) == 0 {
				n.after(at+int64(n.r.IntN(600)), func() { n.l.Wake(n.now, n) })
			}
		}
		n.after(at+5000, func() { n.calm = true })
		for steps := 0; len(n.queue) > 0 && n.fault == "" && n.now < 1_700_000_000_000+200_000; steps++ {
			first := 0
			for i, h := range n.queue {
				if b := n.queue[first]; h.at < b.at || (h.at == b.at && h.order < b.order) {
					first = i
				}
			}
			h := n.queue[first]
			n.queue = slices.Delete(n.queue, first, first+1)
			n.now = h.at
			h.do()
			for id, b := range n.l.Records {
				if b == nil {
					delete(n.kept, id)
				} else {
					n.kept[id] = b
				}
			}
		}
		if n.fault != "" {
			t.Fatalf("seed %d: %s", seed, n.fault)
		}
		stored := texts(t, n.log)
		var mine, want []string
		for _, s := range stored {
			if strings.HasPrefix(s, "mine") {
				mine = append(mine, s)
			}
		}
		for i := range count {
			want = append(want, fmt.Sprintf("mine %d", i))
		}
		if diff := cmp.Diff(want, mine); diff != "" {
			t.Fatalf("seed %d: the log has: %s", seed, diff)
		}
		if diff := cmp.Diff(stored, n.screen); diff != "" {
			t.Fatalf("seed %d: the screen shows: %s", seed, diff)
		}
		for e := range n.l.Outbox {
			t.Fatalf("seed %d: still in the outbox: %+v", seed, e)
		}
		if len(n.kept) != 0 {
			t.Fatalf("seed %d: still kept: %v", seed, n.kept)
		}
	}
}
