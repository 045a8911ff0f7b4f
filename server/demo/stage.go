package demo

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

// stage is the house while the script is played: the real engine, under a clock that the script moves.
type stage struct {
	Options
	engine *engine.Engine
	auth   *auth.Auth
	clock  atomic.Int64 // unix milliseconds; the engine's writer reads it too
	facts  Facts
	names  map[protocol.OperatorID]string
	tags   map[string]protocol.TagID // by name
}

func open(o Options) (*stage, error) {
	s := &stage{
		Options: o, facts: Facts{Beseda: o.Beseda, Shop: o.Shop},
		names: make(map[protocol.OperatorID]string), tags: make(map[string]protocol.TagID),
	}
	s.clock.Store(o.Now.Add(-past).UnixMilli())
	var err error
	s.auth, err = auth.Open(auth.Options{Store: o.Store, Now: s.now, Random: o.Random})
	if err != nil {
		return nil, err
	}
	s.engine, err = engine.New(engine.Config{
		Store: o.Store, Workspace: store.Main, Domain: desk.Domain{}, Now: s.now, NewID: o.NewID,
		Published: func([]protocol.Frame, store.Reader) {}, // nobody listens yet
	})
	return s, err
}

func (s *stage) now() time.Time { return time.UnixMilli(s.clock.Load()).UTC() }

func (s *stage) wait(d time.Duration) { s.clock.Add(d.Milliseconds()) }

// operator is how somebody of the team asks.
func (s *stage) operator(id protocol.OperatorID) call.Call {
	return call.Call{
		By:    protocol.Actor{Kind: protocol.ActorOperator, ID: string(id), Name: s.names[id]},
		Admin: id == s.facts.Ann,
	}
}

// do carries a command out as a session does: judged by the protocol's rules, named, decided by the desk.
func (s *stage) do(ctx context.Context, by call.Call, body protocol.Body) (protocol.Accepted, error) {
	if refusal := protocol.Check(body); refusal != nil {
		return protocol.Accepted{}, fmt.Errorf("%T: %w", body, refusal)
	}
	accepted, err := s.decide(ctx, by, func(r store.Reader, c call.Call) (store.Outcome, error) {
		return desk.Decide(r, c, body)
	})
	if err != nil {
		err = fmt.Errorf("%T at %s: %w", body, s.now().Format(time.DateTime), err)
	}
	return accepted, err
}

func (s *stage) decide(ctx context.Context, by call.Call, fn func(store.Reader, call.Call) (store.Outcome, error)) (protocol.Accepted, error) {
	return s.engine.Do(ctx, engine.Command{
		Author: by.Author(), ID: protocol.CommandID(s.NewID()),
		Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
			by.Now, by.NewID = now, newID
			return fn(r, by)
		},
	})
}

// found is the first day: Ann sets the house up, makes the channels and invites Bob.
func (s *stage) found(ctx context.Context) error {
	s.facts.Ann = protocol.OperatorID(s.NewID())
	s.names[s.facts.Ann] = "Ann"
	ann := s.operator(s.facts.Ann)
	_, err := s.decide(ctx, ann, func(r store.Reader, c call.Call) (store.Outcome, error) {
		return team.Found(r, c, s.facts.Ann, "Ann", AnnEmail, protocol.RoleAdmin, false)
	})
	if err != nil {
		return err
	}
	s.wait(4 * time.Minute)
	if s.facts.Channel, err = s.channel(ctx, ann, english().Looks); err != nil {
		return err
	}
	s.wait(9 * time.Minute)
	if s.facts.Russian, err = s.channel(ctx, ann, russian().Looks); err != nil {
		return err
	}
	// A demo is looked at for longer than ten minutes: what is idle stays in the list for days. The limits are such that
	// nobody broke them before it begins, and that of the two who wait then one waits too long.
	if _, err := s.do(ctx, ann, &protocol.PolicyChange{Values: []protocol.PolicyValue{
		{Key: "autocomplete.after", Value: "72h"}, {Key: "sla.warn", Value: "15m"}, {Key: "sla.limit", Value: "25m"},
	}}); err != nil {
		return err
	}
	s.wait(2 * time.Minute)
	invited, err := s.do(ctx, ann, &protocol.OperatorInvite{Name: "Bob", Email: BobEmail, Role: protocol.RoleOperator})
	if err != nil {
		return err
	}
	s.facts.Bob = protocol.OperatorID(invited.Made)
	s.names[s.facts.Bob] = "Bob"
	s.wait(25 * time.Minute)
	_, err = s.decide(ctx, s.operator(s.facts.Bob), func(r store.Reader, c call.Call) (store.Outcome, error) {
		return team.Join(r, c, s.facts.Bob, "Bob")
	})
	if err != nil {
		return err
	}
	s.wait(5 * time.Minute)
	if err := s.movesIn(ctx, s.facts.Ann, "ann.png"); err != nil {
		return err
	}
	if err := s.movesIn(ctx, s.facts.Bob, "bob.png"); err != nil {
		return err
	}
	return s.furnish(ctx)
}

// channel makes a channel whose widget may stand on the shop's pages only.
func (s *stage) channel(ctx context.Context, by call.Call, looks protocol.Looks) (protocol.ChannelID, error) {
	made, err := s.do(ctx, by, &protocol.ChannelCreate{Looks: looks, Sites: []string{s.Shop}})
	return protocol.ChannelID(made.Made), err
}

// movesIn gives an operator a password and a face.
func (s *stage) movesIn(ctx context.Context, id protocol.OperatorID, face string) error {
	if err := s.auth.Passwords.Set(ctx, id, Password); err != nil {
		return err
	}
	blob, _, err := s.keep(ctx, face)
	if err != nil {
		return err
	}
	_, err = s.decide(ctx, s.operator(id), func(r store.Reader, c call.Call) (store.Outcome, error) {
		return team.ChangePicture(r, c, blob.Hash, "image/png")
	})
	return err
}
