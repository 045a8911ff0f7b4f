package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
)

// line is the console's connection: package link, and what this screen remembers of it.
type line struct {
	link *link.Link
	// down is since when the line is not live, 0 while it is or was never opened.
	down int64
	// taken: what earlier pages left in the outbox is here; found is what came of it so far.
	taken bool
	found [][]byte
}

// bannerAfter is how long a line may be gone before the screen says so.
const bannerAfter = 3000

// start opens the line for whoever signed in.
func (l *line) start(s *State, fx *bridge.Effects) {
	seed := s.seed()
	l.link = link.New(link.Config{
		Path: "/ws", Hello: protocol.Hello{Language: s.Language}, Seed: seed, Timer: timerLink,
	})
	l.down, l.taken, l.found = s.Now, false, nil
	l.link.Open(s.Now, fx)
}

// seed draws two numbers for ids; later links of one page differ from the first.
func (s *State) seed() [2]uint64 {
	s.links++
	half := func(text string) uint64 {
		n, _ := strconv.ParseUint(text, 16, 64)
		return n ^ uint64(s.links)*0x9e3779b97f4a7c15
	}
	if len(s.entropy) < 32 {
		return [2]uint64{uint64(s.Now), uint64(s.links)}
	}
	return [2]uint64{half(s.entropy[:16]), half(s.entropy[16:32])}
}

func (l *line) stop(s *State, fx *bridge.Effects) {
	if l.link != nil {
		l.keep(s, fx)
		l.link.Close(fx)
		l.link = nil
	}
	l.down = 0
}

// Down tells that the screen has to say that there is no connection.
func (s *State) Down() bool {
	return s.Stage == SignedIn && s.line.down != 0 && s.Now-s.line.down >= bannerAfter
}

// Refused tells that the server does not want this page back as it is: it has to be loaded anew.
func (s *State) Refused() bool {
	return s.line.link != nil && s.line.link.Phase() == link.Ended && s.line.link.Code() != protocol.CodeUnauthorized
}

func (s *State) reload(_ *bridge.Event, fx *bridge.Effects) { s.keepDrafts(fx); fx.Reload() }

// follow keeps down in step with the phase, and asks who sits here when the line does not come: a socket that is
// refused before it opens does not say why.
func (l *line) follow(s *State, fx *bridge.Effects) {
	if l.link == nil {
		return
	}
	switch l.link.Phase() {
	case link.Live:
		l.down = 0
	case link.Ended:
		if l.link.Code() == protocol.CodeUnauthorized {
			s.shut(fx, true)
			return
		}
		fallthrough
	default:
		if l.down == 0 {
			l.down = s.Now
		}
	}
}

func (l *line) say(s *State, fx *bridge.Effects, kind protocol.Kind, body protocol.Body) protocol.CommandID {
	if l.link == nil {
		return ""
	}
	switch kind {
	case protocol.KindTypingStart, protocol.KindTypingStop:
		l.link.Tell(s.Now, fx, kind, body)
		return ""
	}
	if n := laneOf(body); n != 0 {
		return l.link.Send(s.Now, fx, n, kind, body)
	}
	return l.link.Ask(s.Now, fx, kind, body)
}

func (l *line) message(s *State, fx *bridge.Effects, cmd *protocol.MessageSend) protocol.CommandID {
	return l.link.Send(s.Now, fx, cmd.Conversation, protocol.KindMessageSend, cmd)
}

func (l *line) watch(s *State, fx *bridge.Effects, n protocol.Number, after protocol.Position) {
	if l.link != nil {
		s.requests[l.link.Watch(s.Now, fx, n, after)] = request{what: askWatch, number: n}
	}
}

func (l *line) leave(s *State, fx *bridge.Effects, n protocol.Number) {
	if l.link != nil {
		l.link.Leave(s.Now, fx, n)
	}
}

func (l *line) again(s *State, fx *bridge.Effects, id protocol.CommandID) protocol.CommandID {
	return l.link.Again(s.Now, fx, id)
}

func (l *line) drop(s *State, fx *bridge.Effects, id protocol.CommandID) {
	if l.link != nil {
		l.link.Drop(s.Now, fx, id)
	}
}

// outboxRecord begins the names of what is kept of unsent commands, per operator; a command's id follows. Tabs share
// the store, and so none keeps more in one record than one command.
func (s *State) outboxRecord() string { return "console.outbox." + string(s.Me.ID) + "." }

// keep saves the commands that are new and takes away those that are done; the person may reload the page while the line
// is down.
func (l *line) keep(s *State, fx *bridge.Effects) {
	if l.link == nil || s.Me.ID == "" {
		return
	}
	for id, b := range l.link.Records {
		fx.Save(s.outboxRecord()+string(id), b)
	}
}

// take puts what an earlier page left unsent before what is written now. The records come one by one, and an empty one
// with the name that all begin with after the last.
func (l *line) take(s *State, name string, data []byte, fx *bridge.Effects) {
	if l.link == nil || l.taken {
		return
	}
	if name != s.outboxRecord() {
		l.found = append(l.found, data)
		return
	}
	l.taken = true
	l.link.Import(s.Now, fx, l.found...)
	l.found = nil
	var stale []protocol.CommandID
	for e := range l.link.Outbox {
		if !written(e.Kind) && e.State != link.Sending {
			stale = append(stale, e.ID) // nobody is here any more who asked for it
		}
	}
	for _, id := range stale {
		l.link.Drop(s.Now, fx, id)
	}
}

// syncUnsent makes every conversation's unsent messages what the outbox says.
func (s *State) syncUnsent() {
	if s.line.link == nil {
		return
	}
	for _, t := range s.talks {
		kept := t.Unsent[:0]
		for _, u := range t.Unsent {
			if e := s.line.link.Find(u.ID); e != nil && e.Lane == t.Number && !holds(t.Items, u.ID) {
				u.Stored, u.Failed, u.Code, u.Reason = e.State == link.Stored, e.State == link.Failed, e.Code, e.Reason
				u.Old = e.State == link.Old
				kept = append(kept, u)
			}
		}
		clear(t.Unsent[len(kept):])
		t.Unsent = kept
	}
	for e := range s.line.link.Outbox {
		if written(e.Kind) {
			s.adopt(e)
		}
	}
}

// adopt shows a message that an earlier page left in the outbox.
func (s *State) adopt(e *link.Entry) {
	t := s.talks[e.Lane]
	if t == nil || e.State == link.Stored || holds(t.Items, e.ID) {
		return
	}
	for i := range t.Unsent {
		if t.Unsent[i].ID == e.ID {
			return
		}
	}
	u := Unsent{ID: e.ID, At: e.At + s.Skew, Note: e.Kind == protocol.KindNoteAdd, Failed: e.State == link.Failed,
		Old: e.State == link.Old, Code: e.Code, Reason: e.Reason}
	if !u.takeBody(e.Body) {
		return
	}
	t.Unsent = append(t.Unsent, u)
}
