package trial

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/wasm/link"
)

// patience is how long an app waits after a lost line before its person says "now": the link's own waits are made for
// thousands of clients and would only draw a trial out.
const patience = 20 * time.Millisecond

// app is a widget or a console without pixels: the client code of the real ones over a real socket.
//
// All fields but the first block belong to its loop; see ask and until.
type app struct {
	name string
	door func() door // where and how to dial now
	over context.Context
	todo chan func()

	link     *link.Link
	socket   *socket // of the line that is on; nil between
	timers   map[int]*time.Timer
	knocking bool
	screen   screen
	speech   speech
	// acknowledged is up to where the app has said that messages arrived.
	acknowledged map[protocol.Number]protocol.Position
	watching     []protocol.Number // by a console
	actor        string            // id, from the welcome
	key          string            // a visitor's, from the first welcome
	number       protocol.Number   // the visitor's conversation, from its messages
	greeted      int               // welcomes
	faults       []string
	waiting      []wait
}

type wait struct {
	till func() bool
	done chan struct{}
}

// linkTimer is the first of the link's timers.
const linkTimer = 10

// newApp opens an app that connects at once and lives until the test ends. channel is empty for a console.
func newApp(t testing.TB, r *rand.Rand, name string, channel protocol.ChannelID, door func() door) *app {
	t.Helper()
	over, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	a := &app{
		name: name, door: door, over: over, todo: make(chan func(), 64),
		link: link.New(link.Config{
			Path: "/ws", Hello: protocol.Hello{Channel: channel, Language: "en", Device: name},
			Seed: [2]uint64{r.Uint64(), r.Uint64()}, Timer: linkTimer,
		}),
		timers:       make(map[int]*time.Timer),
		screen:       make(screen),
		acknowledged: make(map[protocol.Number]protocol.Position),
		speech:       speech{who: name, said: make(map[protocol.Number][]string), window: 2},
	}
	go a.run()
	a.post(func() { a.link.Open(now(), a) })
	return a
}

func now() int64 { return time.Now().UnixMilli() }

// run is the app's loop.
func (a *app) run() {
	for {
		select {
		case do := <-a.todo:
			do()
		case <-a.over.Done():
			if a.socket != nil {
				a.socket.close()
			}
			return
		}
		a.speak()
		a.knock()
		a.waiting = slices.DeleteFunc(a.waiting, func(w wait) bool {
			if !w.till() && len(a.faults) == 0 {
				return false
			}
			close(w.done)
			return true
		})
	}
}

// post has the loop do something.
func (a *app) post(do func()) {
	select {
	case a.todo <- do:
	case <-a.over.Done():
	}
}

// ask has the loop do something and returns when it is done.
func (a *app) ask(t testing.TB, do func()) {
	t.Helper()
	done := make(chan struct{})
	a.post(func() { do(); close(done) })
	select {
	case <-done:
	case <-a.over.Done():
		t.Fatalf("%s is over", a.name)
	}
}

// until waits until something is true of the app. A fault of the app ends the test.
func (a *app) until(t testing.TB, most time.Duration, what string, till func() bool) {
	t.Helper()
	w := wait{till, make(chan struct{})}
	a.post(func() { a.waiting = append(a.waiting, w) })
	late := time.NewTimer(most)
	defer late.Stop()
	select {
	case <-w.done:
	case <-late.C:
		var state string
		a.ask(t, func() { state = a.state() })
		t.Fatalf("%s: not within %s: %s\n%s", a.name, most, what, state)
	case <-a.over.Done():
		t.Fatalf("%s is over", a.name)
	}
	a.sane(t)
}

// sane ends the test if the app saw what must not be.
func (a *app) sane(t testing.TB) {
	t.Helper()
	var faults []string
	a.ask(t, func() { faults = a.faults })
	if len(faults) > 0 {
		t.Fatalf("%s:\n%s", a.name, strings.Join(faults, "\n"))
	}
}

func (a *app) state() string {
	pending := 0
	for range a.link.Outbox {
		pending++
	}
	return fmt.Sprintf("phase %d (%s), %d welcomes, %d still to say, %d in the outbox",
		a.link.Phase(), a.link.Code(), a.greeted, a.speech.quota, pending)
}

func (a *app) fault(format string, args ...any) {
	a.faults = append(a.faults, fmt.Sprintf(format, args...))
}

// knock makes an impatient person of the app: it does not wait out the link's waits.
func (a *app) knock() {
	switch a.link.Phase() {
	case link.Ended:
		a.fault("the server does not want it back: %s", a.link.Code())
	case link.Waiting:
		if !a.knocking {
			a.knocking = true
			time.AfterFunc(patience, func() {
				a.post(func() {
					a.knocking = false
					a.link.Wake(now(), a)
				})
			})
		}
	}
}

// hear takes what the link hands over.
func (a *app) hear(f *protocol.Frame) {
	switch f.Kind {
	case protocol.KindWelcome:
		a.welcome(f)
	case protocol.KindHistory:
		var h protocol.History
		if a.read(f, &h) {
			a.screen.page(a, h.Conversation, &h)
		}
	case protocol.KindMessageSent:
		lane := f.Conversation
		if a.isVisitor() {
			lane, a.number = 0, f.Conversation
		}
		a.screen.add(a, lane, f)
	case protocol.KindRefused:
		var r protocol.Refused
		if a.read(f, &r) && a.link.Phase() == link.Live { // else it was hello, and the link knows what to do
			a.fault("refused for good: %s %s", r.Code, r.Reason)
		}
	}
}

func (a *app) welcome(f *protocol.Frame) {
	var w protocol.Welcome
	if !a.read(f, &w) {
		return
	}
	a.greeted++
	who := a.actor
	if v := w.Visitor; v != nil {
		a.actor = string(v.Visitor)
		if v.VisitorKey != "" {
			a.key = v.VisitorKey
		}
		a.screen.page(a, 0, &v.History)
	} else {
		a.actor = string(w.Operator.Me.ID)
	}
	if who != "" && who != a.actor {
		a.fault("was %s and is welcomed as %s", who, a.actor)
	}
}

func (a *app) read(f *protocol.Frame, body protocol.Body) bool {
	err := protocol.DecodeBody(f.Body, body)
	if err != nil {
		a.fault("%s does not read: %v", f.Kind, err)
	}
	return err == nil
}

func (a *app) isVisitor() bool { return a.link.Hello().Channel != "" }

// acknowledge says that what is on the screen has arrived here.
func (a *app) acknowledge() {
	if a.link.Phase() != link.Live {
		return
	}
	for lane, shown := range a.screen {
		last := &shown[len(shown)-1]
		if last.author != a.actor && a.acknowledged[lane] < last.position {
			a.acknowledged[lane] = last.position
			a.link.Receipt(now(), a, protocol.ReceiptAdvance{Conversation: lane, Delivered: last.position, Read: last.position})
		}
	}
}

// watch opens conversations on a console's screen, and answers into them from now on.
func (a *app) watch(t testing.TB, numbers ...protocol.Number) {
	t.Helper()
	a.ask(t, func() {
		for _, n := range numbers {
			a.watching = append(a.watching, n)
			a.link.Watch(now(), a, n, 0)
		}
	})
}
