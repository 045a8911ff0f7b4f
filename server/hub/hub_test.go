package hub

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/inbox"
	"beseda/store"
	"beseda/store/memory"
)

const (
	ann  = protocol.OperatorID("01J0000000000000000000ANN0")
	bob  = protocol.OperatorID("01J0000000000000000000B0B0")
	kira = protocol.VisitorID("01J000000000000000000K1RA0")
	line = protocol.ThreadID("01J00000000000000000THREAD")
)

// stage is a hub over a store with conversation #1, whose time is moved by hand.
type stage struct {
	t     *testing.T
	hub   *Hub
	inbox *inbox.Inbox
	store *memory.Store
	conv  store.Conversation
	last  protocol.Position

	mu    sync.Mutex
	later []func()
	waits []time.Duration
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, store: memory.New(), conv: store.Conversation{
		Number: 1, Thread: line, Visitor: kira, Activity: protocol.Active, Status: protocol.Open,
		Ranges: []store.Span{{First: 1, Last: 1}},
	}}
	s.view(func(r store.Reader) (err error) {
		s.inbox, err = inbox.New(r)
		return err
	})
	s.hub = New(s.inbox, func(protocol.ThreadID) protocol.Number { return 1 }, time.Now,
		func(wait time.Duration, fn func()) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.waits = append(s.waits, wait)
			s.later = append(s.later, fn)
		}, slog.New(slog.DiscardHandler))
	return s
}

func (s *stage) view(do func(store.Reader) error) {
	s.t.Helper()
	if err := s.store.View(func(r store.Reader) error { return do(store.Scope(store.Main, r)) }); err != nil {
		s.t.Fatal(err)
	}
}

// pass lets everything come due that waits.
func (s *stage) pass() {
	for {
		s.mu.Lock()
		due := s.later
		s.later = nil
		s.mu.Unlock()
		if len(due) == 0 {
			return
		}
		for _, fn := range due {
			fn()
		}
	}
}

// publish stores the conversation as it is now and hands frames out as one batch.
func (s *stage) publish(frames ...protocol.Frame) {
	s.t.Helper()
	value, err := store.Conversations.Encode(s.conv)
	if err != nil {
		s.t.Fatal(err)
	}
	key := store.Conversations.Key(store.Num(s.conv.Number))
	if err := s.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: key, Value: value})}); err != nil {
		s.t.Fatal(err)
	}
	s.view(func(r store.Reader) error { s.hub.Publish(frames, r); return nil })
}

func (s *stage) message(text string) protocol.Frame {
	s.last++
	return protocol.Frame{
		Kind: protocol.KindMessageSent, Position: s.last, Thread: line, Conversation: 1,
		Actor: &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)},
		Body:  protocol.EncodeBody(&protocol.MessageSent{Text: text}),
	}
}

func (s *stage) assign(to, former protocol.OperatorID) protocol.Frame {
	s.last++
	s.conv.Assignee, s.conv.Former = to, []protocol.OperatorID{former}
	return protocol.Frame{
		Kind: protocol.KindConversationAssigned, Position: s.last, Thread: line, Conversation: 1,
		Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: "x"},
		Body:  protocol.EncodeBody(&protocol.ConversationAssigned{Assignee: to, Former: former}),
	}
}

// peer is a listener with what its session was told.
type peer struct {
	*Listener
	s     *stage
	mu    sync.Mutex
	wakes int
	over  int
}

func (p *peer) wake(over bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wakes++
	if over {
		p.over++
	}
}

func (s *stage) operator(id protocol.OperatorID, role protocol.Role, bot bool) *peer {
	o := store.Operator{ID: id, Role: role, Bot: bot, State: protocol.OperatorActive}
	value, err := store.Operators.Encode(o)
	if err == nil {
		err = s.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: store.Operators.Key(store.Text(id)), Value: value})})
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.view(func(r store.Reader) error {
		_, err := s.inbox.Rule(r, s.last)
		return err
	})
	p := &peer{s: s}
	p.Listener = NewOperator(s.inbox.Open(o), p.wake)
	s.hub.Join(p.Listener)
	p.Greet(answerTo("welcome"), s.last)
	return p
}

