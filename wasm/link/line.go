package link

import "beseda/protocol"

// Times in milliseconds.
const (
	firstWait    = 500
	longestWait  = 30_000
	helloTimeout = 10_000 // from Connect to welcome
	pingAfter    = 25_000 // of silence
	pingTimeout  = 10_000
	wakeTimeout  = 4_000  // of the ping after Wake: the person looks
	steady       = 10_000 // a line that lived so long was no vain try
)

// The link's timers, from Config.Timer on.
const (
	lineTimer = iota
	retryTimer
)

// Open begins to connect. It does nothing where the line is opened already.
func (l *Link) Open(now int64, c Conn) {
	if l.phase == Idle || l.phase == Ended {
		l.tries, l.code = 0, ""
		l.connect(now, c)
	}
}

// Close leaves for good; the outbox stays.
func (l *Link) Close(c Conn) {
	l.hangUp(c)
	l.phase = Idle
}

// Wake tells that the network, the page or the person is back: a waiting line connects now, a live one is asked whether
// it still lives.
func (l *Link) Wake(now int64, c Conn) {
	switch {
	case l.phase == Waiting && now >= l.since+l.atLeast:
		l.connect(now, c)
	case l.phase == Live && l.pinged == 0 && now-l.heard > wakeTimeout:
		l.ping(now, c, wakeTimeout)
	}
}

// Opened tells that the socket speaks.
func (l *Link) Opened(now int64, c Conn) {
	if l.phase != Connecting {
		return
	}
	l.to(Greeting, now)
	hello := l.config.Hello
	if l.visitor() && l.thread != "" {
		hello.Resume = []protocol.Resume{{Thread: l.thread, Position: l.held}}
	}
	l.put(c, protocol.Frame{Kind: protocol.KindHello, Body: protocol.EncodeBody(&hello)})
	l.flush(c)
}

// Closed tells that the socket is gone, or was not to be had.
func (l *Link) Closed(now int64, c Conn) {
	switch l.phase {
	case Connecting, Greeting, Live:
		l.lost(now, c)
	}
}

// Fired tells that a timer went off, and answers whether it was one of the link's.
func (l *Link) Fired(now int64, c Conn, timer int) bool {
	switch timer - l.config.Timer {
	case lineTimer:
		l.tick(now, c)
	case retryTimer:
		l.pump(now, c)
	default:
		return false
	}
	return true
}

// tick does what the line's timer was set for.
func (l *Link) tick(now int64, c Conn) {
	switch l.phase {
	case Waiting:
		l.connect(now, c)
	case Connecting, Greeting: // too long
		l.lost(now, c)
	case Live:
		switch {
		case l.pinged != 0: // nothing came since
			l.lost(now, c)
		case now-l.heard >= pingAfter:
			l.ping(now, c, pingTimeout)
		default:
			l.timer(c, l.heard+pingAfter-now)
		}
	}
}

func (l *Link) connect(now int64, c Conn) {
	l.to(Connecting, now)
	l.timer(c, helloTimeout)
	c.Connect(l.config.Path)
}

func (l *Link) ping(now int64, c Conn, timeout int64) {
	l.pinged = now
	l.put(c, protocol.Frame{Kind: protocol.KindPing, ID: l.ids.next(now, &l.random)})
	l.flush(c)
	l.timer(c, timeout)
}

// lost waits a while and connects again, or ends where the server said so.
func (l *Link) lost(now int64, c Conn) {
	lived := l.phase == Live && now-l.since >= steady
	l.hangUp(c)
	if l.code != "" && !protocol.AdviceFor(l.code).Reconnect {
		l.to(Ended, now)
		return
	}
	if lived {
		l.tries = 0
	}
	bound := int64(firstWait)
	for n := 0; n < l.tries && bound < longestWait; n++ {
		bound *= 2
	}
	l.tries++
	wait := l.atLeast + int64(l.random.below(uint64(min(bound, longestWait)))) + 1
	l.to(Waiting, now)
	l.retryAt = now + wait
	l.timer(c, wait)
}

// hangUp forgets what belongs to one connection.
func (l *Link) hangUp(c Conn) {
	c.Disconnect()
	c.CancelTimer(l.config.Timer + lineTimer)
	c.CancelTimer(l.config.Timer + retryTimer)
	l.pinged = 0
	l.batch = l.batch[:0]
	for _, e := range l.outbox {
		e.sent = false
	}
	l.unwatched()
}

func (l *Link) to(p Phase, now int64) { l.phase, l.since = p, now }

func (l *Link) timer(c Conn, ms int64) { c.Timer(l.config.Timer+lineTimer, ms) }

// put queues a frame for the next message; flush sends it. A message stays below the limit.
func (l *Link) put(c Conn, f protocol.Frame) {
	before := len(l.batch)
	l.batch = protocol.AppendFrame(l.batch, &f)
	if before > 0 && len(l.batch) > protocol.MaxFrameBytes {
		c.SendFrames(l.batch[:before])
		l.batch = append(l.batch[:0], l.batch[before:]...)
	}
}

func (l *Link) flush(c Conn) {
	if len(l.batch) > 0 {
		c.SendFrames(l.batch)
		l.batch = l.batch[:0]
	}
}
