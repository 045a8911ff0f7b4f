package link

import "beseda/protocol"

// Conn is what a link asks the page for. *bridge.Effects is one.
type Conn interface {
	// Connect opens the socket and later brings Opened or Closed.
	Connect(path string)
	// SendFrames sends one WebSocket message. It keeps nothing of b.
	SendFrames(b []byte)
	// Disconnect drops the socket; no Closed follows.
	Disconnect()
	// Timer brings Fired after so many milliseconds, and replaces the timer of the same id.
	Timer(id int, ms int64)
	CancelTimer(id int)
}

// Phase is where the line stands.
type Phase uint8

const (
	Idle       Phase = iota // never opened, or closed by the app
	Connecting              // the socket is being opened
	Greeting                // hello is on its way
	Live                    // the server welcomed us
	Waiting                 // until RetryAt
	Ended                   // the server does not want us back, see Code
)

// Config is what a link starts from.
type Config struct {
	// Path of the socket, "/ws".
	Path string
	// Hello is sent on every connection; the link fills in Version, Resume and, once it has one, VisitorKey.
	Hello protocol.Hello
	// Seed of ids and of waiting times; it must differ from one instance to the next.
	Seed [2]uint64
	// Timer is the first of two timer ids that belong to the link.
	Timer int
}

// Link is one client. Make it with New; not safe for concurrent use.
type Link struct {
	config Config
	phase  Phase
	code   protocol.Code // why it ended, or why it waits
	random random
	ids    ids

	tries   int   // vain tries to connect in a row
	since   int64 // when the phase began
	heard   int64 // when a frame came last
	pinged  int64 // when a ping went out that nothing answered; 0 if none
	retryAt int64
	atLeast int64 // the goodbye's retry_ms

	thread  protocol.ThreadID
	held    protocol.Position // of the thread
	watched []watch
	outbox  []*Entry
	done    []protocol.CommandID // that Records did not walk yet
	batch   []byte
}

// New makes a link that does nothing yet.
func New(c Config) *Link {
	l := &Link{config: c, random: random{c.Seed[0] | 1, c.Seed[1]}}
	l.config.Hello.Version = protocol.Version
	return l
}

// Phase tells where the line stands.
func (l *Link) Phase() Phase { return l.phase }

// Code tells why the line Ended or last was closed by the server; "" where it did not say.
func (l *Link) Code() protocol.Code { return l.code }

// RetryAt is when a Waiting line tries again, in unix milliseconds.
func (l *Link) RetryAt() int64 { return l.retryAt }

// Tries counts the vain tries to connect in a row: a screen says "no connection" from the second on.
func (l *Link) Tries() int { return l.tries }

// Hello is what the next connection says; the app may change language, device and visit.
func (l *Link) Hello() *protocol.Hello { return &l.config.Hello }

// Thread is the visitor's thread, and Held the position up to which the app got everything of it.
func (l *Link) Thread() protocol.ThreadID { return l.thread }

// Held is the position up to which the app got everything of the visitor's thread.
func (l *Link) Held() protocol.Position { return l.held }

// visitor tells whose link it is.
func (l *Link) visitor() bool { return l.config.Hello.Channel != "" }