func (s *stage) visitor(id protocol.VisitorID) *peer {
	p := &peer{s: s}
	p.Listener = NewVisitor(id, p.wake)
	s.hub.Join(p.Listener)
	s.hub.Settle(p.Listener, line)
	p.Greet(answerTo("welcome"), s.last)
	return p
}

func answerTo(id string) *Packet {
	return NewPacket(protocol.Frame{Kind: protocol.KindAccepted, ID: protocol.CommandID(id)})
}

func (p *peer) watch() {
	p.s.t.Helper()
	if !p.s.hub.Watch(p.Listener, 1, line, 20) || !p.s.hub.Follow(p.Listener, 1, answerTo("page"), p.s.last) {
		p.s.t.Fatal("it cannot be watched")
	}
}

// take is what the session would write, in short.
func (p *peer) take() (out []string) {
	t := p.Take(func(n protocol.Number) bool { return p.s.hub.MayRead(p.Listener, n) })
	for _, x := range t.Packets {
		text := string(x.Frame.Kind)
		switch x.Frame.Kind {
		case protocol.KindMessageSent:
			text = body[protocol.MessageSent](p.s.t, x).Text
		case protocol.KindPresence:
			b := body[protocol.Presence](p.s.t, x)
			text = fmt.Sprintf("presence of %s%s%v: %v", b.Operator, b.Visitor, b.Team, b.Online)
		case protocol.KindRefused:
			text = "refused " + string(x.Frame.ID)
		case protocol.KindAccepted:
			text = string(x.Frame.ID)
		}
		out = append(out, text)
	}
	for _, n := range t.Gone {
		out = append(out, "gone #"+n.String())
	}
	slices.Sort(t.Rows)
	for _, n := range t.Rows {
		out = append(out, "row #"+n.String())
	}
	if t.Team {
		out = append(out, "team")
	}
	return out
}

func (p *peer) hears(what string, want ...string) {
	p.s.t.Helper()
	if d := cmp.Diff(want, p.take()); d != "" {
		p.s.t.Errorf("%s (-want +got)\n%s", what, d)
	}
}

func body[T any, P interface {
	*T
	protocol.Body
}](t *testing.T, p *Packet) T {
	t.Helper()
	var v T
	if err := protocol.DecodeBody(p.Frame.Body, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatABatchTakesAwayIsGoneBeforeItsFirstFrame(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	b := s.operator(bob, protocol.RoleOperator, false)
	b.watch()
	s.pass()
	b.take()
	s.publish(s.message("before"), s.assign(ann, bob), s.message("after"))
	s.pass()
	b.hears("Bob", "gone #1")
	s.publish(s.message("later"))
	s.pass()
	b.hears("Bob, later")
}

func TestWhatWaitsOfALostConversationIsPurgedAndQuestionsAreAnswered(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	b := s.operator(bob, protocol.RoleOperator, false)
	b.watch()
	s.publish(s.message("secret"))
	b.Answer(answerTo("history"), 1)
	b.Answer(answerTo("pong"), 0)
	b.AnswerLater(func() *Packet { return answerTo("list") })
	s.publish(s.assign(ann, bob))
	b.hears("Bob", "welcome", "refused page", "refused history", "pong", "list", "gone #1")
	if b.asked != 0 || b.told != 0 {
		t.Errorf("%d and %d bytes are counted of an empty queue", b.asked, b.told)
	}
}

func TestAccessIsAskedAgainWhenItIsTaken(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	b := s.operator(bob, protocol.RoleOperator, false)
	b.watch()
	s.publish(s.message("secret"))
	got := b.Take(func(protocol.Number) bool { return false })
	if len(got.Packets) != 2 || got.Packets[0].Frame.ID != "welcome" || got.Packets[1].Frame.Kind != protocol.KindRefused {
		t.Errorf("%+v", got.Packets)
	}
}

func TestALostConversationThatCameBackIsGoneFirst(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	b := s.operator(bob, protocol.RoleOperator, false)
	s.pass()
	b.take()
	s.publish(s.assign(ann, bob))
	s.publish(s.assign(bob, ann))
	s.pass()
	b.hears("Bob", "gone #1", "row #1")
}

func TestNothingOfTheWelcomeIsSentAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	p := &peer{s: s}
	p.Listener = NewVisitor(kira, p.wake)
	s.hub.Join(p.Listener)
	s.hub.Settle(p.Listener, line)
	s.publish(s.message("in the welcome"))
	if got := p.take(); got != nil {
		t.Fatalf("before the welcome it hears %q", got)
	}
	s.publish(s.message("after it"))
	p.Greet(answerTo("welcome"), 1)
	p.hears("Kira", "welcome", "after it")
}

func TestAPageComesBeforeWhatWasHeardWhileItWasRead(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("one"))
	a := s.operator(ann, protocol.RoleAdmin, false)
	s.hub.Watch(a.Listener, 1, line, 20)
	s.publish(s.message("two, in the page"))
	position := s.last
	s.publish(s.message("three"))
	s.hub.Follow(a.Listener, 1, answerTo("page"), position)
	s.publish(s.message("four"))
	a.hears("Ann", "welcome", "page", "three", "four")
}

