package session

import (
	"context"
	"errors"
	"time"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/server/inbox"
	"beseda/store"
)

// greet reads hello, says welcome and joins the hub. False where the connection is over.
func (s *session) greet(ctx context.Context) (release func(), ok bool) {
	early := time.AfterFunc(protocol.HelloTimeout, func() { _ = s.socket.CloseNow() })
	hello, id, err := s.hello(ctx)
	early.Stop()
	if err != nil {
		if errors.As(err, new(*protocol.Refusal)) {
			s.turnAway(id, err)
		}
		return nil, false
	}
	s.device = hello.Device
	if hello.Channel != "" {
		release, err = s.greetVisitor(hello, id)
	} else {
		release, err = s.greetOperator(ctx, hello, id)
	}
	if err != nil {
		s.turnAway(id, err)
		return nil, false
	}
	return release, true
}

// hello reads the first frame.
func (s *session) hello(ctx context.Context) (*protocol.Hello, protocol.CommandID, error) {
	raw, err := s.message(ctx)
	if err != nil {
		return nil, "", err
	}
	for f, err := range s.decode(raw) {
		if err != nil {
			if !errors.As(err, new(*protocol.Refusal)) {
				err = protocol.Refuse(protocol.CodeInvalid, "malformed")
			}
			return nil, f.ID, err
		}
		if f.Kind != protocol.KindHello {
			return nil, f.ID, protocol.Refuse(protocol.CodeInvalid, "hello comes first")
		}
		body, refusal := protocol.Decode(f, protocol.FromAnyone)
		if refusal != nil {
			return nil, f.ID, refusal
		}
		return body.(*protocol.Hello), f.ID, nil
	}
	return nil, "", protocol.Refuse(protocol.CodeInvalid, "hello comes first")
}

// turnAway answers a hello that is not welcome, and closes.
func (s *session) turnAway(id protocol.CommandID, err error) {
	r := Refused(err, s.NewID, s.Log)
	f := protocol.Frame{Kind: protocol.KindRefused, ID: id, At: s.Now().UnixMilli(), Body: protocol.EncodeBody(&r)}
	b := protocol.AppendFrame(nil, &f)
	if s.json {
		b, _ = protocol.AppendJSON(nil, &f)
	}
	if s.send(b) == nil {
		_ = s.socket.Close(closeStatus(r.Code), string(r.Code)+" "+r.Reason)
	}
}

func (s *session) greetVisitor(hello *protocol.Hello, id protocol.CommandID) (func(), error) {
	var channel store.Channel
	var visitor store.Visitor
	who, key, err := s.visitor(hello)
	if err != nil {
		return nil, err
	}
	err = s.Engine.Read(func(r store.Reader) error {
		if channel, err = store.Channels.Get(r, store.Text(hello.Channel)); err != nil {
			return err
		}
		visitor, err = store.Visitors.Get(r, store.Text(who))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	s.sender = protocol.FromVisitor
	s.caller = call.Call{
		By: protocol.Actor{Kind: protocol.ActorVisitor, ID: string(who)}, NewID: s.NewID,
		Channel: channel.Channel.ID, Language: hello.Language, Device: s.shake.device,
	}
	if hello.Visit != nil {
		s.caller.Visit = *hello.Visit
	}
	s.listener = hub.NewVisitor(who, hello.Channel, visitor.Thread, s.wake)
	s.Hub.Join(s.listener)
	welcome := &protocol.Welcome{Version: protocol.Version, Now: s.Now().UnixMilli()}
	err = s.Engine.Read(func(r store.Reader) error {
		if welcome.Position, err = engine.LastPosition(r); err != nil {
			return err
		}
		welcome.Visitor, err = s.visitorWelcome(r, who, hello)
		return err
	})
	if err != nil {
		s.Hub.Leave(s.listener)
		return nil, err
	}
	welcome.Visitor.VisitorKey = key
	s.welcome(id, welcome)
	if hello.Visit != nil && visitor.ID != "" {
		s.submit(context.Background(), "", hello.Visit)
	}
	return func() {}, nil
}

// visitor finds who comes by their key, or makes somebody new, of whom nothing is stored until they act.
func (s *session) visitor(hello *protocol.Hello) (protocol.VisitorID, string, error) {
	if hello.VisitorKey == "" {
		who, key, err := s.Auth.Visitors.New(hello.Channel)
		return who, string(key), err
	}
	who, err := s.Auth.Visitors.Check(hello.Channel, hiddenKey(hello))
	return who, "", err
}

func (s *session) visitorWelcome(r store.Reader, who protocol.VisitorID, hello *protocol.Hello) (*protocol.VisitorWelcome, error) {
	w := &protocol.VisitorWelcome{Visitor: who, Online: s.Hub.TeamOnline()}
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return nil, err
		}
		if o.State == protocol.OperatorActive && !o.Bot {
			w.Team = append(w.Team, protocol.Person{ID: o.ID, Name: o.Name, Picture: o.Picture})
		}
	}
	visitor, err := store.Visitors.Get(r, store.Text(who))
	if errors.Is(err, store.ErrNotFound) {
		return w, nil
	}
	if err != nil {
		return nil, err
	}
	w.Thread = visitor.Thread
	var after protocol.Position
	for _, have := range hello.Resume {
		if have.Thread == visitor.Thread {
			after = have.Position
		}
	}
	items, more, err := conversation.Newest(r, visitor.Thread, conversation.Whole(), after, 0, protocol.HistoryPage, false)
	if err != nil {
		return nil, err
	}
	// With more than a page missed, what the client has would not join on: it starts afresh from the newest page.
	w.History = protocol.History{Items: items, More: more, Reset: more && after != 0}
	w.Receipts, err = conversation.Receipts(r, visitor.Thread)
	return w, err
}

