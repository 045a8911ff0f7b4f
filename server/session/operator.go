package session

import (
	"context"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/store"
)

// welcomeOperator joins an operator's or bot's connection to the hub and reads what a console starts from.
func (s *session) welcomeOperator(*protocol.Hello) (*protocol.Welcome, error) {
	proof, err := s.proof()
	if err != nil {
		return nil, err
	}
	var me store.Operator
	if err := s.Engine.Read(func(r store.Reader) (err error) {
		me, err = store.Operators.Get(r, store.Text(proof.Operator))
		return err
	}); err != nil {
		return nil, err
	}
	s.caller = call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(me.ID), Name: me.Name}, NewID: s.NewID}
	s.sender = protocol.FromOperator
	switch {
	case me.Bot:
		s.caller.By.Kind, s.sender = protocol.ActorBot, protocol.FromBot
	case me.Role == protocol.RoleAdmin:
		s.caller.Admin, s.sender = true, protocol.FromOperator|protocol.FromAdministrator
	}
	s.listener = hub.NewOperator(s.Inbox.Open(me), s.wake)
	s.Hub.Join(s.listener)
	bound, release := s.Auth.Watch.Bind(context.Background(), proof)
	stop := context.AfterFunc(bound, func() { s.listener.Close(protocol.Refuse(protocol.CodeUnauthorized, "revoked")) })
	s.release = func() { stop(); release() }

	w := &protocol.Welcome{}
	err = s.Engine.Read(func(r store.Reader) (err error) {
		if w.Position, err = engine.LastPosition(r); err != nil {
			return err
		}
		w.Operator, err = s.operatorWelcome(r, me)
		return err
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (s *session) operatorWelcome(r store.Reader, me store.Operator) (*protocol.OperatorWelcome, error) {
	// What changed before the listener joined was told to nobody.
	now, err := store.Operators.Get(r, store.Text(me.ID))
	switch {
	case err != nil:
		return nil, err
	case now.State != protocol.OperatorActive:
		return nil, protocol.Refuse(protocol.CodeUnauthorized, "")
	case now.Role != me.Role:
		return nil, protocol.Refuse(protocol.CodeGoingAway, "role")
	}
	if err := s.Inbox.Recall(r, s.listener.Viewer); err != nil {
		return nil, err
	}
	w := &protocol.OperatorWelcome{Bot: me.Bot, Workspace: s.Workspace()}
	if w.Team, err = s.team(r); err != nil {
		return nil, err
	}
	for _, o := range w.Team.Operators {
		if o.ID == me.ID {
			w.Me = o
		}
	}
	w.Inbox, err = s.page(r, &protocol.InboxRead{}, true)
	return w, err
}