func TestATeamIsThereWhileAnyOfItIs(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	k := s.visitor(kira)
	s.pass()
	k.take()
	robot := s.operator("01J0000000000000000000B0T0", protocol.RoleOperator, true)
	k.hears("after a bot came")
	a1 := s.operator(ann, protocol.RoleAdmin, false)
	a2 := s.operator(ann, protocol.RoleAdmin, false)
	b := s.operator(bob, protocol.RoleOperator, false)
	k.hears("after three connections of two people", "presence of true: true")
	s.hub.Leave(a1.Listener)
	s.hub.Leave(b.Listener)
	s.pass()
	k.hears("while one is there")
	s.hub.Leave(a2.Listener)
	k.hears("a moment after the last has gone")
	s.pass()
	k.hears("once they are gone", "presence of true: false")
	s.hub.Leave(robot.Listener)
	s.hub.Leave(robot.Listener) // twice is once
	s.hub.Leave(k.Listener)
	s.pass()
	if people, operators := s.hub.Online(); people != 0 || operators != 0 {
		t.Errorf("%d visitors and %d operators are online", people, operators)
	}
}

func TestColleaguesSeeWhichBotsAreConnected(t *testing.T) {
	t.Parallel()
	const bot = protocol.OperatorID("01J0000000000000000000B0T0")
	s := newStage(t)
	a := s.operator(ann, protocol.RoleAdmin, false)
	a.take()
	robot := s.operator(bot, protocol.RoleOperator, true)
	a.hears("after a bot came", "presence of "+string(bot)+"false: true")
	if !s.hub.OperatorOnline(bot) {
		t.Error("it is not online")
	}
	s.hub.Leave(robot.Listener)
	s.pass()
	a.hears("after it went", "presence of "+string(bot)+"false: false")
	if _, operators := s.hub.Online(); operators != 1 || s.hub.OperatorOnline(bot) {
		t.Errorf("%d operators are online", operators)
	}
}

