package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/server/session"
	"beseda/store"
)

// party is who sent a request, by whatever proof.
type party struct {
	call   call.Call
	thread protocol.ThreadID
	// session is the proof of the team's; ctx ends when it is revoked.
	session auth.Session
	ctx     context.Context
	release func()
}

func (p *party) isVisitor() bool { return p.call.IsVisitor() }

// who finds out: a visitor by key, a bot by token, an operator by cookie. release must be called.
func (s *site) who(r *http.Request) (*party, error) {
	if key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Visitor "); ok {
		return s.visitor(r, auth.Hidden(key))
	}
	if token, ok := session.Bearer(r); ok {
		proof, err := s.Auth.Bots.Check(token)
		if err != nil {
			return nil, err
		}
		return s.teammate(r, proof)
	}
	proof, err := s.signedIn(r)
	if err != nil {
		return nil, err
	}
	return s.teammate(r, proof)
}

// signedIn reads the cookie's session. What changes something has to come from the console itself.
func (s *site) signedIn(r *http.Request) (auth.Session, error) {
	token, ok := auth.Token(s.Peer.Transport(r), r)
	if !ok {
		return auth.Session{}, protocol.Refuse(protocol.CodeUnauthorized, "")
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if err := s.ownRequest(r); err != nil {
			return auth.Session{}, err
		}
	}
	return s.Auth.Sessions.Check(token)
}

// ownRequest refuses what another site's page could have sent.
func (s *site) ownRequest(r *http.Request) error {
	if r.Header.Get("Beseda-Request") == "" || !s.Peer.SameOrigin(r) {
		return protocol.Refuse(protocol.CodeForbidden, "origin")
	}
	return nil
}

func (s *site) visitor(r *http.Request, key auth.Hidden) (*party, error) {
	channel := protocol.ChannelID(r.Header.Get("Beseda-Channel"))
	id, err := s.Auth.Visitors.Check(channel, key)
	if err != nil {
		return nil, err
	}
	p := &party{
		call: call.Call{By: protocol.Actor{Kind: protocol.ActorVisitor, ID: string(id)}, Channel: channel},
		ctx:  r.Context(), release: func() {},
	}
	err = s.Engine.Read(func(rd store.Reader) error {
		v, err := store.Visitors.Get(rd, store.Text(id))
		if errors.Is(err, store.ErrNotFound) {
			_, err = store.Channels.Get(rd, store.Text(channel))
			return err
		}
		p.thread = v.Thread
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *site) teammate(r *http.Request, proof auth.Session) (*party, error) {
	p := &party{session: proof}
	err := s.Engine.Read(func(rd store.Reader) (err error) {
		p.call, err = team.Admit(rd, call.Call{By: protocol.Actor{ID: string(proof.Operator)}})
		return err
	})
	if err != nil {
		return nil, err
	}
	p.ctx, p.release = s.Auth.Watch.Bind(r.Context(), proof)
	return p, nil
}

// operatorCall is a command by somebody of the team over HTTP.
func (s *site) operatorCall(p *party, decide func(store.Reader, call.Call) (store.Outcome, error)) error {
	_, err := s.Engine.Do(p.ctx, engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		c := p.call
		c.Now, c.NewID = now, newID
		return decide(r, c)
	}})
	return err
}
