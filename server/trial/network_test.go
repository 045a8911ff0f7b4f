package trial

import (
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// network is a TCP proxy in front of a house, with weather: every connection gets a fate by lot when it is made.
type network struct {
	listener net.Listener
	target   string // host:port
	over     chan struct{}
	running  sync.WaitGroup
	dice     *rand.Rand // of serve

	lines, cuts, resets, truncated, delayed atomic.Int64
}

// fate is what happens to the bytes of one direction.
type fate struct {
	bytes    int64 // so many pass, then the line goes
	reset    bool  // it goes with RST instead of FIN
	stuttery bool  // chunks wait, and come in pieces
	dice     *rand.Rand
}

const (
	// meanLife of a line, in bytes of either direction: a few dozen messages.
	meanLife = 24 << 10
	// longestDelay of one chunk.
	longestDelay = 5 * time.Millisecond
)

// spoil puts weather before a house.
func spoil(t testing.TB, r *rand.Rand, target string) *network {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &network{listener: l, target: target, over: make(chan struct{}), dice: rand.New(rand.NewPCG(r.Uint64(), 0))}
	n.running.Go(n.serve)
	t.Cleanup(func() {
		close(n.over)
		_ = l.Close()
		n.running.Wait()
	})
	return n
}

// url is where the house is found through the network.
func (n *network) url() string { return "http://" + n.listener.Addr().String() }

func (n *network) serve() {
	for {
		near, err := n.listener.Accept()
		if err != nil {
			return
		}
		n.lines.Add(1)
		up, down := n.draw(), n.draw()
		n.running.Go(func() { n.join(near.(*net.TCPConn), up, down) })
	}
}

// draw is the lot of one direction.
func (n *network) draw() fate {
	return fate{
		bytes: int64(n.dice.ExpFloat64() * meanLife), reset: n.dice.IntN(3) == 0, stuttery: n.dice.IntN(3) == 0,
		dice: rand.New(rand.NewPCG(n.dice.Uint64(), 0)),
	}
}

// join carries bytes both ways until one way's fate is fulfilled; then both ends lose the line.
func (n *network) join(near *net.TCPConn, up, down fate) {
	defer near.Close()
	c, err := net.Dial("tcp", n.target)
	if err != nil {
		return
	}
	far := c.(*net.TCPConn)
	defer far.Close()
	ended := make(chan struct{})
	var once sync.Once
	end := func() { once.Do(func() { close(ended) }) }
	var ways sync.WaitGroup
	for _, way := range []struct {
		to, from *net.TCPConn
		fate
	}{{far, near, up}, {near, far, down}} {
		ways.Go(func() {
			defer end()
			if n.carry(way.to, way.from, way.fate, ended) && way.reset {
				n.resets.Add(1)
				_ = near.SetLinger(0)
				_ = far.SetLinger(0)
			}
		})
	}
	select {
	case <-ended:
	case <-n.over:
	}
	_ = near.Close()
	_ = far.Close()
	end()
	ways.Wait()
}

// carry copies until its fate is fulfilled, which it tells, or the line is over.
func (n *network) carry(to io.Writer, from io.Reader, f fate, ended <-chan struct{}) (cut bool) {
	buffer := make([]byte, 4<<10)
	for {
		got, err := from.Read(buffer)
		if err != nil {
			return false
		}
		chunk := buffer[:got]
		if cut = int64(got) >= f.bytes; cut {
			if int64(got) > f.bytes {
				n.truncated.Add(1) // somebody gets the beginning of what was sent, and nothing after it
			}
			chunk = chunk[:f.bytes]
		}
		f.bytes -= int64(len(chunk))
		for len(chunk) > 0 {
			piece := chunk
			if f.stuttery {
				piece = chunk[:1+f.dice.IntN(len(chunk))]
				if f.dice.IntN(4) == 0 && !n.hold(f.dice, ended) {
					return false
				}
			}
			if _, err := to.Write(piece); err != nil {
				return false
			}
			chunk = chunk[len(piece):]
		}
		if cut {
			n.cuts.Add(1)
			return true
		}
	}
}

// hold delays what comes.
func (n *network) hold(dice *rand.Rand, ended <-chan struct{}) bool {
	n.delayed.Add(1)
	wait := time.NewTimer(time.Duration(dice.Int64N(int64(longestDelay))))
	defer wait.Stop()
	select {
	case <-wait.C:
		return true
	case <-ended:
		return false
	}
}