func TestWhoCausesTooMuchForAnotherEndsThemAndWhoAsksDoesNot(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	k := s.visitor(kira)
	k.take()
	big := strings.Repeat("x", protocol.MaxOutboxBytes)
	k.Answer(NewPacket(protocol.Frame{Kind: protocol.KindHistory, ID: "page", Body: protocol.EncodeBody(&protocol.MessageSent{Text: big})}), 0)
	s.publish(s.message("beside a page that is longer than the outbox"))
	if k.Closed() != nil {
		t.Fatal("a page that was asked for ends the line")
	}
	waiting := make(chan struct{})
	go func() { k.Await(); close(waiting) }()
	select {
	case <-waiting:
		t.Error("more may be asked for at once")
	default:
	}
	k.take()
	<-waiting
	for i := range 200 {
		s.publish(s.message(big[:2000]))
		if k.Closed() != nil {
			if i < 120 {
				t.Errorf("closed after %d", i)
			}
			break
		}
	}
	if why := k.Closed(); why == nil || why.Code != protocol.CodeSlowConsumer || k.over != 1 {
		t.Errorf("closed as %v, told %d times", why, k.over)
	}
	if got := k.take(); got != nil {
		t.Errorf("there is still %d to take", len(got))
	}
}

func TestWhatWaitsIsTakenBeforeTheServerGoesAndNotWhereTheRightEnds(t *testing.T) {
	t.Parallel()
	for code, want := range map[protocol.Code][]string{
		protocol.CodeGoingAway:    {"welcome", "queued"},
		protocol.CodeUnauthorized: nil,
	} {
		s := newStage(t)
		k := s.visitor(kira)
		s.publish(s.message("queued"))
		k.Close(protocol.Refuse(code, ""))
		s.publish(s.message("too late"))
		k.hears(string(code), want...)
	}
}

func TestWhoJoinsAHouseThatClosesIsToldSo(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.operator(ann, protocol.RoleAdmin, false)
	s.hub.Stop()
	after := s.visitor(kira)
	for _, p := range []*peer{before, after} {
		if why := p.Closed(); why == nil || why.Code != protocol.CodeGoingAway {
			t.Errorf("closed as %v", why)
		}
		s.hub.Leave(p.Listener)
	}
	s.pass()
	if visitors, operators := s.hub.Online(); visitors != 0 || operators != 0 {
		t.Errorf("%d and %d are online", visitors, operators)
	}
}

func TestTheMoreRowsChangeTheLongerTheyAreGathered(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	a := s.operator(ann, protocol.RoleAdmin, false)
	s.pass()
	a.take()
	for changed, want := range map[int]time.Duration{1: rowDelay, 49: rowDelay, 120: 3 * rowDelay, 100_000: maxDelay} {
		a.mu.Lock()
		a.before, s.waits = changed, nil
		a.mu.Unlock()
		s.publish(s.message("x"))
		s.publish(s.message("y"))
		if len(s.waits) != 1 || s.waits[0] != want {
			t.Errorf("after %d rows they are gathered for %v, want %v", changed, s.waits, want)
		}
		s.pass()
		a.take()
		if a.before != 1 {
			t.Errorf("%d rows were taken", a.before)
		}
	}
}

func TestTenThousandComeAndGoAndNothingStays(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(s.message("first"))
	for i := range 10_000 {
		k := &peer{s: s}
		k.Listener = NewVisitor(protocol.VisitorID(fmt.Sprintf("01J%023d", i)), k.wake)
		s.hub.Join(k.Listener)
		s.hub.Settle(k.Listener, protocol.ThreadID(fmt.Sprintf("01T%023d", i)))
		k.Greet(answerTo("welcome"), s.last)
		b := s.operator(bob, protocol.RoleOperator, false)
		b.watch()
		s.publish(s.message("x"))
		s.hub.Leave(k.Listener)
		s.hub.Leave(b.Listener)
		if i%100 == 99 {
			s.pass()
		}
	}
	s.pass()
	h := s.hub
	if n := len(h.visitors) + len(h.operators) + len(h.threads) + len(h.watchers) + h.staffed; n != 0 {
		t.Errorf("%d visitors, %d operators, %d threads, %d watched and %d on duty are left",
			len(h.visitors), len(h.operators), len(h.threads), len(h.watchers), h.staffed)
	}
	if n := s.inbox.Viewers(); n != 0 {
		t.Errorf("%d viewers are left", n)
	}
}