func (s *session) greetOperator(ctx context.Context, hello *protocol.Hello, id protocol.CommandID) (func(), error) {
	proof, err := s.proof()
	if err != nil {
		return nil, err
	}
	bound, release := s.Auth.Watch.Bind(ctx, proof)
	viewer, err := s.viewer(proof.Operator)
	if err != nil {
		release()
		return nil, err
	}
	name := s.operator.Name
	s.caller = call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(s.operator.ID), Name: name}, NewID: s.NewID}
	s.sender = protocol.FromOperator
	switch {
	case s.operator.Bot:
		s.caller.By.Kind, s.sender = protocol.ActorBot, protocol.FromBot
	case s.operator.Role == protocol.RoleAdmin:
		s.caller.Admin, s.sender = true, protocol.FromOperator|protocol.FromAdministrator
	}
	s.listener = hub.NewOperator(viewer, name, s.wake)
	s.Hub.Join(s.listener)
	stop := context.AfterFunc(bound, func() {
		s.listener.Close(protocol.Refuse(protocol.CodeUnauthorized, "revoked"))
	})
	welcome := &protocol.Welcome{Version: protocol.Version, Now: s.Now().UnixMilli()}
	err = s.Engine.Read(func(r store.Reader) error {
		if welcome.Position, err = engine.LastPosition(r); err != nil {
			return err
		}
		welcome.Operator, err = s.operatorWelcome(r)
		return err
	})
	if err != nil {
		stop()
		release()
		s.Hub.Leave(s.listener)
		return nil, err
	}
	s.welcome(id, welcome)
	return func() { stop(); release() }, nil
}

// viewer opens the list as this operator sees it.
func (s *session) viewer(id protocol.OperatorID) (v *inbox.Viewer, err error) {
	err = s.Engine.Read(func(r store.Reader) error {
		if s.operator, err = store.Operators.Get(r, store.Text(id)); err != nil {
			return err
		}
		if s.operator.State != protocol.OperatorActive {
			return protocol.Refuse(protocol.CodeUnauthorized, "")
		}
		v, err = s.Inbox.Open(r, s.operator)
		return err
	})
	return v, err
}

func (s *session) operatorWelcome(r store.Reader) (*protocol.OperatorWelcome, error) {
	w := &protocol.OperatorWelcome{Bot: s.operator.Bot, Workspace: s.Workspace()}
	var err error
	if w.Team, err = s.team(r); err != nil {
		return nil, err
	}
	for _, o := range w.Team.Operators {
		if o.ID == s.operator.ID {
			w.Me = o
		}
	}
	w.Inbox, err = s.page(r, &protocol.InboxRead{})
	return w, err
}

// welcome is queued first of all; then everything after its position flows.
func (s *session) welcome(id protocol.CommandID, w *protocol.Welcome) {
	s.listener.Greet(s.packet(protocol.KindWelcome, id, w), w.Position)
}
