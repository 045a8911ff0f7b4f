package session

import (
	"context"
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/store"
)

// welcomeVisitor joins a visitor's connection to the hub and reads what its widget starts from.
func (s *session) welcomeVisitor(hello *protocol.Hello) (*protocol.Welcome, error) {
	who, key, err := s.visitor(hello)
	if err != nil {
		return nil, err
	}
	s.sender = protocol.FromVisitor
	s.caller = call.Call{
		By: protocol.Actor{Kind: protocol.ActorVisitor, ID: string(who)}, NewID: s.NewID,
		Channel: hello.Channel, Language: hello.Language, Device: s.shake.device,
	}
	if hello.Visit != nil {
		s.caller.Visit = *hello.Visit
	}
	s.listener = hub.NewVisitor(who, s.wake)
	s.Hub.Join(s.listener)
	thread, err := s.threadOf(who)
	if err != nil {
		return nil, err
	}
	if thread != "" {
		s.Hub.Settle(s.listener, thread)
	}
	w := &protocol.Welcome{}
	err = s.Engine.Read(func(r store.Reader) (err error) {
		if w.Position, err = engine.LastPosition(r); err != nil {
			return err
		}
		w.Visitor, err = s.visitorWelcome(r, who, thread, hello)
		return err
	})
	if err != nil {
		return nil, err
	}
	w.Visitor.VisitorKey = string(key)
	if hello.Visit != nil && thread != "" {
		s.visit(*hello.Visit)
	}
	return w, nil
}

// visitor finds who comes by their key, or makes somebody new, of whom nothing is stored until they act. The channel
// is there.
func (s *session) visitor(hello *protocol.Hello) (who protocol.VisitorID, key auth.Hidden, err error) {
	err = s.Engine.Read(func(r store.Reader) error {
		_, err := store.Channels.Get(r, store.Text(hello.Channel))
		return err
	})
	switch {
	case err != nil:
		return "", "", err
	case hello.VisitorKey == "":
		return s.Auth.Visitors.New(hello.Channel)
	}
	who, err = s.Auth.Visitors.Check(hello.Channel, auth.Hidden(hello.VisitorKey))
	return who, "", err
}

// threadOf is a visitor's thread; empty for one who never wrote.
func (s *session) threadOf(who protocol.VisitorID) (thread protocol.ThreadID, err error) {
	err = s.Engine.Read(func(r store.Reader) error {
		v, err := store.Visitors.Get(r, store.Text(who))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		thread = v.Thread
		return err
	})
	return thread, err
}

// visit notes the page that a known visitor came back on; nobody waits for an answer.
func (s *session) visit(page protocol.VisitorVisit) {
	err := s.Engine.Submit(context.Background(), s.command("", &page), func(_ protocol.Accepted, err error) {
		if err != nil && !errors.As(err, new(*protocol.Refusal)) {
			s.Log.Error("note a visit", "err", err)
		}
	})
	if err != nil {
		s.Log.Debug("note a visit", "err", err)
	}
}

func (s *session) visitorWelcome(r store.Reader, who protocol.VisitorID, thread protocol.ThreadID, hello *protocol.Hello) (*protocol.VisitorWelcome, error) {
	w := &protocol.VisitorWelcome{Visitor: who, Thread: thread, Online: s.Hub.TeamOnline()}
	ch, err := store.Channels.Get(r, store.Text(s.caller.Channel))
	if err != nil {
		return nil, err
	}
	w.Quoting = ch.Channel.Quoting
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return nil, err
		}
		if o.State == protocol.OperatorActive && !o.Bot {
			w.Team = append(w.Team, protocol.Person{ID: o.ID, Name: o.Name, Picture: o.Picture})
		}
	}
	if thread == "" {
		return w, nil
	}
	var after protocol.Position
	for _, have := range hello.Resume {
		if have.Thread == thread {
			after = have.Position
		}
	}
	erased, err := conversation.ErasedSince(r, thread, after)
	if err != nil {
		return nil, err
	}
	reset := after != 0 && erased
	if reset {
		after = 0
	}
	items, more, err := conversation.Newest(r, thread, conversation.Whole(), after, 0, protocol.HistoryPage, conversation.ForVisitor())
	if err != nil {
		return nil, err
	}
	// With more than a page missed, or something erased, what the client has would not join on: it starts afresh from the
	// newest page.
	w.History = protocol.History{Items: items, More: more, Reset: reset || more && after != 0}
	if w.History.Reactions, err = conversation.Reactions(r, thread, conversation.Whole(), items, after); err != nil {
		return nil, err
	}
	w.Receipts, err = conversation.Receipts(r, thread)
	return w, err
}
